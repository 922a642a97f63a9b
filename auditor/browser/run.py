"""The machinery of one visit while it runs: its profile, its recorders, opening and reading one page after another."""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import BrowserContext

from auditor.browser import failures
from auditor.browser.flags import identity, locale_of
from auditor.browser.launch import Browsers
from auditor.browser.protocol import Connection, ProtocolError
from auditor.browser.recorders import jar, page
from auditor.browser.recorders.hub import Hub
from auditor.browser.recorders.log import Command, Target, VisitLog
from auditor.browser.recorders.page import READ_LIMIT_S
from auditor.browser.recorders.requests import Hop, RequestRecorder
from auditor.browser.recorders.writes import WriteRecorder
from auditor.browser.session import PageSession, Timeline
from auditor.browser.settle import Activity, Settled
from auditor.model import Choice, ChoiceResult, LinkSeen, Navigation, Observation, VisitPlan

NAVIGATION_LIMIT_S = 30.0
HTML_LIMIT = 3_000_000
KILL_WINDOW_S = 3.0


Result = TypeVar("Result")


class PageFailed(Exception):  # noqa: N818 - data on its way to the record
    """A page that was not seen, and why. Caught inside the visit."""


class VisitRun:
    """State of one visit. `pages`, `screenshots`, `documents` grow as it goes; `observations()` at the end."""

    def __init__(self, browsers: Browsers, plan: VisitPlan, keep_html: Callable[[str], bool]) -> None:
        self.browsers, self.plan, self.keep_html = browsers, plan, keep_html
        self.log = VisitLog(
            timeline=Timeline(), activity=Activity(), max_requests=plan.max_requests, max_bytes=plan.max_bytes
        )
        self.requests = RequestRecorder(self.log)
        self.writes = WriteRecorder(self.log, dnt=plan.dnt, gpc=plan.gpc)
        self.hub = Hub(self.log, (self.requests, self.writes), self._setup)
        self.pages: list[str] = []
        self.screenshots: dict[str, str] = {}
        self.documents: dict[str, str] = {}
        self.choice_result: ChoiceResult | None = None
        self.hung = False
        self._session: PageSession | None = None
        self._home_seen = False
        self._page_started = 0.0

    # --- opening

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[None]:
        """A clean profile with all recorders in place."""
        self._page_started = time.monotonic()
        try:
            async with self.browsers.profile(self.plan, self.hub) as context:
                await asyncio.wait_for(self.hub.ready.wait(), 15)
                self._session = await self._open_session(context)
                self.log.activity.probe = self._answers
                try:
                    yield
                finally:
                    self.hub.closing = True
        finally:
            await self.hub.stop()

    async def _open_session(self, context: BrowserContext) -> PageSession:
        first = context.pages[0]
        return PageSession(
            page=first,
            context=context,
            cdp=await context.new_cdp_session(first),
            plan=self.plan,
            timeline=self.log.timeline,
            activity=self.log.activity,
            screenshots=self.screenshots,
            observe=self.log.add,
        )

    def _setup(self, target: Target) -> list[Command]:
        """Commands that make every target tell the same story about the visitor."""
        plan = self.plan
        commands: list[Command] = [("Emulation.setUserAgentOverride", identity(self.browsers.build, plan.language))]
        headers = ({"DNT": "1"} if plan.dnt else {}) | ({"Sec-GPC": "1"} if plan.gpc else {})
        if headers:
            commands += [("Network.setExtraHTTPHeaders", {"headers": headers})]
        if target.has_document:
            commands += [("Page.enable", {}), ("Emulation.setLocaleOverride", {"locale": locale_of(plan.language)})]
        return commands

    @property
    def connection(self) -> Connection:
        return self.browsers.connection

    @property
    def session(self) -> PageSession:
        if self._session is None:
            raise ProtocolError("the page is not open")
        return self._session

    @property
    def main(self) -> Target:
        if self.hub.main is None:
            raise ProtocolError("the page is not open")
        return self.hub.main

    @property
    def lost(self) -> bool:
        """The page's process is gone or stuck."""
        return self.hub.crashed.is_set() or self.hung

    async def while_alive(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do the work, but stop at once when the page's process or the browser ends.

        Raises PageFailed then. Steps of others inside the work would otherwise wait out their own time limits.
        """
        task = asyncio.create_task(work)
        ends = [asyncio.create_task(event.wait()) for event in (self.hub.crashed, self.connection.closed)]
        try:
            await asyncio.wait([task, *ends], return_when=asyncio.FIRST_COMPLETED)
            if task.done():
                return task.result()
            if self.connection.closed.is_set():
                raise ProtocolError("the browser is gone")
            await self._note("recorder:cookie-held", self._jar())
            raise PageFailed(self._death())
        finally:
            for pending in (task, *ends):
                pending.cancel()
            await asyncio.gather(task, *ends, return_exceptions=True)

    # --- steps

    async def home(self) -> tuple[LinkSeen, ...]:
        """Open the home page; its links. Raises PageFailed when it was not seen."""
        links = await self._open(self.plan.site, home=True)
        self._home_seen = True
        return links

    async def open(self, url: str) -> None:
        """Open an inner page. Raises PageFailed."""
        self.log.timeline.page = len(self.pages)
        await self._open(url, home=False)

    async def choose(self) -> ChoiceResult:
        """Make the planned choice on the home page and write down what it changed."""
        choice = self.plan.choice
        self.choice_result = ChoiceResult(status="not_tried", reason="the visit broke off during the choice")
        try:
            from auditor.browser.choose import make_choice
        except ImportError:
            self.choice_result = ChoiceResult(status="not_tried", reason="this build cannot make choices")
            return self.choice_result
        outcome = await make_choice(self.session, choice, self.plan.language)
        if outcome.banner is not None:
            self.log.add(outcome.banner)
        self.choice_result = outcome.result
        if choice is not Choice.NONE and outcome.result.status == "made":
            await self.log.activity.settle(
                quiet_ms=self.plan.settle_quiet_ms, floor_ms=self.plan.settle_floor_ms, cap_ms=self.plan.settle_cap_ms
            )
            await self._stock()
            await self._photograph("after-choice")
        return self.choice_result

    async def sees_banner(self) -> bool:
        """Whether the open page shows a banner; a quick look, for pages after the first."""
        try:
            from auditor.browser.choose import sees_banner
        except ImportError:
            return False
        return await sees_banner(self.session, self.plan.language)

    async def _open(self, url: str, *, home: bool) -> tuple[LinkSeen, ...]:
        index = len(self.pages)
        self.pages.append(url)
        self._page_started = time.monotonic()
        self.log.activity.restart()
        await self._navigate(url)
        settled = await self.log.activity.settle(
            quiet_ms=self.plan.settle_quiet_ms, floor_ms=self.plan.settle_floor_ms, cap_ms=self.plan.settle_cap_ms
        )
        self.pages[index] = self.main.url or url
        self._check_alive()
        document = self._document()
        # A page that says it is too large is too large, however much of it came before it was at rest.
        if document is not None and _told_bytes(document) > self.plan.max_bytes:
            self.log.count_bytes(_told_bytes(document))
        if self.log.over_limit:
            self.connection.post("Page.stopLoading", self.main.session)
            if home:
                await self._note("recorder:cookie-held", self._jar())
                self._fail_page(url, f"the page goes beyond a limit: {self.log.over_limit}")
        seen = await self._read(url, settled, document, home=home)
        await self._stock()
        if home:
            await self._photograph("home")
        await self.hub.close_popups()
        status = failures.of_status(document.status if document else None)
        fault = status or failures.of_type(document.mime_type if document else None)
        if fault is None and seen is not None and not seen.text_size and seen.elements < 3:
            fault = "an empty page"
        if fault is not None:
            self._fail_page(url, fault)
        return seen.links if seen else ()

    async def _navigate(self, url: str) -> None:
        """Go to an address. Raises PageFailed with a clear reason."""
        try:
            answer = await self.connection.ask(
                "Page.navigate", self.main.session, url=url, timeout_s=NAVIGATION_LIMIT_S
            )
        except ProtocolError as error:
            self._check_alive()
            if "no answer" in str(error):
                self._fail_page(url, f"no answer within {NAVIGATION_LIMIT_S:g} s")
            self._fail_page(url, str(error))
        if answer.get("isDownload"):
            self._fail_page(url, "not a web page but a download")
        if error_text := answer.get("errorText"):
            document = self.requests.main_document
            reason = failures.of_type(document.mime_type) if document and document.status else None
            self._fail_page(url, reason or failures.of_navigation(error_text))

    def _fail_page(self, url: str, reason: str) -> None:
        """Write the failed page down and leave it."""
        self.log.add(self._navigation(url, None, self._document(), None))
        self.log.fail("goto", f"{url}: {reason}", url)
        raise PageFailed(reason)

    def _check_alive(self) -> None:
        """Raises PageFailed when the page's process ended, with the memory it had if we ended it."""
        if not self.hub.crashed.is_set():
            return
        raise PageFailed(self._death())

    def _death(self) -> str:
        size = self.browsers.memory.killed_since(self._page_started - KILL_WINDOW_S)
        if size is None:
            return "the page's process crashed"
        return f"the page was ended: it took {size / 1e9:.1f} GB of memory (limit {self.browsers.memory.limit_bytes / 1e9:.1f} GB)"

    async def _answers(self) -> None:
        """Ends when the page's main thread has time again: a slow machine must not pass for a quiet page."""
        with suppress(ProtocolError):
            await self.connection.ask("Runtime.evaluate", self.main.session, expression="0", timeout_s=READ_LIMIT_S)

    # --- reading

    def _document(self) -> Hop | None:
        """The main document the page shows, else the one asked for last."""
        return self.requests.document(self.hub.loader) or self.requests.main_document

    async def _read(self, url: str, settled: Settled, document: Hop | None, *, home: bool) -> page.PageSeen | None:
        keep = home or self.keep_html(url) or self.keep_html(self.main.url)
        seen: page.PageSeen | None = None
        for attempt in (1, 2):  # a page may navigate just while it is read
            try:
                seen = await page.read_page(self.connection, self.main, self.log, keep_html=keep)
                break
            except ProtocolError as error:
                self._check_alive()
                if "no answer" in str(error):
                    self.hung = True
                    await self._note("recorder:cookie-held", self._jar())
                    self._fail_page(url, f"the page does not respond (waited {READ_LIMIT_S:g} s)")
                if attempt == 2:
                    self.log.fail("recorder:link", str(error), self.main.url)
                    self.hub.failed_kinds.update(page.KINDS)
        self.log.add(self._navigation(url, seen, document, settled))
        if seen is not None and keep and seen.html:
            self.documents[seen.url] = seen.html[:HTML_LIMIT]
        await self._note("recorder:consent-signal", page.read_signals(self.connection, self.main, self.log))
        return seen

    async def _stock(self) -> None:
        """The jar and web storage as they stand now."""
        await self._note("recorder:cookie-held", self._jar())
        await self._note("recorder:storage", page.read_storage(self.connection, self.hub, self.writes.known()))

    async def _jar(self) -> None:
        await jar.read_jar(self.connection, self.hub.context_id, self.log, self.main.url)

    async def _note(self, where: str, reading: Any) -> None:
        """Await a reading; its failure is data and takes its kind out of `recorded`."""
        try:
            await reading
        except ProtocolError as error:
            self.log.fail(where, str(error), self.main.url)
            self.hub.failed_kinds.add(where.partition(":")[2])

    async def _photograph(self, name: str) -> None:
        """Screenshot of the viewport, as JPEG beside the record."""
        if self.plan.screenshots_dir is None:
            return
        file = f"{self.plan.choice}-{self.plan.repeat}-{name}.jpg"
        try:
            answer = await self.connection.ask(
                "Page.captureScreenshot",
                self.main.session,
                format="jpeg",
                quality=70,
                optimizeForSpeed=True,
                timeout_s=6,
            )
            folder = Path(self.plan.screenshots_dir)
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file).write_bytes(base64.b64decode(answer["data"]))
        except (ProtocolError, OSError) as error:
            self.log.fail("screenshot", str(error), self.main.url)
            return
        self.screenshots[{"home": "page-0"}.get(name, name)] = file

    def _navigation(
        self, requested: str, seen: page.PageSeen | None, document: Hop | None, settled: Settled | None
    ) -> Navigation:
        return Navigation(
            id=self.log.timeline.next_id("n"),
            page=self.log.timeline.page,
            frame=self.main.url,
            t_ms=self.log.timeline.now_ms(),
            phase=self.log.timeline.phase,
            requested=requested,
            url=seen.url if seen else self.main.url,
            status=document.status if document else None,
            title=seen.title if seen else None,
            language=seen.language if seen else None,
            settled_after_ms=settled.after_ms if settled else None,
            settled_because=settled.because if settled else "not-settled",
        )

    # --- the end

    @property
    def broken(self) -> str | None:
        """Why the visit as a whole is unusable; None when it came to its end."""
        if self.hub.crashed.is_set():
            return self._death()
        return self.log.over_limit

    def interrupted(self, reason: str) -> str:
        """The reason of a visit that broke off, made exact where the page's process is known to be gone."""
        if self.hub.crashed.is_set():
            reason = self._death()
        self.log.fail("visit", reason)
        return reason

    @property
    def recorded(self) -> tuple[str, ...]:
        """Kinds whose recorder stood before the first byte and did not fail later."""
        if not self.hub.recorded:
            return ()
        read = (*page.KINDS, jar.KIND, "navigation", "failure") + (("banner",) if self.choice_result else ())
        return (*self.hub.recorded, *(kind for kind in read if kind not in self.hub.failed_kinds))

    def observations(self) -> tuple[Observation, ...]:
        """Everything written down, in order of time."""
        for recorder in self.hub.recorders:
            self.log.observations.extend(recorder.finish())
        return tuple(sorted(self.log.observations, key=lambda observation: observation.t_ms))


def _told_bytes(document: Hop) -> int:
    """Content-Length of a page's answer; 0 when it does not say."""
    told = {name.lower(): value for name, value in document.headers.items()}.get("content-length", "")
    return int(told) if told.isdecimal() and len(told) < 16 else 0
