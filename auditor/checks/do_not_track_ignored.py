"""What it looks at: a sentence in the statement that Do Not Track signals are not followed.

Why it matters: the signal is an objection by technical means; whoever ignores it says so to those who sent it.

When it is wrong: saying so honestly is better than silence, and the law is not settled; so this is a low note.

Sources: GDPR 21(5); Landgericht Berlin, 16 O 420/19 (24 August 2023).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.verdict import Verdict, fail
from auditor.model import Confidence, Severity

CATALOGUE = ("SIG-02",)
SEVERITY = Severity.LOW
KLASS = "D"
TITLE = {"nl": "Verklaring zegt Do Not Track te negeren", "en": "Statement says Do-Not-Track is ignored"}
MEANING = {
    "nl": "De verklaring zegt dat het signaal van de browser om niet te volgen niet wordt opgevolgd.",
    "en": "The statement says the browser's signal not to track is not followed.",
}
LAW = "GDPR 21(5); LG Berlin 16 O 420/19"


def run(evidence: Evidence) -> Iterator[Verdict]:
    claims = [i for i, _ in evidence.said("dnt", "not-honoured")]
    if not claims:
        yield not_said(evidence, "dat Do Not Track wordt genegeerd", "that Do Not Track is ignored")
        return
    german = any(evidence.statements[evidence.claims[i].statement].language == "de" for i in claims)
    yield fail(
        "do-not-track",
        claims=claims,
        confidence=Confidence.DOCUMENT,
        severity=Severity.MEDIUM if german else Severity.LOW,
        nl="De verklaring zegt dat het signaal Do Not Track niet wordt opgevolgd.",
        en="The statement says that the Do Not Track signal is not followed.",
    )
