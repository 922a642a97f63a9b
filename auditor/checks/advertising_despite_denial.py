"""What it looks at: advertising technology seen, whatever the choice, on a site whose statement denies advertising or profiles.

Why it matters: the visitor is told that nothing of the kind goes on.

When it is wrong: a tag that only counts conversions is undetermined, for it need not advertise or profile; a hedged sentence likewise.
Not seeing advertising proves nothing.

Sources: GDPR 5(1)(a) and 13(2)(f).
"""

from collections.abc import Iterator

from auditor.checks.tracker_not_mentioned import traces
from auditor.evidence import CookieSighting, Evidence, Sighting
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.tracking import by_subject
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import who
from auditor.model import Category, Severity

CATALOGUE = ("STB-22",)
SEVERITY = Severity.HIGH
KLASS = "F"
TITLE = {
    "nl": "“Geen advertenties of profielen”, maar er is advertentietechniek",
    "en": "“No advertising / no profiling” but ad technology found",
}
MEANING = {
    "nl": "De verklaring ontkent advertenties of profielen; een advertentiebedrijf is toch actief.",
    "en": "The statement denies advertising or profiles; an advertising company is active all the same.",
}
LAW = "GDPR 13(2)(f), 5(1)(a)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = (*evidence.said("targeted-advertising", "no"), *evidence.said("profiling", "no"))
    if not said:
        yield not_said(
            evidence, "dat er geen advertenties of profielen zijn", "that there is no advertising or profiling"
        )
        return
    claims = [i for i, _ in said]
    found = by_subject(s for s in traces(evidence) if s.label.category is Category.ADVERTISING)
    if not found:
        yield unseen(evidence, claims, "request")
    for product, seen in found.items():
        doubt = _doubt(seen, hedged=all(c.hedge or c.condition for _, c in said))
        name = who(seen[0].label)
        if doubt:
            yield undetermined(
                product,
                doubt,
                seen=seen,
                claims=claims,
                nl=f"{name} is actief; of dat in strijd is met de verklaring, is aan een mens.",
                en=f"{name} is active; whether that contradicts the statement is for a person to judge.",
            )
            continue
        yield fail(
            product,
            seen=seen,
            claims=claims,
            nl=f"De site is in strijd met de eigen verklaring: die ontkent advertenties of profielen, maar {name} is actief.",
            en=f"The site contradicts its statement: that denies advertising or profiling, but {name} is active.",
        )


def _doubt(seen: tuple[Sighting, ...], *, hedged: bool) -> str | None:
    if hedged:
        return "the sentence is hedged or conditional"
    if all("conversion" in (s.label.event or "") for s in seen if not isinstance(s, CookieSighting)):
        cookies_only = all(isinstance(s, CookieSighting) for s in seen)
        return None if cookies_only else "only conversions were seen being counted"
    return None
