"""What it looks at: session-recording and heat-map tools (Hotjar, Clarity, FullStory, Mouseflow …) that send data, or set their
visitor identifier, before any choice.

Why it matters: such a tool films what a visitor does; it is among the deepest ways of looking on.

When it is wrong: a loader that was fetched but told to record nothing sends no data and is undetermined; tools that record only a
share of the visitors may be silent in all visits here.

Sources: ePrivacy Directive 5(3); GDPR 5(1)(c) and 6.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, Sighting, State
from auditor.evidence.tracking import by_subject, hits, tracking_cookies
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import who
from auditor.model import Category, Severity

CATALOGUE = ("PRE-09",)
SEVERITY = Severity.CRITICAL
KLASS = "A"
TITLE = {
    "nl": "Sessie-opname of heatmap actief vóór een keuze",
    "en": "Session recording or heat-map tool active before any choice",
}
MEANING = {
    "nl": "Een hulpmiddel dat het gedrag van de bezoeker vastlegt, was actief voordat er iets gekozen was.",
    "en": "A tool that records the visitor's behaviour was active before anything had been chosen.",
}
LAW = "ePD 5(3); GDPR 5(1)(c), 6"

_RECORDING = frozenset({Category.SESSION_RECORDING})


def run(evidence: Evidence) -> Iterator[Verdict]:
    sent: tuple[Sighting, ...] = hits(evidence, [State.BEFORE], _RECORDING)
    found = by_subject((*sent, *tracking_cookies(evidence, [State.BEFORE], _RECORDING)))
    for product, seen in found.items():
        yield fail(
            product,
            seen=seen,
            nl=f"Mogelijke overtreding: {who(seen[0].label)} legde vóór een keuze al gegevens van het bezoek vast.",
            en=f"Possible violation: {who(seen[0].label)} was recording the visit before a choice.",
        )
    loaded = by_subject(
        s
        for s in evidence.requests
        if s.state is State.BEFORE and s.label.category is Category.SESSION_RECORDING and s.label.confidence != "weak"
    )
    for product, scripts in loaded.items():
        if product not in found:
            yield undetermined(
                product,
                "the tool was loaded, but no data were seen being sent",
                seen=scripts,
                nl=f"{who(scripts[0].label)} werd vóór een keuze geladen; dat het al iets vastlegde, is niet gezien.",
                en=f"{who(scripts[0].label)} was loaded before a choice; that it recorded anything was not seen.",
            )
    if found or loaded:
        return
    visits = evidence.looked(State.BEFORE, "request")
    if visits:
        yield passed(
            SITE,
            nl=f"In {len(visits)} bezoek(en) is vóór een keuze geen bekend opnamehulpmiddel gezien.",
            en=f"In {len(visits)} visit(s) no known recording tool was seen before a choice.",
        )
    else:
        reason = evidence.why_not(State.BEFORE, "request")
        yield undetermined(
            SITE,
            reason,
            nl="Verzoeken vóór een keuze zijn niet gemeten.",
            en="Requests before a choice were not measured.",
        )
