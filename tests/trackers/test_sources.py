"""The parts behind the labeller: name patterns, wildcards, addresses, the cookie database, filter lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Category
from auditor.trackers import Labeller, patterns
from auditor.trackers.address import NOWHERE, cut
from auditor.trackers.cookie_database import days, is_everyday
from auditor.trackers.filter_lists import InstalledLists, ListHit
from auditor.trackers.hosts import _branches, _suffixes
from auditor.trackers.wildcards import NamePatterns

SITE = "https://www.example.com/"


@pytest.mark.parametrize("pattern", patterns.patterns(), ids=lambda pattern: pattern.name)
def test_name_patterns(pattern: patterns.Pattern) -> None:
    for name in pattern.examples:
        assert pattern.expression.search(name), name
    for name in pattern.silent:
        assert not pattern.expression.search(name), name


def test_wildcards_longest_first() -> None:
    names: NamePatterns[str] = NamePatterns()
    for pattern in ("_ga", "_ga_*", "_g*", "*_ENSIGHTEN_*", "x"):
        names.add(pattern, pattern)
    assert names.find("_ga_ABC") == ["_ga_*", "_g*"]
    assert names.find("_ga") == ["_ga", "_g*"]
    assert names.find("A_ENSIGHTEN_B") == ["*_ENSIGHTEN_*"]
    assert names.find("") == []
    assert names.find("_GA") == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://User:pw@WWW.Example.com:8443/a/b?x=1#f", ("https", "www.example.com", "/a/b", "x=1")),
        ("https://example.com", ("https", "example.com", "/", "")),
        ("https://example.com?x", ("https", "example.com", "/", "x")),
        ("wss://[2001:db8::1]:8/x", ("wss", "2001:db8::1", "/x", "")),
        ("//example.com/a", NOWHERE),
        ("", NOWHERE),
    ],
)
def test_addresses(url: str, expected: tuple[str, str, str, str]) -> None:
    assert cut(url) == expected


def test_host_suffixes_go_below_public_suffixes() -> None:
    assert ("core.windows.net",) in list(_suffixes("x.blob.core.windows.net"))
    assert ("google.nl", "google.*") in list(_suffixes("www.google.nl"))


def test_top_level_branches() -> None:
    assert list(_branches(r"/a(b|c)|^/d[|]|/e\|f")) == ["/a(b|c)", "^/d[|]", r"/e\|f"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2 years", 730.5), ("1 day", 1), ("30 minutes", 0.0208), ("session", None), ("a year", 365.25), ("", None)],
)
def test_retention(text: str, expected: float | None) -> None:
    assert days(text) == expected


@pytest.mark.parametrize(
    "name", ["id", "uid", "session", "session_id", "test", "user_id", "lang", "visitor", "d", "token"]
)
def test_everyday_names(name: str) -> None:
    assert is_everyday(name)


@pytest.mark.parametrize("name", ["_ga", "_hjid", "hubspotutk", "AnalyticsSyncHistory", "__adroll_fpc"])
def test_names_of_one_product(name: str) -> None:
    assert not is_everyday(name)


@pytest.fixture
def lists(tmp_path: Path) -> InstalledLists:
    pytest.importorskip("adblock")
    path = tmp_path / "easyprivacy.txt"
    path.write_text(
        "[Adblock Plus 2.0]\n! Version: 202611220000\n||spy.example^$third-party\n"
        "/pixel/count?\n||www.shop-ads.example^\n||frames.example^$subdocument\n",
        "utf-8",
    )
    return InstalledLists({"easyprivacy.txt": path})


def test_a_filter_list_names_its_rule(lists: InstalledLists) -> None:
    hit = lists.match("https://spy.example/x.js", SITE, "script")
    assert hit == ListHit(
        list="easyprivacy", version="202611220000", rule="||spy.example^$third-party", category=Category.ANALYTICS
    )
    assert lists.match("https://other.example/x.js", SITE, "script") is None
    assert lists.match("no address", SITE, "script") is None


def test_a_rule_for_www_catches_no_other_host_of_the_domain(lists: InstalledLists) -> None:
    hit = lists.match("https://www.shop-ads.example/x.js", SITE, "script")
    assert hit is not None
    assert hit.rule == "||www.shop-ads.example^"
    assert lists.match("https://images.shop-ads.example/x.js", SITE, "script") is None
    assert lists.match("https://shop-ads.example/x.js", SITE, "script") is None


def test_the_page_in_a_frame_is_matched_as_a_frame(lists: InstalledLists) -> None:
    assert lists.match("https://frames.example/", SITE, "document") is not None
    assert lists.match("https://frames.example/", "https://frames.example/", "document") is None


def test_a_listed_host_is_a_tracker_of_unknown_owner(lists: InstalledLists) -> None:
    label = Labeller(lists).request("https://spy.example/x.js", site=SITE, resource_type="script")
    assert (label.product, label.tracker, label.source, label.confidence) == (None, True, "filter-list", "likely")
    assert "||spy.example^$third-party" in label.rule
    assert Labeller(lists).lists["easyprivacy"] == "202611220000"


def test_a_list_does_not_overrule_a_signature(lists: InstalledLists) -> None:
    label = Labeller(lists).request("https://consent.cookiebot.com/pixel/count?x=1", site=SITE)
    assert (label.category, label.tracker) == (Category.CONSENT_PLATFORM, False)
