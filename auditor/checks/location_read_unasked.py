"""What it looks at: calls to the browser's location interface while a page loads, on a site whose statement says that the location is used
only after asking apart.

Why it matters: asking at once, without a reason that the visitor can see, is not asking apart.

When it is wrong: the browser puts its own question before giving a location; a store locator that asks on a click is in order and is not
met, for the visits press nothing on the page.

Sources: GDPR 6(1)(a); ePrivacy Directive 5(3).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.verdict import Verdict, fail
from auditor.model import Confidence, ScriptCalled, Severity

CATALOGUE = ("STB-21",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "“Wij vragen apart om uw locatie”, maar die wordt meteen opgevraagd",
    "en": "“We ask separately before using your location” but it is read at once",
}
MEANING = {
    "nl": "De pagina vraagt de locatie op zodra zij laadt.",
    "en": "The page asks for the location as soon as it loads.",
}
LAW = "GDPR 6(1)(a); ePD 5(3)"

SUBJECT = "location"


def run(evidence: Evidence) -> Iterator[Verdict]:
    claims = [i for i, _ in evidence.said("location-data", "only-when-asked")]
    claims += [i for i, c in evidence.said("location-data", "yes") if "consent" in (c.condition or "")]
    if not claims:
        yield not_said(evidence, "dat apart om de locatie wordt gevraagd", "that the location is asked for apart")
        return
    calls = [
        (v, o)
        for v in evidence.visits
        if "script-call" in v.recorded
        for o in v.observations
        if isinstance(o, ScriptCalled) and o.api.startswith("Geolocation.")
    ]
    if not calls:
        yield unseen(evidence, claims, "script-call")
        return
    yield fail(
        SUBJECT,
        claims=claims,
        evidence=[f"{v.id}/{o.id}" for v, o in calls][:6],
        confidence=Confidence.CONFIRMED if len({v.id for v, _ in calls}) > 1 else Confidence.SEEN_ONCE,
        nl=f"De site is in strijd met de eigen verklaring: de pagina riep {calls[0][1].api} aan zonder dat er iets werd gekozen.",
        en=f"The site contradicts its statement: the page called {calls[0][1].api} although nothing had been chosen.",
    )
