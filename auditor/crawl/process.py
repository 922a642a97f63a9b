"""Starting a crawl: browser and canary first, then Scrapy's process with the spider."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from auditor.browser import canary
from auditor.browser.launch import BrowserMissing, Browsers, find_browser
from auditor.crawl import settings as project_settings
from auditor.crawl.run import Run, SiteDone
from auditor.crawl.seeds import BrokenSeed, Seed
from auditor.terminal import PROGRESS
from auditor.trackers import Labeller

MEMORY_PER_SITE_BYTES = 700_000_000
"""Measured peak of one visit's browser on the scenario sites, doubled."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the command line asks of a crawl."""

    out: Path
    proxy: str | None
    ca_file: Path | None
    pages: int
    language: str
    jobs: int | None
    browser: str | None


def sites_at_once() -> int:
    """How many sites this machine carries: visits mostly wait, so three a core, as far as free memory goes."""
    try:
        free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        free = 2 * MEMORY_PER_SITE_BYTES
    return max(1, min(3 * (os.cpu_count() or 1), free // MEMORY_PER_SITE_BYTES, 16))


async def examine(browser: str | None, proxy: str | None, ca_file: Path | None) -> list[tuple[str, bool, str]]:
    """The doctor's lines: (what, whether it is right, what was found or what to do)."""
    lines: list[tuple[str, bool, str]] = []
    try:
        build = find_browser(browser)
    except BrowserMissing as error:
        return [("browser", False, str(error))]
    lines.append(("browser", True, f"{build.product} {build.version} at {build.executable}"))
    try:
        lists = Labeller.with_installed_lists().lists
        lines.append(("data", True, ", ".join(f"{name} {version}" for name, version in lists.items())))
    except Exception as error:  # noqa: BLE001 - the doctor reports whatever is wrong with the data
        lines.append(("data", False, str(error)))
    try:
        async with Browsers(build, proxy=proxy, ca_file=ca_file) as browsers:
            result = await canary.check(browsers)
        lines.extend(result.lines)
    except Exception as error:  # noqa: BLE001 - a browser that does not start is a finding of the doctor
        lines.append(("canary", False, f"{type(error).__name__}: {error}"))
    return lines


def crawl_sites(
    seeds: list[Seed], broken: list[BrokenSeed], options: Options, on_done: Callable[[Run, SiteDone], None]
) -> Run | None:
    """Crawl all seeds; None when the machine's own canary failed, so that nothing was measured.

    Raises ArtifactError when the output folder cannot be written.
    """
    run = Run(out=options.out, language=options.language, expected=len(seeds) + len(broken))
    run.on_done = lambda done: on_done(run, done)
    wrong = [line for line in asyncio.run(examine(options.browser, options.proxy, options.ca_file)) if not line[1]]
    if wrong:
        for name, _, detail in wrong:
            PROGRESS.print(f"{name}: {detail}", markup=False)
        PROGRESS.print("this machine would measure wrong, so nothing was crawled; run `auditor doctor`")
        return None
    for line in broken:
        run.add_broken(line)
    process = AsyncCrawlerProcess(_settings(options, run))
    from spiders.site_audit import SiteAuditSpider

    process.crawl(SiteAuditSpider, seeds=seeds)
    process.start()
    run.finish()
    return run


def _settings(options: Options, run: Run) -> Settings:
    settings = Settings()
    settings.setmodule(project_settings, priority="project")
    values = {
        # Add-ons are read after the first log lines, so the level is set here.
        "LOG_LEVEL": "WARNING",
        "AUDITOR_RUN": run,
        "AUDITOR_CANARY": False,  # sung already, by `examine`
        "AUDITOR_LANGUAGE": options.language,
        "AUDITOR_PAGES": options.pages,
        "AUDITOR_PROXY": options.proxy,
        "AUDITOR_CA_FILE": str(options.ca_file) if options.ca_file else None,
        "AUDITOR_BROWSER": options.browser,
        "AUDITOR_SITES_AT_ONCE": options.jobs or sites_at_once(),
    }
    for name, value in values.items():
        settings.set(name, value, "cmdline")
    return settings
