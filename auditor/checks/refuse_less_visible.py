"""What it looks at: size and place of the refuse control on the banner's first layer against the accept control: out of view while accept
is in view, less than half its area, or text a fifth smaller.

Why it matters: what is small or off the screen is not found.

When it is wrong: a narrow screen wraps controls; a short word makes a small button, so for two real buttons only a lower height or
smaller text counts, not a shorter width.

Sources: Autoriteit Persoonsgegevens' rules for cookie banners ("do not hide choices"); GDPR 7(4) and 25.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.banners import Pair, pairs
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.model import Confidence, Severity

CATALOGUE = ("DES-05",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "Weigeren is kleiner, lager of buiten beeld",
    "en": "Refuse is smaller, lower or out of view",
}
MEANING = {
    "nl": "De weigerknop is minder goed te vinden dan de accepteerknop.",
    "en": "The refuse button is harder to find than the accept button.",
}
LAW = "GDPR 7(4), 25"

SMALLER_TEXT = 0.8
LOWER = 0.6


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = pairs(evidence)
    if not found:
        yield not_applicable(
            SITE,
            nl="Er is geen banner met accepteren en weigeren naast elkaar.",
            en="There is no banner with accept and refuse side by side.",
        )
        return
    measured = [pair for pair in found if pair.accept.height and pair.refuse.height]
    if not measured:
        yield undetermined(
            SITE, "sizes were not recorded", nl="Maten zijn niet vastgelegd.", en="Sizes were not recorded."
        )
        return
    hidden = [(pair, ways) for pair in measured if (ways := _ways(pair))]
    if not hidden:
        yield passed(
            SITE,
            evidence=[measured[0].key],
            nl="Weigeren is even groot en even goed in beeld als accepteren.",
            en="Refuse is as large and as well in view as accept.",
        )
        return
    nl, en = hidden[0][1]
    yield fail(
        SITE,
        evidence=[pair.key for pair, _ in hidden][:6],
        confidence=Confidence.CONFIRMED if len(hidden) > 1 else Confidence.SEEN_ONCE,
        nl=f"Mogelijke overtreding: de weigerknop {nl} dan de accepteerknop.",
        en=f"Possible violation: the refuse button {en} than the accept button.",
    )


def _ways(pair: Pair) -> tuple[str, str] | None:
    accept, refuse = pair.accept, pair.refuse
    if accept.in_view and refuse.in_view is False:
        return "staat verder buiten beeld", "is further out of view"
    if (
        (accept.font_size_px or 0)
        and (refuse.font_size_px or 0) < SMALLER_TEXT * (accept.font_size_px or 0)
        and refuse.font_size_px
    ):
        return "heeft kleinere letters", "has smaller letters"
    if (refuse.height or 0) < LOWER * (accept.height or 0):
        return "is lager", "is lower in height"
    return None
