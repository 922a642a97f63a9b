"""What it looks at: cookies, stored identifiers and tracking requests of the kind that the statement says comes only with
permission, seen before any choice or after a refusal.

Why it matters: the site does what it says it does not do; consent asked for afterwards is none.

When it is wrong: the sentence may cover one kind of cookie only, so only products of that kind count (tracking cookies are not
statistics); a hedged sentence is told as undetermined; statistics that the statement calls exempt are left out of a general
promise.

Sources: GDPR 5(1)(a) and 7; ePrivacy Directive 5(3).
"""

from collections.abc import Iterator

from auditor.evidence import CookieSighting, Evidence, Sighting, State
from auditor.evidence.answers import not_said
from auditor.evidence.social import is_social
from auditor.evidence.tracking import (
    FOLLOWING,
    MEASURING,
    TRACKERS,
    by_subject,
    hits,
    social_contacts,
    tracking_cookies,
    tracking_storage,
)
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Category, Claim, Severity

CATALOGUE = ("STB-05",)
SEVERITY = Severity.CRITICAL
KLASS = "A"
TITLE = {
    "nl": "“Met uw toestemming”, maar al eerder geplaatst",
    "en": "“With your permission” but set before it",
}
MEANING = {
    "nl": "De verklaring belooft toestemming vooraf; de site wacht daar niet op.",
    "en": "The statement promises consent first; the site does not wait for it.",
}
LAW = "GDPR 5(1)(a), 7; ePD 5(3)"

WITHOUT_CONSENT = (State.BEFORE, State.REFUSED)
_COVERS = {
    "marketing": FOLLOWING,
    "analytics": MEASURING,
    "social": frozenset({Category.SOCIAL, Category.ADVERTISING}),
    "all-nonfunctional": TRACKERS,
}


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("consent-before")
    if not said:
        yield not_said(evidence, "dat cookies pas na toestemming komen", "that cookies come only after permission")
        return
    seen = _seen(evidence)
    found = by_subject(seen)
    guilty = False
    for product, group in found.items():
        covered = [(i, claim) for i, claim in said if _covers(evidence, claim, group[0])]
        if covered:
            guilty = True
            yield _verdict(evidence, product, group, covered)
    if guilty:
        return
    claims = [i for i, _ in said]
    kinds = ("request", "cookie-offered", "cookie-held")
    visits = evidence.looked(State.BEFORE, *kinds)
    if visits:
        yield passed(
            SITE,
            claims=claims,
            nl=f"In {len(visits)} bezoek(en) is vóór een keuze niets gezien van de soort waarvoor toestemming is beloofd.",
            en=f"In {len(visits)} visit(s) nothing of the kind that consent was promised for was seen before a choice.",
        )
    else:
        reason = evidence.why_not(State.BEFORE, *kinds)
        yield undetermined(
            SITE,
            reason,
            claims=claims,
            nl="Wat er vóór een keuze gebeurt, is niet gemeten.",
            en="What happens before a choice was not measured.",
        )


def _seen(evidence: Evidence) -> tuple[Sighting, ...]:
    return (
        *tracking_cookies(evidence, WITHOUT_CONSENT),
        *tracking_storage(evidence, WITHOUT_CONSENT),
        *hits(evidence, WITHOUT_CONSENT),
        *social_contacts(evidence, WITHOUT_CONSENT),
    )


def _covers(evidence: Evidence, claim: Claim, s: Sighting) -> bool:
    """Whether a promise is about this kind of product, and about this vendor where it names one."""
    if claim.vendor and not _is_vendor(claim.vendor, s):
        return False
    value = str(claim.value)
    if value == "all-nonfunctional" and s.label.category in MEASURING:
        return not evidence.said("no-consent-needed", "analytics") and not evidence.said("no-consent-needed", "all")
    if value == "social":
        return is_social(s.label)
    return s.label.category in _COVERS.get(value, frozenset())


def _is_vendor(name: str, s: Sighting) -> bool:
    known = {x.casefold() for x in (s.label.product, s.label.entity, *s.label.aliases) if x}
    return name.casefold() in known


def _verdict(evidence: Evidence, product: str, seen: tuple[Sighting, ...], covered: list[tuple[int, Claim]]) -> Verdict:
    claims = [i for i, _ in covered]
    label = seen[0].label
    if all(claim.hedge for _, claim in covered):
        return undetermined(
            product,
            "the sentence is hedged",
            claims=claims,
            seen=seen,
            nl=f"{who(label)} was er zonder toestemming, maar de zin in de verklaring houdt een slag om de arm.",
            en=f"{who(label)} was there without permission, but the sentence in the statement is hedged.",
        )
    cookies = [s.name for s in seen if isinstance(s, CookieSighting)]
    when = {s.state for s in seen}
    nl_when = "vóór een keuze" if State.BEFORE in when else "na weigeren"
    en_when = "before a choice" if State.BEFORE in when else "after a refusal"
    setter = next((by for s in seen if (by := evidence.set_by(s))), None)
    nl_what = f"plaatste {listing(cookies, 'nl')}" if cookies else "hoorde van het bezoek"
    en_what = f"set {listing(cookies, 'en')}" if cookies else "was told of the visit"
    return fail(
        product,
        seen=sorted(seen, key=lambda s: not isinstance(s, CookieSighting)),
        claims=claims,
        severity=Severity.CRITICAL if cookies else Severity.HIGH,
        nl=f"De site is in strijd met de eigen verklaring: die belooft toestemming vooraf, maar {who(label)} {nl_what} {nl_when}"
        + (f", door {setter}." if setter else "."),
        en=f"The site contradicts its statement: that promises consent first, but {who(label)} {en_what} {en_when}"
        + (f", by {setter}." if setter else "."),
    )
