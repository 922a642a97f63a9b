"""What it looks at: a statement that names Privacy Shield or Safe Harbor as the only ground for sending data to the United States.

Why it matters: both are invalid, so the transfer rests on nothing.

When it is wrong: another ground may be used and not told; where standard clauses, an adequacy decision or the Data Privacy Framework is
named too, there is no finding here (the mention itself is told elsewhere). Where the text speaks of contracts, safeguards or consent for
transfers without naming a mechanism, whether that is a ground is for a person to say.

Sources: GDPR 44-46; Court of Justice C-311/18 (Schrems II) and C-362/14 (Schrems I).
"""

from collections.abc import Iterator

from auditor.checks.privacy_shield_relied_on import is_history
from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import STATEMENT, Verdict, fail, passed, undetermined
from auditor.model import Confidence, Severity

CATALOGUE = ("TRF-02",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {
    "nl": "Doorgifte rust alleen op een ongeldige regeling",
    "en": "Transfer rests only on an invalid mechanism",
}
MEANING = {
    "nl": "De enige grond die de verklaring voor doorgifte noemt, is ongeldig verklaard.",
    "en": "The only ground the statement gives for transfers has been declared invalid.",
}
LAW = "GDPR 44-46; Schrems II C-311/18"

_INVALID = ("privacy-shield", "safe-harbor")


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("transfer-mechanism")
    invalid = [(i, c) for i, c in said if c.value in _INVALID and not is_history(evidence, c)]
    valid = [(i, c) for i, c in said if c.value not in _INVALID]
    transfers = [i for i, _ in evidence.said("transfer-outside-eea", "yes")]
    if not invalid:
        yield not_said(
            evidence, "dat doorgifte op een ongeldige regeling rust", "that transfers rest on an invalid mechanism"
        )
    elif valid:
        yield passed(
            STATEMENT,
            claims=[i for i, _ in valid],
            nl="De verklaring noemt ook een geldige grond voor doorgifte.",
            en="The statement also names a valid ground for transfers.",
        )
    elif any(words("other_transfer_ground").search(statement.text) for statement in evidence.statements):
        yield undetermined(
            STATEMENT,
            "another ground may be named",
            claims=[*(i for i, _ in invalid), *transfers],
            nl="De verklaring noemt een ongeldige regeling, en spreekt ook van contracten, waarborgen of toestemming voor doorgifte.",
            en="The statement names an invalid mechanism, and also speaks of contracts, safeguards or consent for transfers.",
        )
    else:
        yield fail(
            STATEMENT,
            claims=[*(i for i, _ in invalid), *transfers],
            confidence=Confidence.DOCUMENT,
            nl="Mogelijke overtreding: de enige grond die de verklaring voor doorgifte noemt, is ongeldig.",
            en="Possible violation: the only ground that the statement gives for transfers is invalid.",
        )
