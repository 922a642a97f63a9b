"""Tables of observations: plain data that one template shows, sortable and filterable."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST_CELL = 600  # characters; the record holds the whole
SHOWN_OF_CELL = 140
MOST_ROWS = 2_000


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell: `text` shown, `rest` folded, `cut` the number of characters left out, `sort` what it sorts by."""

    text: str
    rest: str = ""
    cut: int = 0
    mono: bool = False
    sort: float | None = None


@dataclass(frozen=True, kw_only=True)
class Table:
    """`columns` are word keys under "column"; `total` counts the rows there would be without the limit."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int

    @property
    def left_out(self) -> int:
        return self.total - len(self.rows)


def table(name: str, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]], most: int = MOST_ROWS) -> Table:
    """A table of at most `most` rows; how many there were stays known."""
    every = list(rows)
    return Table(name=name, columns=columns, rows=tuple(every[:most]), total=len(every))


def plain(text: object) -> Cell:
    return _cut(str(text) if text is not None else "", mono=False)


def mono(text: object) -> Cell:
    """Text of a machine: an address, a name, a value."""
    return _cut(str(text) if text is not None else "", mono=True)


def number(value: float | None, text: str | None = None) -> Cell:
    """A number, with other words for it where given; None sorts first and shows nothing."""
    shown = text if text is not None else "" if value is None else f"{value:g}"
    return Cell(text=shown, sort=-1.0 if value is None else value)


def _cut(text: str, *, mono: bool) -> Cell:
    kept = text[:LONGEST_CELL]
    return Cell(text=kept[:SHOWN_OF_CELL], rest=kept[SHOWN_OF_CELL:], cut=len(text) - len(kept), mono=mono)
