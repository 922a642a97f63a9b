"""What it looks at: banners whose first layer has a button to accept and only a text link to refuse.

Why it matters: a link in running text is passed over; refusing must be as easy as accepting.

When it is wrong: a link that is styled as a button is none; so a control counts as a text link only when it is an anchor or bare text, has no
background of its own, and the accept control has one.

Sources: EDPB cookie-banner taskforce, type C; Autoriteit Persoonsgegevens' rules for cookie banners.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.banners import is_filled, pairs
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.model import Confidence, Control, Severity

CATALOGUE = ("DES-03",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "Weigeren is een tekstlink, accepteren een knop",
    "en": "Refusing is a text link while accepting is a button",
}
MEANING = {
    "nl": "De weigeroptie valt weg in de tekst, de accepteerknop niet.",
    "en": "The way to refuse is lost in the text, the accept button is not.",
}
LAW = "EDPB type C"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = pairs(evidence)
    if not found:
        yield not_applicable(
            SITE,
            nl="Er is geen banner met accepteren en weigeren naast elkaar.",
            en="There is no banner with accept and refuse side by side.",
        )
        return
    told = [pair for pair in found if pair.accept.background and pair.refuse.background]
    if not told:
        yield undetermined(
            SITE,
            "the colours were not recorded",
            nl="De kleuren zijn niet vastgelegd.",
            en="The colours were not recorded.",
        )
        return
    unequal = [pair for pair in told if is_filled(pair.accept) and _is_text_link(pair.refuse)]
    if unequal:
        first = unequal[0]
        yield fail(
            SITE,
            evidence=[pair.key for pair in unequal][:6],
            confidence=Confidence.CONFIRMED if len(unequal) > 1 else Confidence.SEEN_ONCE,
            nl=f"Mogelijke overtreding: “{first.accept.text}” is een knop, “{first.refuse.text}” een tekstlink.",
            en=f"Possible violation: “{first.accept.text}” is a button, “{first.refuse.text}” a text link.",
        )
    else:
        yield passed(
            SITE,
            evidence=[pair.key for pair in told][:2],
            nl="Accepteren en weigeren zijn allebei knop of allebei link.",
            en="Accept and refuse are both buttons or both links.",
        )


def _is_text_link(control: Control) -> bool:
    return control.tag in {"a", "span", "p", "u"} and not is_filled(control)
