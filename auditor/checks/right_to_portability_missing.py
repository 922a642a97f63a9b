"""What it looks at: whether the statement, all its documents together, names the right to data portability.

Why it matters: visitors must be told which rights they have; whoever does not know a right cannot use it.

When it is wrong: The right is sometimes told as receiving data "in a structured format", without its name. Nothing is said when no privacy statement was read, or
when part of it could not be.

Sources: GDPR 13(2)(b), 20. Amaral et al. 2021 check the same for completeness.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-09f",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Recht op overdraagbaarheid ontbreekt", "en": "Right to data portability not named"}
MEANING = {
    "nl": "De verklaring moet het recht op overdraagbaarheid van gegevens noemen.",
    "en": "The statement must name the right to data portability.",
}
LAW = "GDPR 13(2)(b), 20"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(
        evidence,
        "right-portability",
        nl="het recht op overdraagbaarheid van gegevens",
        en="the right to data portability",
    )
