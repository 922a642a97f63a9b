"""One plain fetch outside a crawl, with the same handler, proxy and trust as a crawl's fetches."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.settings import Settings

from auditor.crawl.addon import AuditorAddon
from auditor.crawl.fetch import Answer, Fetcher
from auditor.crawl.trust import trusted


class _SingleFetch(scrapy.Spider):
    name = "single_fetch"

    def __init__(self, url: str, answers: list[Answer], proxy: str | None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._url, self._answers, self._proxy = url, answers, proxy

    async def start(self) -> AsyncIterator[Any]:
        fetcher = Fetcher(self.crawler.engine, language="nl", proxy=self._proxy)
        self._answers.append(await fetcher.get(self._url))
        return
        yield


def fetch_once(url: str, *, proxy: str | None, ca_file: Path | None) -> Answer:
    """Fetch one address; can be called once a process, since the reactor cannot be started again."""
    settings = Settings()
    AuditorAddon().update_settings(settings)
    settings.set("ITEM_PIPELINES", {}, "cmdline")
    settings.set("DOWNLOAD_HANDLERS", {}, "cmdline")
    answers: list[Answer] = []
    with trusted(ca_file):
        process = AsyncCrawlerProcess(settings)
        process.crawl(_SingleFetch, url=url, answers=answers, proxy=proxy)
        process.start()
    if answers:
        return answers[0]
    return Answer(requested=url, url=url, status=None, mime_type=None, location=None, body=b"", failure="not fetched")
