"""What it looks at: cookies kept by the browser, in any visit, on a site whose statement says it uses none.

Why it matters: it is the plainest thing a statement can say of cookies, and the plainest to get wrong.

When it is wrong: cookies of bot defence, load balancing and consent platforms come from the infrastructure and are left out; a
cookie of unknown purpose may be one of these and is undetermined. Not seeing cookies does not prove the sentence.

Sources: GDPR 5(1)(a) and 13.
"""

from collections.abc import Iterator

from auditor.checks.cookie_not_declared import stable_name
from auditor.evidence import CookieSighting, Evidence
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.tracking import TRACKERS, identifies, is_sure
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import who
from auditor.model import Category, Severity

CATALOGUE = ("STB-04",)
SEVERITY = Severity.HIGH
KLASS = "F"
TITLE = {"nl": "“Wij gebruiken geen cookies”, maar ze zijn er", "en": "“We use no cookies” but cookies found"}
MEANING = {
    "nl": "De verklaring zegt dat er geen cookies zijn; de site plaatst ze toch.",
    "en": "The statement says there are no cookies; the site sets them all the same.",
}
LAW = "GDPR 5(1)(a), 13"

_INFRASTRUCTURE = frozenset({Category.SECURITY, Category.HOSTING, Category.CONSENT_PLATFORM})


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = [(i, c) for i, c in evidence.said("uses-cookies", "no") if not c.vendor]
    if not said:
        yield not_said(evidence, "dat er geen cookies zijn", "that there are no cookies")
        return
    claims = [i for i, _ in said]
    groups: dict[str, list[CookieSighting]] = {}
    for s in evidence.cookies:
        if s.label.category not in _INFRASTRUCTURE:
            groups.setdefault(stable_name(s.name), []).append(s)
    both = evidence.said("uses-cookies", "yes")
    for name, seen in groups.items():
        yield _verdict(name, seen, claims, _doubt(seen, hedged=bool(said[0][1].hedge), both=bool(both)))
    if not groups:
        yield unseen(evidence, claims, "cookie-offered", "cookie-held")


def _doubt(seen: list[CookieSighting], *, hedged: bool, both: bool) -> str | None:
    label = seen[0].label
    if hedged:
        return "the sentence is hedged"
    if both:
        return "the statement says elsewhere that there are cookies"
    if label.confidence == "weak" or label.source == "none" or label.category is Category.UNKNOWN:
        return "what the cookie is for is not known; it may belong to the infrastructure"
    return None


def _verdict(name: str, seen: list[CookieSighting], claims: list[int], doubt: str | None) -> Verdict:
    label = seen[0].label
    owner = f" ({who(label)})" if who(label) else ""
    if doubt:
        return undetermined(
            name,
            doubt,
            seen=seen,
            claims=claims,
            nl=f"{name}{owner} is geplaatst; of dat in strijd is met de verklaring, staat niet vast.",
            en=f"{name}{owner} was set; whether that contradicts the statement is not certain.",
        )
    tracks = is_sure(label) and label.category in TRACKERS and any(identifies(s.value) for s in seen)
    return fail(
        name,
        seen=seen,
        claims=claims,
        severity=Severity.HIGH if tracks else Severity.MEDIUM,
        nl=f"De site is in strijd met de eigen verklaring: die zegt dat er geen cookies zijn, maar {name}{owner} is geplaatst.",
        en=f"The site contradicts its statement: that says there are no cookies, but {name}{owner} was set.",
    )
