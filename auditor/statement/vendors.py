"""The services a statement names: used, said not to be used, or only linked to (left out)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Set
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import ahocorasick_rs

from auditor import languages
from auditor.model import Statement, VendorNamed
from auditor.statement import scope
from auditor.statement.fold import fold
from auditor.statement.names import controller
from auditor.statement.patterns import AnyOf, compile_names
from auditor.statement.phrases import Book, book
from auditor.statement.sentences import sentences
from auditor.statement.units import Unit, document

_ROLES = frozenset(
    {
        "analytics",
        "advertising",
        "social",
        "video",
        "maps",
        "fonts",
        "newsletter",
        "payment",
        "hosting",
        "chat",
        "session-recording",
        "tag-manager",
        "security",
        "other",
    }
)
_OFTEN = 6
"""A name that stands this often in a statement is the site's own, not one of its services (found on the seeds)."""
_MAY_ADVERTISE = frozenset({"social", "other"})


class VendorError(Exception):
    """An entry of vendors.toml that cannot be used."""


@dataclass(frozen=True, slots=True)
class Known:
    """One service of vendors.toml, compiled."""

    name: str
    entity: str
    role: str
    regex: re.Pattern[str]
    cues: frozenset[str]
    capital: bool
    capital_words: frozenset[str]
    exact: frozenset[str]
    near: AnyOf | None
    owner: bool
    group: str


@dataclass(frozen=True, slots=True)
class _Mention:
    known: Known
    unit: Unit
    start: int
    end: int


@cache
def known_vendors() -> tuple[Known, ...]:
    """All services of vendors.toml."""
    table = tomllib.loads(resources.files("auditor.statement").joinpath("vendors.toml").read_text(encoding="utf-8"))
    return tuple(_known(name, role, entry) for role, entries in table.items() for name, entry in entries.items())


def _known(name: str, role: str, entry: dict[str, Any]) -> Known:
    if role not in _ROLES:
        raise VendorError(f"vendors.toml: {name!r} stands under the role {role!r}; expected one of {sorted(_ROLES)}")
    regex, cues = compile_names(entry.get("names") or [name.lower()])
    near = AnyOf(entry["near"], {}) if entry.get("near") else None
    return Known(
        name=name,
        entity=entry["entity"],
        role=role,
        regex=regex,
        cues=cues,
        capital=bool(entry.get("capital")),
        capital_words=frozenset(entry.get("capital_words", ())),
        exact=frozenset(entry.get("exact", ())),
        near=near,
        owner=bool(entry.get("owner")),
        group=entry.get("group", name),
    )


@cache
def _automaton() -> tuple[ahocorasick_rs.AhoCorasick, tuple[tuple[Known, ...], ...]]:
    by_cue: dict[str, list[Known]] = {}
    for known in known_vendors():
        for cue in known.cues:
            by_cue.setdefault(cue, []).append(known)
    return ahocorasick_rs.AhoCorasick(list(by_cue)), tuple(tuple(listed) for listed in by_cue.values())


@cache
def _find(name: str) -> Known | None:
    low = fold(name).text
    found = [
        known
        for known in known_vendors()
        if (match := known.regex.search(low)) and match.end() - match.start() >= len(low) - 4
    ]
    exact = [known for known in found if known.name.lower() == low]
    best = exact or found
    return best[0] if best else None


def same_vendor(left: str, right: str) -> bool:
    """Whether two names stand for the same service ("AdWords" and "Google Ads", "Piwik" and "Matomo")."""
    if fold(left).text == fold(right).text:
        return True
    one, other = _find(left), _find(right)
    return one is not None and other is not None and one.group == other.group


def read_vendors(statement: Statement) -> tuple[VendorNamed, ...]:
    """Each service once, in text order. `used` is False when it is only named to say that it is not used."""
    code = statement.language
    if code is None or code not in languages.codes() or "claims" not in languages.load(code):
        return ()
    known = book(code)
    used: dict[str, VendorNamed] = {}
    unused: dict[str, VendorNamed] = {}
    for mention in _mentions(statement):
        if not _counts(known, mention):
            continue
        negated = _is_denied(known, mention)
        target = unused if negated else used
        group = mention.known.group
        if group in target and (mention.known.name != group or target[group].name == group):
            continue
        named = _named(known, mention, not negated)
        if group in target:  # the plain name goes before the name of one of its products
            first = target[group]
            named = VendorNamed(
                name=named.name,
                entity=named.entity,
                role=first.role,
                used=first.used,
                quote=first.quote,
                start=first.start,
                end=first.end,
            )
        target[group] = named
    for group, vendor in _framed(known, statement, used.keys() | unused.keys()):
        used.setdefault(group, vendor)
    kept = {**{group: vendor for group, vendor in unused.items() if group not in used}, **used}
    products = {v.entity for v in kept.values() if not _owner(v.name)}
    return tuple(
        sorted((v for v in kept.values() if not (_owner(v.name) and v.entity in products)), key=lambda v: v.start)
    )


def _framed(known: Book, statement: Statement, have: Set[str]) -> Iterator[tuple[str, VendorNamed]]:
    """Services that no list knows, by the sentence around their name ("ons boekhoudprogramma van …"): (group, vendor)."""
    own = _own_names(statement)
    for unit in document(statement).units:
        text = unit.sentence.text
        if unit.is_heading:
            continue
        for role, frames in known.frames.items():
            for match in (found for frame in frames for found in frame.finditer(text)):
                name = _own_name(match.group("name"), known.no_names)
                if not name or name.lower() in own or _find(name) is not None or name in have:
                    continue
                if statement.text.count(name) >= _OFTEN:
                    continue
                if scope.is_negated(known, unit.low, 0, min(len(unit.low), match.end())):
                    continue
                start, end = unit.sentence.start, unit.sentence.end
                yield name, VendorNamed(name=name, entity=None, role=role, used=True, quote=text, start=start, end=end)


def _own_names(statement: Statement) -> str:
    """Where the site's own name stands: the first heading and the controller, in small letters."""
    title = next((unit.low for unit in document(statement).units[:3] if unit.is_heading), "")
    found = controller(statement, sentences(statement))
    return f"{title} {found.name.lower() if found else ''}"


def _own_name(words: str, no_names: frozenset[str]) -> str | None:
    """The name without ordinary words at its end; None when it begins with one or is too short to be a name."""
    kept: list[str] = []
    for word in words.split():
        if word in no_names:
            break
        kept.append(word)
    name = " ".join(kept).strip("'-&")
    return name if len(name) > 2 and not name.isdigit() else None


def _owner(name: str) -> bool:
    known = _find(name)
    return known is not None and known.owner


def _mentions(statement: Statement) -> Iterator[_Mention]:
    automaton, known_of = _automaton()
    for unit in document(statement).units:
        low = unit.low
        cued = {
            known.name: known
            for index, _, _ in automaton.find_matches_as_indexes(low, overlapping=True)
            for known in known_of[index]
        }
        found = [
            _Mention(known, unit, m.start(), m.end()) for known in cued.values() for m in known.regex.finditer(low)
        ]
        taken: list[tuple[int, int]] = []
        kept = []
        for mention in sorted(found, key=lambda m: (m.start - m.end, m.start)):  # the longest name wins its place
            if any(_inside(other, mention) for other in found):
                continue
            if any(mention.start < b and a < mention.end for a, b in taken):
                continue
            taken.append((mention.start, mention.end))
            kept.append(mention)
        yield from sorted(kept, key=lambda m: m.start)


def _inside(other: _Mention, mention: _Mention) -> bool:
    """Whether another service is named within the words that were taken for one name ("Google, Hotjar en Analytics")."""
    return mention.start < other.start and other.end <= mention.end and other.known.group != mention.known.group


_IN_ADDRESS = re.compile(r"(?:https?://|www\.|@)[^\s<>\"]*$")


def _counts(known: Book, mention: _Mention) -> bool:
    """Whether the name stands for a service of this site: no address, no mere link, no policy of theirs, no plain word."""
    unit = mention.unit
    low = unit.low
    if _IN_ADDRESS.search(low[: mention.start]) or _is_plain_word(mention):
        return False
    before, after = low[max(0, mention.start - 70) : mention.start], low[mention.end : mention.end + 60]
    for name, text in (("vendor_before", before), ("vendor_after", after), ("vendor_not", low)):
        if scope.rule(known, name).found(text):
            return False
    return not any(scope.rule(known, "other_headings").found(title) for title in unit.headings[-1:])


def _is_plain_word(mention: _Mention) -> bool:
    """Whether the letters are no name here: an ordinary word by its small first letter or by what stands around it."""
    unit, vendor = mention.unit, mention.known
    written = unit.document.statement.text[slice(*unit.span(mention.start, mention.end))]
    needs_capital = vendor.capital or unit.low[mention.start : mention.end] in vendor.capital_words
    if needs_capital and not written[:1].isupper():
        return True
    if vendor.exact and written not in vendor.exact:
        return True
    return vendor.near is not None and not (vendor.near.found(unit.low) or vendor.near.found(unit.heading))


def _is_denied(known: Book, mention: _Mention) -> bool:
    """Whether the use of the service is denied: a negation before it in its clause, or "… gebruiken wij niet" behind it."""
    low = mention.unit.low
    first, last = scope.clause(known, low, mention.start, mention.end)
    spared = [match.span() for match in scope.rule(known, "not_negation").finditer(low, first, last)]
    before = scope.rule(known, "vendor_denied").finditer(low, first, mention.start)
    if any(not any(a <= match.start() < b for a, b in spared) for match in before):
        return True
    return scope.rule(known, "vendor_denied_after").found(low[mention.end : last])


def _named(known: Book, mention: _Mention, used: bool) -> VendorNamed:
    unit, vendor = mention.unit, mention.known
    text = unit.document.statement.text
    role = vendor.role
    if role in _MAY_ADVERTISE and scope.rule(known, "vendor_advertises").found(unit.low):
        role = "advertising"
    start, end = unit.sentence.start, unit.sentence.end
    return VendorNamed(
        name=vendor.name, entity=vendor.entity, role=role, used=used, quote=text[start:end], start=start, end=end
    )
