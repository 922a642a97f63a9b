"""The items: which duties of GDPR art. 13 and good practice a statement addresses, and where.

Phrases are data, `[[items.phrases]]` in `auditor/languages/<code>.items.toml`; patterns as in `auditor.statement.patterns`:

    item        which item
    match       one of these must be in the sentence; without `match` the first sentence under a heading of `under`
    near        one of these must be in the sentence, its lead-in, the headings above, or the sentence before
    with        one of these must be in the sentence
    without     none of these may be in the sentence
    under       one of these must be in a heading above, or in the lead-in
    heading     true: headings count as sentences too
    value       what is added to the item's values (a legal basis)
    weak        true: quoted only when no other phrase of the item matches
    says        sentences, "Heading | Sentence." allowed, that must give the item; `silent`: that must not. Run as tests.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from auditor import languages
from auditor.model import Item, Statement
from auditor.statement.dates import read_date
from auditor.statement.declared import read_declared
from auditor.statement.fold import fold
from auditor.statement.names import contact, controller, register_number
from auditor.statement.patterns import requirements
from auditor.statement.sentences import Sentence

ITEMS = (
    "controller-identity",
    "controller-contact",
    "dpo-contact",
    "purposes",
    "legal-basis",
    "legitimate-interest-named",
    "recipients",
    "third-country-transfer",
    "retention-period",
    "right-access",
    "right-rectification",
    "right-erasure",
    "right-restriction",
    "right-portability",
    "right-object",
    "right-withdraw-consent",
    "right-complaint-authority",
    "automated-decision-making",
    "source-of-data",
    "statutory-requirement",
    "change-notice",
    "date-of-version",
    "chamber-of-commerce-number",
)
_KEYS = frozenset(["item", "match", "near", "with", "without", "under", "heading", "value", "weak", "says", "silent"])


class ItemPhraseError(Exception):
    """An entry of `[[items.phrases]]` that cannot be used: which one, and what to do."""


@dataclass(frozen=True, slots=True)
class Way:
    """One pattern of a phrase: its expression, and per piece the numbers of the cues one of which must be in the text."""

    source: str
    cues: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class ItemPhrase:
    """One entry, translated. `name` is "nl/right-access/2"; the expressions are compiled when first needed."""

    name: str
    item: str
    match: tuple[Way, ...]
    near: str | None
    needs: str | None
    without: str | None
    under: str | None
    heading: bool
    value: str | None
    weak: bool
    says: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """One phrase found in one sentence; `start` and `end` are places in the statement's text."""

    phrase: ItemPhrase
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Unit:
    sentence: Sentence
    text: str  # the sentence's reading copy
    above: str  # headings and lead-in
    around: str  # the same with the sentence before
    heading: str  # the nearest heading, when this is the first sentence below it
    cues: frozenset[int]


class _Table:
    """The phrases of one language and the search for their cues."""

    def __init__(self, language: str) -> None:
        table = _entries(language)
        self._words: Mapping[str, Sequence[str]] = table.get("words", {})
        self._numbers: dict[str, int] = {}
        counts: Counter[str] = Counter()
        found: list[ItemPhrase] = []
        for entry in table.get("phrases", ()):
            counts[entry.get("item", "?")] += 1
            found.append(self._phrase(f"{language}/{entry.get('item')}/{counts[entry.get('item', '?')]}", entry))
        self.phrases = tuple(found)
        self._finder = AhoCorasick(list(self._numbers)) if self._numbers else None

    def cues_in(self, text: str) -> frozenset[int]:
        """Numbers of the cues that stand in a text."""
        if self._finder is None:
            return frozenset()
        return frozenset(index for index, _, _ in self._finder.find_matches_as_indexes(text, overlapping=True))

    def _phrase(self, name: str, entry: Mapping[str, Any]) -> ItemPhrase:
        if set(entry) - _KEYS or entry.get("item") not in ITEMS or not ("match" in entry or "under" in entry):
            raise ItemPhraseError(
                f"{name}: expected a known item with match or under, found keys {sorted(entry)}; "
                "see auditor/statement/items.py"
            )
        return ItemPhrase(
            name=name,
            item=entry["item"],
            match=tuple(self._way(name, pattern) for pattern in entry.get("match", ())),
            near=self._any(entry, "near"),
            needs=self._any(entry, "with"),
            without=self._any(entry, "without"),
            under=self._any(entry, "under"),
            heading=bool(entry.get("heading", False)),
            value=entry.get("value"),
            weak=bool(entry.get("weak", False)),
            says=tuple(entry.get("says", ())),
            silent=tuple(entry.get("silent", ())),
        )

    def _way(self, name: str, pattern: str) -> Way:
        source, pieces = requirements(pattern, self._words)
        if not pieces:
            raise ItemPhraseError(f"{name}: pattern {pattern!r} has no word that is always there; add one")
        numbered = (frozenset(self._numbers.setdefault(cue, len(self._numbers)) for cue in piece) for piece in pieces)
        return Way(source, tuple(numbered))

    def _any(self, entry: Mapping[str, Any], key: str) -> str | None:
        sources = [requirements(pattern, self._words)[0] for pattern in entry.get(key, ())]
        return "|".join(f"(?:{source})" for source in sources) or None


def _entries(language: str) -> Mapping[str, Any]:
    try:
        table: Mapping[str, Any] = languages.load(language).get("items", {})
    except languages.LanguageError:
        return {}
    return table


@cache
def _table(language: str) -> _Table:
    return _Table(language)


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def phrases(language: str) -> tuple[ItemPhrase, ...]:
    """The item phrases of a language; () when it has none. Raises ItemPhraseError for a broken entry."""
    return _table(language).phrases


def hits(statement: Statement, sentences: Sequence[Sentence]) -> Iterator[Hit]:
    """Every phrase that matches, in text order."""
    table = _table(statement.language or "")
    for unit in _units(table, sentences):
        for phrase in table.phrases:
            if _matches(phrase, unit):
                yield Hit(phrase, unit.sentence.start, unit.sentence.end)


def _matches(phrase: ItemPhrase, unit: _Unit) -> bool:
    if unit.sentence.block_type == "heading" and not phrase.heading:
        return False
    if phrase.match:
        if not any(
            all(not cues.isdisjoint(unit.cues) for cues in way.cues) and _compiled(way.source).search(unit.text)
            for way in phrase.match
        ):
            return False
        where = unit.above
    else:
        where = unit.heading
    return _fits(phrase, unit, where)


def _fits(phrase: ItemPhrase, unit: _Unit, where: str) -> bool:
    """The conditions besides the match itself; `where` is what `under` looks at."""
    if phrase.under and not _compiled(phrase.under).search(where):
        return False
    if phrase.needs and not _compiled(phrase.needs).search(unit.text):
        return False
    if phrase.near:
        near = _compiled(phrase.near)
        if not near.search(unit.text) and not near.search(unit.around):
            return False
    return not (phrase.without and _compiled(phrase.without).search(unit.text))


def _units(table: _Table, sentences: Sequence[Sentence]) -> Iterator[_Unit]:
    previous = ""
    headings: tuple[str, ...] | None = None
    folded: dict[str, str] = {"": ""}

    def plain(text: str) -> str:
        if text not in folded:
            folded[text] = fold(text).text
        return folded[text]

    for sentence in sentences:
        text = fold(sentence.text).text
        above = " | ".join(plain(title) for title in sentence.headings[-2:])
        if sentence.lead_in:
            above = f"{above} | {plain(sentence.lead_in)}"
        fresh = sentence.headings != headings
        first_below = fresh and sentence.block_type != "heading" and bool(sentence.headings)
        yield _Unit(
            sentence=sentence,
            text=text,
            above=above,
            around=f"{above} | {'' if fresh else previous}",
            heading=plain(sentence.headings[-1]) if first_below else "",
            cues=table.cues_in(text),
        )
        if sentence.block_type != "heading":
            headings = sentence.headings
            previous = text


def read_items(statement: Statement, sentences: Sequence[Sentence]) -> dict[str, Item]:
    """All items of `ITEMS`; those not addressed have present False."""
    table = _table(statement.language or "")
    best: dict[str, Hit] = {}
    values: dict[str, list[str]] = {}
    for unit in _units(table, sentences):
        for phrase in table.phrases:
            held = best.get(phrase.item)
            known = phrase.value is None or phrase.value in values.get(phrase.item, ())
            if (held is not None and known and (phrase.weak or not held.phrase.weak)) or not _matches(phrase, unit):
                continue
            if held is None or (held.phrase.weak and not phrase.weak):
                best[phrase.item] = Hit(phrase, unit.sentence.start, unit.sentence.end)
            if phrase.value and not known:
                values.setdefault(phrase.item, []).append(phrase.value)
    items = {name: _item(statement, best.get(name), values.get(name, ())) for name in ITEMS}
    return items | _named(statement, sentences, items)


def _item(statement: Statement, hit: Hit | None, values: Sequence[str]) -> Item:
    if hit is None:
        return Item(present=False)
    quote = statement.text[hit.start : hit.end]
    return Item(present=True, quote=quote, start=hit.start, end=hit.end, values=tuple(values), phrase=hit.phrase.name)


def _named(statement: Statement, sentences: Sequence[Sentence], items: Mapping[str, Item]) -> dict[str, Item]:
    """The items that are names, addresses and numbers rather than phrases."""
    found: dict[str, Item] = {}
    for name, reader in (
        ("controller-identity", controller),
        ("controller-contact", contact),
        ("chamber-of-commerce-number", register_number),
    ):
        named = reader(statement, sentences)
        if named is not None and not items[name].present:
            found[name] = Item(
                present=True,
                quote=statement.text[named.start : named.end],
                start=named.start,
                end=named.end,
                values=(named.name,),
                phrase=f"names/{named.why}",
            )
    if not items["retention-period"].present:
        lasting = next((cookie for cookie in read_declared(statement, sentences) if cookie.duration), None)
        if lasting is not None:  # a cookie's lifetime is a retention period too
            found["retention-period"] = Item(
                present=True, quote=lasting.quote, start=lasting.start, end=lasting.end, phrase="declared"
            )
    dated = read_date(statement)
    if dated is not None:
        found["date-of-version"] = Item(
            present=True, quote=dated.quote, start=dated.start, end=dated.end, values=(dated.iso,), phrase="dates"
        )
    return found
