"""What it looks at: pixels and plug-ins of social networks seen on the site, whatever the choice, that the statement does not
mention by network, product or address.

Why it matters: a site that builds them in answers for what the network gets, and must say so.

When it is wrong: as for other trackers (tracker-not-mentioned). "Social media" in general words is the lower grade.

Sources: Court of Justice C-40/17 (Fashion ID); GDPR 13 and 26.
"""

from collections.abc import Iterator

from auditor.checks.tracker_not_mentioned import social_traces, unmentioned
from auditor.evidence import Evidence
from auditor.evidence.tracking import by_subject
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("STB-02",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Een pixel of knop van een sociaal netwerk die de verklaring niet noemt",
    "en": "A social-media pixel or plug-in is active that the statement does not mention",
}
MEANING = {
    "nl": "Een sociaal netwerk ontvangt gegevens van bezoekers, maar de verklaring noemt het niet.",
    "en": "A social network receives visitors' data, but the statement does not mention it.",
}
LAW = "Fashion ID C-40/17; GDPR 13, 26"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from unmentioned(evidence, by_subject(social_traces(evidence)))
