"""What every extractor gives: one fixed text with blocks, tables and links as spans, and the builder that keeps them true."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from auditor.model import Block, Table

BlockType = Literal["heading", "paragraph", "item", "cell", "row"]
Span = tuple[int, int]

CELL_GAP = " | "
"""Between two cells of a row in the text of an HTML table; never part of a cell's span."""


@dataclass(frozen=True, kw_only=True)
class Extract:
    """A document as text. Blocks do not overlap and stand in text order; a table row is one block."""

    text: str
    title: str | None = None
    blocks: tuple[Block, ...] = ()
    tables: tuple[Table, ...] = ()
    links: tuple[tuple[str, int, int], ...] = ()  # (address as written, start, end)
    language: str | None = None  # what the document itself declares
    images: int = 0  # images within the main content
    password_field: bool = False  # a log-in form
    prices: int = 0  # elements marked as prices or baskets


class TextBuilder:
    """Collects inline text into blocks, one blank line between two; white space is folded as a browser shows it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._open: tuple[BlockType, int, str | None] | None = None
        self._start: int | None = None
        self._space = False
        self.blocks: list[Block] = []
        self.links: list[tuple[str, int, int]] = []

    @property
    def end(self) -> int:
        """Where the text written so far ends."""
        return self._length

    @property
    def block_start(self) -> int:
        """Where the open block begins, or where the next one would at the earliest."""
        return self._length if self._start is None else self._start

    def open(self, kind: BlockType, level: int = 0, anchor: str | None = None) -> None:
        """Begin a block; an open one is closed first."""
        self.close()
        self._open = (kind, level, anchor)

    @property
    def is_open(self) -> bool:
        return self._start is not None

    def add(self, text: str) -> None:
        """Inline text as it stands in the source."""
        if not text:
            return
        words = text.split()
        if not words:
            self._space = self._space or self._start is not None
            return
        if self._start is None:
            self._begin()
        elif self._space or text[0].isspace():
            self._write(" ")
        self._write(" ".join(words))
        self._space = text[-1].isspace()

    def raw(self, text: str) -> None:
        """Text written as it is, e.g. the gap between two cells; '' begins the block."""
        if self._start is None:
            self._begin()
        self.trim()
        if text:
            self._write(text)
        self._space = False

    def trim(self) -> None:
        """Take back line breaks at the end of the open block."""
        while self._start is not None and self._length > self._start and self._parts[-1].isspace():
            self._length -= len(self._parts.pop())
        self._space = False

    def line_break(self) -> None:
        """A <br>: the next text stands on a new line of the same block."""
        if self._start is not None and self._length > self._start and not self._parts[-1].endswith("\n"):
            self._write("\n")
        self._space = False

    def close(self) -> None:
        """End the block; a block without visible text leaves no trace."""
        if self._start is not None:
            kind, level, anchor = self._open or ("paragraph", 0, None)
            self.trim()
            self.blocks.append(Block(type=kind, start=self._start, end=self._length, level=level, anchor=anchor))
        self._open = None
        self._start = None
        self._space = False

    def text(self) -> str:
        self.close()
        return "".join(self._parts)

    def _begin(self) -> None:
        if self._length:
            tight = self._open is not None and self._open[0] in {"item", "row"} and self.blocks[-1:] != []
            tight = tight and self._open is not None and self.blocks[-1].type == self._open[0]
            self._write("\n" if tight else "\n\n")
        self._start = self._length
        self._space = False

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)


_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufffe\uffff\ud800-\udfff]"
)
_SHY = "\u00ad"


def clean_characters(text: str) -> str:
    """Without control characters, zero-width characters, direction marks and soft hyphens; line ends as \\n."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace(_SHY, "")
    return _CONTROL.sub("", text)
