"""One visit: home page, choice, inner pages, everything recorded. A site's faults become data, never exceptions."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime

from playwright.async_api import Error as PlaywrightError

from auditor.browser.flags import TIMEZONE, locale_of, told_flags, user_agent
from auditor.browser.launch import BrowserMissing, Browsers
from auditor.browser.pages import choose_pages
from auditor.browser.protocol import ProtocolError
from auditor.browser.run import PageFailed, VisitRun
from auditor.model import ChoiceResult, Conditions, LinkSeen, Visit, VisitPlan

PagePicker = Callable[[tuple[LinkSeen, ...]], tuple[str, ...]]


async def visit(
    browsers: Browsers,
    plan: VisitPlan,
    pick_pages: PagePicker | None = None,
    *,
    keep_html: Callable[[str], bool] | None = None,
) -> Visit:
    """Run one visit in a clean profile and return what was recorded.

    pick_pages: from the home page's links to the inner pages, when the plan does not name them (default: choose_pages).
    keep_html: which inner pages' rendered HTML is kept in Visit.documents; the home page's always is.
    Never raises for anything a site does: a failed visit has `failure` set.
    """
    started = time.monotonic()
    run = VisitRun(browsers, plan, keep_html or (lambda url: False))
    failure: str | None = None
    result = ChoiceResult(status="not_tried", reason="the home page was not reached")
    conditions = _conditions(browsers, plan)
    try:
        async with asyncio.timeout(plan.time_limit_s), run.opened():
            failure, result = await run.while_alive(_steps(run, plan, pick_pages))
    except PageFailed as failed:
        failure = run.interrupted(str(failed))
    except TimeoutError:
        failure = run.interrupted(f"not finished within {plan.time_limit_s:g} s")
    except (PlaywrightError, ProtocolError, BrowserMissing, OSError) as error:
        failure = run.interrupted(f"the browser was lost: {str(error).splitlines()[0][:200]}")
    except Exception as error:  # noqa: BLE001 - the recorded edge of a visit: nothing may reach the neighbours
        failure = run.interrupted(f"unexpected {type(error).__name__}: {str(error)[:200]}")
    if run.choice_result is not None:
        result = run.choice_result
    return Visit(
        id=f"{plan.choice}-{plan.repeat}",
        # Where the home page ended up decides who is first party: example.nl may lead to example.com.
        site=run.pages[0] if run.pages else plan.site,
        choice=plan.choice,
        repeat=plan.repeat,
        pages=tuple(run.pages),
        conditions=conditions,
        choice_result=result,
        failure=failure,
        recorded=run.recorded,
        observations=run.observations(),
        screenshots=dict(run.screenshots),
        documents=dict(run.documents),
        duration_ms=round((time.monotonic() - started) * 1000),
    )


async def _steps(run: VisitRun, plan: VisitPlan, pick_pages: PagePicker | None) -> tuple[str | None, ChoiceResult]:
    """The visit in its order; (failure, choice result)."""
    try:
        links = await run.home()
    except PageFailed as failed:
        return str(failed), ChoiceResult(status="not_tried", reason="the home page was not seen")
    result = await run.choose()
    inner = plan.pages
    if inner is None:
        picker = pick_pages or (lambda seen: choose_pages(run.pages[0], seen, plan.max_inner_pages))
        inner = picker(links)
    for url in inner:
        if run.log.over_limit or run.lost:
            break
        with suppress(PageFailed):  # written down; the other pages still count
            await run.open(url)
            if result.status == "no_banner" and await run.sees_banner():
                result = await run.choose()  # some sites ask on the second page only
    if run.log.over_limit:
        run.log.fail("limit", f"visit cut short: {run.log.over_limit}")
    return run.broken, result


def _conditions(browsers: Browsers, plan: VisitPlan) -> Conditions:
    return Conditions(
        browser=f"{browsers.build.product} {browsers.build.version}",
        flags=told_flags(browsers.flags),
        third_party_cookies=True,
        user_agent=user_agent(browsers.build),
        locale=locale_of(plan.language),
        timezone=TIMEZONE,
        viewport=plan.viewport,
        dnt=plan.dnt,
        gpc=plan.gpc,
        proxy=browsers.proxy is not None,
        started_at=datetime.now(UTC).isoformat(timespec="seconds"),
    )
