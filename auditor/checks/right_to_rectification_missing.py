"""What it looks at: whether the statement, all its documents together, names the right to rectification.

Why it matters: visitors must be told which rights they have; whoever does not know a right cannot use it.

When it is wrong: Words differ (corrigeren, aanpassen, wijzigen; correct, amend); changing one's own account only is a narrower thing. Nothing is said when no privacy statement was read, or
when part of it could not be.

Sources: GDPR 13(2)(b), 16. Amaral et al. 2021 check the same for completeness.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-09b",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Recht op rectificatie ontbreekt", "en": "Right to rectification not named"}
MEANING = {
    "nl": "De verklaring moet het recht op rectificatie noemen.",
    "en": "The statement must name the right to rectification.",
}
LAW = "GDPR 13(2)(b), 16"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "right-rectification", nl="het recht op rectificatie", en="the right to rectification")
