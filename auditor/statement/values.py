"""Values that are read from the text and not fixed by the phrase: networks, cookie categories, durations, the rule for children."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from auditor.statement import scope
from auditor.statement.phrases import Book
from auditor.statement.units import Unit

_NONFUNCTIONAL = ("marketing", "analytics", "social")


def read_values(book: Book, unit: Unit, value: str | bool, start: int, end: int) -> list[str | bool]:
    """The values of one match. Empty: the phrase matched, but there is nothing that it could say."""
    reader = _READERS.get(value) if isinstance(value, str) else None
    return [value] if reader is None else list(reader(book, unit, start, end))


def networks(book: Book, unit: Unit) -> tuple[str, ...]:
    """Social networks named in the sentence, in text order; in the list below it when it ends in a colon."""
    found = _in_order(book, "networks", unit.low)
    if not found and unit.low.endswith(":"):
        found = tuple(name for item in unit.later(8) for name in _in_order(book, "networks", item.low))
    if not found:
        found = _in_order(book, "networks", unit.heading)
    if not found:
        for before in unit.earlier(1):
            found = _in_order(book, "networks", before.low)
    return tuple(dict.fromkeys(found))


def _in_order(book: Book, group: str, text: str) -> tuple[str, ...]:
    places = [
        (match.start(), name) for name, regex in book.values.get(group, {}).items() if (match := regex.search(text))
    ]
    return tuple(name for _, name in sorted(places))


def categories(book: Book, text: str) -> tuple[str, ...]:
    """Cookie categories named in a piece of text."""
    return _in_order(book, "categories", text)


def consented(book: Book, unit: Unit, start: int, end: int) -> tuple[str, ...]:
    """For which cookies consent is asked: those named in the sentence, else those its section is about, else all.

    "Alle cookies behalve de functionele" and a sentence without any category in reach give "all-nonfunctional".
    """
    everything = ("all-nonfunctional",)
    if scope.rule(book, "all_cookies").found(unit.low):
        return everything
    here = _in_order(book, "consented", unit.low)
    if here:
        return here
    if scope.rule(book, "first_visit").found(unit.low):
        return everything
    pointing = scope.rule(book, "pointing").found(unit.low)
    for text in (unit.heading, *(before.low for before in unit.earlier(3) if pointing)):
        found = tuple(name for name in categories(book, text) if name in _NONFUNCTIONAL)
        if found and len(found) < len(_NONFUNCTIONAL):
            return found
    return everything


def exempt(book: Book, unit: Unit, start: int, end: int) -> tuple[str, ...]:
    """Which cookies are said to need no consent: by the sentence, else by what stands before it."""
    for text in (unit.low, unit.heading, *(before.low for before in unit.earlier(6))):
        found = [name for name in categories(book, text) if name in ("functional", "analytics")]
        if found:
            return tuple(found)
    return ("all",)


def durations(book: Book, text: str, start: int, end: int) -> tuple[str, ...]:
    """The duration that belongs to a match: the first one inside it, else the nearest after, else before. Verbatim."""
    spans = [match.span() for match in scope.rule(book, "durations").finditer(text)]
    inside = [span for span in spans if span[0] >= start and span[1] <= end]
    if inside:
        return tuple(text[a:b] for a, b in inside)
    touching = [span for span in spans if span[0] < end and span[1] > start]
    if touching:
        return (text[touching[0][0] : touching[0][1]],)
    after = [span for span in spans if span[0] >= end and span[0] - end < 60]
    if after:
        return (text[after[0][0] : after[0][1]],)
    return ()


_AGE = re.compile(r"(?<!\d)(1[2-8])(?!\d)|\b(zestien|sixteen|sechzehn|seize|achttien|eighteen|achtzehn)\b")
_AGE_WORDS = {
    "zestien": "16",
    "sixteen": "16",
    "sechzehn": "16",
    "seize": "16",
    "achttien": "18",
    "eighteen": "18",
    "achtzehn": "18",
}


def children_rule(unit: Unit) -> str:
    """The rule for minors in short, with the age where the sentence or the one before names it."""
    for text in (unit.low, *(before.low for before in unit.earlier(1))):
        found = _AGE.search(text)
        if found:
            return f"under {_AGE_WORDS.get(found.group(), found.group())} only with consent of a parent or guardian"
    return "minors only with consent of a parent or guardian"


def is_cookie_list_entry(text: str) -> bool:
    """Whether the sentence is a row of a list of named cookies: `_ga`, `__utmz`, `PHPSESSID`, `wp-settings-1`."""
    return bool(
        re.search(
            r"(?<![\w@./])(?:_{1,2}[a-zA-Z]\w*|[A-Z]{4,}(?:SESSID|ID)\b|[a-z]+_[a-z_]*\w+|wp-settings\S*|wordpress_\w+)",
            text,
        )
    )


_Reader = Callable[[Book, Unit, int, int], Sequence[str]]
_READERS: dict[str, _Reader] = {
    "@networks": lambda book, unit, start, end: networks(book, unit) or ("unnamed",),
    "@named": lambda book, unit, start, end: networks(book, unit),
    "@categories": lambda book, unit, start, end: categories(book, unit.low[start:end]),
    "@consented": consented,
    "@exempt": exempt,
    "@duration": lambda book, unit, start, end: durations(book, unit.low, start, end),
    "@children": lambda book, unit, start, end: (children_rule(unit),),
    "@session": lambda book, unit, start, end: (unit.low[start:end],),
}
