"""REF-01, REF-02: what happens on pages loaded after a proven refusal."""

from __future__ import annotations

import pytest

from auditor.model import Confidence, Outcome, Severity
from tests.checks.builders import (
    ADS,
    CMP,
    FACEBOOK_HIT,
    FBP,
    GA,
    GA_COOKIE,
    GA_HIT,
    GA_SET,
    META,
    META_COOKIE,
    SECURITY,
    Scene,
)

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
COOKIE, REQUEST = "tracking-cookie-after-refusal", "tracker-contacted-after-refusal"


def test_a_tracking_cookie_set_after_refusing_fails() -> None:
    scene = Scene()
    scene.visit("refuse").cookie(FBP, META_COOKIE, after=True)
    (verdict,) = scene.judge(COOKIE)
    assert (verdict.outcome, verdict.severity, verdict.confidence) == (FAIL, Severity.CRITICAL, Confidence.SEEN_ONCE)


def test_two_refusals_confirm_it() -> None:
    scene = Scene()
    scene.visit("refuse").cookie(FBP, META_COOKIE, after=True).request(FACEBOOK_HIT, META, after=True)
    scene.visit("refuse", 2).cookie(FBP, META_COOKIE, after=True).request(FACEBOOK_HIT, META, after=True)
    assert [v.confidence for v in (*scene.judge(COOKIE), *scene.judge(REQUEST))] == [Confidence.CONFIRMED] * 2


def test_an_early_cookie_written_again_on_the_next_page_is_still_in_use() -> None:
    scene = Scene()
    scene.visit("refuse").cookie(FBP, META_COOKIE).cookie(FBP, META_COOKIE, after=True)
    assert scene.outcomes(COOKIE) == {"Meta Pixel": FAIL}


def test_an_early_cookie_that_merely_lies_there_is_not_set_after_refusing() -> None:
    scene = Scene()
    visit = scene.visit("refuse").cookie(FBP, META_COOKIE).held("_fbp", "fb.1.1.123456", META_COOKIE)
    visit.held("_fbp", "fb.1.1.123456", META_COOKIE, after=True)
    assert scene.outcomes(COOKIE) == {"site": PASS}


def test_a_cookie_new_in_the_jar_counts_though_nobody_saw_it_being_set() -> None:
    scene = Scene()
    scene.visit("refuse").held("_fbp", "fb.1.1.123456", META_COOKIE, after=True)
    assert scene.outcomes(COOKIE) == {"Meta Pixel": FAIL}


def test_what_was_under_way_at_the_click_is_not_held_against_the_site() -> None:
    scene = Scene()
    visit = scene.visit("refuse").request(FACEBOOK_HIT, META)
    visit.request(FACEBOOK_HIT, META, at_once=True).cookie(FBP, META_COOKIE, at_once=True)
    assert scene.outcomes(COOKIE) == {"site": PASS}
    assert scene.outcomes(REQUEST) == {"site": PASS}


def test_a_tracker_that_wakes_at_the_refusal_is_held_against_it() -> None:
    scene = Scene()
    scene.visit("refuse").request(FACEBOOK_HIT, META, at_once=True)
    assert scene.outcomes(REQUEST) == {"Meta Pixel": FAIL}


@pytest.mark.parametrize(
    ("raw", "given"),
    [
        ("cookieconsent=denied-all-choices; Max-Age=60", CMP),
        ("IDE=OPT_OUT; Max-Age=60", ADS),
        ("_fbp=fb.1.1.1; Max-Age=0", META_COOKIE),
        ("__cf_bm=abcdefgh; Max-Age=60", SECURITY),
    ],
    ids=["consent-record", "opt-out", "deletion", "bot-defence"],
)
def test_cookies_that_record_or_carry_out_the_refusal_pass(raw: str, given: object) -> None:
    scene = Scene()
    scene.visit("refuse").cookie(raw, given, after=True)  # type: ignore[arg-type]
    assert scene.outcomes(COOKIE) == {"site": PASS}


def test_analytics_after_refusing_is_high() -> None:
    scene = Scene()
    scene.visit("refuse").cookie(GA_SET, GA_COOKIE, after=True)
    (verdict,) = scene.judge(COOKIE)
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.HIGH)


def test_a_tracking_request_after_refusing_fails() -> None:
    scene = Scene()
    scene.visit("refuse").request(FACEBOOK_HIT, META, after=True)
    assert scene.outcomes(REQUEST) == {"Meta Pixel": FAIL}


def test_the_platforms_own_call_and_security_are_needed() -> None:
    scene = Scene()
    visit = scene.visit("refuse").request("https://consent.cookiebot.com/log", CMP, after=True)
    visit.request("https://challenges.cloudflare.com/x", SECURITY, after=True)
    assert scene.outcomes(REQUEST) == {"site": PASS}


def test_a_cookieless_ping_after_a_refusal_is_contested_not_clean() -> None:
    scene = Scene()
    scene.visit("refuse").request(GA_HIT + "&gcs=G100", GA, after=True)
    (verdict,) = scene.judge(REQUEST)
    assert (verdict.outcome, verdict.subject) == (UNDETERMINED, "Google Analytics")
    assert "contested" in (verdict.reason or "")


@pytest.mark.parametrize("check", [COOKIE, REQUEST])
def test_a_click_that_was_not_proven_leaves_it_open(check: str) -> None:
    scene = Scene()
    visit = scene.visit("refuse", status="click_failed", reason="banner still there")
    visit.cookie(FBP, META_COOKIE, after=True).request(FACEBOOK_HIT, META, after=True)
    (verdict,) = scene.judge(check)
    assert verdict.outcome is UNDETERMINED
    assert verdict.reason == "choice 'refuse': click_failed (banner still there)"


@pytest.mark.parametrize("check", [COOKIE, REQUEST])
@pytest.mark.parametrize("status", ["no_banner", "not_offered"])
def test_where_nothing_can_be_refused_the_question_does_not_arise(check: str, status: str) -> None:
    scene = Scene()
    scene.visit("refuse", status=status).cookie(FBP, META_COOKIE).request(FACEBOOK_HIT, META)
    assert scene.outcomes(check) == {"site": NOT_APPLICABLE}


@pytest.mark.parametrize("check", [COOKIE, REQUEST])
def test_without_a_refusing_visit_nothing_is_known(check: str) -> None:
    scene = Scene()
    scene.visit()
    assert scene.outcomes(check) == {"site": UNDETERMINED}


@pytest.mark.parametrize("check", [COOKIE, REQUEST])
def test_recorders_that_were_not_in_place_leave_it_open(check: str) -> None:
    scene = Scene()
    scene.visit("refuse", recorded=("navigation",)).cookie(FBP, META_COOKIE, after=True).request(
        FACEBOOK_HIT, META, after=True
    )
    assert scene.outcomes(check) == {"site": UNDETERMINED}


def test_an_accepting_visit_says_nothing_about_refusing() -> None:
    scene = Scene()
    scene.visit("accept").cookie(FBP, META_COOKIE, after=True)
    scene.visit("refuse")
    assert scene.outcomes(COOKIE) == {"site": PASS}
