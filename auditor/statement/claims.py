"""The claims of a statement: phrases found, scope decided, values read, and what contradicts or repeats itself settled.

Two lists come out (see kinds.toml): `claims`, what a careful reader would list, and `also_said`, kinds that only checks use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from auditor.model import Claim, Quote, Statement
from auditor.statement import scope
from auditor.statement.cues import cue_index
from auditor.statement.patterns import AnyOf
from auditor.statement.phrases import Book, Phrase, book, kinds
from auditor.statement.settle import settle
from auditor.statement.units import Document, Unit, document
from auditor.statement.values import is_cookie_list_entry, read_values

_QUOTE_LIMIT = 320
_LAST_ALSO = 8
_BEHIND = 30
"""How far behind a match an `unless` word still takes it back, in characters: about four words."""


@dataclass(frozen=True)
class Hit:
    """A phrase that holds in a sentence, with one value. `start`, `end`: place of the match in the unit's reading copy."""

    phrase: Phrase
    unit: Unit
    start: int
    end: int
    value: str | bool

    @property
    def kind(self) -> str:
        return self.phrase.kind


@dataclass(frozen=True)
class ClaimsFound:
    """What `read_claims` gives. Both lists in text order."""

    claims: tuple[Claim, ...]
    also_said: tuple[Claim, ...]


def read_claims(statement: Statement) -> ClaimsFound:
    """All claims of a statement; none when its language has no phrases."""
    known = book_of(statement.language)
    if known is None:
        return ClaimsFound((), ())
    hits = settle(list(find_hits(known, document(statement))))
    claims = _merge(known, hits)
    listed = kinds()
    return ClaimsFound(
        tuple(claim for claim in claims if listed[claim.kind][1] != "no"),
        tuple(claim for claim in claims if listed[claim.kind][1] == "no"),
    )


def book_of(language: str | None) -> Book | None:
    """The phrases of a language, None without any."""
    from auditor import languages

    if language is None or language not in languages.codes() or "claims" not in languages.load(language):
        return None
    return book(language)


def find_hits(known: Book, read: Document) -> Iterator[Hit]:
    """Every phrase that holds, in text order."""
    index = cue_index(known.language)
    for unit in read.units:
        for phrase, regexes in index.candidates(unit.low):
            yield from _hits_of(known, phrase, regexes, unit)


def _hits_of(known: Book, phrase: Phrase, regexes: list[re.Pattern[str]], unit: Unit) -> Iterator[Hit]:
    if phrase.kind == "cookie-retention" and _in_cookie_list(unit):
        return
    matches = [match for regex in regexes for match in regex.finditer(unit.low)]
    for match in sorted(matches, key=lambda m: (m.start(), m.end())):
        reason = refusal(known, phrase, unit, match)
        if reason is None:
            for value in read_values(known, unit, phrase.value, match.start(), match.end()):
                yield Hit(phrase, unit, match.start(), match.end(), value)
            if phrase.value != "@duration":
                return


def _in_cookie_list(unit: Unit) -> bool:
    """Whether the sentence belongs to a table or list of named cookies: its durations are declared cookies."""
    if unit.sentence.table is not None:
        return True
    return any(is_cookie_list_entry(near.sentence.text) for near in (unit, *unit.earlier(3)))


def refusal(known: Book, phrase: Phrase, unit: Unit, match: re.Match[str]) -> str | None:
    """Why a matching phrase is not said after all, in the words of the phrase's keys; None when it is said."""
    return next((name for name, stops in _STOPS if stops(known, phrase, unit, match)), None)


_Stop = Callable[[Book, Phrase, Unit, "re.Match[str]"], bool]


def _misses(pattern: AnyOf | None, texts: Iterable[str]) -> bool:
    """Whether a required pattern is in none of the texts."""
    return pattern is not None and not any(pattern.found(text) for text in texts)


def _holds(pattern: AnyOf | None, texts: Iterable[str]) -> bool:
    """Whether a forbidden pattern is in one of the texts."""
    return pattern is not None and any(pattern.found(text) for text in texts)


def _wrong_polarity(known: Book, phrase: Phrase, unit: Unit, match: re.Match[str]) -> bool:
    if phrase.negated == "ok":
        return False
    return scope.is_negated(known, unit.low, match.start(), match.end()) != (phrase.negated == "only")


_STOPS: tuple[tuple[str, _Stop], ...] = (
    ("in", lambda _, p, u, m: p.place is not None and u.sentence.block_type != p.place),
    ("with", lambda _, p, u, m: _misses(p.needs, [u.low])),
    ("without", lambda _, p, u, m: _holds(p.without, [u.low])),
    ("unless", lambda _, p, u, m: _holds(p.unless, [u.low[m.start() : m.end() + _BEHIND]])),
    ("unless_next", lambda _, p, u, m: _holds(p.unless_next, (later.low for later in u.later(2)))),
    ("negated", _wrong_polarity),
    ("about", lambda k, p, u, m: bool(p.about) and not any(scope.topic(k, u, name) for name in p.about)),
    ("under", lambda _, p, u, m: _misses(p.under, (*u.headings[-2:], u.lead_in))),
    ("before", lambda _, p, u, m: _misses(p.before, (earlier.low for earlier in u.earlier(2)))),
    ("definition", lambda k, p, u, m: not p.definitions and scope.is_definition(k, u)),
    ("others", lambda k, p, u, m: scope.is_under_others(k, u) or (not p.others and scope.is_about_others(k, u))),
    ("law", lambda k, p, u, m: scope.is_law(k, u)),
)
"""The scope rules in the order in which they are tried, cheapest first; the names are those of `explain`."""


def _merge(known: Book, hits: list[Hit]) -> list[Claim]:
    """One claim per kind and value: the first hit is its quote, the rest `also`."""
    grouped: dict[tuple[str, str | bool], list[Hit]] = {}
    for hit in hits:
        grouped.setdefault((hit.kind, hit.value), []).append(hit)
    made = [_claim(known, group) for group in grouped.values()]
    return sorted(made, key=lambda claim: (claim.start, claim.kind, str(claim.value)))


def _claim(known: Book, group: list[Hit]) -> Claim:
    best = group[0]
    low, phrase = best.unit.low, best.phrase
    quote = _quote(known, best)
    others = {found.start: found for found in (_quote(known, hit) for hit in group[1 : 4 * _LAST_ALSO])}
    others.pop(quote.start, None)
    denied = best.value in {"no", "not-honoured"} or phrase.negated == "only"
    value = best.value
    days = None
    if phrase.kind == "cookie-retention":
        value, days = _duration(best)
    return Claim(
        kind=phrase.kind,
        value=value,
        quote=quote.quote,
        start=quote.start,
        end=quote.end,
        polarity="denied" if denied else "affirmed",
        hedge=scope.hedge(known, low, best.start, best.end),
        condition=phrase.condition or scope.condition(known, low),
        klass=kinds()[phrase.kind][0],
        phrase=phrase.name,
        detail=phrase.detail,
        also=tuple(others.values())[:_LAST_ALSO],
        duration_days=days,
        vendor=phrase.vendor,
    )


def _quote(known: Book, hit: Hit) -> Quote:
    """The sentence; of a very long one the clause around the match."""
    text = hit.unit.document.statement.text
    start, end = hit.unit.sentence.start, hit.unit.sentence.end
    if end - start > _QUOTE_LIMIT:
        first, last = scope.clause(known, hit.unit.low, hit.start, hit.end)
        start, end = hit.unit.span(first, last)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
    return Quote(quote=text[start:end], start=start, end=end)


def _duration(hit: Hit) -> tuple[str, float | None]:
    """The duration as the statement writes it, and in days (0 for a session)."""
    from auditor.statement.durations import duration_days

    words = str(hit.value)
    at = hit.unit.low.find(words)
    if at < 0:
        return words, None
    start, end = hit.unit.span(at, at + len(words))
    verbatim = hit.unit.document.statement.text[start:end]
    days = 0.0 if hit.phrase.value == "@session" else duration_days(verbatim)
    return verbatim, days
