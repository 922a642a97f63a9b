"""The claim phrases of a language: read from its file, checked, and turned into expressions.

An entry of `[[claims.phrases]]` in `auditor/languages/<code>.claims.toml`:

    kind, value   what is claimed. value "@networks", "@categories", "@consented", "@duration" and "@children" are read
                  from the text by `auditor.statement.values`
    match         patterns (auditor.statement.patterns); one must be in the sentence
    with          list of patterns; one must be in the sentence too
    without       none of these may be in the sentence
    unless        none of these may be in the match itself or right behind it
    unless_next   none of these may be in the two sentences behind
    about         a topic of [claims.topics]: in the sentence, its lead-in or headings, or the sentences just before
    under         patterns; one must be in a heading above (or in the lead-in of the list)
    before        patterns; one must be in one of the two sentences before
    in            "heading" or "item": the sentence must be one
    negated       "skip" (default): a negation in the clause silences the phrase; "ok": it does not matter;
                  "only": it must be negated
    definitions   true: also in sentences that only explain a word
    others        true: also where somebody else's behaviour is told
    weak          true: counts only if no other phrase gives the kind
    condition, detail, vendor   go into the claim
    says, silent  sentences that must and must not give the claim; run as tests. "Heading | Sentence. Sentence." allowed
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from auditor import languages
from auditor.statement.patterns import AnyOf, Compiled, PatternError, compile_each

_KEYS = frozenset(
    {
        "kind",
        "value",
        "match",
        "with",
        "without",
        "unless",
        "unless_next",
        "about",
        "under",
        "before",
        "in",
        "negated",
        "definitions",
        "others",
        "weak",
        "condition",
        "detail",
        "vendor",
        "says",
        "silent",
    }
)
_REQUIRED = ("kind", "value", "match", "says")


class PhraseError(Exception):
    """A phrase entry that cannot be used: which one, what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """One entry, compiled. `name` is "nl/consent-before/3": language, kind, number within the kind."""

    name: str
    kind: str
    value: str | bool
    patterns: tuple[Compiled, ...]
    needs: AnyOf | None
    without: AnyOf | None
    unless: AnyOf | None
    unless_next: AnyOf | None
    about: tuple[str, ...]
    under: AnyOf | None
    before: AnyOf | None
    place: str | None
    negated: str
    definitions: bool
    others: bool
    weak: bool
    condition: str | None
    detail: str | None
    vendor: str | None
    says: tuple[str, ...]
    silent: tuple[str, ...]


@dataclass(frozen=True)
class Book:
    """Everything the claim stage knows of one language."""

    language: str
    phrases: tuple[Phrase, ...]
    topics: Mapping[str, AnyOf]
    words: Mapping[str, Sequence[str]]
    scope: Mapping[str, AnyOf]
    values: Mapping[str, Mapping[str, AnyOf]]
    frames: Mapping[str, tuple[re.Pattern[str], ...]]
    no_names: frozenset[str]


@cache
def kinds() -> dict[str, tuple[str, str]]:
    """Kind -> (class, "seen" | "defined" | "no"); see kinds.toml."""
    text = resources.files("auditor.statement").joinpath("kinds.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return {
        kind: (klass, seen) for seen, classes in table.items() for klass, names in classes.items() for kind in names
    }


@cache
def book(language: str) -> Book:
    """The compiled phrases of a language. Raises PhraseError for an entry that cannot be used, LanguageError without a file."""
    table = languages.load(language).get("claims")
    if not table:
        raise PhraseError(f"no [claims] table for {language!r}; expected auditor/languages/{language}.claims.toml")
    words: Mapping[str, Sequence[str]] = table.get("words", {})
    numbers: dict[str, int] = {}
    found: list[Phrase] = []
    for entry in table.get("phrases", []):
        kind = str(entry.get("kind"))
        numbers[kind] = numbers.get(kind, 0) + 1
        found.append(_phrase(f"{language}/{kind}/{numbers[kind]}", entry, words, table))
    return Book(
        language=language,
        phrases=tuple(found),
        topics={name: _one(patterns, words, f"topic {name}") for name, patterns in table.get("topics", {}).items()},
        words=words,
        scope={name: _one(patterns, words, f"scope {name}") for name, patterns in table.get("scope", {}).items()},
        values={
            name: {value: _one(patterns, words, f"{name} {value}") for value, patterns in group.items()}
            for name, group in table.get("values", {}).items()
        },
        frames={role: tuple(map(_frame, frames)) for role, frames in table.get("frames", {}).items() if role != "stop"},
        no_names=frozenset(table.get("frames", {}).get("stop", ())),
    )


def _phrase(
    name: str, entry: Mapping[str, Any], words: Mapping[str, Sequence[str]], table: Mapping[str, Any]
) -> Phrase:
    unknown = entry.keys() - _KEYS
    missing = [key for key in _REQUIRED if key not in entry]
    if unknown or missing:
        raise PhraseError(
            f"{name}: unknown keys {sorted(unknown)}, missing keys {missing}; see auditor/statement/phrases.py"
        )
    if entry["kind"] not in kinds():
        raise PhraseError(f"{name}: kind {entry['kind']!r} is not in auditor/statement/kinds.toml; add it there first")
    about = entry.get("about", ())
    topics = (about,) if isinstance(about, str) else tuple(about)
    for topic in topics:
        if topic not in table.get("topics", {}):
            raise PhraseError(f"{name}: no topic {topic!r} in [claims.topics]")
    try:
        patterns = compile_each(entry["match"], words)
    except (PatternError, re.error) as error:
        raise PhraseError(f"{name}: {error}") from error
    return Phrase(
        name=name,
        kind=entry["kind"],
        value=True if entry["value"] == "true" else entry["value"],
        patterns=patterns,
        needs=_optional(entry, "with", words, name),
        without=_optional(entry, "without", words, name),
        unless=_optional(entry, "unless", words, name),
        unless_next=_optional(entry, "unless_next", words, name),
        about=topics,
        under=_optional(entry, "under", words, name),
        before=_optional(entry, "before", words, name),
        place=entry.get("in"),
        negated=entry.get("negated", "skip"),
        definitions=entry.get("definitions", False),
        others=entry.get("others", False),
        weak=entry.get("weak", False),
        condition=entry.get("condition"),
        detail=entry.get("detail"),
        vendor=entry.get("vendor"),
        says=tuple(entry["says"]),
        silent=tuple(entry.get("silent", ())),
    )


def _frame(frame: str) -> re.Pattern[str]:
    """A frame with NAME as a named group: one to three words that begin with a capital (or a digit after it)."""
    word = r"[A-Z][\w&'-]*(?:\.(?:nl|com|be|io|eu|net))?"
    return re.compile(frame.replace("NAME", rf"(?P<name>{word}(?: {word}){{0,2}})"))


def _optional(entry: Mapping[str, Any], key: str, words: Mapping[str, Sequence[str]], name: str) -> AnyOf | None:
    return _one(entry[key], words, f"{name} {key}") if entry.get(key) else None


def _one(patterns: Sequence[str], words: Mapping[str, Sequence[str]], where: str) -> AnyOf:
    try:
        return AnyOf(patterns, words)
    except (PatternError, re.error) as error:
        raise PhraseError(f"{where}: {error}") from error
