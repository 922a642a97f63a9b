"""What it looks at: trackers seen, whatever the choice, on a site whose statement says it uses only functional or necessary
cookies.

Why it matters: the statement gives visitors a picture that the site does not keep to.

When it is wrong: in Dutch usage "functional" sometimes takes in exempt statistics, so statistics alone are the lower grade; the
sentence may be about another site or about one part; an outside page built in may bring its own. Not seeing trackers
does not prove the sentence.

Sources: GDPR 5(1)(a) and 13; Burgerlijk Wetboek 6:193c (misleading information).
"""

from collections.abc import Iterator

from auditor.checks.tracker_not_mentioned import social_traces
from auditor.evidence import Evidence, State
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.tracking import MEASURING, by_subject, hits, tracking_cookies
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Severity

CATALOGUE = ("STB-03",)
SEVERITY = Severity.HIGH
KLASS = "F"
TITLE = {
    "nl": "“Alleen functionele cookies”, maar er wordt gevolgd",
    "en": "“Only functional cookies” but tracking or analytics found",
}
MEANING = {
    "nl": "De verklaring zegt dat er alleen functionele cookies zijn; de site volgt bezoekers toch.",
    "en": "The statement says there are only functional cookies; the site tracks visitors all the same.",
}
LAW = "GDPR 5(1)(a), 13; BW 6:193c"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("only-functional-cookies", True)
    if not said:
        yield not_said(evidence, "dat er alleen functionele cookies zijn", "that there are only functional cookies")
        return
    claims = [i for i, _ in said]
    found = by_subject((*hits(evidence, State), *tracking_cookies(evidence, State), *social_traces(evidence)))
    for product, seen in found.items():
        statistics = seen[0].label.category in MEASURING
        names = sorted({name for s in seen if (name := getattr(s, "name", None))})
        if any(claim.hedge for _, claim in said):
            yield undetermined(
                product,
                "the sentence is hedged",
                claims=claims,
                seen=seen,
                nl=f"{who(seen[0].label)} is gezien, maar de zin in de verklaring houdt een slag om de arm.",
                en=f"{who(seen[0].label)} was seen, but the sentence in the statement is hedged.",
            )
            continue
        yield fail(
            product,
            seen=seen,
            claims=claims,
            severity=Severity.MEDIUM if statistics else Severity.HIGH,
            nl=f"De site is in strijd met de eigen verklaring: zij noemt alleen functionele cookies, maar {who(seen[0].label)} is actief"
            + (f" met {listing(names, 'nl')}." if names else "."),
            en=f"The site contradicts its statement: it names only functional cookies, but {who(seen[0].label)} is active"
            + (f" with {listing(names, 'en')}." if names else "."),
        )
    if not found:
        yield unseen(evidence, claims, "request", "cookie-offered")
