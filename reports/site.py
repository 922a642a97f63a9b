"""The report of one site: one self-contained file that says what the statement claims and what the site does."""

from __future__ import annotations

from pathlib import Path

from auditor.model import SiteAudit, SiteRecord
from reports.html import page
from reports.sections import answer, banner, findings, matrix, method, observations, statement, unmeasured
from reports.view import SiteView
from reports.words import words


def render(audit: SiteAudit, record: SiteRecord, language: str, folder: Path | None) -> str:
    """report.html as text.

    language: "nl" or "en". folder: where the record's screenshots lie; None leaves pictures out, and the report says so.
    Raises WordsError for another language.
    """
    view = SiteView(audit=audit, record=record, words=words(language), folder=folder)
    return page(
        "site.html",
        view.words,
        audit=audit,
        record=record,
        colour=banner.colour,
        who=lambda label: observations.who(label, view.words),
        answer=answer.gather(view),
        findings=findings.gather(view),
        unmeasured=unmeasured.gather(view),
        matrix=matrix.gather(view),
        banner=banner.gather(view),
        observations=observations.gather(view),
        statement=statement.gather(view),
        method=method.gather(view),
    )
