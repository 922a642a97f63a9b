"""What the text of a control means in a consent banner: words by the part they play, rules over the parts.

The words stand in languages/<code>.buttons.toml; the rules below are the same for every language. Each language
reads the text on its own ("pas" negates in French and adjusts in Dutch), the one that knows most of the words wins.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from auditor import languages

Purpose = Literal["accept", "refuse", "settings", "save", "close", "link", "other"]

PARTS = (
    "never", "optional", "necessary", "only", "not", "without", "agree", "grant", "refuse",
    "all", "save", "adjust", "selection", "go_on", "close", "more", "common",
)  # fmt: skip
MAX_WORDS = 14  # longer texts are paragraphs or whole panels, not the name of a button
_CROSSES = frozenset(["x", "×", "✕", "✖", "✗", "╳", "⨯", "⨉", "❌", "🗙", "&times;"])
_LETTERS = re.compile(r"[^\W_]+|[€$£]")
_NEAR = 4  # a negation belongs to a verb at most so many words away ("ik ga hiermee niet akkoord")


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """What a text says. strength 0-4 ranks texts of one purpose; `doubt` names why it must not be pressed."""

    purpose: Purpose
    strength: float = 0.0
    known: float = 0.0  # share of the words that the language knows
    language: str = ""
    doubt: str | None = None


OTHER = Meaning(purpose="other")


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words without accents and punctuation; ß reads ss."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss"))
    return tuple(_LETTERS.findall("".join(c for c in plain if not unicodedata.combining(c))))


@dataclass(frozen=True, kw_only=True)
class _Entry:
    part: str
    words: tuple[str, ...]  # the last may end in '*'

    def fits(self, words: tuple[str, ...], at: int) -> bool:
        if at + len(self.words) > len(words):
            return False
        return all(
            word.startswith(mine[:-1]) if mine.endswith("*") else word == mine
            for mine, word in zip(self.words, words[at:], strict=False)
        )


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """One language's words, indexed by the first letters of an entry."""

    code: str
    entries: dict[str, tuple[_Entry, ...]]
    parted: tuple[tuple[str, str, str], ...]  # part, verb, particle

    def tag(self, words: tuple[str, ...]) -> list[tuple[str, int]]:
        """(part, position) of every known word or phrase, longest first at each position, none overlapping."""
        tags = self._parted(words)
        taken = {at for _, at in tags}
        at = 0
        while at < len(words):
            if at in taken:
                at += 1
                continue
            best: _Entry | None = None
            for entry in self.entries.get(words[at][:2], ()):
                longer = best is None or _rank(entry) > _rank(best)
                if longer and entry.fits(words, at):
                    best = entry
            if best is None:
                at += 1
                continue
            tags.extend((best.part, at + n) for n in range(len(best.words)))
            at += len(best.words)
        return sorted(tags, key=lambda tag: tag[1])

    def _parted(self, words: tuple[str, ...]) -> list[tuple[str, int]]:
        """Verbs whose particle stands apart: "sta alles toe", "lehne alle ab"."""
        return [
            (part, place)
            for part, verb, particle in self.parted
            for at, word in enumerate(words)
            if word == verb
            for end in range(at + 2, min(at + 6, len(words)))
            if words[end] == particle
            for place in (at, end)
        ]


def _rank(entry: _Entry) -> tuple[int, bool, int, int]:
    """Longer phrases first, then exact words over stems, then the order of PARTS."""
    exact = not entry.words[-1].endswith("*")
    return len(entry.words), exact, len(entry.words[-1]), -PARTS.index(entry.part)


def entry_words(text: str) -> tuple[str, ...]:
    """An entry of a language file as words, its final '*' kept."""
    words = words_of(text.replace("*", ""))
    return (*words[:-1], words[-1] + "*") if text.endswith("*") else words


@cache
def lexicon(code: str) -> Lexicon:
    table = languages.load(code).get("buttons", {})
    index: dict[str, list[_Entry]] = {}
    parted = []
    for part in PARTS:
        for text in table.get(part, ()):
            if " … " in text:
                parted.append((part, *(words_of(half)[0] for half in text.split(" … "))))
                continue
            words = entry_words(text)
            index.setdefault(words[0][:2].rstrip("*"), []).append(_Entry(part=part, words=words))
    return Lexicon(code=code, entries={key: tuple(found) for key, found in index.items()}, parted=tuple(parted))  # type: ignore[arg-type]


@cache
def lexicons() -> tuple[Lexicon, ...]:
    return tuple(lexicon(code) for code in languages.codes() if "buttons" in languages.load(code))


@cache
def read(text: str, language: str | None = None) -> Meaning:
    """The meaning of a control's text, whatever its language; `language` breaks a tie.

    Two languages that read opposite things from it with equal knowledge make it doubtful.
    """
    if text.strip().casefold() in _CROSSES:
        return Meaning(purpose="close", strength=1, known=1)
    words = words_of(text)
    if not words or len(words) > MAX_WORDS:
        return OTHER
    readings = [_read_in(each, words) for each in lexicons()]
    sense = [r for r in readings if r.purpose != "other"]
    doubtful = [r for r in readings if r.doubt]
    if doubtful and (not sense or max(r.known for r in doubtful) >= max(r.known for r in sense)):
        return max(doubtful, key=lambda r: r.known)
    if not sense:
        return OTHER
    best = max(sense, key=lambda r: (r.known, r.language == language, r.strength))
    opposed = {"accept": "refuse", "refuse": "accept"}.get(best.purpose)
    if any(r.purpose == opposed and r.known >= best.known for r in sense):
        return Meaning(purpose="other", doubt="reads as accepting and as refusing", known=best.known)
    return best


def _read_in(words_known: Lexicon, words: tuple[str, ...]) -> Meaning:
    tags = words_known.tag(words)
    parts = {part for part, _ in tags}
    known = len(tags) / len(words)
    purpose, strength, doubt = _judge(parts, tags, len(words))
    # "OK" and its like say little: next to words that are not known they say nothing.
    if known < (0.6 if purpose == "accept" and strength <= 1 else 0.34):
        purpose = "other"
    return Meaning(purpose=purpose, strength=strength, known=known, language=words_known.code, doubt=doubt)


def _judge(parts: set[str], tags: list[tuple[str, int]], count: int) -> tuple[Purpose, float, str | None]:  # noqa: PLR0911 - a list of rules
    """(purpose, strength, doubt). The order of the rules is the point: paying, negation and 'only' come first."""
    if "never" in parts:
        return "other", 0, "buying, subscribing or logging in"
    if _denied(tags, count):
        return "refuse", 3, None
    if "necessary" in parts and "adjust" not in parts and not ("optional" in parts and "only" not in parts):
        return _necessary(parts, count)
    if "refuse" in parts:
        return _refusing(parts)
    if parts & {"agree", "grant", "save", "go_on"}:
        return _agreeing(parts)
    if "close" in parts and "adjust" not in parts and count <= 4:
        return "close", 2, None
    if parts & {"adjust", "selection"}:
        return "settings", 2 if "adjust" in parts else 1.5, None
    if "more" in parts:
        return "link", 1, None
    if "close" in parts:
        return "close", 1.5, None
    if "all" in parts and parts <= {"all", "common"} and count <= 3:
        return "accept", 0.5, None  # "Alle cookies", "Compleet" beside "Basis"
    return "other", 0, None


def _denied(tags: list[tuple[str, int]], count: int) -> bool:
    """Whether a negation or 'without' stands by a word of agreeing: 'niet akkoord', 'sans accepter'."""
    agreeing = [at for part, at in tags if part in {"agree", "grant"}]
    for part, at in tags:
        if part == "without" and any(0 < other - at <= _NEAR for other in agreeing):
            return True
        if part == "not" and any(abs(other - at) <= _NEAR for other in agreeing):
            return True
    # "verder zonder cookies", "weiter ohne Cookies", "zonder cookies"
    parts = {part for part, _ in tags}
    return "without" in parts and ("go_on" in parts or (len(tags) == count and parts <= {"without", "common", "all"}))


def _necessary(parts: set[str], count: int) -> tuple[Purpose, float, str | None]:
    if "all" in parts and "only" not in parts and "refuse" not in parts and "agree" in parts:
        return "other", 0, "reads as accepting all and only what is necessary"
    if parts & {"only", "agree", "grant", "save", "go_on", "refuse", "without"}:
        return "refuse", 2.5 if "only" in parts else 2, None
    # A bare "Functioneel" may be a button or the name of a category.
    return ("refuse", 0.5, None) if count <= 3 else ("other", 0, None)


def _refusing(parts: set[str]) -> tuple[Purpose, float, str | None]:
    if "adjust" in parts or ("selection" in parts and "save" not in parts and "all" not in parts):
        return "settings", 1, None
    if "agree" in parts:
        return "other", 0, "reads as accepting and as refusing"
    if "not" in parts and "optional" not in parts:
        return "other", 0, "refuses to refuse"
    return "refuse", 4 if "all" in parts else 3, None


def _agreeing(parts: set[str]) -> tuple[Purpose, float, str | None]:  # noqa: PLR0911 - a list of rules
    agree, save, every = bool(parts & {"agree", "grant"}), "save" in parts, "all" in parts
    if "without" in parts and not agree:
        return "other", 0, None
    if "selection" in parts and not (every and agree):
        return ("settings", 1, None) if "adjust" in parts and not save else ("save", 3, None)
    if "adjust" in parts:
        if every and parts & {"save", "go_on", "agree"}:
            return "accept", 2, None  # "select all and continue"
        return ("save", 2, None) if save else ("settings", 1, None)
    if agree:
        return "accept", 4 if every else 3, None
    if save:
        return ("accept", 1.5, None) if every else ("save", 2, None)
    if "more" in parts:
        return "link", 0.5, None
    return "accept", 1, None  # "OK", "Begrepen": taking note of it


def acknowledges(meaning: Meaning) -> bool:
    """Whether an accepting text only takes note ("OK")."""
    return meaning.purpose == "accept" and meaning.strength <= 1


def is_state(text: str, state: Literal["on", "off"]) -> bool:
    """Whether a text is nothing but the name of a switch's position ("Aan", "Uit") in any language."""
    return words_of(text) in _states(state)


def ends_in_state(text: str) -> bool:
    """Whether a switch's text ends in its position ("Analytics deaktiviert"): then that is no refusal in words."""
    said = words_of(text)
    return any(said[-len(name) :] == name for state in ("on", "off") for name in _states(state))


@cache
def _states(state: Literal["on", "off"]) -> frozenset[tuple[str, ...]]:
    return frozenset(words_of(e) for each in lexicons() for e in languages.load(each.code)["buttons"]["states"][state])


@cache
def cue_words(kind: Literal["strong", "weak", "use", "other_popups", "placeholder", "wall"]) -> re.Pattern[str]:
    """A pattern over `plain` text for one kind of cue of all languages."""
    entries = {entry for each in lexicons() for entry in languages.load(each.code)["buttons"]["cues"].get(kind, ())}
    return re.compile(r"(?<!\w)(?:" + "|".join(sorted(_pattern(e) for e in entries)) + r")(?!\w)")


def plain(text: str) -> str:
    """Text as the cue patterns read it."""
    return " ".join(words_of(text)) if "%" not in text else " ".join(words_of(text.replace("%", " % ")))


def count_cues(kind: Literal["strong", "weak", "use", "other_popups", "placeholder", "wall"], text: str) -> int:
    """How many different cues of a kind a text holds."""
    return len(set(cue_words(kind).findall(plain(text))))


def _pattern(entry: str) -> str:
    words = entry_words(entry)
    return r"\s".join(re.escape(w[:-1]) + r"\w*" if w.endswith("*") else re.escape(w) for w in words)


def language_of(texts: Iterable[str]) -> str | None:
    """The language whose words cover most of the texts; None when none covers a quarter."""
    words = tuple(word for text in texts for word in words_of(text))[:400]
    if len(words) < 3:
        return None
    shares = {each.code: len(each.tag(words)) / len(words) for each in lexicons()}
    best = max(shares, key=lambda code: shares[code])
    return best if shares[best] >= 0.25 else None


def page_patterns() -> tuple[str, str]:
    """(cue, hint) pattern sources for the script in the page: words in text, parts of names of elements."""
    strong = {entry for each in lexicons() for entry in languages.load(each.code)["buttons"]["cues"]["strong"]}
    weak = (
        "privacy",
        "toestemming",
        "consent",
        "privatsph",
        "einwilligung",
        "datenschutz",
        "confidentialit",
        "vie priv",
    )
    stems = sorted({_pattern(entry).replace(r"\s", r"\s+") for entry in strong} | {re.escape(w) for w in weak})
    hint = (
        r"cookie|consent|gdpr|(?:^|[^a-z])(?:avg|cmp|ccpa|rgpd|dsgvo|tcf|ccm|cky|cmplz|uc|qc|sp_message)(?:[^a-z]|$)"
        r"|privacy-?(?:banner|notice|modal|popup|bar|manager)|trackingchoices"
    )
    return "|".join(stems), hint


CATEGORY_WORDS = (
    "marketing|statisti|analyti|functione|noodzakelijk|necessary|essential|notwendig|essen[zt]iell|n[ée]cessaire"
    "|doeleinde|purpose|zweck|finalit|voorkeu|preferen|pr[ée]f[ée]ren|pr[äa]feren|einstellung|instelling|settings|param[èe]tre"
    "|keuze|choice|choose|choi[xs]|auswahl|legitim|gerechtvaardigd|berechtigt|publicit|audience|werbung|advertis|adverten"
)
"""Pattern source for words of a second layer, which stand for cues once settings were opened."""
