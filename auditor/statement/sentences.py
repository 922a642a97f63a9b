"""Sentences with exact places, the headings above them and, for list items, the sentence that leads in.

Own splitter instead of a library's: the candidates (sentencex among them) cut "o.a.", "1. Mai" and "B.V. te" and keep
"B.V. Wij" together, in texts that are full of these.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from auditor.model import Block, Statement


@dataclass(frozen=True, slots=True)
class Sentence:
    """`statement.text[start:end] == text`.

    headings: from the outermost to the nearest. lead_in: for an item of a list (or a cell's row) the sentence that
    introduces the list, None when there is none. table: index into `statement.tables` for cells, else None.
    """

    text: str
    start: int
    end: int
    headings: tuple[str, ...]
    lead_in: str | None
    block_type: str
    table: int | None


_LISTS = tomllib.loads(resources.files("auditor.statement").joinpath("sentences.toml").read_text(encoding="utf-8"))
_ABBREVIATIONS = frozenset(_LISTS["abbreviations"].split())
# An abbreviation that may well end a sentence: cut when a usual sentence opener follows.
_MAY_END = frozenset(_LISTS["may_end"].split())
_OPENERS = frozenset(_LISTS["openers"].split())
_MONTHS = frozenset(_LISTS["months"].split())
_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"'”’»)\]*_]*)(?=\s|$)|\n[ \t]*\n|\n(?=[ \t]*(?:[-•–*]|\d+[.)])\s)")
_LAST_TOKEN = re.compile(r"[\w.\-/&'’à-ÿ]*$")
_NEXT = re.compile(r"\s*[\"'“‘„«(\[*_]*(?P<word>[^\s,;:.()\"'”’]*)")


def split(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Spans of the sentences within `text[start:end]`, without the white space around them."""
    end = len(text) if end is None else end
    spans: list[tuple[int, int]] = []
    begin = start
    for match in _END.finditer(text, start, end):
        cut = match.end() if match.group("mark") else match.start()
        if match.group("mark") is None:
            if _runs_on(text, begin, match.start(), match.end(), end):
                continue
        elif match.end() < end and not _ends_here(text, begin, match, end):
            continue
        _append(spans, text, begin, cut)
        begin = match.end()
    _append(spans, text, begin, end)
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if end > start:
        spans.append((start, end))


def _runs_on(text: str, begin: int, gap_start: int, gap_end: int, end: int) -> bool:
    """Whether a blank line stands inside a sentence, as a page break of a PDF leaves it."""
    before = text[begin:gap_start].rstrip()
    after = text[gap_end:end].lstrip()[:1]
    return bool(before) and before[-1] not in ".!?:;" and after.islower()


def _ends_here(text: str, begin: int, match: re.Match[str], end: int) -> bool:  # noqa: PLR0911 - guard clauses, one answer each
    found = _NEXT.match(text, match.end(), end)
    following = found.group("word") if found else ""
    lower = following.lower()
    if match.group("mark") != ".":
        return not (
            match.group("mark") in {"!", "?"} and match.group("close").startswith(")") and following[:1].islower()
        )
    token = _last_token(text, begin, match.end("mark"))
    bare = token[:-1]
    if token.lower() in _ABBREVIATIONS:
        return token.lower() in _MAY_END and (following[:1].isupper() and lower in _OPENERS)
    if len(bare) == 1 and bare.isalpha() and bare.isupper():  # an initial
        return lower in _OPENERS and following[:1].isupper()
    if bare.isdigit():
        # "1. Mai", "artikel 6. lid": an ordinal; at the very start of the sentence it is a number of a list
        if text[begin : match.start()].strip(" *_#-") == bare:
            return False
        return lower not in _MONTHS and not following[:1].islower()
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", bare):  # unknown dotted abbreviation
        return following[:1].isupper() and lower in _OPENERS
    if following[:1].islower() and following == lower:  # a name such as "coMPjoeter" may open a sentence
        return len(bare) >= 4 and lower in _OPENERS
    return True


def _last_token(text: str, begin: int, end: int) -> str:
    found = _LAST_TOKEN.search(text[max(begin, end - 40) : end])
    return found.group().lstrip("'’-") if found else ""


@lru_cache(maxsize=8)
def sentences(statement: Statement) -> tuple[Sentence, ...]:
    """All sentences in text order; headings are sentences too (block_type "heading")."""
    return tuple(_walk(statement))


def _walk(statement: Statement) -> Iterator[Sentence]:
    text = statement.text
    path: list[tuple[int, str]] = []
    lead_ins: dict[int, str | None] = {}
    rows = _row_cells(statement)
    blocks = statement.blocks or (Block(type="paragraph", start=0, end=len(text)),)
    for block in blocks:
        headings = tuple(title for _, title in path)
        if block.type == "heading":
            path = [entry for entry in path if entry[0] < block.level]
            title = heading_text(text[block.start : block.end])
            yield Sentence(
                text[block.start : block.end], block.start, block.end, tuple(t for _, t in path), None, "heading", None
            )
            path.append((block.level, title))
            lead_ins = {}
            continue
        if block.type in {"row", "cell"}:
            number, cells = rows.get((block.start, block.end), (None, ((block.start, block.end),)))
            for cell in cells:
                for start, end in split(text, *cell):
                    yield Sentence(text[start:end], start, end, headings, lead_ins.get(0), "cell", number)
            continue
        spans = split(text, block.start, block.end)
        if not spans:
            continue
        lead_in = _lead_in_of(lead_ins, block.level) if block.type == "item" else None
        for start, end in spans:
            yield Sentence(text[start:end], start, end, headings, lead_in, block.type, None)
        last = text[spans[-1][0] : spans[-1][1]]
        if block.type == "item":
            lead_ins = {level: value for level, value in lead_ins.items() if level < block.level or level == 0}
            if last.endswith(":"):
                lead_ins[max(block.level, 1)] = last
        else:
            lead_ins = {0: last if introduces(last) else None}


def _lead_in_of(lead_ins: dict[int, str | None], level: int) -> str | None:
    for depth in range(max(level, 1) - 1, -1, -1):
        if lead_ins.get(depth):
            return lead_ins[depth]
    return None


_INTRODUCES = re.compile(
    r"volgende|hieronder|onderstaande|onder (?:meer|andere)|zoals|namelijk|following|below|such as|including|folgende|nachfolgend|unter anderem|suivant|ci-dessous|notamment",
    re.IGNORECASE,
)


def introduces(sentence: str) -> bool:
    """Whether a sentence leads into the list after it: a colon, an open end, or a word such as "volgende"."""
    bare = sentence.rstrip(" *_")
    return bare.endswith((":", ",")) or bare[-1:].isalnum() or bool(_INTRODUCES.search(bare))


def _row_cells(statement: Statement) -> dict[tuple[int, int], tuple[int | None, tuple[tuple[int, int], ...]]]:
    """Block span of a row -> (table number, its filled cells)."""
    rows = [(block.start, block.end) for block in statement.blocks if block.type == "row"]
    starts = [start for start, _ in rows]
    found: dict[tuple[int, int], tuple[int | None, tuple[tuple[int, int], ...]]] = {}
    for number, table in enumerate(statement.tables):
        for cells in table.rows:
            filled = tuple(cell for cell in cells if cell[1] > cell[0])
            place = bisect_right(starts, filled[-1][0]) - 1 if filled else -1
            if place >= 0 and filled[-1][0] < rows[place][1]:
                # a cell that spans rows stands in an earlier block; it is read there
                own = tuple(cell for cell in filled if cell[0] >= rows[place][0])
                found.setdefault(rows[place], (number, own))
    return found


_HEADING_MARKS = re.compile(r"^[#\s]+|\]\([^)]*\)|[*_\[\]]+|:$")


def heading_text(raw: str) -> str:
    """A heading's words without Markdown marks and trailing colon."""
    return _HEADING_MARKS.sub("", raw.strip()).strip(" *_:,")
