"""What stored values say about a choice, and which changes count as its trace."""

from __future__ import annotations

import pytest

from auditor.browser.choose import consent_state
from auditor.browser.choose.consent_state import StateChange

YES = [
    "accepted", "all", "%22allow%22", "{stamp:'x',necessary:true,preferences:true,statistics:true,marketing:true,method:'explicit'}",
    "isGpcEnabled=0&groups=C0001%3A1%2CC0002%3A1%2CC0003%3A1%2CC0004%3A1", '{"categories":["necessary","analytics","marketing"],"revision":0}',
    "!teller=true!reclame=true", '{"matomo":true,"youtube":true}',
    "eyJjaG9pY2VzIjp7Im5lY2Vzc2FyeSI6dHJ1ZSwidHJhY2tpbmciOnRydWUsImFuYWx5dGljcyI6dHJ1ZX19",
]  # fmt: skip
NO = [
    "rejected", "deny", "necessary", "{stamp:'x',necessary:true,preferences:false,statistics:false,marketing:false,method:'explicit'}",
    "groups=C0001%3A1%2CC0002%3A0%2CC0004%3A0", '{"categories":["necessary"],"revision":0,"services":{"necessary":[]}}',
    "!teller=false!reclame=false", '{"matomo":false,"youtube":false}', '{"essential":true,"usage":false,"campaigns":false}',
]  # fmt: skip


@pytest.mark.parametrize("value", YES)
def test_consent_is_read(value: str) -> None:
    assert consent_state.read_value(value) == "yes"


@pytest.mark.parametrize("value", NO)
def test_refusal_is_read(value: str) -> None:
    assert consent_state.read_value(value) == "no"


@pytest.mark.parametrize("value", ["1", "true", "2026-11-22T00:00:00Z", "dismiss", "", "a8f3b2c9", "{}"])
def test_a_bare_flag_says_nothing(value: str) -> None:
    assert consent_state.read_value(value) == "unclear"


def test_some_of_each_is_mixed() -> None:
    assert consent_state.read_value('{"necessary":true,"analytics":true,"marketing":false}') == "mixed"


def test_purposes_of_a_tcf_string_are_read() -> None:
    refused = "CPzabcAPzabcAAAAAAENCZCAAAAAAAAAAAAAAAAAAAAA"
    assert consent_state.read_value(refused) == "no"


def test_keys_that_stood_before_are_no_proof() -> None:
    same = {"cookie CookieConsent@.example.com": "x"}
    assert consent_state.changes(same, dict(same)) == []


def test_identifiers_of_trackers_are_no_trace_of_a_choice() -> None:
    found = [StateChange(key="cookie _ga@.example.com", before=None, after="GA1.1.1.1")]
    assert consent_state.of_consent(found) == []


def test_a_known_key_comes_before_others() -> None:
    found = [
        StateChange(key="local melding@http://example.com", before=None, after="1"),
        StateChange(key="cookie OptanonConsent@example.com", before="a", after="b"),
    ]
    assert [c.name for c in consent_state.of_consent(found)] == ["OptanonConsent", "melding"]
