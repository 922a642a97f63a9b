"""One run: its folder, what has been written so far, and how it ended."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from auditor.artifacts import INDEX_NAME, REPORT_NAME, ArtifactError, save_audit, save_record, save_text
from auditor.audit import audit
from auditor.crawl.seeds import BrokenSeed
from auditor.model import SiteAudit, SiteRecord
from auditor.trackers import Labeller
from reports import index, site
from reports.summary import Counts, counts

LOG = logging.getLogger(__name__)

INDEX_EVERY_S = 10.0
"""While the run goes on the overview is written anew at most this often; 10,000 sites must not mean 10,000 overviews."""


@dataclass(frozen=True, kw_only=True)
class SiteDone:
    """One finished site. `report` is None when nothing could be written."""

    key: str
    site: str
    report: Path | None
    not_measured: str | None
    counts: Counts | None
    audit: SiteAudit | None
    seconds: float


@dataclass(kw_only=True)
class Run:
    """A run's folder and its rows. Raises ArtifactError at start when the folder cannot be written."""

    out: Path
    language: str
    expected: int = 0
    id: str = field(default_factory=lambda: datetime.now(UTC).strftime("%Y-%m-%dT%H-%M-%SZ"))
    done: list[SiteDone] = field(default_factory=list)
    on_done: Callable[[SiteDone], None] | None = None
    on_finish: Callable[[], None] | None = None
    _labeller: Labeller | None = None
    _index_written: float = 0.0

    def __post_init__(self) -> None:
        number = 1
        base = self.id
        while self.folder.exists():
            number += 1
            self.id = f"{base}-{number}"
        save_text("", self.folder / ".started")

    def __deepcopy__(self, memo: object) -> Run:
        """Itself: Scrapy copies its settings deeply, and there is one run."""
        return self

    @property
    def folder(self) -> Path:
        """DIR/<run>."""
        return self.out / self.id

    @property
    def index_path(self) -> Path:
        """The run's overview."""
        return self.folder / INDEX_NAME

    @property
    def labeller(self) -> Labeller:
        """The lists, read once for the whole run."""
        if self._labeller is None:
            self._labeller = Labeller.with_installed_lists()
        return self._labeller

    def folder_of(self, key: str) -> Path:
        """Where a site's files go."""
        return self.folder / key

    def add_broken(self, seed: BrokenSeed) -> None:
        """A line of the list that names no site becomes a row."""
        reason = f"{seed.where}: {seed.given[:80]!r} is {seed.reason}"
        self._add(
            SiteDone(
                key=seed.key,
                site=seed.given[:200],
                report=None,
                not_measured=reason,
                counts=None,
                audit=None,
                seconds=0.0,
            )
        )

    def add(self, key: str, record: SiteRecord, seconds: float) -> None:
        """Save a site's record, judge it, write its audit and report, and add its row. A failed write is a row too."""
        try:
            done = self._write(key, record, seconds)
        except Exception as error:
            if not isinstance(error, ArtifactError):
                LOG.exception("judging %s broke off; its record is kept", record.site)
            reason = (
                str(error)
                if isinstance(error, ArtifactError)
                else f"judging broke off: {type(error).__name__}: {error}"
            )
            done = SiteDone(
                key=key, site=record.site, report=None, not_measured=reason, counts=None, audit=None, seconds=seconds
            )
        self._add(done)

    def _write(self, key: str, record: SiteRecord, seconds: float) -> SiteDone:
        folder = self.folder_of(key)
        save_record(record, folder)
        judged = audit(record, self.labeller)
        save_audit(judged, record, folder, self.language)
        report = save_text(site.render(judged, record, self.language, folder), folder / REPORT_NAME)
        return SiteDone(
            key=key,
            site=record.site,
            report=report,
            not_measured=judged.not_measured,
            counts=counts(judged),
            audit=_without_texts(judged),
            seconds=seconds,
        )

    def _add(self, done: SiteDone) -> None:
        self.done.append(done)
        if self.on_done is not None:
            self.on_done(done)
        if time.monotonic() - self._index_written > INDEX_EVERY_S:
            self.write_index()

    def write_index(self) -> None:
        """Write the overview with the rows so far."""
        rows = [index_row(done, self.folder) for done in sorted(self.done, key=lambda done: done.key)]
        save_text(index.render(rows, self.id, self.language), self.index_path)
        self._index_written = time.monotonic()

    def finish(self) -> None:
        """Write the last overview and take the start mark away."""
        self.write_index()
        (self.folder / ".started").unlink(missing_ok=True)
        if self.on_finish is not None:
            self.on_finish()

    @property
    def complete(self) -> bool:
        """Whether every site expected was measured."""
        return len(self.done) >= self.expected and all(done.not_measured is None for done in self.done)


def _without_texts(judged: SiteAudit) -> SiteAudit:
    """What the overview needs; texts and labels of 10,000 sites are not kept in memory."""
    statements = tuple(replace(s, text="", blocks=(), tables=(), links=()) for s in judged.statements)
    return replace(judged, statements=statements, labels={}, claims=())


def index_row(done: SiteDone, folder: Path) -> index.IndexRow:
    """A finished site as a row of the overview, with the report's address relative to the run's folder."""
    report = done.report.relative_to(folder).as_posix() if done.report is not None else None
    return index.IndexRow.of(
        host=done.key,
        site=done.site,
        report=report,
        counts=done.counts,
        not_measured=done.not_measured,
        audit=done.audit,
        seconds=done.seconds,
    )
