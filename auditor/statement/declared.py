"""Declared cookies: every cookie a statement names, with provider, purpose and lifetime, from tables, lists and prose."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model import DeclaredCookie, Statement
from auditor.statement.cookie_names import is_known_name, names_in, names_of_cell
from auditor.statement.declared_tables import DeclaredRow, Span, column_kind, labelled_pairs, table_rows
from auditor.statement.durations import amounts, duration_days, session_span
from auditor.statement.names import SERVICES
from auditor.statement.sentences import Sentence


def read_declared(statement: Statement, sentences: Sequence[Sentence]) -> tuple[DeclaredCookie, ...]:
    """Each named cookie once, in text order; what a second mention adds is filled in."""
    rows = [row for table in statement.tables for row in table_rows(statement, table)]
    rows += [row for table in statement.tables for row in _from_pairs(statement, labelled_pairs(statement, table))]
    spans = [row.whole for row in rows]
    for found in (_labelled(statement), _listed(statement, sentences), _told(statement, sentences)):
        for row in found:
            if not any(start <= row.whole[0] < end for start, end in spans):
                rows.append(row)
        spans = [row.whole for row in rows]
    return tuple(_merged(statement, [_under_heading(statement, row) for row in rows]))


def _under_heading(statement: Statement, row: DeclaredRow) -> DeclaredRow:
    """A row without provider takes it from the heading above, when that is a service's name."""
    if row.provider is not None:
        return row
    place = bisect_right([block.start for block in statement.blocks], row.whole[0]) - 1
    for block in reversed(statement.blocks[max(0, place - 12) : place + 1]):
        if (
            block.type == "heading"
            and block.start != row.whole[0]
            and not _exact_label(statement.text[block.start : block.end])
        ):
            words = statement.text[block.start : block.end]
            named = bool(SERVICES.search(words)) and len(words.split()) <= 4
            return replace(row, provider=(block.start, block.end)) if named else row
    return row


def _merged(statement: Statement, rows: Sequence[DeclaredRow]) -> Iterator[DeclaredCookie]:
    held: dict[str, DeclaredCookie] = {}
    for row in sorted(rows, key=lambda r: r.whole):
        for name in row.names:
            new = _cookie(statement, name, row)
            old = held.get(name)
            if old is None:
                held[name] = new
                continue
            held[name] = DeclaredCookie(
                name=name,
                provider=old.provider or new.provider,
                purpose=old.purpose or new.purpose,
                duration=old.duration or new.duration,
                duration_days=old.duration_days if old.duration else new.duration_days,
                quote=old.quote if old.duration or not new.duration else new.quote,
                start=old.start if old.duration or not new.duration else new.start,
                end=old.end if old.duration or not new.duration else new.end,
            )
    yield from held.values()


def _cookie(statement: Statement, name: str, row: DeclaredRow) -> DeclaredCookie:
    text = statement.text
    duration = _text(text, row.duration)
    start, end = row.whole
    return DeclaredCookie(
        name=name,
        provider=_text(text, row.provider),
        purpose=_text(text, row.purpose),
        duration=duration,
        duration_days=duration_days(duration, statement.language) if duration else None,
        quote=text[start:end],
        start=start,
        end=end,
    )


_NOTHING = re.compile(
    r"^[\W_]*(?:n/?a|n\.?v\.?t\.?|geen|onbekend|unknown|unbekannt|inconnu|none|keine)?[\W_]*$", re.IGNORECASE
)


def _text(text: str, span: Span | None) -> str | None:
    if span is None:
        return None
    words = " ".join(re.sub(r"[*`]+|\[([^\]]*)\]\([^)]*\)", r"\1", text[span[0] : span[1]]).split()).strip(" -–—|:;,#")
    return None if not words or _NOTHING.match(words) else words


# --- labels and values: "Naam: _ga", or a label on one line and its value on the next -----------------

_LABELLED = re.compile(
    r"^\W*(?P<label>[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ '’()/-]{1,40}?)\s*[*_]*\s*:(?:[*_]+(?=\s))?\s*\**\s*(?P<value>.*)$"
)


def _labelled(statement: Statement) -> Iterator[DeclaredRow]:
    text = statement.text
    pairs: list[tuple[str, Span, Span]] = []
    waiting: tuple[str, int] | None = None
    for start, end in _lines(statement):
        line = text[start:end]
        match = _LABELLED.match(line)
        label = match.group("label") if match else line
        kind = column_kind(label) if len(label.split()) <= 4 and len(label) < 45 else None
        if match and kind:
            value = (start + match.start("value"), end)
            waiting = (kind, start) if value[1] <= value[0] else None
            if value[1] > value[0]:
                pairs.append((kind, value, (start, end)))
        elif kind and not match and (_exact_label(line)):
            waiting = (kind, start)
        elif waiting is not None:
            pairs.append((waiting[0], (start, end), (waiting[1], end)))
            waiting = None
        elif pairs and pairs[-1][0] != "gap":
            pairs.append(("gap", (start, start), (start, start)))
    yield from _from_pairs(statement, pairs)


_EXACT = re.compile(
    r"^[\W_]*(?:cookie ?naam|naam|name|nom|cookie|bewaartermijn|duur|looptijd|vervaltermijn|verloop(?:t|datum)?|vervalt|vervaldatum|functie|doel|doeleinde|aanbieder|provider|dienst|purpose|function|expir(?:y|es|ation)|duration|retention|description|beschrijving|omschrijving|speicherdauer|laufzeit|zweck|anbieter|"
    r"ablauf|funktion|beschreibung|durée|finalité|fournisseur|fonction|expiration|type|service|host|domein|domain|leverancier|opslagduur|geldigheid|geldigheidsduur|cookie name|nom du cookie|cookie-name)[\W_]*$",
    re.IGNORECASE,
)


def _exact_label(line: str) -> bool:
    return bool(_EXACT.match(line))


def _lines(statement: Statement) -> Iterator[Span]:
    for block in statement.blocks:
        if block.type in {"row", "cell"}:
            continue
        position = block.start
        for line in statement.text[block.start : block.end].split("\n"):
            begin = position + len(line) - len(line.lstrip())
            stop = position + len(line.rstrip())
            if stop > begin:
                yield begin, stop
            position += len(line) + 1


def _from_pairs(statement: Statement, pairs: Sequence[tuple[str, Span, Span]]) -> Iterator[DeclaredRow]:
    """Groups (kind, value, whole) into cookies: a new one begins at each name. A provider before it holds for those after."""
    text = statement.text
    current: dict[str, Span] = {}
    whole: Span | None = None
    names: tuple[str, ...] = ()
    before: tuple[Span, Span] | None = None

    def finished() -> Iterator[DeclaredRow]:
        if names and whole is not None and current:
            yield DeclaredRow(
                names=names,
                provider=current.get("provider"),
                purpose=current.get("purpose"),
                duration=current.get("duration"),
                whole=whole,
            )

    for kind, value, place in pairs:
        if kind == "gap":
            continue
        if kind == "name":
            label = text[place[0] : value[0]]
            found = names_of_cell(
                text[value[0] : value[1]], sure="cookie" in label.lower() and "\n" not in text[value[0] : value[1]]
            )
            yield from finished()
            if names or not found:
                before = None
            names, current, whole = found, {}, place if found else None
            if not found:
                before = (value, place)  # "Cookie: Google Analytics" above "Naam: _ga": it names the service
            elif before is not None and place[0] - before[1][1] < 400:
                current["provider"] = before[0]
        elif names and whole is not None and place[0] - whole[1] < 400:
            current.setdefault(kind, value)
            whole = (whole[0], max(whole[1], place[1]))
    yield from finished()


# --- lists: "_ga – Google Analytics – 2 jaar" -----------------------------------------------------------

_GAP = re.compile(r"\s+[-–—|]+\s+|\s*[:;]\s+|\s*\|\s*|\t+|\s*,\s+|\s*\((?=[^)]*$|[^)]*\))|\)\s*")


def _listed(statement: Statement, sentences: Sequence[Sentence]) -> Iterator[DeclaredRow]:
    """Items and short lines that begin with a cookie's name."""
    text = statement.text
    for block in statement.blocks:
        if block.type not in {"item", "paragraph", "heading"}:
            continue
        for start, end in _sublines(text, block.start, block.end):
            row = _listed_line(statement, start, end)
            if row is not None:
                yield row


def _sublines(text: str, start: int, end: int) -> Iterator[Span]:
    position = start
    for line in text[start:end].split("\n"):
        begin = position + len(line) - len(line.lstrip())
        if line.strip():
            yield begin, position + len(line.rstrip())
        position += len(line) + 1


_START = re.compile(r"^[\s*`\"'“‘•·#>-]*(?P<name>\S+?)[*`\"'”’]*(?=[\s:;,.(|)–—-]|$)")


def _listed_line(statement: Statement, start: int, end: int) -> DeclaredRow | None:
    text = statement.text
    line = text[start:end]
    gap = _GAP.search(line)
    head = line[: gap.start()] if gap else line
    names = names_of_cell(head, sure=False) if len(head.split()) <= 8 else ()
    if not gap:
        return None
    rest = (start + gap.end(), end)
    duration = _duration_part(statement, rest)
    if not names and duration is not None and is_known_name(head):
        names = (head.strip(" *_`\"'-•"),)
    if not names:
        return None
    parts = [part for part in _parts(text, rest) if duration is None or not (part[0] <= duration[0] < part[1])]
    provider = purpose = None
    for part in parts:
        words = text[part[0] : part[1]]
        if provider is None and purpose is None and len(words.split()) <= 4 and words[:1].isupper() and len(parts) > 1:
            provider = part
        elif purpose is None:
            purpose = part
    if (
        provider is None
        and purpose is not None
        and len(text[purpose[0] : purpose[1]].split()) <= 2
        and text[purpose[0]].isupper()
    ):
        provider, purpose = purpose, None
    return DeclaredRow(names=names, provider=provider, purpose=purpose, duration=duration, whole=(start, end))


def _parts(text: str, span: Span) -> list[Span]:
    parts = []
    position = span[0]
    for gap in _GAP.finditer(text, span[0], span[1]):
        if gap.start() > position:
            parts.append((position, gap.start()))
        position = gap.end()
    if span[1] > position:
        parts.append((position, span[1]))
    return [part for part in parts if text[part[0] : part[1]].strip()]


_SESSION_WORD = re.compile(
    r"\bsess(?:ie|ion)\b(?!\s*[-_]?(?:id|cookie))|\bsitzung(?:sende)?\b|einde (?:van de )?(?:browser)?sessie|end of session|ende der sitzung|fin de (?:la )?session|persistent|permanent",
    re.IGNORECASE,
)


def _duration_part(statement: Statement, span: Span) -> Span | None:
    """The words of the lifetime within a line: the part that holds an amount of time, else the word "sessie"."""
    text = statement.text
    found = amounts(text[span[0] : span[1]], statement.language)
    if found:
        first, last = found[0], found[-1] if len(found) > 1 and found[-1][0] - found[0][1] < 8 else found[0]
        return span[0] + first[0], span[0] + last[1]
    match = _SESSION_WORD.search(text, span[0], span[1])
    if match:
        return match.span()
    closing = session_span(text[span[0] : span[1]])
    return (
        (span[0] + closing[0], span[0] + closing[1])
        if closing and "browser" in text[span[0] : span[1]].lower()
        else None
    )


# --- prose: "De cookie _ga blijft 2 jaar staan" ----------------------------------------------------------


def _told(statement: Statement, sentences: Sequence[Sentence]) -> Iterator[DeclaredRow]:
    for sentence in sentences:
        if sentence.table is not None or sentence.block_type == "heading":
            continue
        names = names_in(sentence.text)
        if not names or not re.search(
            r"cookie|opslag|storage",
            f"{sentence.text} {sentence.lead_in or ''} {' '.join(sentence.headings[-2:])}",
            re.IGNORECASE,
        ):
            continue
        found = _duration_part(statement, (sentence.start, sentence.end))
        yield DeclaredRow(
            names=names, provider=None, purpose=None, duration=found, whole=(sentence.start, sentence.end)
        )
