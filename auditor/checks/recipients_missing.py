"""What it looks at: whether the statement names recipients of the data, or kinds of them.

Why it matters: who gets the data is half of what there is to know.

When it is wrong: "third parties" alone may be taken for an answer; which observed companies are missing is told per tracker
(tracker-not-mentioned).

Sources: GDPR 13(1)(e). Libert 2018.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-06",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {"nl": "Ontvangers ontbreken", "en": "Recipients are not named"}
MEANING = {
    "nl": "De verklaring moet zeggen wie de gegevens krijgt, of welke soorten ontvangers.",
    "en": "The statement must say who gets the data, or which kinds of recipients.",
}
LAW = "GDPR 13(1)(e)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(evidence, "recipients", nl="ontvangers van gegevens", en="recipients of data")
