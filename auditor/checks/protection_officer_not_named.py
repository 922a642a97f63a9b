"""What it looks at: whether the statement names a data-protection officer or how to reach one.

Why it matters: where there is one, that is whom a visitor may turn to.

When it is wrong: only some must have an officer (public bodies, large-scale monitoring or sensitive data), which cannot be seen from
outside; so a missing one is no possible violation, only noted as not applicable.

Sources: GDPR 13(1)(b) and 37.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty
from auditor.evidence.verdict import Verdict, not_applicable
from auditor.model import Outcome, Severity

CATALOGUE = ("CPL-02",)
SEVERITY = Severity.INFO
KLASS = "D"
TITLE = {
    "nl": "Functionaris gegevensbescherming niet genoemd",
    "en": "Data-protection officer not named",
}
MEANING = {
    "nl": "Wie een functionaris heeft, moet zeggen hoe die te bereiken is.",
    "en": "Who has an officer must say how to reach them.",
}
LAW = "GDPR 13(1)(b), 37"


def run(evidence: Evidence) -> Iterator[Verdict]:
    for verdict in duty(
        evidence, "dpo-contact", nl="een functionaris gegevensbescherming", en="a data-protection officer"
    ):
        if verdict.outcome is Outcome.FAIL:
            yield not_applicable(
                verdict.subject,
                reason="only some controllers must have one",
                nl="De verklaring noemt geen functionaris gegevensbescherming; niet ieder hoeft die te hebben.",
                en="The statement names no data-protection officer; not everyone must have one.",
            )
        else:
            yield verdict
