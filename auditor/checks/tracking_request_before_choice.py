"""What it looks at: requests that tell another party of the visit (pixels, beacons, events) sent before any choice, with or
without a cookie.

Why it matters: such a request hands address, page and device data to that party; rules on consent cover it as they cover
cookies.

When it is wrong: a request of a tracker's domain may be a plain file. Fonts, libraries, tag-manager containers, the consent
platform's own calls and connections opened in advance are not counted, nor are requests that were blocked before they left.
Consent pings without a cookie (Google's G100) and statistics that keep no number for a visitor are told as undetermined.

Sources: ePrivacy Directive 5(3) with EDPB Guidelines 2/2023; GDPR 6 and 13(1)(e). Papadogiannakis et al. 2021.
"""

from collections.abc import Iterator

from auditor.checks.tracker_contacted_after_refusal import without_number
from auditor.evidence import Evidence, State
from auditor.evidence.tracking import MEASURING, by_subject, hits
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Severity

CATALOGUE = ("PRE-03",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Volgverzoek aan een derde verstuurd vóór een keuze",
    "en": "Tracking request sent to a third party before any choice",
}
MEANING = {
    "nl": "De browser meldde dit bezoek aan een ander bedrijf voordat er iets gekozen was.",
    "en": "The browser told another company of this visit before anything had been chosen.",
}
LAW = "ePD 5(3), EDPB Guidelines 2/2023; GDPR 6, 13(1)(e)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(hits(evidence, [State.BEFORE]))
    for product, seen in found.items():
        hosts = [s.host for s in seen]
        statistics = seen[0].label.category in MEASURING
        yield fail(
            product,
            seen=seen,
            severity=Severity.MEDIUM if statistics else Severity.HIGH,
            nl=f"Mogelijke overtreding: vóór een keuze gingen {len(seen)} meting(en) naar {who(seen[0].label)}, via {listing(hosts, 'nl')}.",
            en=f"Possible violation: before a choice {len(seen)} tracking request(s) went to {who(seen[0].label)}, at {listing(hosts, 'en')}.",
        )
    contested = list(without_number(evidence, State.BEFORE, set(found)))
    yield from contested
    if found or contested:
        return
    visits = evidence.looked(State.BEFORE, "request")
    if visits:
        yield passed(
            SITE,
            nl=f"In {len(visits)} bezoek(en) ging vóór een keuze geen bekend volgverzoek naar een ander bedrijf.",
            en=f"In {len(visits)} visit(s) no known tracking request went to another company before a choice.",
        )
    else:
        reason = evidence.why_not(State.BEFORE, "request")
        yield undetermined(
            SITE,
            reason,
            nl="Verzoeken vóór een keuze zijn niet gemeten.",
            en="Requests before a choice were not measured.",
        )
