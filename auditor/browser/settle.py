"""When a page has come to rest: nothing new for a while, measured by events, never by a fixed sleep."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Settled:
    """How a page came to rest. `after_ms` counts from the start of the wait's own page load."""

    after_ms: int
    because: Literal["quiet", "cap", "not-settled"]


BUSY_S = 0.25
"""A page that takes longer than this to answer was at work, so its quiet time begins again."""


class Activity:
    """What a page is busy with, fed by the recorders. `probe` asks the page itself and ends when it answers.

    A request is open from its sending to its response (not its body: a page that never reads a body never ends it).
    `promise` announces something due later (a page's own timer), so that a quiet page is not left just before it.
    """

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.last = self.started
        self.due = 0.0
        self.probe: Callable[[], Awaitable[None]] | None = None
        self._open: set[str] = set()
        self._changed = asyncio.Event()
        self._over = False

    def restart(self) -> None:
        """A new page load begins: forget what was open."""
        self._open.clear()
        self.due = 0.0
        self.begin()

    def begin(self) -> None:
        """Count the next wait from now: a click may set the page in motion again."""
        self.started = self.last = time.monotonic()
        self._changed.set()

    def touch(self) -> None:
        """Something new was seen."""
        self.last = time.monotonic()

    def opened(self, key: str) -> None:
        self._open.add(key)
        self.touch()

    def closed(self, key: str) -> None:
        if key in self._open:
            self._open.discard(key)
            self.touch()
            self._changed.set()

    def promise(self, in_s: float) -> None:
        """Something may happen in `in_s` seconds."""
        self.due = max(self.due, time.monotonic() + in_s)

    def give_up(self) -> None:
        """The page is gone (crash, limit reached): end this wait and every later one."""
        self._over = True
        self._changed.set()

    @property
    def open(self) -> int:
        """Requests that have no response yet."""
        return len(self._open)

    async def settle(self, *, quiet_ms: int, floor_ms: int, cap_ms: int) -> Settled:
        """Wait until nothing new came for `quiet_ms`, at least `floor_ms` and at most `cap_ms` after the load began."""
        quiet_s, floor, cap = quiet_ms / 1000, self.started + floor_ms / 1000, self.started + cap_ms / 1000
        while True:
            now = time.monotonic()
            if self._over:
                return self._result("not-settled")
            rest_at = max(self.last + quiet_s, floor, min(self.due, cap))
            if not self._open and now >= rest_at and await self._confirmed(cap - now):
                return self._result("quiet")
            if now >= cap:
                return self._result("cap")
            await self._sleep((cap if self._open else min(rest_at, cap)) - now)

    async def _confirmed(self, within_s: float) -> bool:
        """Whether the page is free, and still quiet after it said so: one that is busy tells nothing new either."""
        if self.probe is None or within_s <= 0:
            return True
        last, asked = self.last, time.monotonic()
        with suppress(TimeoutError):
            await asyncio.wait_for(self.probe(), within_s)
        if time.monotonic() - asked > BUSY_S:
            self.touch()
        return self.last == last and not self._open

    async def _sleep(self, seconds: float) -> None:
        """Sleep, but wake when the last open request is answered or the page is gone."""
        self._changed.clear()
        try:
            await asyncio.wait_for(self._changed.wait(), max(seconds, 0.001))
        except TimeoutError:
            return

    def _result(self, because: Literal["quiet", "cap", "not-settled"]) -> Settled:
        return Settled(after_ms=round((time.monotonic() - self.started) * 1000), because=because)
