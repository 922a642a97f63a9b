"""Tables of cookies: which column holds what, also without a header, and tables of labels and values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.model import Statement, Table
from auditor.statement.cookie_names import is_cookie_name, names_of_cell
from auditor.statement.durations import duration_days, is_persistent

Span = tuple[int, int]

# What a column (or a label before a colon) is about. First match wins.
_COLUMNS = (
    (
        "duration",
        r"bewaar|looptijd|duur|verval|verloop|geldig|houdbaar|levensduur|termijn|expir|duration|lifetime|lifespan|retention|max(?:imum)? ?age|storage period|how long|hoe lang|period|persist|speicherdauer|laufzeit|ablauf|dauer|gültig|lebensdauer|aufbewahr|dur[ée]e|conservation|validit[ée]|expiration",
    ),
    (
        "kind",
        r"^(?:type|soort|categorie|category|kategorie|cat[ée]gorie|typ|art|domain|domein|domaine|host|party|partij|first|eigen of|opslag|verantwoordelijk)\b",
    ),
    (
        "provider",
        r"aanbieder|provider|dienst|service|leverancier|bron|herkomst|afkomst|geplaatst door|plaatser|derde|vendor|supplier|source|set by|placed by|company|bedrijf|issuer|anbieter|dienst|quelle|fournisseur|[ée]metteur|[ée]diteur|partie|partner|wie\b|domain|domein|host|verstrekker|partij|eigenaar|owner|tool|applicatie|organisatie|firma",
    ),
    (
        "purpose",
        r"doel|omschrijving|beschrijving|functie|purpose|description|function|what|wat\b|gebruik|use\b|zweck|beschreibung|funktion|verwendung|finalit|objectif|but\b|usage|fonction|uitleg|toelichting|werking|reden|waarvoor|explanation|info|details|betekenis|r[ôo]le|inhoud",
    ),
    ("name", r"naam|name|cookie|bezeichnung|nom\b|sleutel|key|titel|identifier|tag"),
)
_COLUMN = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _COLUMNS)


@dataclass(frozen=True)
class DeclaredRow:
    """The cells of one declared cookie, as spans; several names when a cell holds several."""

    names: tuple[str, ...]
    provider: Span | None
    purpose: Span | None
    duration: Span | None
    whole: Span


def table_rows(statement: Statement, table: Table) -> Iterator[DeclaredRow]:
    text = statement.text
    header, body = _header(text, table)
    if header is None or "name" not in header:
        return
    place = {kind: header.index(kind) for kind in ("name", "provider", "purpose", "duration") if kind in header}
    provider_above: Span | None = None
    for row in body:
        filled = [cell for cell in row if cell[1] > cell[0]]
        if len(filled) == 1 and len(header) > 2:
            provider_above = filled[0]  # a row over the whole width: the group's name
            continue
        if place["name"] >= len(row):
            continue
        cell = row[place["name"]]
        names = names_of_cell(text[cell[0] : cell[1]], sure=_column_says_cookie(text, table))
        if not names:
            continue
        yield DeclaredRow(
            names=names,
            provider=_cell(row, place.get("provider")) or (provider_above if "provider" not in place else None),
            purpose=_cell(row, place.get("purpose")),
            duration=_cell(row, place.get("duration")) or _duration_cell(text, row, cell),
            whole=(min(c[0] for c in filled), max(c[1] for c in filled)),
        )


def _cell(row: Sequence[Span], index: int | None) -> Span | None:
    if index is None or index >= len(row) or row[index][1] <= row[index][0]:
        return None
    return row[index]


def _duration_cell(text: str, row: Sequence[Span], name: Span) -> Span | None:
    """A cell that is a lifetime and little else, in a table without a column of that name."""
    for cell in row:
        words = text[cell[0] : cell[1]]
        if cell != name and 0 < len(words.split()) <= 5 and (duration_days(words) is not None or is_persistent(words)):
            return cell
    return None


def _header(text: str, table: Table) -> tuple[tuple[str, ...] | None, tuple[tuple[Span, ...], ...]]:
    """(kind of each column, the rows below), or (None, all rows) when no row is a header of a cookie table."""
    for index, row in enumerate(table.rows[:3]):
        cells = [" ".join(text[start:end].split()) for start, end in row]
        if any(len(cell.split()) > 7 for cell in cells) or any(is_cookie_name(cell) for cell in cells):
            break
        kinds = [column_kind(cell) for cell in cells]
        if len({kind for kind in kinds if kind}) >= 2:
            body = table.rows[index + 1 :]
            if "name" not in kinds and kinds[0] in {None, "provider", "kind"} and not _names_first(text, body):
                break  # a table about something else, e.g. the data that are processed
            return _unique(kinds), body
    first = [row[0] for row in table.rows if row]
    sure = sum(1 for start, end in first if names_of_cell(text[start:end], sure=False))
    width = max((len(row) for row in table.rows), default=0)
    if width >= 2 and sure >= max(1, 0.5 * len(first)) and not _labels(text, table):
        return _guessed_columns(text, table, width), table.rows
    return None, table.rows


def _names_first(text: str, rows: Sequence[Sequence[Span]]) -> bool:
    """Whether the first column holds cookies' names by their form."""
    first = [row[0] for row in rows if row and row[0][1] > row[0][0]]
    return bool(first) and sum(bool(names_of_cell(text[start:end], sure=False)) for start, end in first) >= 0.4 * len(
        first
    )


def _unique(kinds: list[str | None]) -> tuple[str, ...]:
    """Each kind once: where "cookie" and "naam" both stand, the first is the name; a second provider column is the kind."""
    seen: set[str] = set()
    result = []
    for kind in kinds:
        result.append(kind if kind and kind not in seen else "kind")
        if kind:
            seen.add(kind)
    if "name" not in seen and result and result[0] in {"provider", "kind"}:
        result[0] = "name"
    return tuple(result)


def column_kind(words: str) -> str | None:
    plain = re.sub(r"[*_:#]+", " ", words).strip().lower()
    if not plain:
        return None
    if "subgroup" in plain or "host" in plain:
        return "provider"
    if re.fullmatch(
        r"(?:de )?(?:cookies?|cookie ?-?(?:naam|name|id)|naam(?: van (?:de )?cookie)?|name|names?|nom(?: du cookie)?|cookienaam|cookiename)",
        plain,
    ):
        return "name"
    if re.search(r"third ?-?party|first ?-?party|drittanbieter\?|eigen.{0,5}derden", plain):
        return "provider"
    return next((kind for kind, pattern in _COLUMN if pattern.search(plain)), None)


def _column_says_cookie(text: str, table: Table) -> bool:
    head = " ".join(text[start:end] for row in table.rows[:2] for start, end in row[:1])
    whole = " ".join(text[start:end] for row in table.rows[:2] for start, end in row)
    return bool(re.search(r"cookie", f"{head} {whole}", re.IGNORECASE)) or any(
        column_kind(text[s:e]) == "duration" for row in table.rows[:1] for s, e in row
    )


def _labels(text: str, table: Table) -> bool:
    """Whether the first column holds labels ("Naam", "Aanbieder"), one cookie down the page."""
    kinds = [column_kind(text[row[0][0] : row[0][1]]) for row in table.rows if row]
    return len({kind for kind in kinds if kind}) >= 2 and sum(kind is not None for kind in kinds) >= 0.6 * len(kinds)


def _guessed_columns(text: str, table: Table, width: int) -> tuple[str, ...]:
    """Columns of a table without a header: the names first, then what looks like a lifetime, the longest text as purpose."""
    lengths = [0] * width
    timed = [0] * width
    for row in table.rows:
        for index, (start, end) in enumerate(row[:width]):
            words = text[start:end]
            lengths[index] += len(words)
            timed[index] += len(words.split()) <= 6 and duration_days(words) is not None
    kinds = ["kind"] * width
    kinds[0] = "name"
    duration = max(range(1, width), key=lambda i: timed[i])
    if timed[duration] >= 0.4 * len(table.rows):
        kinds[duration] = "duration"
    rest = [i for i in range(1, width) if kinds[i] == "kind"]
    if rest:
        purpose = max(rest, key=lambda i: lengths[i])
        kinds[purpose] = "purpose"
        provider = next((i for i in rest if i != purpose), None)
        if provider is not None:
            kinds[provider] = "provider"
    return tuple(kinds)


def labelled_pairs(statement: Statement, table: Table) -> list[tuple[str, Span, Span]]:
    """(kind, value, row) of a table whose first column holds labels, one or more cookies below each other; else []."""
    if _header(statement.text, table)[0] is not None or not _labels(statement.text, table):
        return []
    pairs = []
    for row in table.rows:
        kind = column_kind(statement.text[row[0][0] : row[0][1]]) if len(row) >= 2 else None
        if kind:
            pairs.append((kind, row[1], (row[0][0], row[-1][1])))
    return pairs
