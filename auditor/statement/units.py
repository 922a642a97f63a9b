"""A statement as the units that phrases are matched against: its sentences in their reading copy, each with its context."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from auditor.model import Statement
from auditor.statement.fold import Folded, fold
from auditor.statement.sentences import Sentence, sentences


@dataclass(eq=False)
class Unit:
    """One sentence. `low` is its reading copy; `headings` and `lead_in` are reading copies too."""

    index: int
    sentence: Sentence
    folded: Folded
    headings: tuple[str, ...]
    lead_in: str
    document: Document

    @property
    def low(self) -> str:
        return self.folded.text

    @property
    def is_heading(self) -> bool:
        return self.sentence.block_type == "heading"

    @cached_property
    def heading(self) -> str:
        """The nearest heading; '' when there is none."""
        return self.headings[-1] if self.headings else ""

    def earlier(self, count: int) -> Iterator[Unit]:
        """The sentences before this one under the same headings, nearest first."""
        for index in range(self.index - 1, max(-1, self.index - 1 - count), -1):
            unit = self.document.units[index]
            if unit.is_heading or unit.headings != self.headings:
                return
            yield unit

    def later(self, count: int) -> Iterator[Unit]:
        """The sentences after this one under the same headings (for a heading: those below it)."""
        wanted = (*self.headings, self.document.title_of(self)) if self.is_heading else self.headings
        for index in range(self.index + 1, min(len(self.document.units), self.index + 1 + count)):
            unit = self.document.units[index]
            if unit.is_heading or unit.headings != wanted:
                return
            yield unit

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Place in the statement's text of `low[start:end]`."""
        first, last = self.folded.span(start, end)
        return self.sentence.start + first, self.sentence.start + last


@dataclass(eq=False)
class Document:
    """All units of a statement, in text order."""

    statement: Statement
    units: list[Unit] = field(default_factory=list)

    def title_of(self, unit: Unit) -> str:
        """The words of a heading unit as they appear in the `headings` of what stands below it."""
        index = unit.index + 1
        if index < len(self.units) and len(self.units[index].headings) > len(unit.headings):
            return self.units[index].headings[len(unit.headings)]
        return unit.low


_LONGEST = 1200
"""Characters of the longest unit. No sentence of the labelled statements is longer; a text without full stops is cut
so that the cost of the phrases, which grows with the square of a unit's length, stays linear in the text's."""


def _cut(sentence: Sentence) -> Iterator[Sentence]:
    """The sentence, or its pieces when it is too long; cut at the last semicolon, comma or space that fits."""
    text, offset = sentence.text, 0
    while len(text) - offset > _LONGEST:
        window = text[offset : offset + _LONGEST]
        place = max(window.rfind("; "), window.rfind(", "), window.rfind("\n"))
        place = place if place > _LONGEST // 2 else window.rfind(" ")
        size = place + 1 if place > 0 else _LONGEST
        yield replace(sentence, text=window[:size], start=sentence.start + offset, end=sentence.start + offset + size)
        offset += size
    if offset < len(text):
        yield replace(sentence, text=text[offset:], start=sentence.start + offset)


@lru_cache(maxsize=8)
def document(statement: Statement) -> Document:
    """The statement's units; the same object for the same statement, since claims and vendors both walk it."""
    built = Document(statement)
    titles: dict[str, str] = {}
    pieces = (piece for sentence in sentences(statement) for piece in _cut(sentence))
    for index, sentence in enumerate(pieces):
        for title in sentence.headings:
            if title not in titles:
                titles[title] = fold(title).text
        headings = tuple(titles[title] for title in sentence.headings)
        lead_in = fold(sentence.lead_in).text if sentence.lead_in else ""
        built.units.append(Unit(index, sentence, fold(sentence.text), headings, lead_in, built))
    return built
