"""Puts the recorders in place in every target of a visit before it runs, and hands them its events.

Each new page, cross-site frame, worker, service worker and pop-up is held by the browser (waitForDebuggerOnStart) until
its recorders answered, so nothing is sent unseen.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from auditor.browser.protocol import Connection, ProtocolError
from auditor.browser.recorders.log import Command, Handler, Recorder, Target, VisitLog

INSTALL_LIMIT_S = 8.0
MAX_POPUPS = 3
# Without asynchronous stacks an image or a timer of a script looks as if the page's own markup had asked for it.
STACKS: tuple[Command, ...] = (("Runtime.enable", {}), ("Runtime.setAsyncCallStackDepth", {"maxDepth": 8}))
AUTO_ATTACH: Command = ("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": True})


class Hub:
    """The listener of one visit (see auditor.browser.launch.Listener)."""

    def __init__(
        self, log: VisitLog, recorders: Sequence[Recorder], setup: Callable[[Target], Sequence[Command]]
    ) -> None:
        self.log = log
        self.recorders = tuple(recorders)
        self.connection: Connection | None = None
        self.main: Target | None = None
        self.context_id = ""
        self.crashed = asyncio.Event()
        self.closing = False
        self.loader = ""  # of the document the page shows
        self.failed_kinds: set[str] = set()
        self.ready = asyncio.Event()  # the first page has its recorders
        self.popups: list[Target] = []
        self._popup_count = 0
        self._setup = setup
        self._targets: dict[str, Target] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._handlers: dict[str, list[Handler]] = {
            "Page.frameNavigated": [self._frame_navigated],
            "Page.frameAttached": [self._frame_attached],
            "Page.navigatedWithinDocument": [self._moved_within],
            "Page.loadEventFired": [self._loaded],
            "Page.javascriptDialogOpening": [self._dialog],
            "Page.downloadWillBegin": [self._download],
            "Inspector.targetCrashed": [self._crashed],
        }
        for recorder in self.recorders:
            for method, handler in recorder.handlers.items():
                self._handlers.setdefault(method, []).append(handler)

    @property
    def recorded(self) -> tuple[str, ...]:
        """Kinds whose recorder stood before the first byte."""
        if not self.ready.is_set():
            return ()
        kinds = [kind for recorder in self.recorders for kind in recorder.kinds]
        return tuple(kind for kind in kinds if kind not in self.failed_kinds)

    # --- Listener

    def attached(self, session: str, info: dict[str, Any], parent: str) -> None:
        target = Target(session=session, id=info["targetId"], type=info["type"], url=info.get("url", ""))
        self._targets[session] = target
        self.context_id = info.get("browserContextId", self.context_id)
        if target.type == "page":
            if self.main is None:
                self.main = target
            else:
                target.popup = True
                self._popup_count += 1
                self.popups.append(target)
        if target.has_document:
            self.log.frames.urls.setdefault(target.id, target.url)
        self.log.activity.touch()
        if target.popup and self._popup_count > MAX_POPUPS:
            self.log.fail("popup", f"more than {MAX_POPUPS} pop-ups; closed unseen", target.url)
            if self.connection is not None:
                # Closed while it waits, it would hold up every page of its process.
                self.connection.post("Runtime.runIfWaitingForDebugger", session)
                self.connection.post("Target.closeTarget", targetId=target.id)
            return
        self.log.activity.opened(session)  # a target being made ready is work in progress
        task = asyncio.create_task(self._install(target))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def event(self, session: str, method: str, parameters: dict[str, Any]) -> None:
        handlers = self._handlers.get(method)
        if handlers and (target := self._targets.get(session)):
            for handler in handlers:
                handler(target, parameters)

    def detached(self, session: str) -> None:
        if target := self._targets.pop(session, None):
            target.gone = True
            self.log.activity.closed(session)
            if target is self.main and not self.closing:
                self.crashed.set()
                self.log.activity.give_up()

    def browser_event(self, method: str, parameters: dict[str, Any]) -> None:
        """Events of the browser as a whole: nothing here is of one visit."""

    # --- putting recorders in place

    async def _install(self, target: Target) -> None:
        if self.connection is None:
            return
        connection = self.connection
        waiting: list[tuple[tuple[str, ...], Command, asyncio.Future[dict[str, Any]]]] = []
        common = [*STACKS, *self._setup(target)]
        if target.type != "service_worker":
            common.append(AUTO_ATTACH)
        for kinds, commands in [((), common)] + [(r.kinds, list(r.install(target))) for r in self.recorders]:
            for command in commands:
                waiting.append((tuple(kinds), command, connection.send(command[0], target.session, **command[1])))
        if not target.has_document:
            # A worker that waits answers nothing; it takes the commands in their order, this one last.
            connection.post("Runtime.runIfWaitingForDebugger", target.session)
        done, _ = await asyncio.wait([future for _, _, future in waiting], timeout=INSTALL_LIMIT_S)
        for kinds, (method, _), future in waiting:
            self._note_failure(target, kinds, method, future if future in done else None)
        if target.has_document:
            connection.post("Runtime.runIfWaitingForDebugger", target.session)
        if not target.popup:  # a pop-up is busy until it has loaded
            self.log.activity.closed(target.session)
        if target is self.main:
            self.ready.set()

    def _note_failure(
        self, target: Target, kinds: tuple[str, ...], method: str, future: asyncio.Future[dict[str, Any]] | None
    ) -> None:
        """A recorder that is not in place means: not measured. A target that was gone meanwhile means nothing."""
        if target.gone:
            return
        if method == "Emulation.setLocaleOverride":
            return  # a pop-up in the same process has it already
        error = f"no answer within {INSTALL_LIMIT_S:g} s" if future is None else str(future.exception() or "")
        if not error or ("wasn't found" in error and not target.has_document):
            return
        self.log.fail(f"recorder:{kinds[0] if kinds else 'setup'}", f"{method} in {target.type}: {error}", target.url)
        if target.has_document:
            self.failed_kinds.update(kinds)

    @property
    def documents(self) -> tuple[Target, ...]:
        """Targets with a document that are still there: the page first, then its cross-site frames and pop-ups."""
        return tuple(target for target in self._targets.values() if target.has_document)

    async def close_popups(self) -> None:
        """Pop-ups were recorded; now they go."""
        for target in self.popups:
            if not target.gone and self.connection is not None:
                with suppress(ProtocolError):
                    await self.connection.ask("Target.closeTarget", targetId=target.id, timeout_s=2)
        self.popups = [target for target in self.popups if not target.gone]

    async def stop(self) -> None:
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- frames, dialogs, downloads, crashes

    def _frame_navigated(self, target: Target, event: dict[str, Any]) -> None:
        frame = event["frame"]
        url = frame["url"] + frame.get("urlFragment", "")
        self.log.frames.urls[frame["id"]] = url
        if parent := frame.get("parentId"):
            self.log.frames.parents[frame["id"]] = parent
        if frame["id"] == target.id:
            target.url = url
        if target is self.main and frame["id"] == target.id:
            self.loader = frame.get("loaderId", "")
        self.log.activity.touch()

    def _frame_attached(self, target: Target, event: dict[str, Any]) -> None:
        self.log.frames.parents[event["frameId"]] = event["parentFrameId"]

    def _moved_within(self, target: Target, event: dict[str, Any]) -> None:
        self.log.frames.urls[event["frameId"]] = event["url"]
        if event["frameId"] == target.id:
            target.url = event["url"]

    def _loaded(self, target: Target, event: dict[str, Any]) -> None:
        self.log.activity.closed(target.session)

    def _dialog(self, target: Target, event: dict[str, Any]) -> None:
        """Dismiss every dialog; let a page that asks before leaving be left."""
        if self.connection is not None:
            leave = event.get("type") == "beforeunload"
            self.connection.post("Page.handleJavaScriptDialog", target.session, accept=leave)
        self.log.fail(
            "dialog", f"{event.get('type', 'dialog')}: {event.get('message', '')[:200]}", event.get("url", "")
        )

    def _download(self, target: Target, event: dict[str, Any]) -> None:
        self.log.fail(
            "download", f"{event.get('url', '')} ({event.get('suggestedFilename', '')}), not saved", target.url
        )

    def _crashed(self, target: Target, event: dict[str, Any]) -> None:
        self.log.fail("crash", "the page's process ended", target.url)
        if target is self.main:
            self.crashed.set()
            self.log.activity.give_up()
