"""PRE-01, PRE-02, PRE-03, PRE-04, PRE-10: what happens before the visitor has chosen anything."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.model import Category, Confidence, Label, Outcome, Severity
from tests.checks.builders import (
    ADS,
    ADS_HIT,
    CMP,
    FACEBOOK_FILE,
    FACEBOOK_HIT,
    FACEBOOK_SCRIPT,
    FBP,
    FONTS,
    GA,
    GA_COOKIE,
    GA_HIT,
    GA_SET,
    GTM,
    LIKE_BUTTON,
    MATOMO,
    META,
    META_COOKIE,
    META_SCRIPT,
    SECURITY,
    UNKNOWN,
    Scene,
    button,
    label,
    three_visits,
)

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


# --- PRE-01 ---------------------------------------------------------------------------------------------


def test_an_advertising_cookie_before_any_choice_fails_and_names_its_writer() -> None:
    scene = Scene()
    for visit in three_visits(scene):
        visit.request(FACEBOOK_SCRIPT, META_SCRIPT, resource_type="script")
        visit.cookie(FBP, META_COOKIE, script=FACEBOOK_SCRIPT)
    (verdict,) = scene.judge("tracking-cookie-before-choice")
    assert (verdict.outcome, verdict.subject, verdict.confidence) == (FAIL, "Meta Pixel", Confidence.CONFIRMED)
    assert "_fbp" in verdict.message["nl"]
    assert "connect.facebook.net" in verdict.message["en"]
    assert len({key.split("/")[0] for key in verdict.evidence}) == 3
    assert "mogelijke overtreding" in verdict.message["nl"].lower()


def test_one_visit_is_seen_once() -> None:
    scene = Scene()
    scene.visit().cookie(FBP, META_COOKIE)
    scene.visit("accept")
    (verdict,) = scene.judge("tracking-cookie-before-choice")
    assert verdict.confidence is Confidence.SEEN_ONCE


def test_a_cookie_after_accepting_says_nothing_about_before() -> None:
    scene = Scene()
    scene.visit("accept").cookie(FBP, META_COOKIE, after=True)
    assert scene.outcomes("tracking-cookie-before-choice") == {"site": PASS}


@pytest.mark.parametrize(
    ("raw", "given"),
    [
        ("IDE=OPT_OUT; Max-Age=60", ADS),
        ("IDE=optout; Max-Age=60", ADS),
        ("_fbp=; Max-Age=60", META_COOKIE),
        ("_fbp=0; Max-Age=60", META_COOKIE),
        ("_fbp=fb.1.1.1; Max-Age=0", META_COOKIE),
        ("CookieConsent={necessary:true}; Max-Age=60", CMP),
        ("__cf_bm=abcdefghijk; Max-Age=1800", SECURITY),
        ("AWSALB=abcdefghijk; Max-Age=600", label("AWS", "Amazon", Category.HOSTING, tracker=False)),
        ("_ga=GA1.1.1.1; Max-Age=60", GA_COOKIE),
    ],
    ids=[
        "opt-out",
        "opt-out-lower",
        "empty",
        "zero",
        "deleted",
        "consent-state",
        "bot-defence",
        "balancer",
        "statistics",
    ],
)
def test_a_cookie_that_only_looks_like_tracking_is_not_accused(raw: str, given: object) -> None:
    scene = Scene()
    for visit in three_visits(scene):
        visit.cookie(raw, given)  # type: ignore[arg-type]
    assert scene.outcomes("tracking-cookie-before-choice") == {"site": PASS}


def test_a_cookie_that_the_browser_refused_is_not_set() -> None:
    scene = Scene()
    scene.visit().cookie(FBP, META_COOKIE, blocked=("SameSiteLax",))
    assert scene.outcomes("tracking-cookie-before-choice") == {"site": PASS}


def test_a_weak_label_is_never_a_fault() -> None:
    scene = Scene()
    scene.visit().cookie("uid=abcdef123456", label("Some Ads", "Some", Category.ADVERTISING, confidence="weak"))
    assert scene.outcomes("tracking-cookie-before-choice") == {"Some Ads": UNDETERMINED}


def test_cookies_that_nobody_recorded_are_not_measured() -> None:
    scene = Scene()
    scene.visit(recorded=("request",)).cookie(FBP, META_COOKIE)
    (verdict,) = scene.judge("tracking-cookie-before-choice")
    assert verdict.outcome is UNDETERMINED
    assert verdict.reason == "not recorded: cookie-held, cookie-offered"


def test_a_failed_visit_is_neither_clean_nor_guilty() -> None:
    scene = Scene()
    scene.visit(failure="net::ERR_TIMED_OUT").cookie(FBP, META_COOKIE)
    (verdict,) = scene.judge("tracking-cookie-before-choice")
    assert verdict.outcome is UNDETERMINED
    assert verdict.reason is not None
    assert "ERR_TIMED_OUT" in verdict.reason


def test_a_browser_that_refuses_third_party_cookies_cannot_clear_a_site() -> None:
    scene = Scene()
    scene.visit(third_party_cookies=False)
    assert scene.outcomes("tracking-cookie-before-choice") == {"site": UNDETERMINED}


def test_a_wall_for_robots_is_no_clean_site() -> None:
    scene = Scene()
    visit = scene.visit()
    visit.observations.clear()
    visit.loads(status=403)
    assert scene.outcomes("tracking-cookie-before-choice") == {"site": UNDETERMINED}


# --- PRE-02 ---------------------------------------------------------------------------------------------


def test_an_analytics_cookie_is_medium_while_an_exemption_is_plausible() -> None:
    scene = Scene()
    scene.visit().cookie(GA_SET, GA_COOKIE).request(GA_HIT, GA)
    (verdict,) = scene.judge("analytics-cookie-before-choice")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.MEDIUM)


def test_an_analytics_cookie_with_the_same_owners_ads_is_high() -> None:
    scene = Scene()
    scene.visit().cookie(GA_SET, GA_COOKIE).request(ADS_HIT, ADS)
    (verdict,) = scene.judge("analytics-cookie-before-choice")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.HIGH)


def test_statistics_on_the_own_server_are_left_to_a_person() -> None:
    scene = Scene()
    visit = scene.visit().cookie("_pk_id.1.1fff=abcdef0123456789.1700000000; Max-Age=33955200", MATOMO)
    visit.request("https://example.com/matomo/matomo.php?idsite=1", MATOMO)
    assert scene.outcomes("analytics-cookie-before-choice") == {"Matomo": UNDETERMINED}


def test_no_analytics_cookie_passes_and_no_measurement_does_not() -> None:
    scene = Scene()
    scene.visit()
    assert scene.outcomes("analytics-cookie-before-choice") == {"site": PASS}
    assert Scene().outcomes("analytics-cookie-before-choice") == {"site": UNDETERMINED}


# --- PRE-03 ---------------------------------------------------------------------------------------------


def test_a_tracking_request_before_a_choice_fails_without_any_cookie() -> None:
    scene = Scene()
    for visit in three_visits(scene):
        visit.request(FACEBOOK_HIT, META).request(GA_HIT, GA)
    verdicts = {v.subject: v for v in scene.judge("tracking-request-before-choice")}
    assert {s: v.outcome for s, v in verdicts.items()} == {"Meta Pixel": FAIL, "Google Analytics": FAIL}
    assert verdicts["Meta Pixel"].severity is Severity.HIGH
    assert verdicts["Google Analytics"].severity is Severity.MEDIUM


@pytest.mark.parametrize(
    ("url", "given", "more"),
    [
        ("https://www.googletagmanager.com/gtm.js?id=GTM-1", GTM, {"resource_type": "script"}),
        ("https://fonts.gstatic.com/s/a.woff2", FONTS, {"resource_type": "font"}),
        ("https://static.xx.fbcdn.net/f.woff2", META, {"resource_type": "font"}),
        ("https://consent.cookiebot.com/uc.js", CMP, {"resource_type": "script"}),
        (FACEBOOK_HIT, META, {"status": None, "failure": "net::ERR_BLOCKED_BY_CLIENT"}),
        (FACEBOOK_HIT, META, {"status": None, "failure": "net::ERR_NAME_NOT_RESOLVED"}),
        ("https://unknown.example.org/p.gif", UNKNOWN, {}),
        ("https://example.com/g/collect", GA, {}),
        (FACEBOOK_SCRIPT, META_SCRIPT, {"resource_type": "script"}),
    ],
    ids=[
        "container",
        "font-host",
        "tracker-font",
        "cmp",
        "blocked",
        "unreachable",
        "unknown",
        "own",
        "loader",
    ],
)
def test_a_request_that_only_looks_like_tracking_is_not_accused(
    url: str, given: object, more: dict[str, object]
) -> None:
    scene = Scene()
    for visit in three_visits(scene):
        visit.request(url, given, **more)  # type: ignore[arg-type]
    assert scene.outcomes("tracking-request-before-choice") == {"site": PASS}


@pytest.mark.parametrize("given", [GA, replace(GA, tracker=False, event="consent ping")], ids=["hit", "known ping"])
def test_a_ping_without_a_cookie_is_contested_not_clean(given: Label) -> None:
    scene = Scene()
    for visit in three_visits(scene):
        visit.request(GA_HIT + "&gcs=G100", given)
    (verdict,) = scene.judge("tracking-request-before-choice")
    assert (verdict.outcome, verdict.subject) == (UNDETERMINED, "Google Analytics")


PLAUSIBLE = replace(label("Plausible Analytics", "Plausible", Category.ANALYTICS, country="EE"), cookieless=True)
PLAUSIBLE_HIT = "https://plausible.example.org/api/event"


def test_statistics_without_a_number_for_the_visitor_are_not_accused() -> None:
    scene = bannerless()
    for visit in scene.visits:
        visit.request(PLAUSIBLE_HIT, PLAUSIBLE)
    assert scene.outcomes("tracking-request-before-choice") == {"Plausible Analytics": UNDETERMINED}
    assert scene.outcomes("tracking-without-banner") == {"site": NOT_APPLICABLE}


def test_a_tool_that_kept_a_number_after_all_is_accused() -> None:
    scene = Scene()
    for visit in three_visits(scene):
        visit.request(PLAUSIBLE_HIT, PLAUSIBLE).cookie(GA_SET, replace(PLAUSIBLE, event=None))
    assert scene.outcomes("tracking-request-before-choice") == {"Plausible Analytics": FAIL}


def test_a_hit_whose_answer_never_came_was_sent_all_the_same() -> None:
    scene = Scene()
    scene.visit().request(FACEBOOK_HIT, META, status=None, failure="net::ERR_ABORTED")
    assert scene.outcomes("tracking-request-before-choice") == {"Meta Pixel": FAIL}


def test_requests_that_nobody_recorded_are_not_measured() -> None:
    scene = Scene()
    scene.visit(recorded=("cookie-held",))
    assert scene.outcomes("tracking-request-before-choice") == {"site": UNDETERMINED}


# --- PRE-04 ---------------------------------------------------------------------------------------------


def test_a_social_pixel_is_critical_and_a_widget_is_high() -> None:
    scene = Scene()
    scene.visit().request(FACEBOOK_HIT, META)
    (pixel,) = scene.judge("social-contact-before-choice")
    assert (pixel.outcome, pixel.severity) == (FAIL, Severity.CRITICAL)
    scene = Scene()
    scene.visit().request("https://connect.facebook.net/nl_NL/sdk.js", LIKE_BUTTON, resource_type="script")
    (widget,) = scene.judge("social-contact-before-choice")
    assert (widget.outcome, widget.severity) == (FAIL, Severity.HIGH)


def test_the_pixels_script_alone_is_contact_too() -> None:
    scene = Scene()
    scene.visit().request(FACEBOOK_SCRIPT, META_SCRIPT, resource_type="script")
    assert scene.outcomes("social-contact-before-choice") == {"Meta Pixel": FAIL}


def test_links_icons_and_other_advertising_are_no_social_contact() -> None:
    scene = Scene()
    visit = scene.visit().link("https://www.facebook.com/ons", "Facebook")
    visit.request("https://example.com/facebook.svg", UNKNOWN)
    visit.request("https://static.xx.fbcdn.net/icon.png", FACEBOOK_FILE, resource_type="image")
    visit.request(ADS_HIT, ADS)
    assert scene.outcomes("social-contact-before-choice") == {"site": PASS}


def test_social_contact_needs_recorded_requests() -> None:
    scene = Scene()
    scene.visit(recorded=("cookie-held",))
    assert scene.outcomes("social-contact-before-choice") == {"site": UNDETERMINED}


# --- PRE-10 ---------------------------------------------------------------------------------------------


def bannerless() -> Scene:
    scene = Scene()
    scene.visit()
    scene.visit("accept", status="no_banner")
    scene.visit("refuse", status="no_banner")
    return scene


def test_tracking_without_a_banner_fails() -> None:
    scene = bannerless()
    for visit in scene.visits:
        visit.request(FACEBOOK_HIT, META)
    (verdict,) = scene.judge("tracking-without-banner")
    assert (verdict.outcome, verdict.severity, verdict.confidence) == (FAIL, Severity.CRITICAL, Confidence.CONFIRMED)


def test_statistics_alone_without_a_banner_are_less_grave() -> None:
    scene = bannerless()
    scene.visits[0].request(GA_HIT, GA)
    (verdict,) = scene.judge("tracking-without-banner")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.HIGH)


def test_statistics_that_the_statement_calls_exempt_leave_the_missing_banner_open() -> None:
    scene = bannerless().says().claim("no-consent-needed", "analytics")
    scene.visits[0].request(GA_HIT, GA)
    assert scene.outcomes("tracking-without-banner") == {"site": UNDETERMINED}
    scene.visits[0].request(ADS_HIT, ADS)
    assert scene.outcomes("tracking-without-banner") == {"site": FAIL}


@pytest.mark.parametrize("title", ["Just a moment...", "Toegang geweigerd", "Attention Required! | Cloudflare"])
def test_a_wall_to_robots_that_answers_200_is_not_measured(title: str) -> None:
    scene = bannerless()
    for visit in scene.visits:
        visit.observations = [replace(o, title=title) if o.kind == "navigation" else o for o in visit.observations]
    assert scene.outcomes("tracking-cookie-before-choice") == {"site": UNDETERMINED}
    for visit in scene.visits:
        for path in ("a", "b", "c", "d"):
            visit.link(f"https://example.com/{path}", path)
    assert scene.outcomes("tracking-cookie-before-choice") == {"site": PASS}


def test_one_stray_cookie_needs_no_banner() -> None:
    scene = bannerless()
    for visit in scene.visits:
        visit.cookie(FBP, META_COOKIE)
    assert scene.outcomes("tracking-without-banner") == {"site": NOT_APPLICABLE}


def test_a_banner_that_was_met_passes() -> None:
    scene = Scene()
    scene.visit().request(FACEBOOK_HIT, META).banner(button("Akkoord", "accept"))
    assert scene.outcomes("tracking-without-banner") == {"site": PASS}


def test_a_consent_platform_at_work_means_the_banner_may_have_been_missed() -> None:
    scene = bannerless()
    scene.visits[0].request(FACEBOOK_HIT, META).request(
        "https://consent.cookiebot.com/uc.js", CMP, resource_type="script"
    )
    assert scene.outcomes("tracking-without-banner") == {"site": UNDETERMINED}


def test_one_look_is_not_enough_to_say_there_is_no_banner() -> None:
    scene = Scene()
    scene.visit("accept", status="no_banner").request(FACEBOOK_HIT, META)
    assert scene.outcomes("tracking-without-banner") == {"site": UNDETERMINED}


def test_a_click_without_proof_leaves_the_banner_open() -> None:
    scene = bannerless()
    scene.visits[0].request(FACEBOOK_HIT, META)
    scene.visits[1].status = "click_failed"
    assert scene.outcomes("tracking-without-banner") == {"site": UNDETERMINED}


# --- other products that follow visitors ----------------------------------------------------------------


def test_marketing_automation_counts_where_its_label_says_that_it_tracks() -> None:
    scene = Scene()
    crm = label("Klaviyo", "Klaviyo", Category.CRM, event="page-view hit")
    form = label("Klaviyo", "Klaviyo", Category.CRM, tracker=False, event="form")
    visit = scene.visit().cookie("__kla_id=eyJjaWQiOiJ; Max-Age=63072000", crm)
    visit.request("https://a.klaviyo.com/api/track", crm)
    assert scene.outcomes("tracking-cookie-before-choice") == {"Klaviyo": FAIL}
    assert scene.outcomes("tracking-request-before-choice") == {"Klaviyo": FAIL}
    scene = Scene()
    scene.visit().request("https://static-forms.klaviyo.com/forms", form)
    assert scene.outcomes("tracking-request-before-choice") == {"site": PASS}
