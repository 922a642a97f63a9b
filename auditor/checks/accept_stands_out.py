"""What it looks at: colours of the accept and refuse controls on the banner's first layer: how far their backgrounds lie apart, and
whether the refusal's text can be read against its background (contrast of 4.5 to 1).

Why it matters: colour steers; a refusal that fades into the page is not an equal choice.

When it is wrong: a house style with one main button; the EDPB judges case by case, so where both can be read well it is left to a
person.

Sources: EDPB cookie-banner taskforce, types D and E; WCAG 2.1, 1.4.3; the colour distance is that of Bouhoula et al. 2024.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.banners import Pair, contrast, distance, pairs
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.model import Confidence, Severity

CATALOGUE = ("DES-04",)
SEVERITY = Severity.MEDIUM
KLASS = "P"
TITLE = {"nl": "Accepteren springt eruit door kleur of contrast", "en": "Accept stands out by colour or contrast"}
MEANING = {
    "nl": "De accepteerknop valt veel meer op dan de weigerknop.",
    "en": "The accept button catches the eye far more than the refuse button.",
}
LAW = "EDPB types D/E"

FAR_APART = 255 / 4
READABLE = 4.5


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = pairs(evidence)
    if not found:
        yield not_applicable(
            SITE,
            nl="Er is geen banner met accepteren en weigeren naast elkaar.",
            en="There is no banner with accept and refuse side by side.",
        )
        return
    told = [
        (pair, apart)
        for pair in found
        if (apart := distance(pair.accept.background, pair.refuse.background)) is not None
    ]
    if not told:
        yield undetermined(
            SITE,
            "the colours were not recorded",
            nl="De kleuren zijn niet vastgelegd.",
            en="The colours were not recorded.",
        )
        return
    steering = [pair for pair, apart in told if apart > FAR_APART]
    if not steering:
        yield passed(
            SITE,
            evidence=[told[0][0].key],
            nl="De achtergronden van accepteren en weigeren liggen dicht bij elkaar.",
            en="The backgrounds of accept and refuse lie close together.",
        )
        return
    if not any(_faint(pair) for pair in steering):
        yield undetermined(
            SITE,
            "both can be read well; whether the colour steers is for a person to judge",
            evidence=[pair.key for pair in steering][:6],
            severity=Severity.LOW,
            nl="De accepteerknop heeft een heel andere kleur dan de weigerknop; of dat stuurt, is aan een mens.",
            en="The accept button has quite another colour than the refuse button; whether that steers is for a person to judge.",
        )
        return
    yield fail(
        SITE,
        evidence=[pair.key for pair in steering if _faint(pair)][:6],
        confidence=Confidence.PROXY,
        nl="Mogelijke sturing: de accepteerknop heeft een heel andere kleur dan de weigerknop, en die is slecht leesbaar.",
        en="Possible steering: the accept button has quite another colour than the refuse button, which is hard to read.",
    )


def _faint(pair: Pair) -> bool:
    accept, refuse = (contrast(c.colour, c.background) for c in (pair.accept, pair.refuse))
    return refuse is not None and refuse < READABLE and (accept is None or accept > refuse)
