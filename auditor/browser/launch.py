"""Start a Chromium that behaves as a default user's, and hand out clean profiles of it.

One browser process serves many visits at once, each in a browser context of its own (own cookie jar, cache, storage,
service workers). Playwright drives pages; a connection of our own listens to every target, from before its first byte.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright
from playwright.async_api import Error as PlaywrightError

from auditor.browser.build import NEXT_COMMAND, BrowserBuild, BrowserMissing, find_browser
from auditor.browser.flags import PREFERENCES, TIMEZONE, launch_flags
from auditor.browser.memory import MemoryWatch
from auditor.browser.protocol import Connection, ProtocolError
from auditor.browser.trust import TrustError, trust_authority
from auditor.model import VisitPlan

__all__ = ["BrowserBuild", "BrowserMissing", "Browsers", "LaunchError", "find_browser"]

START_LIMIT_S = 30.0
RENDERER_LIMIT_BYTES = 1_500_000_000
"""A hog page was seen to take 10 GB in 8 s; the heaviest ordinary news site measured stays below 0.6 GB."""


# Full Chromium opens pages of its own in every profile (chrome://omnibox-popup…): no site's doing, so not recorded.
SITE_TARGETS = [{"type": kind, "exclude": True} for kind in ("browser", "tab", "browser_ui", "webview")] + [{}]


# Runs the browser and ends its whole process group when our end of the pipe closes: a killed auditor leaves no browser.
KEEPER = 'exec 3<&0; "$@" </dev/null 3<&- & browser=$!; (read -r _ <&3; kill -9 0) & wait $browser'


class LaunchError(BrowserMissing):
    """The browser is there but does not start: what it said, and the next command."""


class Listener(Protocol):
    """What wants to know about the targets of one profile (a visit's recorder)."""

    connection: Connection | None

    def attached(self, session: str, info: dict[str, Any], parent: str) -> None: ...
    def event(self, session: str, method: str, parameters: dict[str, Any]) -> None: ...
    def detached(self, session: str) -> None: ...
    def browser_event(self, method: str, parameters: dict[str, Any]) -> None: ...


class Browsers:
    """A running browser, as an async context manager. A browser that died is started anew for the next visit.

    proxy: "http://host:port" for every request. ca_file: PEM of one more authority to trust. resolver_rules: Chromium's
    own host rules. renderer_limit_bytes: a page whose process grows above it is ended.
    """

    def __init__(
        self,
        build: BrowserBuild,
        *,
        proxy: str | None = None,
        ca_file: Path | None = None,
        resolver_rules: str | None = None,
        extra_args: Sequence[str] = (),
        renderer_limit_bytes: int = RENDERER_LIMIT_BYTES,
    ) -> None:
        self.build = build
        self.proxy = proxy
        self.ca_file = ca_file
        self.resolver_rules = resolver_rules
        self.extra_args = tuple(extra_args)
        self.flags: tuple[str, ...] = ()
        self.memory = MemoryWatch(renderer_limit_bytes)
        self._folder = Path()
        self._process: subprocess.Popen[bytes] | None = None
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self._connection: Connection | None = None
        self._creating = asyncio.Lock()
        self._newest: Listener | None = None
        self._listeners: dict[str, Listener] = {}  # by browser context id
        self._sessions: dict[str, Listener] = {}  # by protocol session id

    async def __aenter__(self) -> Self:
        self._playwright = await async_playwright().start()
        try:
            await self._start()
        except BaseException:
            await self._stop()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    @property
    def connection(self) -> Connection:
        """The protocol connection. Raises ProtocolError when the browser is not running."""
        if self._connection is None or self._connection.closed.is_set():
            raise ProtocolError("the browser is gone")
        return self._connection

    @asynccontextmanager
    async def profile(self, plan: VisitPlan, listener: Listener | None = None) -> AsyncIterator[BrowserContext]:
        """A clean profile with one blank page open, gone without trace afterwards.

        `listener` hears every target of the profile; each target waits until the listener lets it run.
        Raises ProtocolError or playwright's Error when the browser is lost.
        """
        context_id = ""
        async with self._creating:
            if self._connection is None or self._connection.closed.is_set():
                await self._restart()
            context, context_id = await self._new_context(plan, listener)
        try:
            yield context
        finally:
            self._listeners.pop(context_id, None)
            await self._close_context(context, context_id)

    async def _new_context(self, plan: VisitPlan, listener: Listener | None) -> tuple[BrowserContext, str]:
        if self._browser is None:
            raise ProtocolError("the browser is not running")
        self._newest = listener
        known = set(self._listeners)
        width, height = plan.viewport
        try:
            async with asyncio.timeout(20):
                context = await self._browser.new_context(
                    viewport={"width": width, "height": height}, accept_downloads=False
                )
                await context.new_page()
        except TimeoutError:
            raise ProtocolError("the browser did not open a page within 20 s") from None
        finally:
            self._newest = None
        return context, next(iter(set(self._listeners) - known), "")

    async def _close_context(self, context: BrowserContext, context_id: str) -> None:
        """Close kindly, then by force: a busy or stopped renderer does not answer."""
        with suppress(PlaywrightError, TimeoutError, ProtocolError):
            if context_id:
                await self.connection.ask("Target.disposeBrowserContext", browserContextId=context_id, timeout_s=5)
        with suppress(PlaywrightError, TimeoutError):
            await asyncio.wait_for(context.close(), 5)

    async def open_page(self, context: BrowserContext) -> Page:
        """The page a profile starts with."""
        return context.pages[0] if context.pages else await context.new_page()

    # --- starting and stopping

    async def _start(self) -> None:
        if self._playwright is None:
            raise LaunchError("Browsers is an async context manager; use `async with Browsers(…)`")
        self._folder = Path(tempfile.mkdtemp(prefix="auditor-browser-"))
        default = self._folder / "data" / "Default"
        default.mkdir(parents=True)
        (default / "Preferences").write_text(json.dumps(PREFERENCES), encoding="utf-8")
        if self.ca_file is not None:
            try:
                await asyncio.to_thread(trust_authority, self._folder, self.ca_file)
            except TrustError as error:
                raise LaunchError(str(error)) from error
        flags = launch_flags(
            self.build,
            folder=str(self._folder / "data"),
            proxy=self.proxy,
            resolver_rules=self.resolver_rules,
            extra=self.extra_args,
        )
        self.flags = tuple(flags)
        self._process = self._spawn(flags)
        address = await self._debugging_address(self._process)
        self._connection = await asyncio.wait_for(Connection.open(address, self._on_event), START_LIMIT_S)
        await self.connection.ask(
            "Target.setAutoAttach", autoAttach=True, waitForDebuggerOnStart=True, flatten=True, filter=SITE_TARGETS
        )
        self._browser = await self._playwright.chromium.connect_over_cdp(address, timeout=START_LIMIT_S * 1000)
        self.memory.watch(self._process.pid)

    def _spawn(self, flags: list[str]) -> subprocess.Popen[bytes]:
        environment = {key: value for key, value in os.environ.items() if key not in {"XDG_DATA_HOME", "LANGUAGE"}}
        environment |= {"HOME": str(self._folder), "TZ": TIMEZONE, "DBUS_SESSION_BUS_ADDRESS": "disabled:"}
        with (self._folder / "stderr").open("wb") as errors:
            try:
                return subprocess.Popen(  # noqa: S603 - the browser found, flags of our own
                    ["/bin/sh", "-c", KEEPER, "auditor-browser", str(self.build.executable), *flags],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.DEVNULL,
                    stderr=errors,
                    env=environment,
                    start_new_session=True,
                )
            except OSError as error:
                raise LaunchError(f"cannot start {self.build.executable}: {error.strerror}; {NEXT_COMMAND}") from error

    async def _debugging_address(self, process: subprocess.Popen[bytes]) -> str:
        """The ws:// address the browser listens on; it writes it to a file when it is ready."""
        file = self._folder / "data" / "DevToolsActivePort"
        limit = time.monotonic() + START_LIMIT_S
        while time.monotonic() < limit:
            if file.exists() and len(lines := file.read_text().split()) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            if (code := process.poll()) is not None:
                raise LaunchError(
                    f"{self.build.executable} ended at once (exit code {code}): {self._last_words()}; {NEXT_COMMAND}"
                )
            await asyncio.sleep(0.02)
        raise LaunchError(
            f"{self.build.executable} was not ready within {START_LIMIT_S:g} s: {self._last_words()}; {NEXT_COMMAND}"
        )

    def _last_words(self) -> str:
        """What the browser said last, with what helps where that is known."""
        lines = (self._folder / "stderr").read_text(errors="replace").strip().splitlines()
        if any("sandbox" in line.lower() for line in lines):
            return "no sandbox for an ordinary user on this machine; run `apt-get install chromium-sandbox` or allow user namespaces"
        return next((line for line in reversed(lines) if "dbus" not in line), "no message")[:300]

    async def _restart(self) -> None:
        await self._stop_browser()
        await self._start()

    async def _stop(self) -> None:
        await self._stop_browser()
        if self._playwright is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._playwright.stop(), 10)
            self._playwright = None

    async def _stop_browser(self) -> None:
        self.memory.stop()
        if self._browser is not None:
            with suppress(PlaywrightError, TimeoutError):
                await asyncio.wait_for(self._browser.close(), 5)
            self._browser = None
        if self._connection is not None:
            await self._connection.close()
            self._connection = None
        if self._process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)
            await asyncio.to_thread(self._process.wait)
            if self._process.stdin is not None:
                self._process.stdin.close()
            self._process = None
        self._listeners.clear()
        self._sessions.clear()
        if self._folder != Path():
            shutil.rmtree(self._folder, ignore_errors=True)

    # --- events, handed to the profile they belong to

    def _on_event(self, session: str, method: str, parameters: dict[str, Any]) -> None:
        if method == "Target.attachedToTarget":
            self._attached(session, parameters)
        elif method == "Target.detachedFromTarget":
            if (listener := self._sessions.pop(parameters["sessionId"], None)) is not None:
                listener.detached(parameters["sessionId"])
        elif session:
            if (listener := self._sessions.get(session)) is not None:
                listener.event(session, method, parameters)
        else:
            for listener in set(self._listeners.values()):
                listener.browser_event(method, parameters)

    def _attached(self, parent: str, parameters: dict[str, Any]) -> None:
        session, info = parameters["sessionId"], parameters["targetInfo"]
        context_id = info.get("browserContextId", "")
        listener = self._sessions.get(parent) or self._listeners.get(context_id)
        if listener is None and self._newest is not None:
            listener = self._listeners[context_id] = self._newest
            listener.connection = self.connection
        if listener is None:  # nobody's target (the browser's own start page)
            self.connection.post("Runtime.runIfWaitingForDebugger", session)
            self.connection.post("Target.detachFromTarget", sessionId=session)
            return
        self._sessions[session] = listener
        listener.attached(session, info, parent)
