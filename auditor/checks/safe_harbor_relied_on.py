"""What it looks at: sentences that rely on the EU-US Safe Harbor for sending data to the United States.

Why it matters: the Court of Justice declared it invalid on 6 October 2015; nothing may rest on it.

When it is wrong: history is left out, as for Privacy Shield; "safe harbour" is also an English idiom for other things.

Sources: Court of Justice C-362/14 (Schrems I).
"""

from collections.abc import Iterator

from auditor.checks.privacy_shield_relied_on import invalid_mechanism
from auditor.evidence import Evidence
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

CATALOGUE = ("STL-07",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {"nl": "Beroept zich op Safe Harbor", "en": "Relies on Safe Harbor"}
MEANING = {
    "nl": "De verklaring steunt op een regeling die sinds oktober 2015 ongeldig is.",
    "en": "The statement rests on an arrangement that has been invalid since October 2015.",
}
LAW = "Schrems I C-362/14"


def run(evidence: Evidence) -> Iterator[Verdict]:
    yield from invalid_mechanism(
        evidence,
        "safe-harbor",
        name="Safe Harbor",
        ended=("op 6 oktober 2015 ongeldig verklaard", "declared invalid on 6 October 2015"),
    )
