"""The overview of a run: one row a site, what contradicts, what could not be measured, and the way to each report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.model import SiteAudit
from reports.html import page
from reports.summary import Counts, top_findings
from reports.words import words


@dataclass(frozen=True, kw_only=True)
class IndexRow:
    """One site of a run.

    report: address relative to the overview, None when no report could be written. counts: None when nothing was judged.
    not_measured: why, or None. top: language -> sentence of the gravest finding. changed: whether its findings differ from the
    previous run's; None when there is no previous run.
    """

    host: str
    site: str
    report: str | None
    counts: Counts | None
    not_measured: str | None
    seconds: float
    top: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None  # of the statement
    changed: bool | None = None

    @classmethod
    def of(
        cls,
        *,
        host: str,
        site: str,
        report: str | None,
        counts: Counts | None,
        not_measured: str | None,
        audit: SiteAudit | None,
        seconds: float,
        changed: bool | None = None,
    ) -> IndexRow:
        """A row from a finished site; `audit` is None when it could not be judged."""
        top = top_findings(audit, 1) if audit else []
        language = next((s.language for s in audit.statements if s.status == "read"), None) if audit else None
        return cls(
            host=host,
            site=site,
            report=report,
            counts=counts,
            not_measured=not_measured,
            seconds=seconds,
            top=top[0].message if top else {},
            language=language,
            changed=changed,
        )

    def top_in(self, language: str) -> str:
        """The gravest finding in a language, else in any; '' when there is none."""
        return self.top.get(language) or next(iter(self.top.values()), "")


def render(rows: Sequence[IndexRow], run: str, language: str) -> str:
    """index.html as text. Raises WordsError for a language other than "nl" and "en"."""
    total = Counts(
        contradictions=sum(row.counts is not None and row.counts.contradictions > 0 for row in rows),
        violations=sum(row.counts is not None and row.counts.violations > 0 for row in rows),
        undetermined=sum(row.not_measured is not None for row in rows),
    )
    return page(
        "index.html",
        words(language),
        rows=rows,
        run=run,
        sites=len(rows),
        total=total,
        # Columns without any value say nothing: they are left out.
        with_language=any(row.language for row in rows),
        with_changed=any(row.changed is not None for row in rows),
    )
