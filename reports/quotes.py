"""Where a quote stands in its statement: the paragraph around it, the headings above it, the address of the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import quote as percent

from auditor.model import Block, Statement

CONTEXT_CHARACTERS = 420  # on either side of the quote: about five lines, enough to judge what the sentence is about


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A quote in its paragraph: text before, the quote, text after; the headings above; the address to read it at."""

    before: str
    quote: str
    after: str
    headings: tuple[str, ...]
    address: str


@dataclass(frozen=True, kw_only=True)
class Piece:
    """A run of text under the same marks. `marks` are the numbers of the spans that cover it, `ends` of those ending here."""

    text: str
    marks: tuple[int, ...] = ()
    begins: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()


def passage(statement: Statement, start: int, end: int) -> Passage:
    """The quote `text[start:end]` within the block or blocks it stands in, cut at words when these are long."""
    text = statement.text
    first, last = _block_at(statement.blocks, start), _block_at(statement.blocks, max(start, end - 1))
    left = first.start if first else _line_start(text, start)
    right = last.end if last else _line_end(text, end)
    return Passage(
        before=_tail(text[min(left, start) : start]),
        quote=text[start:end],
        after=_head(text[end : max(right, end)]),
        headings=headings(statement, start),
        address=address(statement, start, end),
    )


def headings(statement: Statement, start: int) -> tuple[str, ...]:
    """The headings above a place, outermost first."""
    path: list[Block] = []
    for block in statement.blocks:
        if block.type != "heading" or block.end > start:
            continue
        path = [above for above in path if above.level < block.level] + [block]
    return tuple(" ".join(statement.text[block.start : block.end].split()) for block in path)


def address(statement: Statement, start: int, end: int) -> str:
    """The statement's address with the nearest anchor and a text fragment that makes the browser mark the quote.

    Text fragments: https://wicg.github.io/scroll-to-text-fragment/ (a browser that does not know them ignores them).
    """
    block = _block_at(statement.blocks, start)
    anchor = block.anchor if block else None
    url = statement.url.partition("#")[0]
    return f"{url}#{percent(anchor, safe='', errors='replace') if anchor else ''}:~:text={_fragment(statement.text[start:end])}"


def pieces(text: str, start: int, end: int, spans: Sequence[tuple[int, int, int]]) -> tuple[Piece, ...]:
    """Cut `text[start:end]` where a mark begins or ends. Spans are (number, start, end) and may overlap or nest.

    A number may have several spans (the same is said twice); only its first begins there, so that a link has one target.
    """
    inside = [span for span in spans if span[1] < end and span[2] > start and span[1] < span[2]]
    cuts = sorted({start, end, *(max(a, start) for _, a, _ in inside), *(min(b, end) for _, _, b in inside)})
    first = {n: (n, a, b) for n, a, b in reversed(spans)}
    return tuple(
        Piece(
            text=text[left:right],
            marks=tuple(dict.fromkeys(n for n, a, b in inside if a <= left and b >= right)),
            begins=tuple(n for n, a, b in inside if a == left and first[n] == (n, a, b)),
            ends=tuple(n for n, _, b in inside if b == right),
        )
        for left, right in pairwise(cuts)
    )


def _block_at(blocks: Sequence[Block], place: int) -> Block | None:
    """The smallest block around a place; a table cell gives way to its row, which holds the words that explain it."""
    around = [block for block in blocks if block.start <= place < block.end]
    rows = [block for block in around if block.type == "row"]
    return min(rows or around, key=lambda block: block.end - block.start, default=None)


def _fragment(quote: str) -> str:
    words = quote.split()
    whole = len(words) <= 8 and "\n" not in quote.strip()
    parts = [" ".join(words)] if whole else [" ".join(words[:4]), " ".join(words[-4:])]
    return ",".join(percent(part, safe="", errors="replace").replace("-", "%2D") for part in parts)


def _tail(text: str) -> str:
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    cut = text[-CONTEXT_CHARACTERS:]
    return "… " + cut.partition(" ")[2] if " " in cut else "…" + cut


def _head(text: str) -> str:
    if len(text) <= CONTEXT_CHARACTERS:
        return text
    cut = text[:CONTEXT_CHARACTERS]
    return cut.rpartition(" ")[0] + " …" if " " in cut else cut + "…"


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    found = text.find("\n", place)
    return len(text) if found < 0 else found
