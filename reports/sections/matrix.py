"""The state matrix: who and what was seen before a choice, after refusing and after accepting, and is it declared."""

from __future__ import annotations

from auditor.evidence import state_matrix
from reports.view import SiteView


def gather(view: SiteView) -> dict[str, object]:
    """Rows by kind. A cell is True (seen), False (looked for and not seen) or None (not measured)."""
    rows = state_matrix(view.audit, view.record)
    kinds = ("vendor", "cookie", "storage")
    return {"kinds": tuple((kind, tuple(row for row in rows if row.kind == kind)) for kind in kinds)}
