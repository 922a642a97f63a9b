"""What it looks at: the date of version that the statement itself gives, against the day of the visit.

Why it matters: a statement older than the rules or the tools it speaks of cannot describe them.

When it is wrong: a text that is reviewed and still right keeps its date; a date of another thing (news, copyright) read as the date of
version.

Sources: GDPR 5(2) and 24(1); the GDPR has applied since 25 May 2018.
"""

from collections.abc import Iterator
from datetime import date, datetime

from auditor.evidence import Evidence
from auditor.evidence.answers import unread
from auditor.evidence.verdict import STATEMENT, Verdict, fail, not_applicable, passed, undetermined
from auditor.model import Confidence, Severity

CATALOGUE = ("STL-03",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {"nl": "Verouderde verklaring", "en": "Statement older than the practice"}
MEANING = {
    "nl": "De verklaring is lang niet bijgewerkt, of dateert van vóór de AVG.",
    "en": "The statement has not been updated for long, or dates from before the GDPR.",
}
LAW = "GDPR 5(2), 24(1)"

GDPR_APPLIES = date(2018, 5, 25)
OLD_MONTHS = 24


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.read:
        yield unread(evidence)
        return
    written, now = _date(evidence.date_of_version), _date(evidence.record.started_at)
    if written is None:
        yield not_applicable(STATEMENT, nl="De verklaring heeft geen datum.", en="The statement has no date.")
        return
    if now is None or written > now:
        yield undetermined(
            STATEMENT,
            "the statement's date lies after the visit" if now else "the record has no date",
            nl=f"De verklaring is gedateerd {written.isoformat()}, na het bezoek.",
            en=f"The statement is dated {written.isoformat()}, after the visit.",
        )
        return
    months = (now.year - written.year) * 12 + now.month - written.month - (now.day < written.day)
    if written < GDPR_APPLIES:
        yield fail(
            STATEMENT,
            confidence=Confidence.DOCUMENT,
            nl=f"Mogelijke overtreding: de verklaring is van {written.isoformat()}, van vóór de AVG (25 mei 2018).",
            en=f"Possible violation: the statement is of {written.isoformat()}, before the GDPR applied (25 May 2018).",
        )
    elif months > OLD_MONTHS or (months == OLD_MONTHS and now.day > written.day):
        yield fail(
            STATEMENT,
            severity=Severity.LOW,
            confidence=Confidence.DOCUMENT,
            nl=f"De verklaring is van {written.isoformat()}, {months} maanden vóór het bezoek; mogelijk is zij verouderd.",
            en=f"The statement is of {written.isoformat()}, {months} months before the visit; it may be outdated.",
        )
    else:
        yield passed(
            STATEMENT,
            nl=f"De verklaring is van {written.isoformat()}, {months} maanden vóór het bezoek.",
            en=f"The statement is of {written.isoformat()}, {months} months before the visit.",
        )


def _date(text: str | None) -> date | None:
    try:
        return datetime.fromisoformat(text).date() if text else None
    except ValueError:
        return None
