"""What it looks at: identifiers of known trackers written to local or session storage or IndexedDB before any choice.

Why it matters: the rules on consent cover every way of keeping something on a visitor's device, not cookies alone.

When it is wrong: caches, feature flags, baskets, timestamps and the consent platform's own state look alike; so only keys of known
trackers count, and only with a value that can tell visitors apart.

Sources: ePrivacy Directive 5(3), technology-neutral, with EDPB Guidelines 2/2023.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.tracking import MEASURING, by_subject, tracking_storage
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Severity

CATALOGUE = ("PRE-05",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Kenmerk opgeslagen in de browser vóór een keuze",
    "en": "Identifier written to browser storage before any choice",
}
MEANING = {
    "nl": "Een volger bewaarde een kenmerk van de bezoeker in de opslag van de browser voordat er iets gekozen was.",
    "en": "A tracker kept an identifier of the visitor in the browser's storage before anything had been chosen.",
}
LAW = "ePD 5(3), EDPB Guidelines 2/2023"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(tracking_storage(evidence, [State.BEFORE]))
    for product, seen in found.items():
        keys = [s.observation.key for s in seen]
        yield fail(
            product,
            seen=seen,
            severity=Severity.MEDIUM if seen[0].label.category in MEASURING else Severity.HIGH,
            nl=f"Mogelijke overtreding: {who(seen[0].label)} bewaarde vóór een keuze {listing(keys, 'nl')} in de browser.",
            en=f"Possible violation: {who(seen[0].label)} stored {listing(keys, 'en')} in the browser before a choice.",
        )
    if found:
        return
    visits = evidence.looked(State.BEFORE, "storage")
    if visits:
        yield passed(
            SITE,
            nl=f"In {len(visits)} bezoek(en) bewaarde geen bekende volger vóór een keuze een kenmerk in de browser.",
            en=f"In {len(visits)} visit(s) no known tracker stored an identifier in the browser before a choice.",
        )
    else:
        reason = evidence.why_not(State.BEFORE, "storage")
        yield undetermined(
            SITE, reason, nl="Opslag in de browser is niet gemeten.", en="Browser storage was not measured."
        )
