"""The Scrapy add-on: one line in ADDONS makes a Scrapy project able to observe and audit sites."""

from __future__ import annotations

from scrapy.settings import BaseSettings

from auditor import __version__

PLAIN_AGENT = f"privacy-statement-auditor/{__version__} (compares a site's privacy statement with its cookies)"
"""Honest user agent of the plain fetches. The browser visits carry the browser's own."""


class AuditorAddon:
    """Sets the download handler, the pipeline and the limits. Settings of the project or command line win."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Fill in what the project did not set (priority "addon")."""
        handler = "auditor.crawl.handler.VisitDownloadHandler"
        settings.set("DOWNLOAD_HANDLERS", {"http": handler, "https": handler}, "addon")
        settings.set("ITEM_PIPELINES", {"auditor.crawl.pipeline.AuditPipeline": 100}, "addon")
        for name, value in _DEFAULTS.items():
            settings.set(name, value, "addon")


_DEFAULTS = {
    "USER_AGENT": PLAIN_AGENT,
    # Scrapy's cookie middleware takes tldextract online, and a plain fetch needs no cookies.
    "COOKIES_ENABLED": False,
    "DOWNLOAD_VERIFY_CERTIFICATES": True,
    "DOWNLOAD_TIMEOUT": 30,
    "DOWNLOAD_MAXSIZE": 10 * 1024 * 1024,
    "DOWNLOAD_WARNSIZE": 0,
    "RETRY_TIMES": 1,
    # A fetch that fails is data in the record, not an error of ours.
    "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
    "REDIRECT_MAX_TIMES": 8,
    # An audit looks at a handful of pages as a visitor would; METHOD.md says so.
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "WARNING",
    # Per site progress is printed by the spider; Scrapy's own counters would only repeat it.
    "LOGSTATS_INTERVAL": 0,
    "TWISTED_REACTOR": "twisted.internet.asyncioreactor.AsyncioSelectorReactor",
    "AUDITOR_OUT": "runs",
    "AUDITOR_LANGUAGE": "nl",
    "AUDITOR_PAGES": 4,
    "AUDITOR_SITES_AT_ONCE": 2,
}
