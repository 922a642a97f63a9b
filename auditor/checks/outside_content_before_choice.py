"""What it looks at: videos, maps and fonts of other companies that the page loads before any choice: documents, scripts, style sheets
and font files, not pictures.

Why it matters: loading them hands the visitor's address and the page to that company, although a placeholder or an own copy would do.

When it is wrong: a player with enhanced privacy (youtube-nocookie) is left out; a captcha may be needed on a form and is not
counted; a self-hosted font makes no such request.

Sources: ePrivacy Directive 5(3); GDPR 6 and 13(1)(e)-(f); Landgericht München I, 3 O 17493/20 on Google Fonts.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, RequestSighting, State
from auditor.evidence.tracking import by_subject, left_browser
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Category, Severity

CATALOGUE = ("PRE-08",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "Inhoud van anderen geladen vóór een keuze (video, kaart, lettertype)",
    "en": "Embedded outside content loads before any choice (video, map, font)",
}
MEANING = {
    "nl": "De pagina haalt inhoud bij een ander bedrijf op voordat er iets gekozen was.",
    "en": "The page fetches content from another company before anything had been chosen.",
}
LAW = "ePD 5(3); GDPR 6, 13(1)(e)-(f)"

_EMBEDDED = frozenset({Category.VIDEO, Category.MAPS, Category.FONTS})
_LOADED = frozenset({"document", "script", "stylesheet", "font"})


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(s for s in evidence.requests if s.state is State.BEFORE and _embedded(evidence, s))
    for product, seen in found.items():
        hosts = [s.host for s in seen]
        yield fail(
            product,
            seen=seen,
            severity=Severity.LOW if seen[0].label.category is Category.FONTS else Severity.MEDIUM,
            nl=f"Mogelijke overtreding: vóór een keuze laadde de pagina {who(seen[0].label)} van {listing(hosts, 'nl')}.",
            en=f"Possible violation: before a choice the page loaded {who(seen[0].label)} from {listing(hosts, 'en')}.",
        )
    if found:
        return
    visits = evidence.looked(State.BEFORE, "request")
    if visits:
        yield passed(
            SITE,
            nl=f"In {len(visits)} bezoek(en) is vóór een keuze geen video, kaart of lettertype van anderen geladen.",
            en=f"In {len(visits)} visit(s) no video, map or font of others was loaded before a choice.",
        )
    else:
        reason = evidence.why_not(State.BEFORE, "request")
        yield undetermined(
            SITE,
            reason,
            nl="Verzoeken vóór een keuze zijn niet gemeten.",
            en="Requests before a choice were not measured.",
        )


def _embedded(evidence: Evidence, s: RequestSighting) -> bool:
    return (
        evidence.is_third_party(s)
        and s.label.category in _EMBEDDED
        and s.label.confidence != "weak"
        and s.observation.resource_type in _LOADED
        and "nocookie" not in s.host
        and left_browser(s)
    )
