"""Tables of a page, also those made of divs, as rows of cell spans."""

from __future__ import annotations

import re

from lxml import html

from auditor.model import Table
from auditor.statement.text import CELL_GAP, Span, TextBuilder

_IGNORED = frozenset(
    ["script", "style", "noscript", "template", "svg", "button", "input", "select", "textarea", "iframe"]
)
_ROW = re.compile(r"(?:^|[\s_-])(?:row|tr|table-?row|rij|grid-row|cookie-?row|cookie-?item)(?:$|[\s_-])", re.IGNORECASE)
_CELL = re.compile(
    r"(?:^|[\s_-])(?:cell|td|th|col(?:umn)?(?:[-_]\w+)*|table-?cell|kolom|header-?cell)(?:$|[\s_-])", re.IGNORECASE
)
_TABLE = re.compile(r"(?:^|[\s_-])(?:table|tabel|grid|cookie-?(?:table|list|tabel))(?:$|[\s_-])", re.IGNORECASE)
_MAX_ROWS = 5_000
_MAX_COLUMNS = 30


def is_data_table(element: html.HtmlElement) -> bool:
    """Whether a table holds data and not the page's layout: no table inside, at least two columns, short cells."""
    if element.find(".//table") is not None or (element.get("role") or "") == "presentation":
        return False
    rows = _own_rows(element)
    if len(rows) < 2:
        return False
    wide = sum(1 for row in rows if len(row) >= 2)
    if wide < 0.5 * len(rows):
        return False
    longest = max((len((cell.text_content() or "").split()) for row in rows for cell in row), default=0)
    return longest <= 250


def _own_rows(element: html.HtmlElement) -> list[list[html.HtmlElement]]:
    return [[cell for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")][:_MAX_ROWS]


def div_rows(element: html.HtmlElement) -> list[list[html.HtmlElement]] | None:
    """Rows of cells when a div stands for a table, by its roles or by the names of its classes; else None."""
    role = (element.get("role") or "").lower()
    if role in {"table", "grid"}:
        rows = [e for e in element.iter() if isinstance(e.tag, str) and (e.get("role") or "").lower() == "row"]
        cells = [
            [
                c
                for c in row
                if (isinstance(c.tag, str) and "cell" in (c.get("role") or "").lower())
                or (c.get("role") or "") in {"columnheader", "rowheader"}
            ]
            for row in rows
        ]
        return cells if len(cells) >= 2 and max(map(len, cells)) >= 2 else None
    if not _TABLE.search(element.get("class") or ""):
        return None
    children = [c for c in element if isinstance(c.tag, str)]
    if len(children) < 2 or not all(_ROW.search(c.get("class") or "") for c in children):
        return None
    rows_of_cells = [[c for c in child if isinstance(c.tag, str)] for child in children]
    named = sum(
        1
        for row in rows_of_cells
        for cell in row
        if _CELL.search(cell.get("class") or "") or cell.tag in {"span", "div"}
    )
    widths = [len(row) for row in rows_of_cells]
    if min(widths) < 2 or max(widths) > _MAX_COLUMNS or max(widths) - min(widths) > 1 or named < sum(widths):
        return None
    if max(len((cell.text_content() or "").split()) for row in rows_of_cells for cell in row) > 60:
        return None
    return rows_of_cells


class TableReader:
    """Writes one table into the text: a block per row, cells set apart by `CELL_GAP`."""

    def __init__(self, builder: TextBuilder, number: int) -> None:
        self._builder = builder
        self._number = number

    def read(self, element: html.HtmlElement) -> Table | None:
        caption = element.find("caption")
        if caption is not None:
            self._builder.open("paragraph")
            self._write(caption)
            self._builder.close()
        return self.read_rows(_own_rows(element))

    def read_rows(self, rows: list[list[html.HtmlElement]]) -> Table | None:
        """The table of these cells; a cell over several rows stands in each of them. None when all are empty."""
        held: dict[int, tuple[int, Span]] = {}
        result: list[tuple[Span, ...]] = []
        header: tuple[str, ...] = ()
        for row in rows:
            if not any((cell.text_content() or "").strip() for cell in row):
                continue
            spans, held = self._row(row, held)
            if (
                not result
                and not header
                and row
                and all(cell.tag == "th" or cell.get("role") == "columnheader" for cell in row)
            ):
                header = tuple(" ".join((cell.text_content() or "").split()) for cell in row)
            result.append(spans)
        return Table(header=header, rows=tuple(result)) if result else None

    def _row(
        self, row: list[html.HtmlElement], held: dict[int, tuple[int, Span]]
    ) -> tuple[tuple[Span, ...], dict[int, tuple[int, Span]]]:
        self._builder.open("row", self._number)
        spans: list[Span] = []
        still: dict[int, tuple[int, Span]] = {}
        wrote = False

        def take_held() -> None:
            while len(spans) in held and len(spans) < _MAX_COLUMNS:
                left, span = held[len(spans)]
                if left > 1:
                    still[len(spans)] = (left - 1, span)
                spans.append(span)

        for cell in row[:_MAX_COLUMNS]:
            take_held()
            self._builder.raw(CELL_GAP if wrote else "")
            start = self._builder.end
            self._write(cell)
            self._builder.trim()
            wrote = True
            span = (start, self._builder.end)
            down = _number(cell.get("rowspan"))
            if down > 1:
                still[len(spans)] = (down - 1, span)
            spans.append(span)
            spans.extend([(span[1], span[1])] * min(_number(cell.get("colspan")) - 1, _MAX_COLUMNS - len(spans)))
        take_held()
        self._builder.close()
        return tuple(spans), still

    def _write(self, element: html.HtmlElement, start: int | None = None) -> None:
        start = self._builder.end if start is None else start
        self._builder.add(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _IGNORED:
                if child.tag in {"br", "p", "div", "li", "ul", "ol"} and self._builder.end > start:
                    self._builder.line_break()
                if child.tag == "a" and child.get("href"):
                    words = " ".join((child.text_content() or "").split())
                    self._write(child, start)
                    if words:
                        self._builder.links.append(
                            (
                                " ".join(child.get("href").split()),
                                max(self._builder.end - len(words), 0),
                                self._builder.end,
                            )
                        )
                else:
                    self._write(child, start)
                if child.tag in {"p", "div", "li"}:
                    self._builder.line_break()
            self._builder.add(child.tail or "")


def _number(text: str | None) -> int:
    return min(int(text), 200) if text and text.isdigit() and int(text) > 0 else 1
