"""What it looks at: whether the statement says how long data are kept, by a period or by a criterion.

Why it matters: visitors must be able to tell when their data are gone.

When it is wrong: a period for one kind of data only is taken as an answer; "no longer than needed" without any period is told as the
lower grade, since it says nothing that the law does not say already.

Sources: GDPR 13(2)(a), with the Working Party's guidelines on transparency (WP260).
"""

import re
from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import duty, why_not_missing
from auditor.evidence.language_words import words
from auditor.evidence.verdict import Verdict, fail
from auditor.model import Confidence, Item, Severity
from auditor.statement.durations import amounts

CATALOGUE = ("CPL-08",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "Bewaartermijn ontbreekt of zegt niets", "en": "Retention period missing or empty"}
MEANING = {
    "nl": "De verklaring moet zeggen hoe lang gegevens bewaard blijven, of hoe dat wordt bepaald.",
    "en": "The statement must say how long data are kept, or how that is decided.",
}
LAW = "GDPR 13(2)(a)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    item = evidence.item("retention-period")
    if (
        item is not None
        and item.present
        and _empty(item)
        and not _period_anywhere(evidence)
        and not why_not_missing(evidence)
    ):
        yield fail(
            "retention-period",
            severity=Severity.LOW,
            confidence=Confidence.DOCUMENT,
            nl=f"De verklaring noemt geen termijn, alleen dat gegevens niet langer dan nodig blijven: “{item.quote}”.",
            en=f"The statement gives no period, only that data are kept no longer than needed: “{item.quote}”.",
        )
        return
    yield from duty(evidence, "retention-period", nl="een bewaartermijn", en="a retention period")


def _empty(item: Item) -> bool:
    """Whether what was found is the bare formula and no period or event."""
    return bool(words("as_long_as_needed").search(item.quote or "")) and not amounts(item.quote or "")


def _period_anywhere(evidence: Evidence) -> bool:
    """Whether any sentence on keeping gives an amount of time, so that the formula does not stand alone."""
    sentences = (s for i in evidence.read for s in re.split(r"[.!?\n]", evidence.statements[i].text))
    return any(words("retention").search(s) and amounts(s) for s in sentences) or bool(
        evidence.said("cookie-retention")
    )
