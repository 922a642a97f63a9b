"""The self-test before every crawl: does this browser, started this way, really record what it must?

Two local hosts that count as two sites plant exactly one first-party cookie, one third-party cookie, one storage key and
one script call. Anything more or less recorded means that this machine measures wrong.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Set
from contextlib import suppress
from dataclasses import dataclass, field

from playwright.async_api import Error as PlaywrightError

from auditor.browser.flags import CANARY_FIRST, CANARY_THIRD
from auditor.browser.launch import Browsers
from auditor.browser.protocol import ProtocolError
from auditor.browser.run import PageFailed, VisitRun
from auditor.model import Choice, CookieHeld, Observation, RequestSent, ScriptCalled, StorageWritten, VisitPlan

PAGE = """<!doctype html><html lang="en"><title>canary</title><p>canary</p>
<img src="http://{third}:{port}/pixel.gif" alt=""><script src="/canary.js"></script></html>"""
SCRIPT = "localStorage.setItem('canary_key', 'yellow'); navigator.sendBeacon('/beacon', 'song');"
TIME_LIMIT_S = 15.0
Line = tuple[str, bool, str]
Item = str | tuple[str | None, ...]


@dataclass(frozen=True, kw_only=True)
class CanaryResult:
    """`lines`: (what was proven, whether, what was seen), for people."""

    ok: bool
    lines: tuple[Line, ...]


@dataclass(kw_only=True)
class _Nest:
    """The canary's server."""

    port: int = 0
    hints: dict[str, str] = field(default_factory=dict)  # request headers of the page load, lower-case names

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                headers = {
                    name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])
                }
                await reader.readexactly(int(headers.get("content-length") or 0))
                writer.write(self._response(lines[0].split(" ")[1], headers))
                await writer.drain()
        writer.close()

    def _response(self, path: str, headers: dict[str, str]) -> bytes:
        kind, body, cookie = "text/plain", "", ""
        if path == "/":
            self.hints = headers
            kind, body = "text/html", PAGE.format(third=CANARY_THIRD, port=self.port)
            cookie = "canary_first=1; Path=/; Max-Age=3600"
        elif path == "/canary.js":
            kind, body = "text/javascript", SCRIPT
        elif path == "/pixel.gif":
            kind, cookie = "image/gif", "canary_third=1; Path=/; Max-Age=3600; SameSite=None; Secure"
        head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\nCache-Control: no-store\r\n"
        return (head + (f"Set-Cookie: {cookie}\r\n" if cookie else "") + "\r\n" + body).encode()


async def check(browsers: Browsers) -> CanaryResult:
    """Run the self-test with a running browser. Needs no network; goes around a configured proxy. Under 3 s."""
    started = time.monotonic()
    nest = _Nest()
    server = await asyncio.start_server(nest.answer, "127.0.0.1", 0)
    nest.port = server.sockets[0].getsockname()[1]
    site = f"http://{CANARY_FIRST}:{nest.port}/"
    plan = VisitPlan(site=site, choice=Choice.NONE, settle_quiet_ms=300, settle_floor_ms=300, settle_cap_ms=3000)
    run = VisitRun(browsers, plan, lambda url: False)
    trouble = ""
    try:
        async with asyncio.timeout(TIME_LIMIT_S), run.opened():
            await run.home()
    except (PageFailed, PlaywrightError, ProtocolError, TimeoutError) as error:
        trouble = str(error).splitlines()[0] if str(error) else f"no answer within {TIME_LIMIT_S:g} s"
    finally:
        server.close()
    if trouble:
        return CanaryResult(ok=False, lines=(("canary page", False, trouble),))
    lines = tuple(_judge(run.observations(), run.recorded, nest, site))
    seconds = time.monotonic() - started
    return CanaryResult(ok=all(fine for _, fine, _ in lines), lines=(*lines, ("canary time", True, f"{seconds:.1f} s")))


def _judge(observations: tuple[Observation, ...], recorded: tuple[str, ...], nest: _Nest, site: str) -> Iterable[Line]:
    jar = {(o.name, o.domain) for o in observations if isinstance(o, CookieHeld)}
    yield _line("first-party cookie", {c for c in jar if c[1] != CANARY_THIRD}, {("canary_first", CANARY_FIRST)})
    yield _line("third-party cookie", {c for c in jar if c[1] == CANARY_THIRD}, {("canary_third", CANARY_THIRD)})
    script = f"{site}canary.js"
    stored = {(o.area, o.key, o.value, _setter(o)) for o in observations if isinstance(o, StorageWritten)}
    yield _line("storage key with its script", stored, {("local", "canary_key", "yellow", script)})
    called = {(o.api, o.detail, _setter(o)) for o in observations if isinstance(o, ScriptCalled)}
    yield _line("script call with its script", called, {("Navigator.sendBeacon", "/beacon", script)})
    sent = {o.url for o in observations if isinstance(o, RequestSent)} - {f"{site}favicon.ico"}
    wanted = {site, script, f"{site}beacon", f"http://{CANARY_THIRD}:{nest.port}/pixel.gif"}
    yield _line("requests", sent, wanted)
    marks = [name for name in ("user-agent", "sec-ch-ua") if "headless" in nest.hints.get(name, "").lower()]
    yield (
        "looks like an ordinary browser",
        not marks,
        f"says Headless in {', '.join(marks)}" if marks else nest.hints.get("user-agent", ""),
    )
    needed = {"request", "cookie-offered", "cookie-held", "storage", "script-call", "link"}
    missing = sorted(needed - set(recorded))
    yield (
        "recorders in place",
        not missing,
        f"not in place: {', '.join(missing)}" if missing else f"{len(recorded)} kinds",
    )


def _setter(observation: StorageWritten | ScriptCalled) -> str:
    return observation.stack[0].url if observation.stack else ""


def _line(name: str, found: Set[Item], wanted: Set[Item]) -> Line:
    if found == wanted:
        return name, True, "recorded exactly"
    missing, extra = wanted - found, found - wanted
    words = [f"not recorded: {_told(missing)}"] if missing else []
    words += [f"recorded but not there: {_told(extra)}"] if extra else []
    return name, False, "; ".join(words)


def _told(items: Iterable[Item]) -> str:
    """At most four of them, in words."""
    words = sorted(item if isinstance(item, str) else " ".join(str(part) for part in item) for item in items)
    return ", ".join(words[:4]) + (f" and {len(words) - 4} more" if len(words) > 4 else "")
