"""The rules of autoconsent (DuckDuckGo, MPL-2.0) run in our isolated worlds: known platforms, answered their own way.

Data, not code of ours: the two files come from the npm package at build time. Cosmetic rules stay off (they hide a
banner instead of answering it); of its heuristics only those that press a refusal are on.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import os
import re
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.async_api import CDPSession

from auditor.browser.choose.worlds import WORLD_NAME, FrameWorld, WorldError, send

DETECT_LIMIT_S = 4.0  # a quiet page says "nothing detected" within a second; this is for a busy machine
ACT_LIMIT_S = 12.0
_BRIDGE = "consentBridge"
_PRELUDE = (
    "globalThis.autoconsentSendMessage = (m) => {"
    f" globalThis.{_BRIDGE}(JSON.stringify(m)); return Promise.resolve(); }};"
)
_CONFIG: dict[str, Any] = {
    "enabled": True,
    "autoAction": None,
    "disabledCmps": [],
    "enablePrehide": False,
    "enableCosmeticRules": False,
    "detectRetries": 1,  # the page has settled; each retry costs half a second
    "heuristicMode": "reject",
    "visualTest": False,
    "logs": {"errors": False},
}


def by_heuristic(rule: str) -> bool:
    """Whether a "rule" is the package's guess by words: no platform, refuses only."""
    return rule.startswith("HEURISTIC")


class AutoconsentMissing(Exception):  # noqa: N818 - says what is the matter
    """The rule files are not there."""


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """The package's content script and its rules."""

    script: str
    rules: tuple[dict[str, Any], ...]
    version: str


def _read(name: str) -> bytes:
    folder = os.environ.get("AUDITOR_AUTOCONSENT_DIR")
    place = Path(folder) / name if folder else resources.files("auditor.trackers").joinpath("data", name)
    try:
        return place.read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise AutoconsentMissing(
            f"expected the autoconsent data at {place}, found none; run `python hatch_build.py` (or `pip install .`), "
            "which builds it from the npm package"
        ) from error


@cache
def bundle() -> Bundle:
    """Raises AutoconsentMissing."""
    data = json.loads(gzip.decompress(_read("autoconsent.json.gz")))
    script = _read("autoconsent.js").decode()
    return Bundle(script=script, rules=tuple(data["rules"]), version=data["version"])


def rules_for(url: str, *, main: bool) -> list[dict[str, Any]]:
    """Rules that may run in a frame: by kind of frame and by the rule's own pattern of addresses."""
    fit = []
    for rule in bundle().rules:
        context = rule.get("runContext") or {}
        if not context.get("main" if main else "frame", main) or rule.get("cosmetic"):
            continue
        pattern = context.get("urlPattern")
        if pattern and not _matches(pattern, url):
            continue
        fit.append(rule)
    return fit


def _matches(pattern: str, url: str) -> bool:
    try:
        return re.search(pattern, url) is not None
    except re.error:  # a pattern of JavaScript that Python does not know: let the script itself decide
        return True


@dataclass(kw_only=True)
class Autoconsent:
    """One run over the frames of a page. Use: start, detected, act, stop."""

    worlds: list[FrameWorld]
    messages: list[tuple[FrameWorld, dict[str, Any]]] = field(default_factory=list)
    _news: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _main_contexts: dict[tuple[int, str], int] = field(default_factory=dict)
    _sessions: list[tuple[CDPSession, Any]] = field(default_factory=list)

    async def start(self) -> None:
        """Put the script into every frame. Raises AutoconsentMissing or WorldError (main frame gone)."""
        script = _PRELUDE + bundle().script
        for world in self.worlds:
            if not any(world.session is session for session, _ in self._sessions):
                listener = self._on_message(world.session)
                self._sessions.append((world.session, listener))
                world.session.on("Runtime.bindingCalled", listener)
                world.session.on("Runtime.executionContextCreated", self._on_context(world.session))
                await send(world.session, "Runtime.enable")
                await send(world.session, "Runtime.addBinding", {"name": _BRIDGE, "executionContextName": WORLD_NAME})
        for world in self.worlds:
            try:
                await send(world.session, "Runtime.evaluate", {"expression": script, "contextId": world.context})
            except WorldError:
                if world.parent is None:
                    raise

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        for session, listener in self._sessions:
            session.remove_listener("Runtime.bindingCalled", listener)
            try:
                await send(session, "Runtime.disable")
            except WorldError:
                continue

    async def detected(self, limit_s: float = DETECT_LIMIT_S) -> tuple[FrameWorld, str] | None:
        """Frame and rule of an open pop-up; None when no rule found one within the limit: no message says so."""
        found: tuple[FrameWorld, str] | None = await self._until(self._popup, limit_s, self._nothing_more)
        return found

    async def act(self, *, accept: bool, limit_s: float = ACT_LIMIT_S) -> tuple[bool, int, str]:
        """Answer the detected pop-up: (reported done, clicks, rule)."""
        wanted = "optIn" if accept else "optOut"
        asked: set[str] = set()

        def finished() -> tuple[bool, int, str] | None:
            for world, message in self.messages:
                if message["type"] == "popupFound" and world.frame_id not in asked:
                    asked.add(world.frame_id)
                    self._spawn(self._tell(world, {"type": wanted}))
            for _, message in self.messages:
                if message["type"] == "autoconsentDone":
                    return True, int(message.get("totalClicks") or 0), str(message.get("cmp"))
                if message["type"] == f"{wanted}Result" and not message.get("result"):
                    return False, 0, str(message.get("cmp"))
            return None

        return await self._until(finished, limit_s) or (False, 0, "no answer in time")

    def _popup(self) -> tuple[FrameWorld, str] | None:
        for world, message in self.messages:
            if message["type"] == "popupFound":
                return world, str(message.get("cmp"))
        return None

    def _nothing_more(self) -> bool:
        over = {
            w.frame_id
            for w, m in self.messages
            if m["type"] == "report" and m["state"]["lifecycle"] == "nothingDetected"
        }
        return len(over) >= len(self.worlds)

    async def _until(self, found: Any, limit_s: float, over: Any = lambda: False) -> Any:
        deadline = asyncio.get_running_loop().time() + limit_s
        while True:
            self._news.clear()
            result = found()
            left = deadline - asyncio.get_running_loop().time()
            if result is not None or over() or left <= 0:
                return result
            try:
                await asyncio.wait_for(self._news.wait(), left)
            except TimeoutError:
                continue

    def _on_context(self, session: CDPSession) -> Any:
        def seen(event: dict[str, Any]) -> None:
            context = event["context"]
            data = context.get("auxData") or {}
            if data.get("isDefault"):
                self._main_contexts[id(session), data.get("frameId", "")] = context["id"]

        return seen

    def _on_message(self, session: CDPSession) -> Any:
        def heard(event: dict[str, Any]) -> None:
            # Numbers of contexts are unique in a process only: look among this session's frames.
            mine = (w for w in self.worlds if w.session is session and w.context == event["executionContextId"])
            world = next(mine, None)
            if event.get("name") == _BRIDGE and world is not None:
                self._hear(world, event["payload"])

        return heard

    def _hear(self, world: FrameWorld, payload: str) -> None:
        try:
            message = json.loads(payload)
        except ValueError:
            return
        if not isinstance(message, dict):
            return
        if message.get("type") == "init":
            self._spawn(self._initialise(world))
        elif message.get("type") == "eval":
            self._spawn(self._evaluate(world, message))
        self.messages.append((world, message))
        self._news.set()

    def _spawn(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _initialise(self, world: FrameWorld) -> None:
        rules = rules_for(world.url, main=world.parent is None)
        await self._tell(world, {"type": "initResp", "config": _CONFIG, "rules": {"autoconsent": rules}})

    async def _evaluate(self, world: FrameWorld, message: dict[str, Any]) -> None:
        """A rule's test of the page's own objects, run in the page's own world; its truth value goes back."""
        params: dict[str, Any] = {"expression": message.get("code", ""), "returnByValue": True, "awaitPromise": True}
        context = self._main_contexts.get((id(world.session), world.frame_id))
        if context is not None:
            params["contextId"] = context
        try:
            answer = await send(world.session, "Runtime.evaluate", params)
            result = bool(answer["result"].get("value")) and "exceptionDetails" not in answer
        except WorldError:
            result = False
        await self._tell(world, {"type": "evalResp", "id": message.get("id"), "result": result})

    async def _tell(self, world: FrameWorld, message: dict[str, Any]) -> None:
        expression = f"autoconsentReceiveMessage(JSON.parse({json.dumps(json.dumps(message))})); 0"
        try:
            await send(world.session, "Runtime.evaluate", {"expression": expression, "contextId": world.context})
        except WorldError:
            return
