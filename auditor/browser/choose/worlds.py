"""Isolated script worlds in every frame of a page, cross-site frames included, over the browser's own protocol.

The page's scripts share none of our objects and cannot see ours, so a patched prototype changes nothing we measure.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from playwright.async_api import CDPSession, Page
from playwright.async_api import Error as PlaywrightError

WORLD_NAME = "consent-observer"
CALL_LIMIT_S = 8.0
MAX_FRAMES = 24

_FRAME_BOX = """function() {
  const r = this.getBoundingClientRect();
  const style = getComputedStyle(this);
  let layered = false, names = '';
  const up = (el) => el.assignedSlot || el.parentElement || (el.getRootNode().host || null);
  for (let a = this, n = 0; a && n < 12; a = up(a), n++) {
    const position = getComputedStyle(a).position;
    if (position === 'fixed' || position === 'sticky') layered = true;
    if (/dialog/.test(a.getAttribute('role') || a.localName)) layered = true;
    if (n < 4) names += ' ' + [a.id, a.getAttribute('class') || '', a.title || '', a.name || ''].join(' ');
  }
  const seen = this.checkVisibility({opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true});
  return {x: r.x + this.clientLeft + parseFloat(style.paddingLeft),
          y: r.y + this.clientTop + parseFloat(style.paddingTop),
          width: r.width, height: r.height, scale: this.offsetWidth ? r.width / this.offsetWidth : 1, layered,
          names: names.slice(0, 400), seen: seen && r.width >= 40 && r.height >= 20 && style.pointerEvents !== 'none'};
}"""

_HIT = """function(x, y) {
  let el = document.elementFromPoint(x, y);
  while (el && el !== this && el.shadowRoot) {
    const inner = el.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === el) break;
    el = inner;
  }
  // A closed root shows its host: it may hold the frame, so it counts as not covering.
  return el === this || (el !== null && this.getRootNode() instanceof ShadowRoot && this.getRootNode().host === el);
}"""


class WorldError(Exception):
    """A frame that went away or did not answer in time."""


@dataclass(kw_only=True)
class FrameWorld:
    """Our script world in one frame. `parent` is None for the page's main frame."""

    session: CDPSession
    frame_id: str
    url: str
    context: int
    finder: str  # remote object id of the finder
    parent: FrameWorld | None = None
    layered: bool = False  # the frame element floats over its page
    names: str = ""
    stale: bool = False
    owner: str | None = field(default=None, repr=False)  # remote object id of the frame element, in the parent's world

    async def call(self, method: str, *values: Any, objects: tuple[str, ...] = ()) -> Any:
        """Call a method of the finder with plain values, then remote objects. Raises WorldError."""
        arguments: list[dict[str, Any]] = [{"value": value} for value in values] + [{"objectId": o} for o in objects]
        answer = await send(
            self.session,
            "Runtime.callFunctionOn",
            {
                "objectId": self.finder,
                "functionDeclaration": f"function(...given) {{ return this.{method}(...given); }}",
                "arguments": arguments,
                "returnByValue": True,
            },
        )
        return _value(answer)

    async def frame_visible(self) -> bool:
        """Whether the frame's element can be seen in its parent. Raises WorldError (the element is gone too)."""
        if self.parent is None or self.owner is None:
            return True
        return bool((await _frame_box(self.parent.session, self.owner))["seen"])

    async def hit_from_parent(self, x: float, y: float) -> bool:
        """Whether this frame's element is what lies on top at a point of the parent's viewport. Raises WorldError."""
        if self.parent is None or self.owner is None:
            return True
        answer = await send(
            self.parent.session,
            "Runtime.callFunctionOn",
            {
                "objectId": self.owner,
                "functionDeclaration": _HIT,
                "arguments": [{"value": x}, {"value": y}],
                "returnByValue": True,
            },
        )
        return bool(_value(answer))

    async def origin(self) -> tuple[float, float, float]:
        """x, y of this frame's viewport in the page's viewport, and its scale. Raises WorldError."""
        if self.parent is None or self.owner is None:
            return 0.0, 0.0, 1.0
        box = await _frame_box(self.parent.session, self.owner)
        x, y, scale = await self.parent.origin()
        return x + box["x"] * scale, y + box["y"] * scale, scale * box["scale"]


async def send(session: CDPSession, method: str, params: dict[str, Any] | None = None) -> dict[str, Any]:
    """One protocol call with a time limit. Raises WorldError."""
    try:
        return await asyncio.wait_for(session.send(method, params or {}), CALL_LIMIT_S)
    except TimeoutError as error:
        raise WorldError(f"{method}: no answer within {CALL_LIMIT_S:g} s") from error
    except PlaywrightError as error:
        raise WorldError(f"{method}: {error.message.splitlines()[0]}") from error


class Worlds:
    """All frame worlds of a page. Close it: it holds protocol sessions of its own."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._sessions: dict[int, CDPSession] = {}
        self._main: CDPSession | None = None
        self._known: dict[str, FrameWorld] = {}

    async def close(self) -> None:
        for session in [*self._sessions.values(), *([self._main] if self._main else [])]:
            try:
                await asyncio.wait_for(session.detach(), 2)
            except (PlaywrightError, TimeoutError):
                continue
        self._sessions.clear()
        self._main = None

    async def main_session(self) -> CDPSession:
        if self._main is None:
            self._main = await self._page.context.new_cdp_session(self._page)
        return self._main

    def forget(self) -> None:
        """Drop all worlds, after a navigation."""
        self._known.clear()

    async def frames(self) -> list[FrameWorld]:
        """Worlds of the main frame and of every visible frame below it. Raises WorldError: the main frame has none."""
        session = await self.main_session()
        tree = (await send(session, "Page.getFrameTree"))["frameTree"]
        main = await self._world(session, tree["frame"], None)
        if main is None:
            raise WorldError("the page's main frame gives no script world")
        found = [main]
        await self._below(tree, main, found)
        await self._other_processes(found)
        return found

    async def changes(self) -> tuple[int, ...]:
        """A stamp of all known frames' documents and the number of frames: equal stamps, nothing changed."""
        stamps = [len(self._page.frames)]
        for world in list(self._known.values()):
            try:
                stamps.append(await world.call("changes"))
            except WorldError:
                stamps.append(-1)
        return tuple(stamps)

    async def _below(self, tree: dict[str, Any], parent: FrameWorld, found: list[FrameWorld]) -> None:
        for child in tree.get("childFrames", ()):
            if len(found) >= MAX_FRAMES:
                return
            world = await self._world(parent.session, child["frame"], parent)
            if world is not None:
                found.append(world)
                await self._below(child, world, found)

    async def _other_processes(self, found: list[FrameWorld]) -> None:
        """Cross-site frames live in processes of their own and have their own protocol session."""
        here = {world.frame_id for world in found}
        for frame in list(self._page.frames):
            if frame.parent_frame is None or len(found) >= MAX_FRAMES:
                continue
            session = await self._frame_session(frame)
            if session is None:
                continue
            try:
                tree = (await send(session, "Page.getFrameTree"))["frameTree"]
            except WorldError:
                continue
            if tree["frame"]["id"] in here:
                continue
            parent = await self._parent_of(tree["frame"]["id"], found)
            if parent is None:
                continue
            world = await self._world(session, tree["frame"], parent)
            if world is not None:
                found.append(world)
                await self._below(tree, world, found)

    async def _parent_of(self, frame_id: str, found: list[FrameWorld]) -> FrameWorld | None:
        for world in found:
            try:
                await send(world.session, "DOM.getFrameOwner", {"frameId": frame_id})
            except WorldError:
                continue
            return world
        return None

    async def _frame_session(self, frame: Any) -> CDPSession | None:
        key = id(frame)
        if key not in self._sessions:
            try:
                self._sessions[key] = await self._page.context.new_cdp_session(frame)
            except PlaywrightError:  # the frame shares its parent's process, or is gone
                return None
        return self._sessions[key]

    async def _world(self, session: CDPSession, frame: dict[str, Any], parent: FrameWorld | None) -> FrameWorld | None:
        """Our world in a frame; None for one that nobody can see or that is going away."""
        try:
            known = self._known.get(frame["id"])
            if known is not None and not await self._alive(known):
                known = None
            owner, box = None, None
            if parent is not None:
                owner = (known.owner if known else None) or await _owner(parent, frame["id"])
                box = await _frame_box(parent.session, owner)
                if not box["seen"]:
                    return None
            world = known or await _create(session, frame)
            world.parent, world.owner = parent, owner
            if box and parent:
                world.layered = box["layered"] or parent.layered
                world.names = box["names"]
        except WorldError:
            return None
        self._known[frame["id"]] = world
        return world

    @staticmethod
    async def _alive(world: FrameWorld) -> bool:
        try:
            await world.call("present", -1, [])
        except WorldError:
            return False
        return True


async def _create(session: CDPSession, frame: dict[str, Any]) -> FrameWorld:
    made = await send(session, "Page.createIsolatedWorld", {"frameId": frame["id"], "worldName": WORLD_NAME})
    context = made["executionContextId"]
    answer = await send(session, "Runtime.evaluate", {"expression": finder_source(), "contextId": context})
    finder = answer["result"].get("objectId")
    if finder is None:
        raise WorldError(f"the finder did not start in {frame.get('url', '?')}")
    return FrameWorld(session=session, frame_id=frame["id"], url=frame.get("url", ""), context=context, finder=finder)


async def _owner(parent: FrameWorld, frame_id: str) -> str:
    owner = await send(parent.session, "DOM.getFrameOwner", {"frameId": frame_id})
    node = await send(
        parent.session,
        "DOM.resolveNode",
        {"backendNodeId": owner["backendNodeId"], "executionContextId": parent.context},
    )
    return str(node["object"]["objectId"])


async def _frame_box(session: CDPSession, owner: str) -> dict[str, Any]:
    answer = await send(
        session,
        "Runtime.callFunctionOn",
        {"objectId": owner, "functionDeclaration": _FRAME_BOX, "returnByValue": True},
    )
    box = _value(answer)
    if not isinstance(box, dict):
        raise WorldError("the frame element gave no box")
    return box


async def closed_roots(world: FrameWorld) -> tuple[str, ...]:
    """Closed shadow roots in a main or cross-site frame and the frames of its process, as objects of that world.

    The protocol sees through closed roots; a root of another frame does not resolve into this world and is left out.
    """
    document = await send(world.session, "DOM.getDocument", {"depth": -1, "pierce": True})
    ids: list[int] = []
    _collect_closed(document["root"], world.frame_id, ids)
    found = []
    for backend in ids[:40]:
        try:
            node = await send(
                world.session, "DOM.resolveNode", {"backendNodeId": backend, "executionContextId": world.context}
            )
        except WorldError:
            continue
        found.append(str(node["object"]["objectId"]))
    await send(world.session, "DOM.disable")
    return tuple(found)


def _collect_closed(node: dict[str, Any], frame_id: str, into: list[int]) -> None:
    stack = [node]
    while stack:
        at = stack.pop()
        if at.get("shadowRootType") == "closed":
            into.append(at["backendNodeId"])
        stack.extend(at.get("children", ()))
        stack.extend(at.get("shadowRoots", ()))
        if "contentDocument" in at:
            stack.append(at["contentDocument"])


def _value(answer: dict[str, Any]) -> Any:
    if "exceptionDetails" in answer:
        detail = answer["exceptionDetails"]
        text = detail.get("exception", {}).get("description") or detail.get("text", "")
        raise WorldError(f"script error in the frame: {json.dumps(text)[:200]}")
    return answer["result"].get("value")


@cache
def finder_source() -> str:
    """The finder as one expression: its parts share one function scope, so that nothing of it is left in the world."""
    folder = resources.files("auditor.browser").joinpath("page_scripts")
    parts = ("finder_tree.js", "finder_sight.js", "finder.js")
    return "(() => {\n" + "\n".join(folder.joinpath(part).read_text(encoding="utf-8") for part in parts) + "\n})()"
