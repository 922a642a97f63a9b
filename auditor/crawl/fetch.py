"""Plain fetches as data: a failure of the network is an answer too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scrapy import Request
from scrapy.core.engine import ExecutionEngine
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)

ACCEPT = "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5"
ACCEPT_LANGUAGE = {
    "nl": "nl-NL,nl;q=0.9,en;q=0.5",
    "en": "en-GB,en;q=0.9,nl;q=0.5",
    "de": "de-DE,de;q=0.9,en;q=0.5",
    "fr": "fr-FR,fr;q=0.9,en;q=0.5",
}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a plain fetch brought. Either `failure` (words, no status) or status, headers and body."""

    requested: str
    url: str
    status: int | None
    mime_type: str | None
    location: str | None
    body: bytes
    failure: str | None


class Fetcher:
    """Fetches through Scrapy's own handler, proxy included, and never raises for what a server does."""

    def __init__(self, engine: ExecutionEngine, *, language: str, proxy: str | None) -> None:
        self._engine = engine
        self._proxy = proxy
        self._headers = {"Accept": ACCEPT, "Accept-Language": ACCEPT_LANGUAGE.get(language, ACCEPT_LANGUAGE["en"])}

    async def get(self, url: str, *, follow: bool = True) -> Answer:
        """One GET. `follow=False` shows a redirect as it is."""
        meta: dict[str, Any] = {"handle_httpstatus_all": not follow, "dont_redirect": not follow}
        if follow:
            # Redirects are followed by the middleware, every other status comes back as it is.
            meta["handle_httpstatus_list"] = _NOT_REDIRECTS
            del meta["handle_httpstatus_all"], meta["dont_redirect"]
        if self._proxy:
            meta["proxy"] = self._proxy
        try:
            request = Request(url, headers=self._headers, meta=meta, dont_filter=True)
            response = await self._engine.download_async(request)
        except (OSError, DownloadFailedError, DownloadTimeoutError, ValueError) as error:
            return _failed(url, _words(error))
        except Exception as error:  # noqa: BLE001 - Scrapy and Twisted raise many kinds here; all mean "not fetched"
            return _failed(url, _words(error))
        return _answer(url, response.url, response.status, response.headers.to_unicode_dict(), response.body)


_NOT_REDIRECTS = [code for code in range(200, 600) if code not in {301, 302, 303, 307, 308}]


def _failed(url: str, reason: str) -> Answer:
    return Answer(requested=url, url=url, status=None, mime_type=None, location=None, body=b"", failure=reason)


def _answer(requested: str, url: str, status: int, headers: Mapping[str | bytes, str], body: bytes) -> Answer:
    lower = {str(name).lower(): value for name, value in headers.items()}
    return Answer(
        requested=requested,
        url=url,
        status=status,
        mime_type=lower.get("content-type"),
        location=lower.get("location"),
        body=body,
        failure=None,
    )


def _words(error: Exception) -> str:
    """A network failure in words a person can act on."""
    text = str(error)
    lowered = f"{type(error).__name__} {text}".lower()
    if isinstance(error, CannotResolveHostError) or "dns lookup failed" in lowered:
        return "unknown host: the name has no address"
    if "certificate" in lowered or "sslerror" in lowered or "ssl routines" in lowered or "tls" in lowered:
        return f"the certificate or TLS connection was refused: {text[:160]}"
    if isinstance(error, DownloadConnectionRefusedError) or "refused" in lowered:
        return "the server refused the connection"
    if isinstance(error, DownloadTimeoutError) or "timeout" in lowered or "took longer" in lowered:
        return "no answer within the time limit"
    if "could not open connect tunnel" in lowered or "tunnel" in lowered:
        return f"the proxy could not reach the host: {text[:160]}"
    return f"{type(error).__name__}: {text[:160]}"
