"""What it looks at: whether the statement, all its documents together, names the right to erasure.

Why it matters: visitors must be told which rights they have; whoever does not know a right cannot use it.

When it is wrong: Words differ (wissen, verwijderen, vergeten; delete, forgotten); a limit such as "outdated data" narrows the right and is not judged here. Nothing is said when no privacy statement was read, or
when part of it could not be.

Sources: GDPR 13(2)(b), 17. Amaral et al. 2021 check the same for completeness.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-09c",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Recht op verwijdering ontbreekt", "en": "Right to erasure not named"}
MEANING = {
    "nl": "De verklaring moet het recht op verwijdering noemen.",
    "en": "The statement must name the right to erasure.",
}
LAW = "GDPR 13(2)(b), 17"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "right-erasure", nl="het recht op verwijdering", en="the right to erasure")
