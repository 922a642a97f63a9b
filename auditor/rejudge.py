"""Judging saved records again: better lists and checks, the same observations, no network."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from auditor.artifacts import INDEX_NAME, RECORD_NAME, REPORT_NAME, ArtifactError, load_record, save_audit, save_text
from auditor.audit import audit
from auditor.crawl.run import SiteDone, index_row
from auditor.trackers import Labeller
from reports import index, site
from reports.summary import counts


def record_folders(path: Path) -> list[Path]:
    """Folders with a record: the path itself or those in it. Raises ArtifactError when there is none."""
    found = [path] if (path / RECORD_NAME).is_file() else sorted(p.parent for p in path.glob(f"*/{RECORD_NAME}"))
    if not found:
        raise ArtifactError(
            f"expected {RECORD_NAME} in {path} or in folders below it, found none; give the folder of a run"
        )
    return found


def rejudge(folders: Sequence[Path], run: Path, language: str) -> list[Path]:
    """Write audit.json and report.html of each record anew, and the overview when the folder is a run's.

    Returns the paths written, the overview last. Raises ArtifactError.
    """
    labeller = Labeller.with_installed_lists()
    written: list[Path] = []
    rows = []
    for folder in folders:
        record = load_record(folder)
        judged = audit(record, labeller)
        save_audit(judged, record, folder, language)
        report = save_text(site.render(judged, record, language, folder), folder / REPORT_NAME)
        written.append(report)
        done = SiteDone(
            key=folder.name,
            site=record.site,
            report=report,
            not_measured=judged.not_measured,
            counts=counts(judged),
            audit=judged,
            seconds=0.0,
        )
        rows.append(index_row(done, folder.parent))
    if folders and folders[0] != run:
        written.append(save_text(index.render(rows, run.name, language), run / INDEX_NAME))
    return written
