"""The sites themselves: each consent platform works, and each site does in each state what its scenario says.

Clicked by hand-written selectors, counted at the server and in the browser's jar; no part of the auditor takes part.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.sites.scenarios import Scenario, State, scenarios
from tests.world.assets import ensure
from tests.world.server import World, WorldHandle

# An ordinary visitor: consent platforms and trackers keep quiet when they see a robot.
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
LATE_S = 10.0
PRESSES = 3
CASES = [(scenario, name) for scenario in scenarios() for name in scenario.behaviour]


@pytest.fixture(scope="module")
def world() -> Iterator[WorldHandle]:
    ensure()
    with World().start() as handle:
        yield handle


@pytest.fixture(scope="module")
def browser(world: WorldHandle) -> Iterator[Browser]:
    executable = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    flags = [f"--host-resolver-rules={world.resolver_rules}", "--disable-blink-features=AutomationControlled"]
    if os.geteuid() == 0:
        flags.append("--no-sandbox")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=executable, args=flags)
        yield launched
        launched.close()


@pytest.mark.parametrize(("scenario", "state"), CASES, ids=[f"{scenario.name}-{name}" for scenario, name in CASES])
def test_a_site_does_what_its_scenario_says(
    world: WorldHandle, browser: Browser, scenario: Scenario, state: str
) -> None:
    expected = scenario.behaviour[state]
    world.forget()
    contacted, cookies = _visit(world, browser, scenario, expected)
    assert contacted == expected.contacted
    assert cookies == expected.cookies
    assert world.unknown_hosts == set()


def _press(page: Page, selector: str) -> None:
    """Click until the control is gone: under load a platform shows its buttons before it listens to them."""
    for _ in range(PRESSES):
        page.click(selector)
        with suppress(PlaywrightTimeout):
            page.locator(selector).first.wait_for(state="hidden", timeout=3000)
            return
    raise AssertionError(f"{selector} still stands after {PRESSES} clicks")


def _visit(
    world: WorldHandle, browser: Browser, scenario: Scenario, state: State
) -> tuple[frozenset[str], frozenset[str]]:
    """Hosts of others contacted (after the clicks, where there are any) on home and contact page, and the jar."""
    # The browser distrusts the world's authority; what is tested here is the sites.
    context = browser.new_context(ignore_https_errors=True, locale="nl-NL", user_agent=USER_AGENT)
    page = context.new_page()
    page.goto(scenario.seed, wait_until="networkidle")
    if state.press:
        world.forget()
    for selector in state.press:
        _press(page, selector)
    page.wait_for_load_state("networkidle")
    page.goto(f"{scenario.seed.rstrip('/')}/contact", wait_until="networkidle")

    def seen() -> tuple[frozenset[str], frozenset[str]]:
        hosts = frozenset(hit.host for hit in list(world.hits)) - {scenario.host}
        return hosts, frozenset(cookie["name"] for cookie in context.cookies())

    # Trackers send their last events from timers of their own: wait for what is due, at most LATE_S.
    deadline = time.monotonic() + LATE_S
    while seen() != (state.contacted, state.cookies) and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    result = seen()
    context.close()
    return result
