"""What a step inside a visit (the choice, above all) may use of the visit: the page, its clock, its state."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import BrowserContext, CDPSession, Page
from playwright.async_api import Error as PlaywrightError

from auditor.browser.settle import Activity
from auditor.model import Observation, Phase, VisitPlan

READ_STORAGE = """() => {
  const out = {};
  for (const [area, name] of [['local', 'localStorage'], ['session', 'sessionStorage']]) {
    try {
      const store = window[name];
      for (let i = 0; i < store.length; i++) { const key = store.key(i); out[area + ' ' + key] = store.getItem(key); }
    } catch (error) { /* sandboxed or data: document: it has no storage */ }
  }
  return [location.origin, out];
}"""


class Timeline:
    """The visit's clock, numbering and phase. One per visit, shared by all recorders and steps."""

    def __init__(self) -> None:
        self._start = time.time()
        self._numbers: dict[str, int] = {}
        self.chosen_at: float | None = None  # Unix time of the deciding click
        self.page = 0

    def now_ms(self) -> int:
        """Milliseconds since the visit began."""
        return round((time.time() - self._start) * 1000)

    @property
    def phase(self) -> Phase:
        return Phase.BEFORE if self.chosen_at is None else Phase.AFTER

    def moment(self, unix_s: float) -> tuple[int, Phase]:
        """t_ms and phase of something the browser dates itself: its events come a little later than they happened."""
        now = time.time()
        if not now - 60 < unix_s <= now + 1:  # a clock that was set meanwhile
            unix_s = now
        after = self.chosen_at is not None and unix_s >= self.chosen_at
        return max(0, round((unix_s - self._start) * 1000)), Phase.AFTER if after else Phase.BEFORE

    def next_id(self, prefix: str) -> str:
        """A new id, unique in the visit: 'r1', 'r2' …"""
        number = self._numbers.get(prefix, 0) + 1
        self._numbers[prefix] = number
        return f"{prefix}{number}"


@dataclass(kw_only=True)
class PageSession:
    """One page of one visit, while it is open.

    `cdp` is a protocol session of the page's main frame, free for use (enable what you need). `screenshots` collects
    name -> file name beside the record; `observe` adds an observation to the visit.
    """

    page: Page
    context: BrowserContext
    cdp: CDPSession
    plan: VisitPlan
    timeline: Timeline = field(default_factory=Timeline)
    activity: Activity = field(default_factory=Activity)
    screenshots: dict[str, str] = field(default_factory=dict)
    observe: Callable[[Observation], None] = lambda observation: None

    @classmethod
    async def attach(cls, page: Page, plan: VisitPlan) -> PageSession:
        """A session for a page outside a visit (choice tests, banner probes). It settles by the page's own requests."""
        session = cls(page=page, context=page.context, cdp=await page.context.new_cdp_session(page), plan=plan)
        activity = session.activity
        page.on("request", lambda request: activity.opened(str(id(request))))
        page.on("response", lambda response: activity.closed(str(id(response.request))))
        page.on("requestfailed", lambda request: activity.closed(str(id(request))))
        return session

    @property
    def page_index(self) -> int:
        """Index of the open page in Visit.pages."""
        return self.timeline.page

    @property
    def screenshots_dir(self) -> Path | None:
        return Path(self.plan.screenshots_dir) if self.plan.screenshots_dir else None

    def now_ms(self) -> int:
        return self.timeline.now_ms()

    def next_id(self, prefix: str) -> str:
        return self.timeline.next_id(prefix)

    @property
    def phase(self) -> Phase:
        return self.timeline.phase

    def mark_choice(self) -> None:
        """Call immediately before the deciding click: what is sent from now on comes after the choice."""
        self.timeline.chosen_at = time.time()

    def unmark_choice(self) -> None:
        """Call when it turned out that nothing was pressed."""
        self.timeline.chosen_at = None

    async def settle(self, *, cap_ms: int | None = None) -> int:
        """Wait until the page is at rest again after a click; milliseconds waited. Never raises."""
        self.activity.begin()
        plan = self.plan
        settled = await self.activity.settle(
            quiet_ms=plan.settle_quiet_ms, floor_ms=plan.settle_floor_ms, cap_ms=cap_ms or plan.settle_cap_ms
        )
        return settled.after_ms

    async def reload(self, timeout_s: float = 15.0) -> bool:
        """Load the page again and settle; False when it did not come. Never raises."""
        self.activity.restart()
        try:
            await self.page.reload(wait_until="commit", timeout=timeout_s * 1000)
        except PlaywrightError:
            return False
        await self.activity.settle(
            quiet_ms=self.plan.settle_quiet_ms, floor_ms=self.plan.settle_floor_ms, cap_ms=self.plan.settle_cap_ms
        )
        return True

    async def state(self) -> dict[str, str]:
        """Stored state: "cookie name@domain", "local key@origin", "session key@origin" -> value. Never raises.

        The jar as a whole, web storage of the top frame's origin.
        """
        found: dict[str, str] = {}
        try:
            for cookie in await self.context.cookies():
                found[f"cookie {cookie.get('name', '')}@{cookie.get('domain', '')}"] = cookie.get("value", "")
            origin, storage = await self.page.evaluate(READ_STORAGE)
        except PlaywrightError:
            return found
        return found | {f"{key}@{origin}": value for key, value in storage.items()}
