"""The protocol of a site audit, one linear coroutine: probe, look, fetch the statements, accept, refuse, confirm."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import scrapy

from auditor import __version__
from auditor.audit import audit, wanted_visits
from auditor.browser.pages import choose_pages
from auditor.crawl.fetch import Fetcher
from auditor.crawl.pipeline import FinishedSite
from auditor.crawl.run import Run
from auditor.crawl.seeds import Seed, read_seeds
from auditor.crawl.statements import fetch_statements
from auditor.model import SCHEMA, Choice, HttpProbe, LinkSeen, SiteRecord, StatementSource, Visit, VisitPlan
from auditor.statement.find import rank_links
from auditor.terminal import PROGRESS, progress_line
from auditor.urls import host_of, without_fragment


class SiteAuditSpider(scrapy.Spider):
    """Audits sites. Arguments (`-a name=value`): sites (addresses separated by commas, or a file), out, pages, language."""

    name = "site_audit"

    def __init__(self, sites: str = "", seeds: list[Seed] | None = None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._sites = sites
        self._seeds = seeds

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> SiteAuditSpider:
        """Made by Scrapy; `-a out=… -a pages=… -a language=…` become settings here."""
        for name in ("out", "pages", "language", "proxy", "ca_file", "browser"):
            if kwargs.get(name) is not None:
                crawler.settings.set(f"AUDITOR_{name.upper()}", kwargs.pop(name), "cmdline")
        if crawler.settings.get("AUDITOR_RUN") is None:
            crawler.settings.set("AUDITOR_RUN", _own_run(crawler.settings), "cmdline")
        return super().from_crawler(crawler, *args, **kwargs)

    async def start(self) -> AsyncIterator[FinishedSite]:
        """Audit all sites, a few at once, and hand over each record as soon as it is complete."""
        queue = iter(self._seeds if self._seeds is not None else self._read_sites())
        running: set[asyncio.Task[FinishedSite]] = set()
        try:
            while True:
                while len(running) < self.settings.getint("AUDITOR_SITES_AT_ONCE") and (seed := next(queue, None)):
                    running.add(asyncio.ensure_future(self._timed(seed)))
                if not running:
                    return
                finished, running = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in finished:
                    yield task.result()
        finally:
            for task in running:
                task.cancel()

    def _read_sites(self) -> list[Seed]:
        path = Path(self._sites)
        is_file = bool(self._sites) and len(self._sites) < 1024 and path.is_file()
        seeds, broken = read_seeds(
            [] if is_file else [s for s in self._sites.split(",") if s.strip()], path if is_file else None
        )
        run = self.settings.get("AUDITOR_RUN")
        for line in broken:
            run.add_broken(line)
        if not seeds and not broken:
            self.logger.error("no sites: expected -a sites=https://… or -a sites=FILE, one site a line")
        return seeds

    async def _timed(self, seed: Seed) -> FinishedSite:
        begin = time.monotonic()
        try:
            record = await self._audit_site(seed)
        except asyncio.CancelledError:
            raise
        except Exception as error:
            self.logger.exception("audit of %s broke off", seed.url)
            record = self._record(seed, _now(), not_measured=f"the audit broke off: {type(error).__name__}: {error}")
        return FinishedSite(seed.key, record, time.monotonic() - begin)

    async def _audit_site(self, seed: Seed) -> SiteRecord:
        started = _now()
        settings = self.settings
        language = settings["AUDITOR_LANGUAGE"]
        fetcher = Fetcher(self.crawler.engine, language=language, proxy=settings.get("AUDITOR_PROXY"))
        probe = await self._probe(fetcher, seed)
        first = await self._observe(self._plan(seed, Choice.NONE), language)
        if first.failure and not seed.scheme_given and probe and probe.status is not None:
            seed = replace(seed, url=urlunsplit(urlsplit(seed.url)._replace(scheme="http")))
            first = await self._observe(self._plan(seed, Choice.NONE), language)
        probes = (probe,) if probe else ()
        if first.failure:
            return self._record(seed, started, probes=probes, visits=(first,), not_measured=first.failure)
        home = first.pages[0] if first.pages else seed.url
        links = [o for o in first.observations if isinstance(o, LinkSeen)]
        sources, search = await fetch_statements(fetcher, links, home, language, first.documents)
        visits = [first]
        for choice in (Choice.ACCEPT, Choice.REFUSE):
            visits.append(await self._observe(self._plan(seed, choice, first.pages[1:]), language))
        record = self._record(seed, started, probes=probes, visits=visits, sources=sources, search=search)
        return await self._confirm(seed, record, language)

    async def _confirm(self, seed: Seed, record: SiteRecord, language: str) -> SiteRecord:
        """Repeat the visits on which a grave finding rests once more, in a fresh profile, before it counts as confirmed."""
        run = self.settings.get("AUDITOR_RUN")
        try:
            judged = await asyncio.to_thread(audit, record, run.labeller)
        except Exception:
            self.logger.debug("no confirming visits: %s cannot be judged", seed.url, exc_info=True)
            return record
        more = []
        for choice, repeat in wanted_visits(judged, record):
            plan = replace(self._plan(seed, choice, record.visits[0].pages[1:]), repeat=repeat)
            more.append(await self._observe(plan, language))
        return replace(record, visits=(*record.visits, *more), finished_at=_now())

    def _plan(self, seed: Seed, choice: Choice, pages: tuple[str, ...] | None = None) -> VisitPlan:
        folder = self.settings["AUDITOR_RUN"].folder_of(seed.key)
        return VisitPlan(
            site=seed.url,
            choice=choice,
            pages=pages,
            max_inner_pages=self.settings.getint("AUDITOR_PAGES"),
            language=self.settings["AUDITOR_LANGUAGE"],
            screenshots_dir=str(folder),
        )

    async def _observe(self, plan: VisitPlan, language: str) -> Visit:
        def statement_pages(home: str, links: tuple[LinkSeen, ...]) -> tuple[str, ...]:
            ranked = rank_links([(link.url, link.text, link.place) for link in links], home, language)
            best = {
                role: next((c.url for c in ranked if c.role in {role, "both"}), None) for role in ("privacy", "cookies")
            }
            return tuple(dict.fromkeys(without_fragment(url) for url in best.values() if url))

        found: tuple[str, ...] = ()

        def pick(links: tuple[LinkSeen, ...]) -> tuple[str, ...]:
            nonlocal found
            # The address the home page ended up at: example.nl may lead to www.example.nl/nl.
            home = next((link.frame for link in links if link.page == 0), plan.site)
            found = statement_pages(home, links)
            return choose_pages(home, links, plan.max_inner_pages, must_see=found)

        request = scrapy.Request(
            plan.site,
            meta={
                "visit_plan": plan,
                "pick_pages": pick if plan.pages is None else None,
                "keep_html": lambda url: plan.choice is Choice.NONE and without_fragment(url) in found,
                "dont_retry": True,
                "dont_redirect": True,
                "handle_httpstatus_all": True,
                "download_timeout": plan.time_limit_s + 30,
            },
            dont_filter=True,
        )
        response = await self.crawler.engine.download_async(request)
        seen: Visit = response.visit  # type: ignore[attr-defined]
        return seen

    async def _probe(self, fetcher: Fetcher, seed: Seed) -> HttpProbe | None:
        """How the host answers on plain http; None for a site with a port of its own."""
        if urlsplit(seed.url).port is not None:
            return None
        url = f"http://{host_of(seed.url)}/"
        answer = await fetcher.get(url, follow=False)
        return HttpProbe(url=url, status=answer.status, location=answer.location, failure=answer.failure, at=_now())

    def _record(
        self,
        seed: Seed,
        started: str,
        *,
        probes: tuple[HttpProbe, ...] = (),
        visits: list[Visit] | tuple[Visit, ...] = (),
        sources: tuple[StatementSource, ...] = (),
        search: tuple[str, ...] = (),
        not_measured: str | None = None,
    ) -> SiteRecord:
        return SiteRecord(
            schema=SCHEMA,
            tool_version=__version__,
            site=seed.url,
            host=host_of(seed.url),
            run=self.settings["AUDITOR_RUN"].id,
            started_at=started,
            finished_at=_now(),
            sources=sources,
            search=search,
            probes=probes,
            visits=tuple(visits),
            not_measured=not_measured,
        )


def _own_run(settings: Any) -> Run:
    """The run of `scrapy crawl`; `auditor crawl` brings its own."""
    # Spiders are made before add-ons set their defaults.
    run = Run(out=Path(settings.get("AUDITOR_OUT") or "runs"), language=settings.get("AUDITOR_LANGUAGE") or "nl")
    run.on_done = lambda done: progress_line(run, done)
    run.on_finish = lambda: PROGRESS.print(f"overview: {run.index_path}", markup=False)
    return run


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
