"""What it looks at: whether a statement that says data leave the European Economic Area also says what protects them there (adequacy
decision, Data Privacy Framework, standard clauses, binding rules).

Why it matters: the safeguard is what a visitor could ask a copy of.

When it is wrong: a safeguard told in general words can be missed; a hedged sentence on transfers is undetermined.

Sources: GDPR 13(1)(f) and 44-46.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said, why_not_missing
from auditor.evidence.verdict import STATEMENT, Verdict, fail, passed, undetermined
from auditor.model import Confidence, Severity

CATALOGUE = ("CPL-07",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {
    "nl": "Doorgifte buiten de EER zonder waarborg te noemen",
    "en": "Transfer outside EEA without naming a safeguard",
}
MEANING = {
    "nl": "Wie gegevens buiten de EER brengt, moet zeggen welke waarborg daarvoor geldt.",
    "en": "Who takes data outside the EEA must say which safeguard applies.",
}
LAW = "GDPR 13(1)(f)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("transfer-outside-eea", "yes")
    if not said:
        yield not_said(evidence, "dat gegevens de EER verlaten", "that data leave the EEA")
        return
    claims = [i for i, _ in said]
    mechanisms = [i for i, _ in evidence.said("transfer-mechanism")]
    doubt = why_not_missing(evidence) or ("the sentence is hedged" if all(c.hedge for _, c in said) else None)
    if mechanisms:
        yield passed(
            STATEMENT,
            claims=[*claims, *mechanisms],
            nl="De verklaring noemt een waarborg voor doorgifte.",
            en="The statement names a safeguard for transfers.",
        )
    elif doubt:
        yield undetermined(
            STATEMENT,
            doubt,
            claims=claims,
            nl="Of de verklaring een waarborg voor doorgifte noemt, staat niet vast.",
            en="Whether the statement names a safeguard for transfers is not certain.",
        )
    else:
        yield fail(
            STATEMENT,
            claims=claims,
            confidence=Confidence.DOCUMENT,
            nl="Mogelijke overtreding: de verklaring zegt dat gegevens de EER verlaten, maar niet onder welke waarborg.",
            en="Possible violation: the statement says that data leave the EEA, but not under which safeguard.",
        )
