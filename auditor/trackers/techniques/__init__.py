"""How visitors are followed, beyond who is contacted: found in a record by what happened, each with its evidence.

    for technique in techniques.find(record, Labeller()):
        technique.kind, technique.parties, technique.evidence

One file per technique, each a pure function `find(view: View) -> Iterator[Technique]`. What cannot be seen in a record
is not reported: CNAMEs (the name server's answer is not recorded), key logging (no visit types), cache and ETag
identifiers (sub-resource headers are not recorded).
"""

from __future__ import annotations

from auditor.model import SiteRecord
from auditor.trackers.labeller import Labeller
from auditor.trackers.techniques import (
    fingerprinting,
    first_party,
    link_decoration,
    recording,
    respawning,
    storage,
    syncing,
)
from auditor.trackers.techniques.identifiers import IdentifierStatus, identifier_status
from auditor.trackers.techniques.view import Technique, View

__all__ = ["IdentifierStatus", "Technique", "View", "find", "identifier_status"]

_ALL = (syncing, storage, link_decoration, respawning, fingerprinting, recording, first_party)


def find(record: SiteRecord, labeller: Labeller) -> tuple[Technique, ...]:
    """Every technique seen, in a fixed order; the same one seen in several visits is one, with all its evidence."""
    view = View(record, labeller)
    merged: dict[tuple[str, str, tuple[str, ...]], Technique] = {}
    for module in _ALL:
        for one in module.find(view):
            key = (one.kind, one.subject, one.parties)
            merged[key] = merged[key].joined(one) if key in merged else one
    return tuple(merged.values())
