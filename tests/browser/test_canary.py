"""The self-test: it passes on a browser that measures right, and fails on one that does not."""

from __future__ import annotations

from auditor.browser import canary
from auditor.browser.launch import Browsers, find_browser
from tests.browser.local_sites import closed_port


def test_the_canary_sings_within_three_seconds(runner, browsers):
    runner.run(canary.check(browsers))  # the first page of a browser costs more than the second
    result = runner.run(canary.check(browsers))
    assert result.ok, result.lines
    assert {name for name, _, _ in result.lines} >= {
        "first-party cookie",
        "third-party cookie",
        "storage key with its script",
    }
    (seconds,) = [told for name, _, told in result.lines if name == "canary time"]
    assert float(seconds.split()[0]) < 3


async def _with(**options) -> canary.CanaryResult:
    async with Browsers(find_browser(), **options) as own:
        return await canary.check(own)


def test_a_browser_that_loses_third_party_cookies_is_found_out(runner):
    result = runner.run(_with(extra_args=["--test-third-party-cookie-phaseout"]))
    wrong = {name: told for name, fine, told in result.lines if not fine}
    assert not result.ok
    assert wrong == {"third-party cookie": "not recorded: canary_third canary-third.localhost"}


def test_the_canary_goes_around_the_proxy(runner):
    assert runner.run(_with(proxy=f"http://127.0.0.1:{closed_port()}")).ok


def test_the_canary_passes_when_host_rules_catch_every_host(runner):
    assert runner.run(_with(resolver_rules=f"MAP * 127.0.0.1:{closed_port()}")).ok
