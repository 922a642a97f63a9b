"""What it looks at: whether the statement, all its documents together, names the right of access.

Why it matters: visitors must be told which rights they have; whoever does not know a right cannot use it.

When it is wrong: Words differ (inzage, opvragen, kopie; access, copy); a right told without its name can be missed. Nothing is said when no privacy statement was read, or
when part of it could not be.

Sources: GDPR 13(2)(b), 15. Amaral et al. 2021 check the same for completeness.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-09a",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Recht op inzage ontbreekt", "en": "Right of access not named"}
MEANING = {
    "nl": "De verklaring moet het recht op inzage noemen.",
    "en": "The statement must name the right of access.",
}
LAW = "GDPR 13(2)(b), 15"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "right-access", nl="het recht op inzage", en="the right of access")
