"""What it looks at: sentences that rely on the EU-US Privacy Shield for sending data to the United States.

Why it matters: the Court of Justice declared it invalid on 16 July 2020; nothing may rest on it.

When it is wrong: a sentence that tells its history ("is declared invalid") or names what came after it is left out; where another
mechanism is named as well, the finding is lower.

Sources: Court of Justice C-311/18 (Schrems II); Commission Decision (EU) 2023/1795, its successor.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import Verdict, fail, not_applicable
from auditor.model import Claim, Confidence, Severity

CATALOGUE = ("STL-01",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {"nl": "Beroept zich op het Privacy Shield", "en": "Relies on the EU-US Privacy Shield"}
MEANING = {
    "nl": "De verklaring steunt op een regeling die sinds juli 2020 ongeldig is.",
    "en": "The statement rests on an arrangement that has been invalid since July 2020.",
}
LAW = "Schrems II C-311/18; (EU) 2023/1795"

AROUND = 160
"""Characters before and after a quote in which words of history are looked for: about one sentence on either side."""


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from invalid_mechanism(
        evidence,
        "privacy-shield",
        name="Privacy Shield",
        ended=("op 16 juli 2020 ongeldig verklaard", "declared invalid on 16 July 2020"),
    )


def invalid_mechanism(evidence: Evidence, value: str, *, name: str, ended: tuple[str, str]) -> Iterator[Verdict]:
    """A finding when a mechanism that no longer holds is relied on in the present tense."""
    said = evidence.said("transfer-mechanism", value)
    if not said:
        yield not_said(evidence, f"dat doorgifte op {name} rust", f"that transfers rest on {name}")
        return
    present = [(i, c) for i, c in said if not is_history(evidence, c)]
    if not present:
        yield not_applicable(
            name,
            reason="historical mention",
            claims=[i for i, _ in said],
            nl=f"De verklaring noemt {name} alleen als iets van vroeger.",
            en=f"The statement mentions {name} only as something of the past.",
        )
        return
    others = [i for kind in ("scc", "dpf", "adequacy", "bcr") for i, _ in evidence.said("transfer-mechanism", kind)]
    yield fail(
        name,
        claims=[*(i for i, _ in present), *others],
        confidence=Confidence.DOCUMENT,
        severity=Severity.MEDIUM if others else Severity.HIGH,
        nl=f"Mogelijke overtreding: de verklaring steunt op {name}, dat is {ended[0]}.",
        en=f"Possible violation: the statement relies on {name}, which was {ended[1]}.",
    )


def is_history(evidence: Evidence, claim: Claim) -> bool:
    """Whether a sentence, or those beside it, speaks of a thing of the past."""
    if claim.detail in {"historical", "invalid", "history"} or claim.polarity == "denied":
        return True
    text = evidence.statements[claim.statement].text if claim.statement < len(evidence.statements) else ""
    around = text[max(0, claim.start - AROUND) : claim.end + AROUND] or claim.quote
    return bool(words("history").search(around))
