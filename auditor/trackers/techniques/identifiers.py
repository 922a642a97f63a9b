"""Whether a stored value tells visitors apart: proven by the several clean profiles of one audit, not by its name.

An identifier holds a piece that stays the same within each profile and differs between all of them, and is irregular
enough to be no time, word or setting (Acar 2014, Englehardt 2016: same method). What it is used for is another
question: a session or a load balancer needs one too, see the label's category.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from auditor.model import SiteRecord
from auditor.trackers.techniques.values_kept import Place, Stored, place_of, stored
from auditor.trackers.values import identifier_pieces


@dataclass(frozen=True, kw_only=True)
class IdentifierStatus:
    """The answer with its reason. pieces: visit id -> what identifies in it; empty unless it is an identifier."""

    status: Literal["identifier", "setting", "unknown"]
    reason: str
    profiles: int  # clean profiles in which a value was seen
    pieces: dict[str, frozenset[str]]


def identifier_status(record: SiteRecord, value: Stored | Place) -> IdentifierStatus:
    """Whether a cookie or key of the record is an identifier. value: one sighting of it, or its place."""
    place = value if isinstance(value, tuple) else place_of(value)
    return _status(_values(record).get(place, {}))


def identifiers(record: SiteRecord) -> dict[Place, IdentifierStatus]:
    """Every place whose value is proven to be an identifier."""
    found = {place: _status(seen) for place, seen in sorted(_values(record).items())}
    return {place: status for place, status in found.items() if status.status == "identifier"}


def _values(record: SiteRecord) -> dict[Place, dict[str, list[str]]]:
    """Place -> visit id -> its values, as often as they were read; of the visits that saw the site."""
    found: dict[Place, dict[str, list[str]]] = {}
    for visit in record.visits:
        for one in stored(visit) if visit.failure is None else ():
            if one.value:
                found.setdefault(place_of(one), {}).setdefault(visit.id, []).append(one.value)
    return found


def _status(seen: dict[str, list[str]]) -> IdentifierStatus:
    if not seen:
        return _answer("unknown", "its value was not recorded", 0)
    values = {one for found in seen.values() for one in found}
    if not any(identifier_pieces(one) for one in values):
        return _answer("setting", "too short or too regular to tell visitors apart", len(seen))
    if len(seen) < 2:
        return _answer("unknown", "seen in one clean profile only", len(seen))
    if len(values) == 1:
        return _answer("setting", f"the same value in {len(seen)} clean profiles", len(seen))
    return _compared(seen)


def _compared(seen: dict[str, list[str]]) -> IdentifierStatus:
    profiles = Counter(piece for found in seen.values() for piece in {p for v in found for p in identifier_pieces(v)})
    own = {name: frozenset(p for p in _lasting(found) if profiles[p] == 1) for name, found in seen.items()}
    if all(own.values()):
        reason = f"stays the same within each of {len(seen)} clean profiles and differs between them"
        return IdentifierStatus(status="identifier", reason=reason, profiles=len(seen), pieces=own)
    if all(profiles[piece] == len(seen) for piece in profiles):
        return _answer("setting", f"its irregular parts are the same in {len(seen)} clean profiles", len(seen))
    if any(len(found) < 2 for found in seen.values()):
        return _answer("unknown", "read once in a profile: not shown to stay the same within it", len(seen))
    return _answer("unknown", "neither the same in all profiles nor steady within each", len(seen))


def _lasting(values: list[str]) -> frozenset[str]:
    """Pieces seen at two readings of one profile at least."""
    readings = Counter(piece for value in values for piece in identifier_pieces(value))
    return frozenset(piece for piece, count in readings.items() if count > 1)


def _answer(status: Literal["setting", "unknown"], reason: str, profiles: int) -> IdentifierStatus:
    return IdentifierStatus(status=status, reason=reason, profiles=profiles, pieces={})
