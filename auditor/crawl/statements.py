"""Finding and fetching a site's statements: links first, well-known paths after, and what the statement itself refers to."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Literal

from auditor.crawl.fetch import Answer, Fetcher
from auditor.model import LinkSeen, Statement, StatementSource
from auditor.statement.find import Candidate, rank_links, well_known
from auditor.statement.load import load
from auditor.urls import without_fragment

Role = Literal["privacy", "cookies", "both", "other"]

# How many addresses are tried for one role before we say "not found". Tried on the scenario sites: a right link is
# among the first two; each further try costs one request.
TRIES_PER_ROLE = 3
MAX_DOCUMENTS = 5
_PDF = re.compile(rb"[^<]{0,1024}?%PDF-", re.DOTALL)
"""Readers accept a PDF header anywhere in the first kilobyte (PDF reference 1.7, H.3, note 13)."""
MIN_TEXT = 400
"""Fewer characters than this from a plain fetch suggest that a script renders the page."""


async def fetch_statements(
    fetcher: Fetcher, links: Sequence[LinkSeen], home: str, language: str, rendered: Mapping[str, str]
) -> tuple[tuple[StatementSource, ...], tuple[str, ...]]:
    """All documents that may be the site's statement, also those that failed, and where we looked, in words.

    rendered: address -> HTML as the browser showed it; used for a statement that a plain fetch gives no text of.
    """
    search = _Search(fetcher, home, language, rendered)
    ranked = rank_links([(link.url, link.text, link.place) for link in links], home, language)
    search.words.append(f"{len(links)} links of the pages seen, {len(ranked)} of them look like a statement")
    for role in ("privacy", "cookies"):
        await search.look(role, [c for c in ranked if c.role in {role, "both"}][:TRIES_PER_ROLE])
    if not search.has("privacy"):
        paths = well_known(home)
        search.words.append(f"{len(paths)} well-known addresses")
        await search.look("privacy", [c for c in paths if c.role in {"privacy", "both"}])
    await search.follow_references()
    return tuple(search.sources), tuple(search.words)


class _Search:
    def __init__(self, fetcher: Fetcher, home: str, language: str, rendered: Mapping[str, str]) -> None:
        self._fetcher = fetcher
        self._home = home
        self._language = language
        self._rendered = rendered
        self._tried: set[str] = set()
        self.sources: list[StatementSource] = []
        self.read: list[tuple[StatementSource, Statement]] = []
        self.words: list[str] = []

    def has(self, role: str) -> bool:
        return any(source.role in {role, "both"} for source, _ in self.read)

    async def look(self, role: str, candidates: Sequence[Candidate]) -> None:
        """Try the candidates in order until one is a statement for this role."""
        for candidate in candidates:
            if self.has(role) or len(self.sources) >= MAX_DOCUMENTS * 3 or len(self.read) >= MAX_DOCUMENTS:
                return
            await self._try(candidate)

    async def follow_references(self) -> None:
        """Statements that a statement links to: the cookie statement of a privacy statement and the other way round."""
        for _, statement in list(self.read):
            links = [(url, statement.text[start:end], "main") for url, start, end in statement.links]
            for candidate in rank_links(links, statement.url, self._language):
                if len(self.read) >= MAX_DOCUMENTS or candidate.role not in {"privacy", "cookies", "both"}:
                    continue
                if not self.has(candidate.role):
                    await self._try(candidate, found_in=statement.url)

    async def _try(self, candidate: Candidate, found_in: str | None = None) -> None:
        address = without_fragment(candidate.url)
        if address in self._tried:
            return
        self._tried.add(address)
        answer = await self._fetcher.get(address)
        why = candidate.why if found_in is None else f"{candidate.why}, on {found_in}"
        source = _source(answer, candidate.role, why)
        statement = load(source) if source.failure is None else None
        if (statement is None or len(statement.text) < MIN_TEXT) and (html := self._rendered.get(address)):
            in_browser = _from_browser(html, address, candidate.role, why)
            seen = load(in_browser)
            if statement is None or len(seen.text) > len(statement.text):
                source, statement = in_browser, seen
        self.sources.append(source)
        if statement is not None and statement.status == "read":
            self.read.append((source, statement))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _source(answer: Answer, role: Role, found_by: str) -> StatementSource:
    failure = answer.failure
    if failure is None and (answer.status or 0) >= 400:
        failure = f"HTTP {answer.status}"
    if failure is None and not answer.body.strip():
        failure = "the answer was empty"
    text, encoding = _as_text(answer)
    return StatementSource(
        url=answer.url,
        requested=answer.requested,
        role=role,
        found_by=found_by,
        fetched_at=_now(),
        via="fetch",
        status=answer.status,
        mime_type=answer.mime_type,
        sha256=hashlib.sha256(answer.body).hexdigest() if answer.body else None,
        body=text if answer.body else None,
        encoding=encoding,
        failure=failure,
    )


def _as_text(answer: Answer) -> tuple[str, Literal["text", "base64"]]:
    """Bytes that are plain UTF-8 stay readable in the record; everything else is kept exactly, as base64.

    A PDF is bytes even where all of them happen to be ASCII.
    """
    if not _PDF.match(answer.body):
        with suppress(UnicodeDecodeError):
            return answer.body.decode("utf-8"), "text"
    return base64.b64encode(answer.body).decode("ascii"), "base64"


def _from_browser(html: str, url: str, role: Role, found_by: str) -> StatementSource:
    return StatementSource(
        url=url,
        requested=url,
        role=role,
        found_by=f"{found_by}, as the browser rendered it",
        fetched_at=_now(),
        via="browser",
        status=200,
        mime_type="text/html; charset=utf-8",
        sha256=hashlib.sha256(html.encode()).hexdigest(),
        body=html,
    )
