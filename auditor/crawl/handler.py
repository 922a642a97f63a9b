"""The download handler: a request with a visit plan in its meta is observed in a browser, all others go to Scrapy's own."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.http import Response

from auditor.browser import canary
from auditor.browser.launch import Browsers, find_browser
from auditor.browser.visit import visit
from auditor.crawl.trust import trusted
from auditor.model import Visit, VisitPlan


class CanaryError(Exception):
    """The canary page was not recorded exactly."""


class VisitResponse(Response):
    """The answer to an observed request: `visit` holds what was seen. Always status 200: a failed visit is data."""

    def __init__(self, url: str, *, visit: Visit, **kwargs: object) -> None:
        super().__init__(url, status=200, **kwargs)  # type: ignore[arg-type]
        self.visit = visit


class VisitDownloadHandler:
    """One browser per process, opened at the first visit.

    `engine.download_async` in a callback is not bounded by CONCURRENT_REQUESTS, so the number of visits at once is
    bounded here.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        self._plain = HTTP11DownloadHandler(crawler)
        self._visits_at_once = asyncio.Semaphore(settings.getint("AUDITOR_SITES_AT_ONCE"))
        self._opening = asyncio.Lock()
        self._exits = contextlib.AsyncExitStack()
        self._browsers: Browsers | None = None
        self._build_name = settings.get("AUDITOR_BROWSER")
        self._proxy = settings.get("AUDITOR_PROXY")
        ca_file = settings.get("AUDITOR_CA_FILE")
        self._ca_file = Path(ca_file) if ca_file else None
        self._canary_wanted = settings.getbool("AUDITOR_CANARY", True)
        self._trust = contextlib.ExitStack()
        self._trust.enter_context(trusted(self._ca_file))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> VisitDownloadHandler:
        """Made by Scrapy."""
        return cls(crawler)

    async def download_request(self, request: Request) -> Response:
        """Observe when the request carries a plan, fetch plainly otherwise."""
        plan = request.meta.get("visit_plan")
        if not isinstance(plan, VisitPlan):
            return await self._plain.download_request(request)
        async with self._visits_at_once:
            browsers = await self._open()
            seen = await visit(browsers, plan, request.meta.get("pick_pages"), keep_html=request.meta.get("keep_html"))
        return VisitResponse(request.url, visit=seen, request=request)

    async def _open(self) -> Browsers:
        async with self._opening:
            if self._browsers is None:
                browsers = Browsers(find_browser(self._build_name), proxy=self._proxy, ca_file=self._ca_file)
                await self._exits.enter_async_context(browsers)
                if self._canary_wanted:
                    await _prove(browsers)
                self._browsers = browsers
        return self._browsers

    async def close(self) -> None:
        """Close the browser and Scrapy's own handler."""
        await self._exits.aclose()
        await self._plain.close()
        self._trust.close()


async def _prove(browsers: Browsers) -> None:
    """Raise CanaryError when this machine would measure wrong: then no site may be visited."""
    result = await canary.check(browsers)
    if not result.ok:
        wrong = "; ".join(f"{name}: {detail}" for name, ok, detail in result.lines if not ok)
        raise CanaryError(f"this machine would measure wrong ({wrong}); run `auditor doctor`")
