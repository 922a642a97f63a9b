"""What it looks at: whether the statement, all its documents together, names the right to object.

Why it matters: visitors must be told which rights they have; whoever does not know a right cannot use it.

When it is wrong: An objection to direct marketing only is narrower than the right and is not told apart here. Nothing is said when no privacy statement was read, or
when part of it could not be.

Sources: GDPR 13(2)(b), 21. Amaral et al. 2021 check the same for completeness.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-09e",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Recht van bezwaar ontbreekt", "en": "Right to object not named"}
MEANING = {
    "nl": "De verklaring moet het recht van bezwaar noemen.",
    "en": "The statement must name the right to object.",
}
LAW = "GDPR 13(2)(b), 21"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "right-object", nl="het recht van bezwaar", en="the right to object")
