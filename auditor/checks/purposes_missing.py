"""What it looks at: whether the statement says what data are used for.

Why it matters: a purpose is what every other duty and right hangs on.

When it is wrong: a vague purpose ("improving our service") counts as one; whether it is specific enough is left to a person.

Sources: GDPR 13(1)(c). Linden et al. 2020; Santos et al. 2021.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-03",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {"nl": "Doelen ontbreken", "en": "The purposes are not stated"}
MEANING = {
    "nl": "De verklaring moet zeggen waarvoor gegevens worden gebruikt.",
    "en": "The statement must say what data are used for.",
}
LAW = "GDPR 13(1)(c)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "purposes", nl="een doel van de verwerking", en="a purpose of the processing")
