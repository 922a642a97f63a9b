"""Speed goals of the labeller, in processor time with room for a slow machine; bench.py prints the figures."""

from __future__ import annotations

import pytest

from auditor.trackers import Labeller
from tests.trackers import bench


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    """Warm: the sources are loaded at the first request and cookie that reach them."""
    made = Labeller()
    made.request("https://unknown.example.net/", site=bench.SITE)
    made.cookie("unknown", domain="example.com", site=bench.SITE)
    return made


def test_it_starts_in_less_than_the_goal() -> None:
    assert bench.start_seconds() < 0.4 * 1.5


def test_a_site_is_labelled_in_less_than_the_goal(labeller: Labeller) -> None:
    assert bench.site_milliseconds(labeller) < 30 * 1.5


def test_requests_per_second(labeller: Labeller) -> None:
    assert bench.per_second(bench.request_work(labeller), bench.addresses(10_000)) > 50_000 / 1.5


def test_cookies_per_second(labeller: Labeller) -> None:
    assert bench.per_second(bench.cookie_work(labeller), bench.cookie_names(10_000)) > 20_000
