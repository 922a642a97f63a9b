"""What could not be measured and why, and how each visit went."""

from __future__ import annotations

from auditor.model import Failure
from reports.summary import Group
from reports.view import SiteView, anchor


def gather(view: SiteView) -> dict[str, object]:
    """Undetermined findings with their reason, the visits, failures within them, documents that could not be had."""
    return {
        "points": tuple((anchor(f), f, view.message(f)) for f in view.group(Group.UNDETERMINED)),
        "visits": view.record.visits,
        "failures": tuple(
            (visit.id, one) for visit in view.record.visits for one in visit.observations if isinstance(one, Failure)
        ),
        "sources": tuple(source for source in view.record.sources if source.failure),
        "statements": tuple(statement for statement in view.audit.statements if statement.status != "read"),
        "probes": tuple(probe for probe in view.record.probes if probe.failure),
    }
