"""What it looks at: tracking requests on pages loaded after a proven refusal, with or without a cookie.

Why it matters: the visitor said no, and the visit is told to another company all the same.

When it is wrong: consent pings without a cookie (Google's G100) are contested and not counted; nor are the consent platform's
own calls, security services, files, and what was under way at the click.

Sources: ePrivacy Directive 5(3) with EDPB Guidelines 2/2023; GDPR 6. Papadogiannakis et al. 2021.
"""

from collections.abc import Iterator

from auditor.checks.tracking_cookie_after_refusal import without_finding
from auditor.evidence import Evidence, State
from auditor.evidence.tracking import by_subject, hits
from auditor.evidence.verdict import Verdict, fail
from auditor.evidence.words import listing, who
from auditor.model import Severity

CATALOGUE = ("REF-02",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {"nl": "Volgers nog benaderd na weigeren", "en": "Trackers still contacted after refusal"}
MEANING = {
    "nl": "De bezoeker weigerde, en toch hoorde een ander bedrijf van het bezoek.",
    "en": "The visitor refused, and yet another company was told of the visit.",
}
LAW = "ePD 5(3), EDPB Guidelines 2/2023; GDPR 6"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(hits(evidence, [State.REFUSED]))
    for product, seen in found.items():
        hosts = [s.host for s in seen]
        yield fail(
            product,
            seen=seen,
            nl=f"Mogelijke overtreding: na weigeren gingen {len(seen)} meting(en) naar {who(seen[0].label)}, via {listing(hosts, 'nl')}.",
            en=f"Possible violation: after a refusal {len(seen)} tracking request(s) went to {who(seen[0].label)}, at {listing(hosts, 'en')}.",
        )
    if not found:
        yield without_finding(evidence, ("request",))
