"""What decides whether a phrase found in a sentence is really said: negation, definitions, others' behaviour, hedges, conditions.

The words are data ([claims.scope] of each language); the reach of each rule is written here.
"""

from __future__ import annotations

from auditor.statement.patterns import NEVER, AnyOf
from auditor.statement.phrases import Book
from auditor.statement.units import Unit


def rule(book: Book, name: str) -> AnyOf:
    """A list of [claims.scope] as one expression; one that never matches when the language has no such list."""
    return book.scope.get(name, NEVER)


def clause(book: Book, text: str, start: int, end: int) -> tuple[int, int]:
    """The clause around `text[start:end]`: from the last boundary before it to the first one after it."""
    first, last = 0, len(text)
    for match in rule(book, "boundaries").finditer(text):
        if match.end() <= start:
            first = match.end()
        elif match.start() >= end:
            last = match.start()
            break
    return first, last


def is_negated(book: Book, text: str, start: int, end: int) -> bool:
    """Whether a negation governs `text[start:end]`.

    It stands in the same clause; "niet alleen", "niet langer dan" and the like are none (scope.not_negation), and a
    negation that only belongs to what comes after "maar", "tenzij" or a semicolon lies behind a boundary.
    """
    first, last = clause(book, text, start, end)
    negations = rule(book, "negators").finditer(text, first, last)
    if not negations:
        return False
    spared = [match.span() for match in rule(book, "not_negation").finditer(text, first, last)]
    return any(not any(a <= match.start() < b for a, b in spared) for match in negations)


def is_definition(book: Book, unit: Unit) -> bool:
    """Whether the sentence only explains a word ("Een cookie is …", "er bestaan verschillende soorten cookies").

    Not when it, its lead-in or a heading says that it is about us.
    """
    if not rule(book, "definitions").found(unit.low):
        return False
    own = rule(book, "own")
    return not (own.found(unit.low) or own.found(unit.lead_in) or own.found(unit.heading))


def is_about_others(book: Book, unit: Unit) -> bool:
    """Whether the sentence tells somebody else's behaviour: other websites, what the law asks of "websites"."""
    return rule(book, "others").found(unit.low)


def is_under_others(book: Book, unit: Unit) -> bool:
    """Whether a heading says that what follows is about other sites ("Links naar andere websites")."""
    others = rule(book, "other_headings")
    return any(others.found(title) for title in unit.headings[-2:])


def is_law(book: Book, unit: Unit) -> bool:
    """Whether the sentence tells what the law asks of "websites" in general, and nothing of this one."""
    return rule(book, "law").found(unit.low) and not rule(book, "own").found(unit.low)


def hedge(book: Book, text: str, start: int, end: int) -> str | None:
    """The hedging word in the clause ("kunnen", "mogelijk"), None without."""
    found = rule(book, "hedges").finditer(text, *clause(book, text, start, end))
    return found[0].group().strip() if found else None


def condition(book: Book, text: str) -> str | None:
    """ "consent" or "law" where the sentence ties what it says to them, else None."""
    for name in ("consent", "law"):
        if rule(book, f"condition_{name}").found(text):
            return name
    return None


def topic(book: Book, unit: Unit, name: str, back: int = 2) -> bool:
    """Whether the sentence is about a topic: by its own words, its lead-in, a heading, or the sentences just before.

    The title of a whole document ("Privacy- en cookieverklaring") is no heading in this sense, unless the document is
    about cookies alone.
    """
    pattern = book.topics[name]
    if pattern.found(unit.low) or pattern.found(unit.lead_in):
        return True
    titles = rule(book, "document_titles")
    if any(pattern.found(title) for title in unit.headings[-2:] if not titles.found(title)):
        return True
    if any(pattern.found(before.low) for before in unit.earlier(back)):
        return True
    return name in {"cookies", "tracking"} and is_cookie_document(book, unit)


def is_cookie_document(book: Book, unit: Unit) -> bool:
    """Whether the whole document is a cookie statement, by the first of its headings."""
    first = next((u.low for u in unit.document.units[:6] if u.is_heading), "")
    return rule(book, "cookie_titles").found(first) and "privacy" not in first
