"""Findings as cards: what the statement says beside what the site does, each point with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.evidence.naming import declares
from auditor.model import Claim, Confidence, DeclaredCookie, Finding, Statement
from reports.quotes import Passage
from reports.rulebook import Rule, rule
from reports.seen import Seen, same_thing_together
from reports.summary import Group, group_of
from reports.view import SiteView, anchor

SHOWN_AT_ONCE = 2  # pieces of evidence open in a card; the others fold out


@dataclass(frozen=True, kw_only=True)
class Said:
    """One side: a claim, or a row of the cookie list, in its paragraph.

    number and claim: None for a row. passage: None when the span does not fit the text.
    """

    number: int | None
    claim: Claim | None
    quote: str
    statement: Statement | None
    passage: Passage | None


@dataclass(frozen=True, kw_only=True)
class Did:
    """The other side: one thing seen, and every other sighting of it."""

    first: Seen
    others: tuple[Seen, ...]
    declared_days: float | None  # what the statement gives as lifetime, where it does
    declared: str | None

    @property
    def differs(self) -> bool:
        """Whether the lifetime seen is clearly longer than the one stated."""
        known, days = self.first.lifetime
        return known and bool(self.declared_days) and (days or 0) > 1.5 * (self.declared_days or 0)


@dataclass(frozen=True, kw_only=True)
class Point:
    """One finding with its evidence."""

    anchor: str
    finding: Finding
    message: str
    did: tuple[Did, ...]


@dataclass(frozen=True, kw_only=True)
class Card:
    """Findings of one check that rest on the same words: the quote is shown once."""

    rule: Rule
    said: tuple[Said, ...]
    points: tuple[Point, ...]

    @property
    def document_only(self) -> bool:
        """Whether the statement's text alone decides: there is no other side to show."""
        return all(p.finding.confidence is Confidence.DOCUMENT and not p.did for p in self.points)


def gather(view: SiteView) -> dict[str, object]:
    """The cards of each group of failed findings."""
    return {
        "contradictions": cards(view, view.group(Group.CONTRADICTION)),
        "unmentioned": cards(view, view.group(Group.UNMENTIONED)),
        "violations": cards(view, view.group(Group.VIOLATION)),
        "information": cards(view, view.group(Group.INFORMATION)),
        "shown": SHOWN_AT_ONCE,
    }


def cards(view: SiteView, findings: Sequence[Finding]) -> tuple[Card, ...]:
    """Cards in the order of their worst finding."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        # Without a claim the left side is the row of each subject's own cookie: those cannot share a card.
        alone = group_of(finding) is Group.CONTRADICTION and not finding.claims
        groups.setdefault((finding.check, finding.subject if alone else finding.claims), []).append(finding)
    return tuple(
        Card(
            rule=rule(group[0].check, view.words.language),
            said=tuple(_said(view, group[0])),
            points=tuple(_point(view, finding) for finding in group),
        )
        for group in groups.values()
    )


def _said(view: SiteView, finding: Finding) -> Iterable[Said]:
    for number, claim in view.claims(finding.claims):
        yield _quoted(view, claim, number, claim)
    if not finding.claims and group_of(finding) is Group.CONTRADICTION:
        names = dict.fromkeys(seen.name for seen in view.evidence(finding) if seen.group[0] == "cookie")
        rows = (declared_row(name, view.audit.declared_cookies) for name in (*names, finding.subject))
        for row in dict.fromkeys(row for row in rows if row):
            yield _quoted(view, row, None, None)


def _quoted(view: SiteView, what: Claim | DeclaredCookie, number: int | None, claim: Claim | None) -> Said:
    return Said(
        number=number, claim=claim, quote=what.quote, statement=view.statement_of(what), passage=view.passage(what)
    )


def _point(view: SiteView, finding: Finding) -> Point:
    stated = next((c for _, c in view.claims(finding.claims) if c.duration_days is not None), None)
    did = []
    for first, *others in same_thing_together(view.evidence(finding)):
        row = declared_row(first.name, view.audit.declared_cookies) if first.group[0] == "cookie" else None
        days, text = (row.duration_days, row.duration) if row else (None, None)
        if stated is not None:
            days, text = stated.duration_days, str(stated.value)
        did.append(Did(first=first, others=tuple(others), declared_days=days, declared=text))
    return Point(anchor=anchor(finding), finding=finding, message=view.message(finding), did=tuple(did))


def declared_row(name: str, declared: Sequence[DeclaredCookie]) -> DeclaredCookie | None:
    """The row of the statement's cookie list for a cookie: its exact name before one that covers it."""
    exact = next((row for row in declared if row.name == name), None)
    return exact or next((row for row in declared if declares(row.name, name)), None)
