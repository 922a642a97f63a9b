"""Identifiers in web storage: they outlive the clearing of cookies and no header ever shows them."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import StorageWritten
from auditor.trackers.techniques.values_kept import place_of, stored
from auditor.trackers.techniques.view import Technique, View, evidence


def find(view: View) -> Iterator[Technique]:
    """One technique per key of local storage, IndexedDB or cache storage; session storage ends with the tab."""
    lasting = {place for place in view.identifiers if place[0] in {"local", "indexeddb", "cache"}}
    for visit in view.visits if lasting else ():
        told = set()
        for one in stored(visit):
            place = place_of(one)
            if not isinstance(one, StorageWritten) or place not in lasting or place in told:
                continue
            told.add(place)
            holder = view.holder(one)
            yield Technique(
                kind="identifier-in-storage",
                subject=one.key,
                parties=(holder,) if holder else (),
                detail=f"an identifier is kept in {one.area} storage of {one.origin}",
                evidence=evidence(visit, one),
                confidence="sure",
            )
