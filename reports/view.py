"""What every section of a site's report works from."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from auditor.model import Claim, DeclaredCookie, Finding, SiteAudit, SiteRecord, Statement
from reports.quotes import Passage, passage
from reports.seen import Seen, Sightings
from reports.summary import Group, group_of, worst_first
from reports.words import Words


@dataclass(frozen=True)
class SiteView:
    """One audit with its record, the words to tell it in, and the folder that holds its screenshots."""

    audit: SiteAudit
    record: SiteRecord
    words: Words
    folder: Path | None

    @cached_property
    def sightings(self) -> Sightings:
        return Sightings(self.record, self.audit)

    def group(self, group: Group) -> list[Finding]:
        """The findings of one group, the worst first."""
        return worst_first(finding for finding in self.audit.findings if group_of(finding) is group)

    def evidence(self, finding: Finding) -> list[Seen]:
        """The observations a finding rests on; keys the record does not hold are left out."""
        return [seen for key in finding.evidence if (seen := self.sightings.get(key))]

    def statement_of(self, what: Claim | DeclaredCookie) -> Statement | None:
        statements = self.audit.statements
        return statements[what.statement] if 0 <= what.statement < len(statements) else None

    def passage(self, what: Claim | DeclaredCookie) -> Passage | None:
        """The quote in its paragraph; None when its span lies outside the statement's text or is not known."""
        statement = self.statement_of(what)
        if statement is None or not 0 <= what.start < what.end <= len(statement.text):
            return None
        return passage(statement, what.start, what.end)

    def claims(self, indexes: Sequence[int]) -> list[tuple[int, Claim]]:
        """The claims behind the numbers, numbers that do not exist left out."""
        return [(index, self.audit.claims[index]) for index in indexes if 0 <= index < len(self.audit.claims)]

    def message(self, finding: Finding) -> str:
        """The finding's sentence in the report's language, else in whatever language it has."""
        return finding.message.get(self.words.language) or next(iter(finding.message.values()), finding.check)


def anchor(finding: Finding) -> str:
    """A name for a link to the finding. The same check and subject give the same name in every run."""
    text = f"{finding.check} {finding.subject}"
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60]
    return f"{slug}-{hashlib.sha256(text.encode('utf-8', 'replace')).hexdigest()[:6]}"
