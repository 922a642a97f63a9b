"""Identifier or setting, by shape; and the values that say "do not follow me"."""

from __future__ import annotations

import pytest

from auditor.trackers.values import is_opt_out_value, looks_like_identifier


@pytest.mark.parametrize(
    "value",
    [
        "GA1.1.1234567890.1690000000",
        "fb.1.1690000000000.1098115397",
        "0190a1b2-7c3d-7e4f-8a9b-0c1d2e3f4a5b",
        "7f3a9c1e5b2d4680",
        "%7B%22distinct_id%22%3A%220190a1b2-7c3d-7e4f-8a9b-0c1d2e3f4a5b%22%7D",
        "AHWqTUnJq8sVhZ0xkP3yQe2rD",
        "d41d8cd98f00b204e9800998ecf8427e",
    ],
)
def test_identifiers(value: str) -> None:
    assert looks_like_identifier(value)


@pytest.mark.parametrize(
    "value",
    [
        None,
        "",
        "1",
        "true",
        "nl-NL",
        "accepted",
        "2024-05-25",
        "2024-05-25T10:00:00Z",
        "1690000000",
        "1690000000000",
        "necessary,statistics",
        "v2.11.3",
        "dark-mode",
        "{stamp:'-1',necessary:true}",
        "Europe/Amsterdam",
        "summer-sale-banner",
        "functional_cookies_only",
        "aaaaaaaaaaaaaaaa",
        "10000000000",
    ],
)
def test_settings(value: str | None) -> None:
    assert not looks_like_identifier(value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IDE", "OPT_OUT"),
        ("uuid2", "optout"),
        ("uid", "0"),
        ("id", "OPT-OUT"),
        ("ga-disable-UA-1", "true"),
        ("x", ""),
        ("TTDOptOut", "1"),
        ("_ga", "denied"),
    ],
)
def test_opt_outs(name: str, value: str) -> None:
    assert is_opt_out_value(name, value)


@pytest.mark.parametrize(
    ("name", "value"), [("_ga", "GA1.1.1.2"), ("uid", None), ("_fbp", "fb.1.2.3"), ("flag", "1"), ("x", "out")]
)
def test_no_opt_outs(name: str, value: str | None) -> None:
    assert not is_opt_out_value(name, value)
