"""What it looks at: numbers of the standard clauses of 2001, 2004 and 2010 in a statement that relies on standard clauses.

Why it matters: the Commission replaced them in 2021; contracts on the old sets ended on 27 December 2022.

When it is wrong: "model clauses" without a number may be the new ones, so only numbers count; history is left out.

Sources: Commission Decision (EU) 2021/914.
"""

import re
from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import Verdict, fail
from auditor.model import Confidence, Severity

CATALOGUE = ("STL-08",)
SEVERITY = Severity.LOW
KLASS = "D"
TITLE = {"nl": "Noemt vervangen modelcontracten", "en": "Cites replaced standard clauses"}
MEANING = {
    "nl": "De verklaring noemt standaardbepalingen die sinds eind 2022 niet meer gelden.",
    "en": "The statement cites standard clauses that ended in 2022.",
}
LAW = "(EU) 2021/914"

_OLD = re.compile(r"\b(2001/497|2002/16|2004/915|2010/87)(/E[CG])?\b")
AROUND = 160


def run(evidence: Evidence) -> Iterator[Verdict]:
    claims = [i for i, _ in evidence.said("transfer-mechanism", "scc")]
    for i in evidence.read:
        text = evidence.statements[i].text
        for match in _OLD.finditer(text):
            if not words("history").search(text[max(0, match.start() - AROUND) : match.end() + AROUND]):
                yield fail(
                    match.group(1),
                    claims=claims,
                    confidence=Confidence.DOCUMENT,
                    nl=f"De verklaring noemt de standaardbepalingen van besluit {match.group()}, die tot 27 december 2022 golden.",
                    en=f"The statement cites the standard clauses of decision {match.group()}, which ended on 27 December 2022.",
                )
                return
    yield not_said(evidence, "dat oude modelcontracten gelden", "that old standard clauses hold")
