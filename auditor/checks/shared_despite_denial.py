"""What it looks at: contacts with advertising and social companies, which use what they get for their own ends, on a site whose
statement says that data are not shared with others.

Why it matters: the browser hands such a company the address, the page and often an identifier.

When it is wrong: hosting, delivery networks, payment and statistics on behalf of the site are processors and not counted; where the
statement shares with processors and nobody else, only companies that it does not name count, as the lower grade; where the
sentence allows sharing with consent, only contacts before a choice or after a refusal count; a statement that elsewhere
says data are shared is told as undetermined.

Sources: GDPR 5(1)(a) and 13(1)(e); Andow et al. 2020 (PoliCheck) on how often such denials fail.
"""

from collections.abc import Iterator

from auditor.checks.tracker_not_mentioned import social_traces, traces
from auditor.evidence import Evidence, Sighting, State
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.language_words import words
from auditor.evidence.social import is_social
from auditor.evidence.tracking import by_subject
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import who
from auditor.model import Category, Claim, Severity

CATALOGUE = ("STB-15",)
SEVERITY = Severity.HIGH
KLASS = "F"
TITLE = {
    "nl": "“Wij delen uw gegevens niet”, maar derden ontvangen ze",
    "en": "“We never share your data” but third parties receive it",
}
MEANING = {
    "nl": "De verklaring ontkent het delen van gegevens; een advertentie- of sociaal bedrijf ontvangt ze toch.",
    "en": "The statement denies sharing; an advertising or social company receives data all the same.",
}
LAW = "GDPR 5(1)(a), 13(1)(e)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = [(i, c) for i, c in evidence.said("shares-with-third-parties", "no") if not c.vendor]
    said += [(i, c) for i, c in evidence.said("shares-with-third-parties", "only-processors") if _excludes_others(c)]
    if not said:
        yield not_said(evidence, "dat gegevens niet worden gedeeld", "that data are not shared")
        return
    index, claim = said[0]
    seen = [s for s in (*traces(evidence), *social_traces(evidence)) if _own_ends(s) and _counts(claim, s)]
    partly = str(claim.value) == "only-processors"
    if partly:  # partners that the statement names are the exception it makes
        seen = [s for s in seen if evidence.names.of(s.label).grade in {"no", "category", "owner"}]
    if not seen:
        yield unseen(evidence, [index], "request")
        return
    doubt = _doubt(evidence, claim)
    for product, group in by_subject(seen).items():
        name = who(group[0].label)
        if doubt:
            yield undetermined(
                product,
                doubt,
                claims=[index],
                seen=group,
                nl=f"{name} ontvangt gegevens; of dat in strijd is met de verklaring, is aan een mens.",
                en=f"{name} receives data; whether that contradicts the statement is for a person to judge.",
            )
            continue
        nl = " zonder toestemming" if _needs_consent(claim) else ""
        en = " without consent" if _needs_consent(claim) else ""
        yield fail(
            product,
            seen=group,
            claims=[index],
            severity=Severity.MEDIUM if partly else Severity.HIGH,
            nl=f"De site is in strijd met de eigen verklaring: die zegt dat gegevens niet worden gedeeld, maar {name} ontvangt ze{nl}.",
            en=f"The site contradicts its statement: that says data are not shared, but {name} receives them{en}.",
        )


def _excludes_others(claim: Claim) -> bool:
    """Whether a sentence on processors also says that nobody else gets the data ("under no condition", "only")."""
    return not claim.vendor and bool(words("exclusive").search(" ".join([claim.quote, *(q.quote for q in claim.also)])))


def _own_ends(s: Sighting) -> bool:
    return s.label.category is Category.ADVERTISING or is_social(s.label)


def _needs_consent(claim: Claim) -> bool:
    return "consent" in (claim.condition or "")


def _counts(claim: Claim, s: Sighting) -> bool:
    return s.state in {State.BEFORE, State.REFUSED} if _needs_consent(claim) else True


def _doubt(evidence: Evidence, claim: Claim) -> str | None:
    if claim.hedge and str(claim.value) == "no":
        return "the sentence is hedged"
    if evidence.said("shares-with-third-parties", "yes"):
        return "the statement says elsewhere that data are shared"
    return None
