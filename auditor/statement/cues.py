"""Which phrases can match a sentence at all: one pass for the letters that each pattern cannot do without.

Without it every sentence would be searched for every pattern; with it about one pattern in fifty is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import ahocorasick_rs

from auditor.statement.phrases import Phrase, book


class CueIndex:
    """The cues of one language's phrases, and the patterns that wait for them."""

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self._numbers: dict[str, int] = {}
        self._waiting: dict[int, list[tuple[int, int]]] = {}  # cue -> (phrase, pattern)
        self._phrases = phrases
        self._needs = [
            [tuple(frozenset(map(self._number, group)) for group in pattern.groups) for pattern in phrase.patterns]
            for phrase in phrases
        ]
        for place, phrase in enumerate(phrases):
            for order, pattern in enumerate(phrase.patterns):
                for cue in pattern.rarest:
                    self._waiting.setdefault(self._number(cue), []).append((place, order))
        self._automaton = ahocorasick_rs.AhoCorasick(list(self._numbers))

    def _number(self, cue: str) -> int:
        return self._numbers.setdefault(cue, len(self._numbers))

    def candidates(self, text: str) -> Iterator[tuple[Phrase, list[re.Pattern[str]]]]:
        """The phrases that may match, in the order of the file, each with those of its patterns that may."""
        seen = {index for index, _, _ in self._automaton.find_matches_as_indexes(text, overlapping=True)}
        tried: dict[int, set[int]] = {}
        for cue in seen & self._waiting.keys():
            for place, order in self._waiting[cue]:
                if not any(seen.isdisjoint(group) for group in self._needs[place][order]):
                    tried.setdefault(place, set()).add(order)
        for place in sorted(tried):
            phrase = self._phrases[place]
            yield phrase, [phrase.patterns[order].regex for order in sorted(tried[place])]


@cache
def cue_index(language: str) -> CueIndex:
    """The index of a language's phrases, built once."""
    return CueIndex(book(language).phrases)
