"""What it looks at: laws and bodies that no longer exist, cited as if they held: the Dutch Wbp and CBP, OPTA, the German TMG and TTDSG, and
the word for processor agreements of the old law.

Why it matters: a statement on a repealed law cannot describe today's rights.

When it is wrong: history ("replaces the Wbp") is left out, by words near the name; in Belgian usage an abbreviation may mean another body.

Sources: Wet bescherming persoonsgegevens, repealed 25 May 2018; TDDDG since 14 May 2024; GDPR 5(1)(a).
"""

import re
from collections.abc import Iterator

from auditor.checks.privacy_shield_relied_on import is_history
from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import Verdict, fail
from auditor.model import Confidence, Severity

CATALOGUE = ("STL-02",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Verwijst naar ingetrokken wet of oude instantie", "en": "Cites repealed law or old bodies"}
MEANING = {
    "nl": "De verklaring noemt een wet of instantie die niet meer bestaat.",
    "en": "The statement cites a law or body that no longer exists.",
}
LAW = "GDPR 5(1)(a)"

_OLD = re.compile(r"^(wbp|wet bescherming persoonsgegevens|cbp|opta|ttdsg|tmg)$", re.IGNORECASE)
AGREEMENT = "bewerkersovereenkomst"


def run(evidence: Evidence) -> Iterator[Verdict]:
    cited = [(i, c) for i, c in evidence.said("cites-law") if _OLD.match(str(c.value)) and not is_history(evidence, c)]
    for index, claim in cited:
        yield fail(
            str(claim.value),
            claims=[index],
            confidence=Confidence.DOCUMENT,
            nl=f"Mogelijke overtreding: de verklaring verwijst naar {claim.value}, dat niet meer bestaat.",
            en=f"Possible violation: the statement cites {claim.value}, which no longer exists.",
        )
    texts = [evidence.statements[i].text for i in evidence.read]
    agreement = any(_agreement(text) for text in texts)
    if agreement:
        yield fail(
            AGREEMENT,
            severity=Severity.LOW,
            confidence=Confidence.DOCUMENT,
            nl="De verklaring spreekt van een bewerkersovereenkomst, een woord van de ingetrokken Wbp.",
            en="The statement speaks of a “bewerkersovereenkomst”, a word of the repealed Dutch law.",
        )
    if not cited and not agreement:
        yield not_said(evidence, "dat een ingetrokken wet geldt", "that a repealed law holds")


def _agreement(text: str) -> bool:
    """Whether the old word for a processor agreement is used, and not as what it used to be called."""
    around = (text[max(0, m.start() - 80) : m.end() + 80] for m in words("old_agreement").finditer(text))
    return any(not words("history").search(piece) for piece in around)
