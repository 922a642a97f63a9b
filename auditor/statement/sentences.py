"""Sentences with exact places, the headings above them and, for list items, the sentence that leads in.

Own splitter instead of a library's: the candidates (sentencex among them) cut "o.a.", "1. Mai" and "B.V. te" and keep
"B.V. Wij" together, in texts that are full of these.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

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


_ABBREVIATIONS = frozenset(
    [
        "a.d.",
        "a.h.w.",
        "a.u.b.",
        "aant.",
        "abs.",
        "ad.",
        "adm.",
        "afb.",
        "afd.",
        "al.",
        "alg.",
        "app.",
        "arr.",
        "art.",
        "artt.",
        "aug.",
        "b.v.",
        "bc.",
        "bez.",
        "bijv.",
        "blz.",
        "bv.",
        "bvba.",
        "bzgl.",
        "bzw.",
        "c.q.",
        "c.s.",
        "ca.",
        "cf.",
        "co.",
        "corp.",
        "d.d.",
        "d.h.",
        "d.i.",
        "d.m.v.",
        "d.w.z.",
        "dec.",
        "dept.",
        "dgl.",
        "dhr.",
        "div.",
        "dr.",
        "drs.",
        "e.a.",
        "e.d.",
        "e.g.",
        "e.v.",
        "ed.",
        "eg.",
        "enz.",
        "etc.",
        "evt.",
        "evtl.",
        "excl.",
        "ext.",
        "f.",
        "feb.",
        "ff.",
        "fig.",
        "fr.",
        "gem.",
        "ggf.",
        "gmbh.",
        "h.o.d.n.",
        "hr.",
        "i.c.",
        "i.d.r.",
        "i.e.",
        "i.h.b.",
        "i.o.",
        "i.p.v.",
        "i.s.m.",
        "i.v.m.",
        "inc.",
        "incl.",
        "ing.",
        "inkl.",
        "inzake.",
        "ir.",
        "jan.",
        "jl.",
        "jr.",
        "jul.",
        "jun.",
        "k.k.",
        "lic.",
        "lit.",
        "ltd.",
        "m.a.w.",
        "m.b.t.",
        "m.b.v.",
        "m.e.r.",
        "m.i.",
        "m.i.v.",
        "m.m.",
        "m.n.",
        "m.u.v.",
        "max.",
        "mej.",
        "mevr.",
        "mw.",
        "min.",
        "mio.",
        "mln.",
        "mme.",
        "mr.",
        "mrs.",
        "ms.",
        "n.a.v.",
        "n.o.",
        "n.v.",
        "n.v.t.",
        "nl.",
        "no.",
        "nov.",
        "nr.",
        "nrs.",
        "o.a.",
        "o.b.v.",
        "o.g.v.",
        "o.i.d.",
        "o.l.v.",
        "o.m.",
        "o.v.v.",
        "oct.",
        "okt.",
        "p.a.",
        "p.j.",
        "p.m.",
        "p.o.",
        "par.",
        "pag.",
        "pct.",
        "plc.",
        "pp.",
        "prof.",
        "r.",
        "red.",
        "ref.",
        "resp.",
        "s.a.",
        "s.a.r.l.",
        "s.v.p.",
        "sec.",
        "sog.",
        "sr.",
        "st.",
        "str.",
        "sub.",
        "t.a.v.",
        "t.b.v.",
        "t.e.m.",
        "t.g.v.",
        "t.h.v.",
        "t.i.",
        "t.n.v.",
        "t.o.v.",
        "t.w.",
        "t.z.",
        "t/m.",
        "tel.",
        "telefoonnr.",
        "u.a.",
        "u.u.",
        "u.ä.",
        "usw.",
        "u.s.w.",
        "v.a.",
        "v.o.f.",
        "v.w.b.",
        "v.z.w.",
        "vgl.",
        "vlg.",
        "vs.",
        "vz.",
        "w.o.",
        "wo.",
        "z.a.",
        "z.b.",
        "z.g.",
        "z.n.",
        "zgn.",
        "zog.",
        "z.t.",
        "zzgl.",
        "abl.",
        "abs.",
        "bd.",
        "c.-à-d.",
        "p.ex.",
        "ex.",
        "env.",
        "av.",
        "bd.",
        "boul.",
        "cie.",
        "m.",
        "nbr.",
        "num.",
        "réf.",
        "sté.",
        "tél.",
        "éd.",
        "jr.",
        "vzw.",
        "cvba.",
        "ltda.",
        "aanh.",
        "pr.",
        "approx.",
    ]
)
# An abbreviation that may well end a sentence: cut when a usual sentence opener follows.
_MAY_END = frozenset(
    [
        "b.v.",
        "bv.",
        "n.v.",
        "nv.",
        "v.o.f.",
        "vof.",
        "etc.",
        "enz.",
        "e.d.",
        "e.a.",
        "usw.",
        "u.s.w.",
        "inc.",
        "ltd.",
        "gmbh.",
        "co.",
        "corp.",
        "s.a.",
        "v.z.w.",
        "vzw.",
        "bvba.",
        "jr.",
        "i.o.",
        "o.i.d.",
        "dgl.",
        "n.v.t.",
        "u.u.",
    ]
)
_OPENERS = frozenset(
    [
        "wij",
        "we",
        "u",
        "je",
        "jij",
        "jouw",
        "uw",
        "ons",
        "onze",
        "dit",
        "dat",
        "deze",
        "die",
        "het",
        "de",
        "een",
        "er",
        "hier",
        "daar",
        "ook",
        "als",
        "indien",
        "wanneer",
        "om",
        "op",
        "in",
        "bij",
        "voor",
        "via",
        "door",
        "met",
        "van",
        "na",
        "daarnaast",
        "hiervoor",
        "zo",
        "lees",
        "zie",
        "kijk",
        "neem",
        "heeft",
        "heb",
        "bent",
        "ben",
        "wil",
        "kunt",
        "kun",
        "mocht",
        "iedere",
        "elke",
        "alle",
        "door",
        "naast",
        "verder",
        "tevens",
        "hierbij",
        "zij",
        "ik",
        "men",
        "geen",
        "niet",
        "you",
        "your",
        "our",
        "we",
        "us",
        "this",
        "that",
        "these",
        "those",
        "it",
        "the",
        "a",
        "an",
        "if",
        "when",
        "for",
        "in",
        "by",
        "with",
        "to",
        "please",
        "all",
        "any",
        "some",
        "no",
        "as",
        "wir",
        "sie",
        "ihr",
        "ihre",
        "unsere",
        "unser",
        "dies",
        "diese",
        "dieser",
        "das",
        "die",
        "der",
        "ein",
        "eine",
        "es",
        "wenn",
        "falls",
        "für",
        "bei",
        "im",
        "mit",
        "zur",
        "zum",
        "auch",
        "durch",
        "soweit",
        "hier",
        "nous",
        "vous",
        "notre",
        "nos",
        "votre",
        "vos",
        "ce",
        "cette",
        "ces",
        "il",
        "elle",
        "le",
        "la",
        "les",
        "un",
        "une",
        "si",
        "lorsque",
        "pour",
        "en",
        "par",
        "avec",
        "dans",
    ]
)
_MONTHS = frozenset(
    [
        "januar",
        "januari",
        "jänner",
        "february",
        "februar",
        "februari",
        "märz",
        "maart",
        "april",
        "mai",
        "mei",
        "juni",
        "juli",
        "august",
        "augustus",
        "september",
        "oktober",
        "november",
        "dezember",
        "december",
        "quartal",
        "tag",
    ]
)
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
