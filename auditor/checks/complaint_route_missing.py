"""What it looks at: whether the statement says that one can complain to the supervisory authority.

Why it matters: the authority is where a visitor can go when the site does not listen.

When it is wrong: a complaint to the site itself is no complaint to the authority; an authority named for another reason can be
mistaken for the route.

Sources: GDPR 13(2)(d) and 77.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("CPL-11",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Klacht bij de toezichthouder ontbreekt", "en": "Complaint to the supervisory authority not named"}
MEANING = {
    "nl": "De verklaring moet zeggen dat men bij de toezichthouder kan klagen.",
    "en": "The statement must say that one can complain to the supervisory authority.",
}
LAW = "GDPR 13(2)(d), 77"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from duty(
        evidence,
        "right-complaint-authority",
        nl="het recht om bij de toezichthouder te klagen",
        en="the right to complain to the supervisory authority",
    )
