"""What it looks at: calls by which Google Analytics feeds Google's advertising (stats.g.doubleclick.net, ga-audiences), on a site
whose statement says that Google may not use the data for its other services.

Why it matters: those calls carry the measurement over to advertising, which is what the sentence excludes.

When it is wrong: a separate Google Ads tag may run on its own consent, so it alone is undetermined; the setting in the account cannot be
seen, so silence proves nothing.

Sources: GDPR 5(1)(b) and 28(3)(a); Telecommunicatiewet 11.7a(3)(b).
"""

import re
from collections.abc import Iterator

from auditor.evidence import Evidence, RequestSighting
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.sightings import State
from auditor.evidence.tracking import hits, left_browser, tracking_cookies
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import listing
from auditor.model import Category, Severity

CATALOGUE = ("STB-09",)
SEVERITY = Severity.HIGH
KLASS = "F"
TITLE = {
    "nl": "“Niet voor andere Google-diensten”, maar advertentiefuncties staan aan",
    "en": "“Not for other Google services” but ad features are on",
}
MEANING = {
    "nl": "De verklaring sluit gebruik door andere Google-diensten uit; de meting gaat toch naar Googles advertenties.",
    "en": "The statement excludes use by other Google services; the measurement goes to Google's advertising all the same.",
}
LAW = "GDPR 28(3)(a), 5(1)(b); Tw 11.7a(3)(b)"

SUBJECT = "Google Analytics"
_FED = re.compile(r"^https?://(stats\.g\.doubleclick\.net/|(www\.)?google\.[a-z.]+/ads/ga-audiences)", re.IGNORECASE)
_ADS = frozenset({Category.ADVERTISING})


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = (*evidence.said("ga-data-sharing-off", True), *evidence.said("ga-no-other-google-cookies", True))
    claims = [i for i, _ in said]
    if not claims:
        yield not_said(
            evidence, "dat Google de gegevens niet elders gebruikt", "that Google uses the data nowhere else"
        )
        return
    fed = [s for s in evidence.requests if _FED.match(s.observation.url) and left_browser(s)]
    ads: list[RequestSighting] = [s for s in hits(evidence, State, _ADS) if s.label.entity == "Google"]
    own = [s for s in tracking_cookies(evidence, State, _ADS) if s.label.entity == "Google"]
    if fed:
        hosts = [s.host for s in fed]
        yield fail(
            SUBJECT,
            seen=fed,
            claims=claims,
            nl=f"De site is in strijd met de eigen verklaring: Google Analytics gaf de meting door aan Googles advertenties ({listing(hosts, 'nl')}).",
            en=f"The site contradicts its statement: Google Analytics passed the measurement to Google's advertising ({listing(hosts, 'en')}).",
        )
    elif ads or own:
        yield undetermined(
            SUBJECT,
            "a separate Google Ads tag may run on its own consent",
            seen=[*ads, *own],
            claims=claims,
            nl="Google Ads is actief naast Google Analytics; of de meting daarvoor wordt gebruikt, is niet te zien.",
            en="Google Ads is active beside Google Analytics; whether the measurement is used for it cannot be seen.",
        )
    else:
        yield unseen(evidence, claims, "request")
