"""Retention periods that a statement gives in its section on statistics or cookies, in running text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.evidence.language_words import words
from auditor.model import Statement
from auditor.statement.durations import amounts

LONGEST_HEADING = 80
"""A line longer than this is no heading. Statements pasted as plain text have headings without markup."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """One sentence with a period: "Wij bewaren deze informatie voor één jaar." -> 365 days."""

    days: float
    quote: str
    start: int
    end: int


def statistics_retention(statement: Statement) -> tuple[Period, ...]:
    """Periods in sentences on keeping, within sections whose heading speaks of statistics, analytics or cookies."""
    found = []
    for start, end in _sections(statement):
        for match in re.finditer(r"[^.!?\n]+[.!?]?", statement.text[start:end]):
            quote = match.group().strip()
            days = _days(quote)
            if days is not None and words("retention").search(quote):
                begin = start + match.start() + len(match.group()) - len(match.group().lstrip())
                found.append(Period(days=days, quote=quote, start=begin, end=begin + len(quote)))
    return tuple(found)


def _sections(statement: Statement) -> Iterator[tuple[int, int]]:
    """Spans from a heading on statistics to the next heading."""
    heads = [(b.start, b.end) for b in statement.blocks if b.type == "heading"] or list(_bare_headings(statement.text))
    for (start, end), (following, _) in zip(heads, [*heads[1:], (len(statement.text), 0)], strict=True):
        if words("statistics_section").search(statement.text[start:end]):
            yield end, following


def _bare_headings(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"^[^\n]+$", text, re.MULTILINE):
        line = match.group().strip()
        if line and len(line) <= LONGEST_HEADING and line[-1] not in ".,;:!?" and line[0] not in "-•*":
            yield match.start(), match.end()


def _days(sentence: str) -> float | None:
    """The longest period of the sentence in days; None when it has none."""
    return max((days for _, _, days in amounts(sentence) if days > 0), default=None)
