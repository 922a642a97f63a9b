"""What it looks at: analytics cookies that keep a number for each visitor beyond the session, on a site whose statement calls its
statistics anonymous.

Why it matters: a number that stays the same from visit to visit sets a visitor apart, so the statistics are not anonymous.

When it is wrong: the sentence may speak of the reports only, and what happens after collection cannot be seen; so this is an indirect
sign. Tools without cookies or with daily changing numbers keep none and are not found.

Sources: GDPR 4(1), 4(5) and recital 26.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.naming import names_of, normal
from auditor.evidence.tracking import by_subject, tracking_cookies
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import lifetime, listing, who
from auditor.model import Category, Confidence, Severity

CATALOGUE = ("STB-19",)
SEVERITY = Severity.MEDIUM
KLASS = "P"
TITLE = {
    "nl": "“Anonieme statistieken”, maar elke bezoeker krijgt een nummer",
    "en": "“Anonymous statistics” but a unique visitor id is used",
}
MEANING = {
    "nl": "De verklaring noemt de statistiek anoniem; de meting herkent bezoekers aan een blijvend nummer.",
    "en": "The statement calls the statistics anonymous; the measurement knows visitors by a lasting number.",
}
LAW = "GDPR 4(1), 4(5), rec. 26"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("anonymous-statistics", True)
    if not said:
        yield not_said(evidence, "dat de statistieken anoniem zijn", "that the statistics are anonymous")
        return
    lasting = [
        s
        for s in tracking_cookies(evidence, State, frozenset({Category.ANALYTICS}))
        if s.lifetime_days is not None and s.lifetime_days >= 1
    ]
    found = {}
    for product, seen in by_subject(lasting).items():
        names = names_of(seen[0].label) | {normal(seen[0].label.entity or "")}
        claims = [i for i, c in said if not c.vendor or normal(c.vendor) in names]
        if claims:
            found[product] = (seen, claims)
    if not found:
        yield unseen(evidence, [i for i, _ in said], "cookie-offered")
    for product, (seen, claims) in found.items():
        cookies, days = [s.name for s in seen], max(s.lifetime_days or 0 for s in seen)
        if all(evidence.claims[i].hedge for i in claims):
            yield undetermined(
                product,
                "the sentence is hedged",
                seen=seen,
                claims=claims,
                nl=f"{listing(cookies, 'nl')} herkent bezoekers, maar de zin in de verklaring houdt een slag om de arm.",
                en=f"{listing(cookies, 'en')} recognises visitors, but the sentence in the statement is hedged.",
            )
            continue
        yield fail(
            product,
            seen=seen,
            claims=claims,
            confidence=Confidence.PROXY,
            nl=f"Mogelijk in strijd met de eigen verklaring: die noemt de statistiek anoniem, maar {who(seen[0].label)} herkent bezoekers "
            f"{lifetime(days, 'nl')} lang aan {listing(cookies, 'nl')}.",
            en=f"Possibly contradicts its statement: that calls the statistics anonymous, but {who(seen[0].label)} recognises visitors "
            f"for {lifetime(days, 'en')} by {listing(cookies, 'en')}.",
        )
