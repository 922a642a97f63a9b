"""Plain text and light Markdown as blocks. The text stays as it is in the file, so that places are true to the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model import Block, Table
from auditor.statement.sentences import heading_text
from auditor.statement.text import Extract, clean_characters

_HASHES = re.compile(r"^\s{0,3}(#{1,6})\s+\S")
_UNDERLINE = re.compile(r"^\s{0,3}(=+|-+)\s*$")
_BULLET = re.compile(r"^(\s*)(?:[-*+•·●○▪◦‣–—✓✔➢►»]|\\-|o(?=\s))\s+(?=\S)")
_NUMBER = re.compile(r"^(\s*)(?:\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]|\d{1,2}(?:\.\d{1,2})+\.?)\s+(?=\S)")
_BOLD_LINE = re.compile(r"^\s*(\*\*|__)(?!\s)[^*]{2,100}?\1\s*:?\s*$")
_PIPE_ROW = re.compile(r"^\s*\|?[^|\n]*\|.*$")
_PIPE_RULE = re.compile(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,300})\]\((?P<href>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:\s+\"[^\"\n]*\")?\)")
_BARE = re.compile(r"(?<![\w(/@.])(?:https?://|www\.)[^\s<>\"'|*]+", re.IGNORECASE)
_RULE = re.compile(r"^\s*([-*_=]\s*){3,}$")
_FINAL = (".", "!", "?", ";", ",")
_LABELLED = re.compile(r":[*_]*\s+\S|\w:\s*\d")  # "Telefoon: 06…" is no heading


@dataclass(frozen=True)
class _Line:
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def bare(self) -> str:
        return self.text.strip()


def extract_plain(raw: str) -> Extract:
    """Blocks, pipe and tab tables, and links of a plain or Markdown text."""
    text = clean_characters(raw)
    lines: list[_Line] = []
    position = 0
    for line in text.split("\n"):
        lines.append(_Line(line, position))
        position += len(line) + 1
    reader = _Reader(text, lines)
    reader.run()
    title = next((heading_text(text[b.start : b.end]) for b in reader.blocks if b.type == "heading"), None)
    return Extract(
        text=text, title=title, blocks=tuple(reader.blocks), tables=tuple(reader.tables), links=tuple(_links(text))
    )


class _Reader:
    def __init__(self, text: str, lines: list[_Line]) -> None:
        self.text = text
        self.lines = lines
        self.blocks: list[Block] = []
        self.tables: list[Table] = []

    def run(self) -> None:
        index = 0
        while index < len(self.lines):
            if not self.lines[index].bare or _RULE.match(self.lines[index].text):
                index += 1
                continue
            index = self._table(index) or self._block(index)

    # --- tables

    def _table(self, index: int) -> int:
        """Reads a table that begins here; the index after it, 0 when there is none."""
        for rows, after in (self._pipes(index), self._tabs(index)):
            if rows:
                self._add_table(rows)
                return after
        return 0

    def _pipes(self, index: int) -> tuple[list[tuple[_Line, list[tuple[int, int]]]], int]:
        rows: list[tuple[_Line, list[tuple[int, int]]]] = []
        after = index
        while after < len(self.lines) and _PIPE_ROW.match(self.lines[after].text):
            line = self.lines[after]
            after += 1
            if not _PIPE_RULE.match(line.text):
                rows.append((line, _cells(line, "|")))
        if len(rows) < 2 or max(len(cells) for _, cells in rows) < 2:
            return [], index
        return rows, after

    def _tabs(self, index: int) -> tuple[list[tuple[_Line, list[tuple[int, int]]]], int]:
        rows: list[tuple[_Line, list[tuple[int, int]]]] = []
        after = index
        while after < len(self.lines):
            line = self.lines[after]
            cells = _cells(line, "\t") if "\t" in line.text.strip() else _column_cells(line)
            if len(cells) < 2 or _BULLET.match(line.text):
                break
            rows.append((line, cells))
            after += 1
        counts = {len(cells) for _, cells in rows}
        if len(rows) < 2 or max(counts) < 2 or (len(rows) < 3 and len(counts) > 1) or max(counts) - min(counts) > 2:
            return [], index
        return rows, after

    def _add_table(self, rows: list[tuple[_Line, list[tuple[int, int]]]]) -> None:
        for line, cells in rows:
            self.blocks.append(
                Block(type="row", start=cells[0][0] if cells else line.start, end=_end(line), level=len(self.tables))
            )
        self.tables.append(Table(header=(), rows=tuple(tuple(cells) for _, cells in rows)))

    # --- headings, items, paragraphs

    def _block(self, index: int) -> int:
        line = self.lines[index]
        following = self.lines[index + 1] if index + 1 < len(self.lines) else _Line("", len(self.text))
        level = self._heading_level(index)
        if level:
            start = line.start + len(line.text) - len(line.text.lstrip())
            self.blocks.append(Block(type="heading", start=start, end=_end(line), level=level))
            return index + (
                2 if _UNDERLINE.match(following.text) and following.bare and not _HASHES.match(line.text) else 1
            )
        marker = _BULLET.match(line.text) or _NUMBER.match(line.text)
        if marker or self._unmarked_item(index):
            start = line.start + (marker.end() if marker else len(line.text) - len(line.text.lstrip()))
            after = self._continued(index)
            depth = 1 + (len(marker.group(1).expandtabs(4)) // 2 if marker else 0)
            self.blocks.append(Block(type="item", start=start, end=_end(self.lines[after - 1]), level=depth))
            return after
        after = self._continued(index)
        start = line.start + len(line.text) - len(line.text.lstrip())
        self.blocks.append(Block(type="paragraph", start=start, end=_end(self.lines[after - 1])))
        return after

    def _heading_level(self, index: int) -> int:
        line = self.lines[index]
        hashes = _HASHES.match(line.text)
        if hashes:
            return len(hashes.group(1))
        following = self.lines[index + 1].text if index + 1 < len(self.lines) else ""
        if _UNDERLINE.match(following) and following.strip() and not _BULLET.match(line.text) and "|" not in line.text:
            return 1 if "=" in following else 2
        if _BOLD_LINE.match(line.text) and len(line.bare.split()) <= 14:
            return 4
        return self._guessed_heading(index)

    def _guessed_heading(self, index: int) -> int:  # noqa: PLR0911 - guard clauses, one answer each
        """A short line without a final stop, alone or above longer text, begins with a capital or a section number."""
        line = self.lines[index]
        words = line.bare
        if (
            _BULLET.match(line.text)
            or len(words) > 110
            or len(words.split()) > 14
            or "@" in words
            or "http" in words
            or _LABELLED.search(words)
        ):
            return 0
        numbered = _NUMBER.match(line.text)
        body = line.text[numbered.end() :].strip() if numbered else words
        if numbered and (self._numbered_near(index) or body.endswith((".", ";", ","))):
            return 0
        first = next((letter for letter in body if letter.isalnum()), "")
        # the seeds hold headings with a trailing comma; a colon leads in a list and is no heading unless text follows
        trimmed = body.rstrip("*_ ,").removesuffix("B.V.").removesuffix("N.V.")
        if (
            not first
            or (first.islower() and not numbered)
            or first.isdigit()
            or trimmed.endswith((".", "!", ";", ":", ")."))
        ):
            return 0
        before = self.lines[index - 1].bare if index else ""
        after = self.lines[index + 1].bare if index + 1 < len(self.lines) else ""
        next_text = self._next_text(index + 1)
        if not next_text and before:
            return 0
        if not after and (not before or before.endswith((*_FINAL, ":"))):
            if len(body.split()) > 10 and not body.endswith("?"):
                return 0
            return 2 if next_text and not next_text[:1].islower() else 0
        above_text = (
            len(body.split()) <= 8
            and (not before or before.endswith(_FINAL))
            and after[:1].isalnum()
            and not after[:1].isdigit()
        )
        longer = len(after) > max(60, len(words)) or (
            not before and len(after) > len(words) + 5 and after.endswith(".")
        )
        if above_text and longer:
            return 3 if not after[:1].islower() or body.endswith(",") or len(body.split()) <= 4 else 0
        return 0

    def _numbered_near(self, index: int) -> bool:
        """Whether the neighbouring lines carry a number too: then it is a list, not a section heading."""
        for step in (-1, 1):
            near = index + step
            if 0 <= near < len(self.lines) and _NUMBER.match(self.lines[near].text):
                return True
        return False

    def _next_text(self, index: int) -> str:
        for line in self.lines[index : index + 6]:
            if line.bare:
                return line.bare.lstrip("*#_- ")
        return ""

    def _unmarked_item(self, index: int) -> bool:
        """A line of a list whose bullets were lost: lines that end with ';' after one that ends with ':' or ';'."""
        line = self.lines[index].bare
        before = next((other.bare for other in reversed(self.lines[max(0, index - 3) : index]) if other.bare), "")
        if before.endswith(":") and (line.endswith(";") or (line[:1].islower() and line.endswith(","))):
            return True
        last = self.blocks[-1] if self.blocks else None
        if (
            last is None
            or last.type != "item"
            or not before.endswith((";", "; en", "; of", "; and", "; or", ";and", ","))
        ):
            return False
        return line.endswith((";", ",")) or line[:1].islower()

    def _continued(self, index: int) -> int:
        """The index after the last line of the block that begins at `index`; goes over page breaks inside a sentence."""
        after = index + 1
        while after < len(self.lines):
            previous, line = self.lines[after - 1], self.lines[after]
            if not line.bare:
                further = after + 1
                while further < len(self.lines) and further < after + 4 and not self.lines[further].bare:
                    further += 1
                if (
                    further >= len(self.lines)
                    or further >= after + 4
                    or not self._page_break(previous, self.lines[further])
                ):
                    return after
                after = further + 1
                continue
            if self._starts_block(after) or not self._same_paragraph(previous, line):
                return after
            after += 1
        return after

    def _starts_block(self, index: int) -> bool:
        line = self.lines[index].text
        return bool(
            _BULLET.match(line)
            or _NUMBER.match(line)
            or _HASHES.match(line)
            or _RULE.match(line)
            or (line.count("|") >= 2 and self._pipes(index)[0])
            or ("\t" in line.strip() and self._tabs(index)[0])
            or self._heading_level(index)
        )

    @staticmethod
    def _same_paragraph(previous: _Line, line: _Line) -> bool:
        before = previous.bare
        if before.endswith((":", ";")):
            return False
        first = line.bare[:1]
        if before.endswith((".", "!", "?")):
            # a hard-wrapped paragraph: lines of about the same, limited width
            return 55 <= len(before) <= 110 and len(line.bare) <= 110
        return first.islower() or first in "(\"'“‘" or len(before) >= 45

    @staticmethod
    def _page_break(previous: _Line, line: _Line) -> bool:
        before = previous.bare
        return (
            len(before.split()) >= 5
            and before[-1].isalnum()
            and line.bare[:1].islower()
            and not _NUMBER.match(line.text)
        )


def _end(line: _Line) -> int:
    return line.start + len(line.text.rstrip())


def _cells(line: _Line, mark: str) -> list[tuple[int, int]]:
    body_start = 0
    body = line.text.rstrip()
    if mark == "|":
        body_start = len(line.text) - len(line.text.lstrip())
        if line.text[body_start : body_start + 1] == "|":
            body_start += 1
        if body.endswith("|") and len(body) > body_start:
            body = body[:-1]
    cells = []
    position = body_start
    for part in body[body_start:].split(mark):
        cells.append(_trimmed(line, position, position + len(part)))
        position += len(part) + 1
    return cells


_COLUMNS = re.compile(r"\s{3,}")


def _column_cells(line: _Line) -> list[tuple[int, int]]:
    """Cells of a line whose columns are set apart by at least three spaces."""
    body = line.text.rstrip()
    position = len(body) - len(body.lstrip())
    cells = []
    for match in _COLUMNS.finditer(body, position):
        cells.append((line.start + position, line.start + match.start()))
        position = match.end()
    cells.append((line.start + position, line.start + len(body)))
    return cells


def _trimmed(line: _Line, start: int, end: int) -> tuple[int, int]:
    piece = line.text[start:end]
    start += len(piece) - len(piece.lstrip())
    end = start + len(piece.strip())
    return line.start + start, line.start + end


def _links(text: str) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    found: list[tuple[str, int, int]] = []
    for match in _LINK.finditer(text):
        taken.append(match.span())
        found.append((match.group("href") or "#", *match.span("text")))
    inside = iter(sorted(taken))
    current = next(inside, None)
    for match in _BARE.finditer(text):
        while current and current[1] <= match.start():
            current = next(inside, None)
        if current and current[0] <= match.start():
            continue
        address = match.group().rstrip(".,;:!?)]}»”’")
        href = address if address.lower().startswith("http") else "http://" + address
        found.append((href, match.start(), match.start() + len(address)))
    yield from sorted(found, key=lambda link: link[1])
