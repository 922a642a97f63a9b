"""The small language phrases are written in, and its translation into regular expressions.

    wij plaatsen cookies      these words in a row; anything but letters may stand between them
    cookie*   *cookies        any letters may follow or precede
    tracking~cookies          together, with a hyphen or with a space: trackingcookies, tracking-cookies, tracking cookies
    (uw|je|jouw)              one of these; an alternative may hold several words
    (uw|je)?                  may be absent
    {a}~(b|c)                 a tilde joins groups too
    {toestemming}             one of the words of that name in the language file's [claims.words]
    ..      ..3               up to six words in between; up to three
    re:…                      a bare regular expression, as a token without spaces or as a whole pattern
    < and >                   the beginning and the end of the sentence

Patterns are matched against the reading copy made by `auditor.statement.fold` (lower case, plain quotes, one space).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

_ELIDED = r"(?:(?:[cdjlmnst]|qu)')?"
"""A French article or pronoun that has lost its vowel may stand before any word: l'union, d'autres, qu'avec."""
_SEPARATOR = rf"[\W_]{{1,6}}{_ELIDED}"
_TOKEN = re.compile(
    r"re:\S+|\{[\w-]+\}\??|\((?:[^()]|\((?:[^()]|\([^()]*\))*\)\??)*\)\??|\.\.\d*|<|>|~|[^\s(){}~]+(?:~[^\s(){}~]+)*\??"
)
_GAP_WORDS = 6
_JOINT = r"[\W_]{0,3}"
_WORD_START, _WORD_END = r"(?<!\w)", r"(?!\w)"
_EDGES = {"<": r"^\W*(?:\d[\d.]*\W+)?", ">": r"\W*$"}


class PatternError(ValueError):
    """A pattern that cannot be translated; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One token of a pattern: its expression, and letters one of which stands in every text that it matches."""

    regex: str
    cues: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Compiled:
    """One pattern. A text that it matches holds a cue of every group: reading the groups first spares most searches."""

    source: str
    groups: tuple[frozenset[str], ...]

    @property
    def regex(self) -> re.Pattern[str]:
        """The expression, compiled at its first use: one statement needs a small part of a language's phrases."""
        return compiled(self.source)

    @property
    def rarest(self) -> frozenset[str]:
        return _rarest(self.groups)


@cache
def compiled(source: str) -> re.Pattern[str]:
    """A regular expression, compiled once a process. Not `re`'s own cache, which holds 512."""
    return re.compile(source)


def translate(pattern: str, words: Mapping[str, Sequence[str]], *, cued: bool = True) -> tuple[str, frozenset[str]]:
    """The regular expression of one pattern, and its cues: at least one of them is in every text it matches.

    Raises PatternError for an unknown word class, an unbalanced bracket or, if `cued`, a pattern without any cue.
    """
    regex, groups = requirements(pattern, words)
    if cued and not groups:
        raise PatternError(f"pattern {pattern!r} has no word that is always there; add one that is not optional")
    return regex, max(groups, key=_selectivity, default=frozenset[str]())


def compile_each(patterns: Sequence[str], words: Mapping[str, Sequence[str]]) -> tuple[Compiled, ...]:
    """The patterns one by one, each with its groups of cues. Raises PatternError as `translate` does."""
    return tuple(_compiled_lazily(pattern, words) for pattern in patterns)


def _compiled_lazily(pattern: str, words: Mapping[str, Sequence[str]]) -> Compiled:
    source, groups = requirements(pattern, words)
    if not groups:
        raise PatternError(f"pattern {pattern!r} has no word that is always there; add one that is not optional")
    return Compiled(source, groups)


def requirements(pattern: str, words: Mapping[str, Sequence[str]]) -> tuple[str, tuple[frozenset[str], ...]]:
    """The regular expression of one pattern, and for each piece that is always there the letters one of which it holds.

    Sharper than the cues of `translate`: a text that lacks the letters of any piece cannot match.
    """
    if pattern.startswith("re:"):
        cue = _raw_cue(pattern[3:])
        return pattern[3:], (frozenset({cue}),) if cue else ()
    regex, pieces = _sequence(pattern, words, pattern)
    return regex, tuple(piece.cues for piece in pieces if piece.cues and not piece.optional)


class AnyOf:
    """Patterns of which one may match: like one compiled expression, but tries only those whose letters are there."""

    __slots__ = ("_always", "_cued")

    def __init__(self, patterns: Sequence[str], words: Mapping[str, Sequence[str]]) -> None:
        translated = [requirements(pattern, words) for pattern in patterns]
        self._always = tuple(source for source, groups in translated if not groups)
        self._cued = tuple((tuple(_rarest(groups)), source) for source, groups in translated if groups)

    def _tried(self, text: str) -> Iterator[re.Pattern[str]]:
        for source in self._always:
            yield compiled(source)
        for cues, source in self._cued:
            for cue in cues:
                if cue in text:
                    yield compiled(source)
                    break

    def found(self, text: str) -> bool:
        """Whether any pattern matches."""
        return any(regex.search(text) for regex in self._tried(text))

    def search(self, text: str) -> re.Match[str] | None:
        """The leftmost match."""
        return min(
            (m for regex in self._tried(text) if (m := regex.search(text))), key=lambda m: m.start(), default=None
        )

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> list[re.Match[str]]:
        """All matches within a part of the text, by place."""
        stop = len(text) if end is None else end
        matches = [match for regex in self._tried(text) for match in regex.finditer(text, start, stop)]
        return sorted(matches, key=lambda m: (m.start(), -m.end()))


NEVER = AnyOf((), {})
"""Matches nothing: a list that a language does not have."""


def compile_any(
    patterns: Sequence[str], words: Mapping[str, Sequence[str]], *, cued: bool = True
) -> tuple[re.Pattern[str], frozenset[str]]:
    """One expression that matches where any of the patterns does, with the cues of all."""
    translated = [translate(pattern, words, cued=cued) for pattern in patterns]
    cues: frozenset[str] = frozenset().union(*(cue for _, cue in translated))
    return re.compile("|".join(f"(?:{regex})" for regex, _ in translated)), cues


def _rarest(groups: tuple[frozenset[str], ...]) -> frozenset[str]:
    return max(groups, key=_selectivity)


def _selectivity(cues: frozenset[str]) -> float:
    """Longer and fewer is rarer. The weights only decide speed, never what matches."""
    return min(len(cue) for cue in cues) - 0.2 * len(cues)


def compile_names(names: Sequence[str]) -> tuple[re.Pattern[str], frozenset[str]]:
    """Like `compile_any` for proper names: between their parts stand a space, a hyphen or a dot, never a comma."""
    regex, cues = compile_any(names, {})
    return re.compile(regex.pattern.replace(_SEPARATOR, r"[ .\-]{1,2}").replace(_JOINT, r"[ .\-]?")), cues


def _raw_cue(regex: str) -> str:
    """Letters that a bare expression cannot do without: those it begins with, after look-behinds; '' without any."""
    head = re.match(r"(?:\(\?<[!=](?:\[[^\]]*\]|[^()\[])*\))*(?:\\w\*)?([a-z]+)(?![?*{|])", regex)
    return head.group(1) if head and ("|" not in regex[head.end() :] or _closed_bars(regex)) else ""


def _closed_bars(regex: str) -> bool:
    """Whether every alternative stands inside brackets."""
    depth = 0
    for letter in regex:
        depth += (letter in "([") - (letter in ")]")
        if letter == "|" and depth == 0:
            return False
    return True


def _sequence(pattern: str, words: Mapping[str, Sequence[str]], whole: str) -> tuple[str, list[Piece]]:
    tokens = _TOKEN.findall(pattern)
    if "".join(tokens).replace(" ", "") != pattern.replace(" ", ""):
        raise PatternError(f"pattern {whole!r}: brackets do not balance near {pattern!r}")
    out: list[str] = []
    pieces: list[Piece] = []
    due = ""  # the separator owed before the next piece
    for number, token in enumerate(tokens):
        if token in _EDGES:
            out.append(_EDGES[token])
        elif token == "~":  # noqa: S105 - a token of the pattern language
            due = _JOINT
        elif token.startswith(".."):
            out.append(due + _gap(int(token[2:]) if token[2:] else _GAP_WORDS))
            due = ""
        else:
            piece = _piece(token, words, whole, joined=(due == _JOINT, tokens[number + 1 : number + 2] == ["~"]))
            pieces.append(piece)
            if piece.optional:
                out.append(f"(?:{due}{piece.regex})?" if due else f"(?:{piece.regex}{_SEPARATOR})?")
                continue
            out.append(due + piece.regex)
            due = _SEPARATOR
    return "".join(out), pieces


def _gap(words: int) -> str:
    return rf"(?:[^\s]+\s+){{0,{words}}}?(?<![^\W_])[\"'(\[*]{{0,2}}{_ELIDED}"


def _piece(token: str, words: Mapping[str, Sequence[str]], whole: str, joined: tuple[bool, bool]) -> Piece:
    if token.startswith("re:"):
        return Piece(token[3:], frozenset(filter(None, [_raw_cue(token[3:])])))
    optional = token.endswith("?") and len(token) > 1
    bare = token[:-1] if optional else token
    if bare.startswith("{"):
        name = bare[1:-1]
        if name not in words:
            raise PatternError(f"pattern {whole!r}: no word class {name!r}; expected one of {', '.join(sorted(words))}")
        return _alternatives(list(words[name]), words, whole, optional, joined)
    if bare.startswith("("):
        return _alternatives(_split_bars(bare[1:-1]), words, whole, optional, joined)
    return Piece(_unbound(_word(bare), joined), frozenset(filter(None, [_longest(bare)])), optional)


def _alternatives(
    options: Sequence[str], words: Mapping[str, Sequence[str]], whole: str, optional: bool, joined: tuple[bool, bool]
) -> Piece:
    translated = [translate(option, words, cued=False) for option in options]
    complete = all(cues for _, cues in translated)
    cues: frozenset[str] = frozenset().union(*(found for _, found in translated)) if complete else frozenset()
    return Piece(_joint_bounds([_unbound(one, joined) for one, _ in translated]), cues, optional)


def _joint_bounds(regexes: Sequence[str]) -> str:
    """The alternatives with their word boundaries written once: the search then fails at most places in one step."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for regex in regexes:
        start = _WORD_START if regex.startswith(_WORD_START) else ""
        end = _WORD_END if regex.endswith(_WORD_END) else ""
        kinds.setdefault((start, end), []).append(regex[len(start) : len(regex) - len(end)])
    grouped = [f"{start}(?:{'|'.join(bodies)}){end}" for (start, end), bodies in kinds.items()]
    return grouped[0] if len(grouped) == 1 else f"(?:{'|'.join(grouped)})"


def _unbound(regex: str, joined: tuple[bool, bool]) -> str:
    """Without the word boundary on a side that a tilde joins."""
    if joined[0]:
        regex = regex.removeprefix(_WORD_START)
    return regex.removesuffix(_WORD_END) if joined[1] else regex


def _split_bars(inner: str) -> list[str]:
    parts: list[str] = [""]
    depth = 0
    for letter in inner:
        depth += (letter == "(") - (letter == ")")
        if letter == "|" and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def _word(word: str) -> str:
    """`\\w*` for a star, an optional joint for a tilde; otherwise a whole word."""
    end = "" if word.endswith("*") else _WORD_END
    body = _JOINT.join(re.escape(part).replace(r"\*", r"\w*") for part in word.split("~"))
    return f"{_WORD_START}{body}{end}"


def _longest(word: str) -> str:
    return max(re.split(r"[*~]", word), key=len)
