"""`python -m reports.sample FOLDER [LANGUAGE]`: write the sample's report and overview, to look at while working on them."""

from __future__ import annotations

import sys
from pathlib import Path

from auditor.artifacts import INDEX_NAME, REPORT_NAME, save_text
from reports import index, site
from reports.sample.judgement import sample
from reports.sample.picture import banner_picture
from reports.summary import counts


def main(folder: Path, language: str) -> None:
    audit, record = sample()
    place = folder / audit.host
    place.mkdir(parents=True, exist_ok=True)
    (place / "banner.png").write_bytes(banner_picture())
    report = save_text(site.render(audit, record, language, place), place / REPORT_NAME)
    rows = [
        index.IndexRow.of(
            host=audit.host,
            site=audit.site,
            report=report.relative_to(folder).as_posix(),
            counts=counts(audit),
            not_measured=None,
            audit=audit,
            seconds=161.2,
        ),
        index.IndexRow(
            host="nergens.example.net",
            site="https://nergens.example.net/",
            report=None,
            counts=None,
            not_measured="unknown host: no address for nergens.example.net",
            seconds=0.4,
        ),
    ]
    overview = save_text(index.render(rows, audit.run, language), folder / INDEX_NAME)
    sys.stdout.write(f"{report}\n{overview}\n")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit("give a folder: python -m reports.sample FOLDER [nl|en]")
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "nl")
