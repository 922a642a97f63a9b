"""Respawning: a cookie that was deleted comes back with the same identifier.

A record shows it only where a deletion was written down (a Set-Cookie that lies in the past) and the jar holds the
same value afterwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from auditor.cookies import parse_set_cookie
from auditor.model import CookieHeld, CookieOffered, Observation, Visit
from auditor.trackers.techniques.view import Technique, View, evidence
from auditor.trackers.values import identifier_pieces


def find(view: View) -> Iterator[Technique]:
    """One technique per cookie that came back."""
    for visit in view.visits:
        yield from _in(view, visit)


def _in(view: View, visit: Visit) -> Iterator[Technique]:
    before: dict[str, CookieHeld] = {}
    deleted: dict[str, CookieOffered] = {}
    back: dict[str, CookieOffered] = {}  # set again: else the deletion may merely have missed the cookie's path
    for one in visit.observations:
        if isinstance(one, CookieOffered):
            offer = parse_set_cookie(one.raw, _start(visit))
            if offer is None or offer.name not in before or one.blocked_reasons:
                continue
            if offer.deletes:
                deleted[offer.name] = one
            elif offer.name in deleted:
                back[offer.name] = one
        elif isinstance(one, CookieHeld):
            earlier = before.setdefault(one.name, one)
            if one.name in back and _same(earlier, one):
                yield _technique(view, visit, one, (back.pop(one.name), deleted.pop(one.name), earlier))


def _same(earlier: CookieHeld, now: CookieHeld) -> bool:
    shared = identifier_pieces(earlier.value) & identifier_pieces(now.value)
    return earlier is not now and earlier.domain == now.domain and bool(shared)


def _technique(view: View, visit: Visit, held: CookieHeld, proof: Sequence[Observation]) -> Technique:
    holder = view.holder(held)
    return Technique(
        kind="respawning",
        subject=held.name,
        parties=(holder,) if holder else (),
        detail=f"{held.name} was deleted and came back with the same identifier",
        evidence=evidence(visit, held, *proof),
    )


def _start(visit: Visit) -> datetime:
    """When the visit began; the present where that was not recorded."""
    try:
        found = datetime.fromisoformat(visit.conditions.started_at)
    except ValueError:
        return datetime.now(UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)
