"""Why a claim was read, and what nearly was: for `auditor read --why` and `auditor phrases --unmatched`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model import Statement
from auditor.statement.claims import book_of, read_claims, refusal
from auditor.statement.cues import cue_index
from auditor.statement.units import document

_REASONS = {
    "in": "stands in another kind of block than the phrase asks for",
    "with": "lacks a word that the phrase needs beside it",
    "without": "holds a word that takes the phrase back",
    "unless": "holds a word in or right behind the match that takes it back",
    "unless_next": "the next sentences take it back",
    "negated": "negation: the clause says the opposite",
    "about": "neither it nor what stands before or above it is about the phrase's topic",
    "under": "stands under another heading",
    "before": "lacks the sentence that must come before",
    "definition": "only explains a word",
    "others": "tells what others do",
    "law": "tells what the law asks of websites in general",
}
_PRIVACY_WORDS = {
    "nl": (
        "cookie",
        "gegevens",
        "toestemming",
        "derden",
        "tracking",
        "pixel",
        "advertenti",
        "profiel",
        "anoniem",
        "google",
        "social",
    ),
    "en": (
        "cookie",
        "personal data",
        "personal information",
        "consent",
        "third part",
        "tracking",
        "pixel",
        "advertis",
        "profil",
        "anonym",
    ),
    "de": (
        "cookie",
        "daten",
        "einwilligung",
        "dritte",
        "tracking",
        "pixel",
        "werbung",
        "profil",
        "anonym",
        "google",
        "plugin",
    ),
    "fr": ("cookie", "données", "consentement", "tiers", "traceur", "pixel", "publicit", "profil", "anonym", "google"),
}


@dataclass(frozen=True)
class Explained:
    """One phrase met in a sentence. `reason` is None when it was read, else the rule that stopped it."""

    phrase: str
    kind: str
    value: str | bool
    sentence: str
    matched: str
    start: int
    end: int
    reason: str | None


def explain(statement: Statement) -> tuple[Explained, ...]:
    """Every phrase whose words stand in the text, with the rule that decided; near misses have a reason."""
    known = book_of(statement.language)
    if known is None:
        return ()
    found = []
    index = cue_index(known.language)
    for unit in document(statement).units:
        for phrase, regexes in index.candidates(unit.low):
            match = min((m for r in regexes if (m := r.search(unit.low))), key=lambda m: m.start(), default=None)
            if match is None:
                continue
            code = refusal(known, phrase, unit, match)
            found.append(
                Explained(
                    phrase=phrase.name,
                    kind=phrase.kind,
                    value=phrase.value,
                    sentence=unit.sentence.text,
                    matched=match.group(),
                    start=unit.sentence.start,
                    end=unit.sentence.end,
                    reason=_REASONS[code] if code else None,
                )
            )
    return tuple(found)


def unmatched(statements: Iterable[Statement], limit: int = 200) -> list[tuple[float, str]]:
    """Sentences with privacy words that no phrase read, best candidates first: (score, sentence). Repeated ones count more."""
    scores: dict[str, float] = {}
    for statement in statements:
        words = _PRIVACY_WORDS.get(statement.language or "", ())
        found = read_claims(statement)
        read = {(claim.start, claim.end) for claim in (*found.claims, *found.also_said)}
        read |= {(quote.start, quote.end) for claim in (*found.claims, *found.also_said) for quote in claim.also}
        for unit in document(statement).units:
            sentence = unit.sentence
            if unit.is_heading or any(sentence.start < end and start < sentence.end for start, end in read):
                continue
            score = sum(word in unit.low for word in words)
            if score:
                scores[sentence.text] = scores.get(sentence.text, 0.0) + score + min(len(sentence.text), 300) / 1000
    return sorted(((score, text) for text, score in scores.items()), key=lambda entry: (-entry[0], entry[1]))[:limit]
