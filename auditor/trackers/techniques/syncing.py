"""Cookie syncing: one company's identifier told to another, so that both know the same visitor by it.

Proven only: the value is an identifier by the clean profiles, and at least two owners hold or receive that very value
in the same visit. Two hosts of one company are one owner; the visited site is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from auditor.model import RequestSent, Visit
from auditor.trackers.techniques.values_kept import place_of, stored
from auditor.trackers.techniques.view import NOT_FOLLOWING, Technique, View, evidence, requests


def find(view: View) -> Iterator[Technique]:
    """One technique per identifier that two or more owners share, and visit."""
    for visit in view.visits if view.identifiers else ():
        sent = _Sent(view, visit)
        told = set()
        for held in stored(visit):
            place = place_of(held)
            status = view.identifiers.get(place)
            if status is None or place in told:
                continue
            told.add(place)
            receivers = sent.receivers(status.pieces.get(visit.id, frozenset()))
            holder = view.holder(held) if receivers else None
            if not receivers.keys() - {holder} or len({*receivers, holder} - {None}) < 2:
                continue
            yield Technique(
                kind="cookie-syncing",
                subject=place[1],
                parties=tuple(sorted({*receivers, *([holder] if holder else [])})),
                detail=f"the identifier in {place[1]} reaches {', '.join(sorted(receivers))}",
                evidence=evidence(visit, held, *receivers.values()),
                confidence="sure",
            )


class _Sent:
    """What went to others in one visit, as text to look for identifiers in: all at once first, since most are nowhere."""

    def __init__(self, view: View, visit: Visit) -> None:
        self._view = view
        self._texts = [
            (request, _text(request))
            for request in requests(visit)
            if request.failure is None and not view.is_own(request.url)
        ]
        self._all = "\n".join(text for _, text in self._texts)

    def receivers(self, pieces: frozenset[str]) -> dict[str, RequestSent]:
        """Owner -> the first request that carries one of the pieces. Those with another reason for it are left out."""
        found: dict[str, RequestSent] = {}
        sought = [piece for piece in pieces if piece in self._all]
        for request, text in self._texts if sought else ():
            if not any(piece in text for piece in sought):
                continue
            owner = self._view.owner(request.url)
            if owner and self._view.label(request).category not in NOT_FOLLOWING:
                found.setdefault(owner, request)
        return found


def _text(request: RequestSent) -> str:
    text = f"{request.url} {request.body or ''}"
    return f"{text} {unquote(text)}" if "%" in text else text
