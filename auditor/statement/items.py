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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from auditor import languages
from auditor.model import Item, Statement
from auditor.statement.dates import read_date
from auditor.statement.declared import read_declared
from auditor.statement.fold import Folded, fold
from auditor.statement.names import contact, controller, register_number
from auditor.statement.patterns import compile_any
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
class ItemPhrase:
    """One entry, compiled. `name` is "nl/right-access/2"."""

    name: str
    item: str
    match: re.Pattern[str] | None
    cues: frozenset[str]
    near: re.Pattern[str] | None
    needs: re.Pattern[str] | None
    without: re.Pattern[str] | None
    under: re.Pattern[str] | None
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


@dataclass(slots=True)
class _Unit:
    sentence: Sentence
    folded: Folded
    above: str  # headings and lead-in, folded
    around: str  # the same with the sentence before
    first_below: bool = False  # the first sentence under its heading
    headings: str = field(default="")


@cache
def phrases(language: str) -> tuple[ItemPhrase, ...]:
    """The item phrases of a language; () when it has none. Raises ItemPhraseError for a broken entry."""
    try:
        table = languages.load(language).get("items", {})
    except languages.LanguageError:
        return ()
    words: Mapping[str, Sequence[str]] = table.get("words", {})
    counts: dict[str, int] = {}
    found = []
    for entry in table.get("phrases", ()):
        counts[entry.get("item", "?")] = counts.get(entry.get("item", "?"), 0) + 1
        found.append(_compile(language, entry, counts[entry.get("item", "?")], words))
    return tuple(found)


def _compile(language: str, entry: Mapping[str, Any], number: int, words: Mapping[str, Sequence[str]]) -> ItemPhrase:
    name = f"{language}/{entry.get('item')}/{number}"
    unknown = set(entry) - _KEYS
    if unknown or entry.get("item") not in ITEMS or not ("match" in entry or "under" in entry):
        raise ItemPhraseError(
            f"{name}: expected a known item with match or under, found keys {sorted(entry)}; see auditor/statement/items.py"
        )

    def compiled(key: str) -> tuple[re.Pattern[str] | None, frozenset[str]]:
        if key not in entry:
            return None, frozenset()
        return compile_any(entry[key], words)

    match, cues = compiled("match")
    return ItemPhrase(
        name=name,
        item=entry["item"],
        match=match,
        cues=cues,
        near=compiled("near")[0],
        needs=compiled("with")[0],
        without=compiled("without")[0],
        under=compiled("under")[0],
        heading=bool(entry.get("heading", False)),
        value=entry.get("value"),
        weak=bool(entry.get("weak", False)),
        says=tuple(entry.get("says", ())),
        silent=tuple(entry.get("silent", ())),
    )


def hits(statement: Statement, sentences: Sequence[Sentence]) -> Iterator[Hit]:
    """Every phrase that matches, in text order."""
    table = phrases(statement.language or "")
    if not table:
        return
    for unit in _units(sentences):
        text = unit.folded.text
        for phrase in table:
            span = _find(phrase, unit, text)
            if span:
                yield Hit(phrase, unit.sentence.start, unit.sentence.end)


def _find(phrase: ItemPhrase, unit: _Unit, text: str) -> bool:  # noqa: PLR0911 - guard clauses, one answer each
    if unit.sentence.block_type == "heading" and not phrase.heading:
        return False
    if phrase.match is None:
        if not unit.first_below or phrase.under is None or not phrase.under.search(unit.headings):
            return False
    else:
        if not any(cue in text for cue in phrase.cues) or not phrase.match.search(text):
            return False
        if phrase.under is not None and not phrase.under.search(unit.above):
            return False
    if phrase.needs is not None and not phrase.needs.search(text):
        return False
    if phrase.near is not None and not (phrase.near.search(text) or phrase.near.search(unit.around)):
        return False
    return phrase.without is None or not phrase.without.search(text)


def _units(sentences: Sequence[Sentence]) -> Iterator[_Unit]:
    previous = ""
    headings: tuple[str, ...] | None = None
    folded_headings: dict[str, str] = {}
    for sentence in sentences:
        folded = fold(sentence.text)
        nearest = sentence.headings[-1] if sentence.headings else ""
        for title in sentence.headings[-2:]:
            if title not in folded_headings:
                folded_headings[title] = fold(title).text
        above = " | ".join(folded_headings[title] for title in sentence.headings[-2:])
        lead = fold(sentence.lead_in).text if sentence.lead_in else ""
        above = f"{above} | {lead}" if lead else above
        fresh = sentence.headings != headings
        yield _Unit(
            sentence=sentence,
            folded=folded,
            above=above,
            around=f"{above} | {'' if fresh else previous}",
            first_below=fresh and sentence.block_type != "heading",
            headings=folded_headings.get(nearest, ""),
        )
        if sentence.block_type != "heading":
            headings = sentence.headings
            previous = folded.text


def read_items(statement: Statement, sentences: Sequence[Sentence]) -> dict[str, Item]:
    """All items of `ITEMS`; those not addressed have present False."""
    best: dict[str, Hit] = {}
    values: dict[str, list[str]] = {}
    for hit in hits(statement, sentences):
        item = hit.phrase.item
        if item not in best or (best[item].phrase.weak and not hit.phrase.weak):
            best[item] = hit
        if hit.phrase.value and hit.phrase.value not in values.setdefault(item, []):
            values[item].append(hit.phrase.value)
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
