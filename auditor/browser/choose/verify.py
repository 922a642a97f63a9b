"""What proves that a choice was made: the banner left, something of it was stored, and it stays away after a reload."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.async_api import Request

from auditor.browser.choose import consent_state, words
from auditor.browser.choose.consent_state import Answer, StateChange
from auditor.browser.choose.sighting import Sighting, look
from auditor.browser.choose.worlds import FrameWorld, WorldError, Worlds
from auditor.browser.session import PageSession
from auditor.urls import site_of

GONE_LIMIT_S = 4.0
STORED_LIMIT_S = 1.5
_POLL_S = 0.12
_SAME_TEXT = 0.5  # share of common words from which two banners are one and the same


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What a press did to the page as it stands."""

    gone: bool
    changed: tuple[StateChange, ...]
    answer: Answer = "unclear"
    answer_key: str | None = None
    sent: str | None = None  # a request of the page's own site that may have told its server


@dataclass(kw_only=True)
class Watch:
    """Before and after of one press. Start it right before the press, `effect` right after."""

    session: PageSession
    worlds: Worlds
    banners: list[Sighting]
    before: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    _listener: Callable[[Request], None] | None = None

    async def start(self) -> None:
        self.before = await self._state()
        site = site_of(self.session.page.url)

        def seen(request: Request) -> None:
            if request.method != "GET" and site_of(request.url) == site:
                self.requests.append(f"{request.method} {urlsplit(request.url).path}")

        self._listener = seen
        self.session.page.on("request", seen)

    def stop(self) -> None:
        if self._listener is not None:
            self.session.page.remove_listener("request", self._listener)
            self._listener = None

    async def effect(self, *, gone_limit_s: float = GONE_LIMIT_S) -> Effect:
        """Wait until the banner is gone and its trace is stored, each within its limit."""
        gone = await self._until_gone(gone_limit_s)
        deadline = _now() + (STORED_LIMIT_S if gone else 0.2)
        while True:
            changed = consent_state.of_consent(consent_state.changes(self.before, await self._state()))
            if changed or _now() > deadline:
                break
            await asyncio.sleep(_POLL_S)
        answer, key = consent_state.answer_of(changed)
        return Effect(
            gone=gone,
            changed=tuple(changed),
            answer=answer,
            answer_key=key,
            sent=self.requests[0] if self.requests else None,
        )

    async def _until_gone(self, limit_s: float) -> bool:
        deadline = _now() + limit_s
        while True:
            if not await self.any_present():
                return True
            if _now() > deadline:
                return False
            await asyncio.sleep(_POLL_S)

    async def any_present(self) -> bool:
        """Whether any of the banner's layers is still to be seen, a page that was loaded anew included."""
        navigated = False
        for seen in self.banners:
            try:
                if await seen.world.call("present", seen.number, seen.deciding) and await _frame_seen(seen.world):
                    return True
            except WorldError:
                navigated = navigated or seen.world.parent is None
        if not navigated:
            return False
        self.worlds.forget()
        await self.session.settle()
        return await back(self.session, self.worlds, self.banners) is not None

    async def _state(self) -> dict[str, str]:
        """The stored state, with local storage of the banner's own frame where that is another origin."""
        state = await self.session.state()
        for seen in self.banners:
            if seen.world.parent is None:
                continue
            try:
                stored = await seen.world.call("storage")
            except WorldError:
                continue
            origin = "/".join(seen.world.url.split("/")[:3])
            state |= {f"local {key}@{origin}": value for key, value in (stored or {}).items()}
        return state


async def _frame_seen(world: FrameWorld) -> bool:
    """Whether the frames that a banner stands in are still visible themselves."""
    while world.parent is not None:
        if not await world.frame_visible():
            return False
        world = world.parent
    return True


async def back(session: PageSession, worlds: Worlds, banners: Sequence[Sighting]) -> Sighting | None:
    """The same banner in the page as it stands, or None. Another pop-up that shows only now is not "the same"."""
    try:
        found = await look(worlds, None)
    except WorldError:
        return None
    for seen in found:
        if any(same(seen, old) for old in banners):
            return seen
    return None


def same(one: Sighting, other: Sighting) -> bool:
    """Whether two sightings show one banner: most words of the shorter text in common, or the same controls."""
    mine, theirs = set(words.words_of(one.text)), set(words.words_of(other.text))
    if mine and theirs and len(mine & theirs) / min(len(mine), len(theirs)) >= _SAME_TEXT:
        return True
    return bool(one.fingerprint) and one.fingerprint == other.fingerprint


def _now() -> float:
    return asyncio.get_running_loop().time()
