"""Cookies in the jar and keys in storage as one thing: a value that was kept at a place."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import CookieHeld, StorageWritten, Visit

Stored = CookieHeld | StorageWritten
Place = tuple[str, str, str]
"""("cookie", name, domain) or (area, key, origin): the same in every visit."""


def place_of(kept: Stored) -> Place:
    """Where a value is kept."""
    if isinstance(kept, CookieHeld):
        return ("cookie", kept.name, kept.domain.lstrip("."))
    return (kept.area, kept.key, kept.origin)


def stored(visit: Visit) -> Iterator[Stored]:
    """Cookies in the jar and keys written, in order."""
    return (one for one in visit.observations if isinstance(one, CookieHeld | StorageWritten))
