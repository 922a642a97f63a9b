"""The answer first: what contradicts the statement, what may break a norm, what could not be measured."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model import Choice, Outcome, Visit
from reports.summary import Counts, counts, group_of, top_findings
from reports.view import SiteView, anchor
from reports.words import Words


@dataclass(frozen=True, kw_only=True)
class Top:
    """One finding named at the top of the page."""

    anchor: str
    group: str
    severity: str
    message: str


def gather(view: SiteView) -> dict[str, object]:
    """Sentences in words, the top findings, and what stood in the way of measuring."""
    audit, number = view.audit, counts(view.audit)
    return {
        "reason": audit.not_measured,
        "sentences": () if audit.not_measured else tuple(sentences(number, view.words, bool(_read(view)))),
        "statement": _statement_sentence(view),
        "unproven": tuple(unproven_choices(view)),
        "top": tuple(
            Top(anchor=anchor(f), group=group_of(f), severity=f.severity, message=view.message(f))
            for f in top_findings(audit)
        ),
        "more": max(0, sum(f.outcome is Outcome.FAIL for f in audit.findings) - 5),
    }


def sentences(number: Counts, words: Words, statement_read: bool) -> list[str]:
    """One to three sentences; what is zero is said once, not counted."""
    found = [words("answer.contradictions" if statement_read else "answer.no-comparison", n=number.contradictions)]
    parts = [
        words(f"answer.part.{name}", n=count)
        for name, count in (
            ("violations", number.violations),
            ("unmentioned", number.unmentioned),
            ("information", number.information),
        )
        if count
    ]
    found.append(words("answer.besides", parts=_list(parts, words)) if parts else words("answer.nothing-else"))
    if number.undetermined:
        found.append(words("answer.undetermined", n=number.undetermined))
    return found


def unproven_choices(view: SiteView) -> list[str]:
    """A sentence for each choice that no visit could carry out: behaviour after it is unknown, not clean."""
    found = []
    for choice in (Choice.REFUSE, Choice.ACCEPT):
        visits = [visit for visit in view.record.visits if visit.choice is choice]
        if visits and not any(_usable(visit) and visit.choice_result.status == "made" for visit in visits):
            status = visits[0].choice_result.status if _usable(visits[0]) else "failed"
            found.append(view.words(f"answer.unproven.{choice}", why=view.words(f"answer.why.{status}")))
    return found


def _usable(visit: Visit) -> bool:
    return visit.failure is None


def _read(view: SiteView) -> int:
    return sum(statement.status == "read" for statement in view.audit.statements)


def _statement_sentence(view: SiteView) -> str:
    count = _read(view)
    if count:
        return view.words("answer.statement.read", n=count)
    return view.words("answer.statement.unread" if view.audit.statements else "answer.statement.none")


def _list(parts: list[str], words: Words) -> str:
    if len(parts) == 1:
        return parts[0]
    return f"{', '.join(parts[:-1])} {words('format.and')} {parts[-1]}"
