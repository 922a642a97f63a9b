"""The pipeline: a finished site record becomes files at once, so that a killed run loses at most the sites in hand."""

from __future__ import annotations

import asyncio

from scrapy.crawler import Crawler

from auditor.crawl.run import Run
from auditor.model import SiteRecord


class AuditPipeline:
    """Writes each SiteRecord item through the Run; judging runs in a thread so that open visits keep their timing."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._one_at_a_time = asyncio.Lock()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> AuditPipeline:
        """Take the Run that the command line or the spider made."""
        return cls(crawler.settings["AUDITOR_RUN"])

    async def process_item(self, item: object) -> object:
        """Save and judge a record; other items pass."""
        if isinstance(item, FinishedSite):
            async with self._one_at_a_time:
                await asyncio.to_thread(self._run.add, item.key, item.record, item.seconds)
        return item

    def close_spider(self) -> None:
        """The last overview."""
        self._run.finish()


class FinishedSite:
    """What the spider hands over: the record, the folder name and how long it took."""

    __slots__ = ("key", "record", "seconds")

    def __init__(self, key: str, record: SiteRecord, seconds: float) -> None:
        self.key = key
        self.record = record
        self.seconds = seconds
