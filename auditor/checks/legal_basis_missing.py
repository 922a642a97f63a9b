"""What it looks at: whether the statement names a legal basis (consent, contract, legal duty, legitimate interest …).

Why it matters: without a basis a visitor cannot tell whether the use is allowed, nor which rights follow.

When it is wrong: a basis told without being called one can be missed; whether each purpose has its basis is left to a person.

Sources: GDPR 6 and 13(1)(c). Amaral et al. 2021.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-04",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {"nl": "Rechtsgrond ontbreekt", "en": "No legal basis is given"}
MEANING = {
    "nl": "De verklaring moet zeggen op welke grond gegevens mogen worden gebruikt.",
    "en": "The statement must say on which ground data may be used.",
}
LAW = "GDPR 13(1)(c), 6"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "legal-basis", nl="een rechtsgrond", en="a legal basis")
