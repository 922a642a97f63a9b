"""What it looks at: whether the statement, all its documents together, names the right to restriction of processing.

Why it matters: visitors must be told which rights they have; whoever does not know a right cannot use it.

When it is wrong: "Beperken" is used for other things too, and the right is sometimes told in a roundabout way. Nothing is said when no privacy statement was read, or
when part of it could not be.

Sources: GDPR 13(2)(b), 18. Amaral et al. 2021 check the same for completeness.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-09d",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Recht op beperking ontbreekt", "en": "Right to restriction not named"}
MEANING = {
    "nl": "De verklaring moet het recht op beperking van de verwerking noemen.",
    "en": "The statement must name the right to restriction of processing.",
}
LAW = "GDPR 13(2)(b), 18"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(
        evidence,
        "right-restriction",
        nl="het recht op beperking van de verwerking",
        en="the right to restriction of processing",
    )
