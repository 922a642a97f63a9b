"""All that is read out of one statement, joined: claims, vendors, declared cookies, items, date."""

from __future__ import annotations

from auditor.model import Reading, Statement
from auditor.statement.claims import read_claims
from auditor.statement.dates import read_date
from auditor.statement.declared import read_declared
from auditor.statement.items import read_items
from auditor.statement.sentences import sentences
from auditor.statement.vendors import read_vendors


def read(statement: Statement) -> Reading:
    """The reading of a statement. One that is no statement or cannot be read gives nothing, with its status and reason."""
    if statement.status != "read":
        return Reading(
            language=statement.language,
            date_of_version=None,
            claims=(),
            vendors=(),
            declared_cookies=(),
            items={},
            status=statement.status,
            reason=statement.reason,
        )
    spoken = sentences(statement)
    found = read_claims(statement)
    date = read_date(statement)
    return Reading(
        language=statement.language,
        date_of_version=date.iso if date else None,
        claims=found.claims,
        also_said=found.also_said,
        vendors=read_vendors(statement),
        declared_cookies=read_declared(statement, spoken),
        items=read_items(statement, spoken),
    )
