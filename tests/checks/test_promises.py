"""STB-03, -05, -06, -08, -15, -16: what the statement promises or denies, against what the site does."""

from __future__ import annotations

import pytest

from auditor.model import Category, Confidence, Outcome, Severity
from tests.checks.builders import (
    ADS,
    ADS_HIT,
    CMP,
    FACEBOOK_FILE,
    FACEBOOK_HIT,
    FBP,
    GA,
    GA_COOKIE,
    GA_HIT,
    GA_SET,
    GTM,
    HOTJAR,
    LIKE_BUTTON,
    MATOMO,
    META,
    META_COOKIE,
    PHP,
    SITE,
    UNKNOWN,
    Scene,
    button,
    label,
    three_visits,
)

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE


def site(*seen: tuple[str, object], text: str = "Privacyverklaring") -> Scene:
    scene = Scene().says(text)
    for visit in three_visits(scene):
        for url, given in seen:
            visit.request(url, given)  # type: ignore[arg-type]
    return scene


def with_cookie(raw: str, given: object) -> Scene:
    scene = Scene().says()
    for visit in three_visits(scene):
        visit.cookie(raw, given)  # type: ignore[arg-type]
    return scene


ALL = [
    ("tracking-despite-only-functional", "only-functional-cookies", True),
    ("set-before-promised-consent", "consent-before", "marketing"),
    ("promised-notice-missing", "consent-banner", True),
    ("shared-despite-denial", "shares-with-third-parties", "no"),
    ("social-contact-without-use", "social-only-on-use", True),
]


@pytest.mark.parametrize("check", [check for check, _, _ in ALL] + ["ip-passed-on-despite-denial"])
def test_where_the_statement_says_nothing_of_it_the_question_does_not_arise(check: str) -> None:
    assert site((FACEBOOK_HIT, META)).outcomes(check) == {"statement": NOT_APPLICABLE}


@pytest.mark.parametrize("check", [check for check, _, _ in ALL] + ["ip-passed-on-despite-denial"])
def test_without_a_statement_nothing_can_be_held_against_it(check: str) -> None:
    scene = Scene()
    scene.visit().request(FACEBOOK_HIT, META)
    assert scene.outcomes(check) == {"statement": UNDETERMINED}


@pytest.mark.parametrize(("check", "kind", "value"), ALL)
def test_a_site_that_was_not_seen_is_not_judged(check: str, kind: str, value: str | bool) -> None:
    scene = Scene().says().claim(kind, value)
    assert scene.outcomes(check) == {"site": UNDETERMINED}


# --- STB-03 ---------------------------------------------------------------------------------------------


def test_only_functional_cookies_and_a_pixel_fails_with_both_sides() -> None:
    scene = with_cookie(FBP, META_COOKIE).claim("only-functional-cookies", True)
    (verdict,) = scene.judge("tracking-despite-only-functional")
    assert (verdict.outcome, verdict.severity, verdict.claims) == (FAIL, Severity.HIGH, (0,))
    assert verdict.evidence
    assert "_fbp" in verdict.message["nl"]


def test_statistics_alone_are_the_lower_grade_for_functional() -> None:
    scene = with_cookie(GA_SET, GA_COOKIE).claim("only-functional-cookies", True)
    (verdict,) = scene.judge("tracking-despite-only-functional")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.MEDIUM)


def test_only_functional_is_disproved_after_accepting_too() -> None:
    scene = Scene().says().claim("only-functional-cookies", True)
    scene.visit("accept").cookie(FBP, META_COOKIE, after=True)
    assert scene.outcomes("tracking-despite-only-functional") == {"Meta Pixel": FAIL}


def test_not_seeing_trackers_proves_nothing() -> None:
    scene = site().claim("only-functional-cookies", True)
    (verdict,) = scene.judge("tracking-despite-only-functional")
    assert (verdict.outcome, verdict.reason) == (UNDETERMINED, "not seen, which proves nothing")


def test_a_hedged_denial_is_left_to_a_person() -> None:
    scene = with_cookie(FBP, META_COOKIE).claim("only-functional-cookies", True, hedge="in beginsel")
    assert scene.outcomes("tracking-despite-only-functional") == {"Meta Pixel": UNDETERMINED}


# --- STB-05 ---------------------------------------------------------------------------------------------


def test_marketing_cookies_before_the_promised_consent_fail() -> None:
    scene = with_cookie(FBP, META_COOKIE).claim("consent-before", "marketing", "Met jouw toestemming tracking cookies.")
    (verdict,) = scene.judge("set-before-promised-consent")
    assert (verdict.outcome, verdict.subject, verdict.severity) == (FAIL, "Meta Pixel", Severity.CRITICAL)
    assert verdict.confidence is Confidence.CONFIRMED
    assert verdict.claims == (0,)
    assert "in strijd met de eigen verklaring" in verdict.message["nl"]
    assert "contradicts its statement" in verdict.message["en"]


def test_a_promise_for_tracking_cookies_does_not_cover_statistics() -> None:
    scene = with_cookie(GA_SET, GA_COOKIE).claim("consent-before", "marketing")
    assert scene.outcomes("set-before-promised-consent") == {"site": PASS}


@pytest.mark.parametrize(("value", "expected"), [("analytics", FAIL), ("all-nonfunctional", FAIL)])
def test_a_promise_that_covers_statistics_is_held_to_it(value: str, expected: Outcome) -> None:
    scene = with_cookie(GA_SET, GA_COOKIE).claim("consent-before", value)
    assert scene.outcomes("set-before-promised-consent") == {"Google Analytics": expected}


def test_statistics_that_the_statement_calls_exempt_fall_outside_a_general_promise() -> None:
    scene = with_cookie(GA_SET, GA_COOKIE).claim("consent-before", "all-nonfunctional")
    scene.claim("no-consent-needed", "analytics")
    assert scene.outcomes("set-before-promised-consent") == {"site": PASS}


def test_a_hedged_promise_is_left_to_a_person() -> None:
    scene = with_cookie(FBP, META_COOKIE).claim("consent-before", "marketing", hedge="kunnen")
    assert scene.outcomes("set-before-promised-consent") == {"Meta Pixel": UNDETERMINED}


def test_a_promise_about_another_vendor_covers_only_that_vendor() -> None:
    scene = with_cookie(FBP, META_COOKIE).claim("consent-before", "marketing", vendor="Hotjar")
    assert scene.outcomes("set-before-promised-consent") == {"site": PASS}
    scene = with_cookie(FBP, META_COOKIE).claim("consent-before", "marketing", vendor="Facebook Pixel")
    assert scene.outcomes("set-before-promised-consent") == {"Meta Pixel": FAIL}


def test_a_pixel_without_a_cookie_is_high_and_a_social_promise_covers_it() -> None:
    scene = site((FACEBOOK_HIT, META)).claim("consent-before", "social")
    (verdict,) = scene.judge("set-before-promised-consent")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.HIGH)


def test_what_comes_after_accepting_keeps_the_promise() -> None:
    scene = Scene().says().claim("consent-before", "marketing")
    scene.visit("accept").cookie(FBP, META_COOKIE, after=True)
    assert scene.outcomes("set-before-promised-consent") == {"site": PASS}


def test_what_comes_after_refusing_breaks_it() -> None:
    scene = Scene().says().claim("consent-before", "marketing")
    scene.visit("refuse").cookie(FBP, META_COOKIE, after=True)
    (verdict,) = scene.judge("set-before-promised-consent")
    assert verdict.outcome is FAIL
    assert "na weigeren" in verdict.message["nl"]


@pytest.mark.parametrize(
    ("raw", "given"),
    [("IDE=OPT_OUT; Max-Age=9", ADS), ("CookieConsent=abcdef; Max-Age=9", CMP), ("x=abcdef", UNKNOWN)],
    ids=["opt-out", "consent-state", "unknown"],
)
def test_what_needs_no_consent_breaks_no_promise(raw: str, given: object) -> None:
    scene = with_cookie(raw, given).claim("consent-before", "all-nonfunctional")
    assert scene.outcomes("set-before-promised-consent") == {"site": PASS}


# --- STB-06 ---------------------------------------------------------------------------------------------


def bannerless() -> Scene:
    scene = Scene().says().claim("consent-banner", True, "tonen wij een melding")
    scene.visit().cookie("PHPSESSID=abcdef", PHP)
    scene.visit("accept", status="no_banner").cookie("PHPSESSID=abcdef", PHP)
    scene.visit("refuse", status="no_banner").cookie("PHPSESSID=abcdef", PHP)
    return scene


def test_a_promised_notice_that_never_appears_fails() -> None:
    (verdict,) = bannerless().judge("promised-notice-missing")
    assert (verdict.outcome, verdict.confidence, verdict.claims) == (FAIL, Confidence.CONFIRMED, (0,))
    assert len(verdict.evidence) == 3


def test_a_notice_that_appears_passes() -> None:
    scene = bannerless()
    scene.visits[0].banner(button("Akkoord", "accept"))
    assert scene.outcomes("promised-notice-missing") == {"site": PASS}


def test_a_notice_may_have_been_missed_where_a_platform_is_at_work() -> None:
    scene = bannerless()
    scene.visits[0].request("https://consent.cookiebot.com/uc.js", CMP, resource_type="script")
    assert scene.outcomes("promised-notice-missing") == {"site": UNDETERMINED}


def test_a_notice_may_come_only_where_cookies_start() -> None:
    scene = bannerless()
    for visit in scene.visits:
        visit.observations = [o for o in visit.observations if o.kind != "cookie-offered"]
    assert scene.outcomes("promised-notice-missing") == {"site": UNDETERMINED}


def test_a_wall_for_robots_hides_the_notice() -> None:
    scene = Scene().says().claim("consent-banner", True)
    for choice in ("none", "accept", "refuse"):
        visit = scene.visit(choice, status="no_banner")
        visit.observations.clear()
        visit.loads(status=403)
    assert scene.outcomes("promised-notice-missing") == {"site": UNDETERMINED}


def test_one_look_is_too_few_for_a_missing_notice() -> None:
    scene = Scene().says().claim("consent-banner", True)
    scene.visit("accept", status="no_banner").cookie("PHPSESSID=abcdef", PHP)
    assert scene.outcomes("promised-notice-missing") == {"site": UNDETERMINED}


# --- STB-08 ---------------------------------------------------------------------------------------------


def test_a_direct_call_passes_the_address_on() -> None:
    scene = site((GA_HIT, GA)).claim("ga-ip-anonymised", True, "IP-adres wordt niet meegegeven", detail="not-sent")
    (verdict,) = scene.judge("ip-passed-on-despite-denial")
    assert (verdict.outcome, verdict.subject, verdict.claims) == (FAIL, "Google Analytics", (0,))
    assert "google-analytics.com" in verdict.message["nl"]


def test_a_shortened_address_is_another_claim() -> None:
    scene = site((GA_HIT, GA)).claim("ga-ip-anonymised", True)
    assert scene.outcomes("ip-passed-on-despite-denial") == {"statement": NOT_APPLICABLE}


@pytest.mark.parametrize(
    "url", ["https://example.com/g/collect?tid=G-1", "https://metrics.example.com/g/collect?tid=G-1"]
)
def test_collection_through_the_own_server_hides_the_address(url: str) -> None:
    scene = site((url, GA)).claim("ga-ip-anonymised", True, detail="not-sent")
    assert scene.outcomes("ip-passed-on-despite-denial") == {"site": UNDETERMINED}


# --- STB-15 ---------------------------------------------------------------------------------------------


def test_never_shared_and_an_advertising_company_receives_it() -> None:
    scene = site((ADS_HIT, ADS)).claim("shares-with-third-parties", "no", condition="law", polarity="denied")
    (verdict,) = scene.judge("shared-despite-denial")
    assert (verdict.outcome, verdict.subject, verdict.severity) == (FAIL, "Google Ads", Severity.HIGH)


@pytest.mark.parametrize(
    ("url", "given"),
    [
        ("https://cdn.example.net/a.js", label("Fastly", "Fastly", Category.HOSTING, tracker=False)),
        ("https://www.googletagmanager.com/gtm.js", GTM),
        (GA_HIT, GA),
        ("https://example.com/matomo.php", MATOMO),
        ("https://static.xx.fbcdn.net/a.png", FACEBOOK_FILE),
    ],
    ids=["delivery", "tag-manager", "statistics", "own", "file"],
)
def test_processors_and_files_are_no_sharing(url: str, given: object) -> None:
    scene = site((url, given)).claim("shares-with-third-parties", "no")
    assert scene.outcomes("shared-despite-denial") == {"site": UNDETERMINED}


def test_sharing_with_consent_is_broken_only_without_it() -> None:
    scene = Scene().says().claim("shares-with-third-parties", "no", condition="consent")
    scene.visit("accept").request(ADS_HIT, ADS, after=True)
    assert scene.outcomes("shared-despite-denial") == {"site": UNDETERMINED}
    scene = site((ADS_HIT, ADS)).claim("shares-with-third-parties", "no", condition="consent")
    assert scene.outcomes("shared-despite-denial") == {"Google Ads": FAIL}


def test_a_statement_that_also_says_it_shares_is_left_to_a_person() -> None:
    scene = site((ADS_HIT, ADS)).claim("shares-with-third-parties", "no").claim("shares-with-third-parties", "yes")
    assert scene.outcomes("shared-despite-denial") == {"Google Ads": UNDETERMINED}


def test_only_processors_and_nobody_else_is_the_lower_grade() -> None:
    quote = "Behalve aan onze bezorger geven wij gegevens onder geen voorwaarde aan andere bedrijven."
    scene = site((ADS_HIT, ADS)).claim("shares-with-third-parties", "only-processors", quote)
    (verdict,) = scene.judge("shared-despite-denial")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.MEDIUM)
    scene.names("Google Ads", role="advertising")
    assert scene.outcomes("shared-despite-denial") == {"site": UNDETERMINED}


def test_sharing_with_processors_denies_nothing_by_itself() -> None:
    scene = site((ADS_HIT, ADS)).claim(
        "shares-with-third-parties", "only-processors", "Wij delen gegevens met dienstverleners."
    )
    assert scene.outcomes("shared-despite-denial") == {"statement": NOT_APPLICABLE}


# --- STB-16 ---------------------------------------------------------------------------------------------


def test_a_network_contacted_without_use_fails() -> None:
    scene = site(("https://www.facebook.com/plugins/like.php", LIKE_BUTTON)).claim("social-only-on-use", True)
    (verdict,) = scene.judge("social-contact-without-use")
    assert (verdict.outcome, verdict.subject, verdict.claims) == (FAIL, "Facebook Social Plugins", (0,))


def test_a_pixel_is_not_the_button_unless_the_sentence_speaks_of_cookies() -> None:
    scene = site((FACEBOOK_HIT, META)).claim("social-only-on-use", True, "De knoppen werken pas na klikken.")
    assert scene.outcomes("social-contact-without-use") == {"Meta Pixel": UNDETERMINED}
    scene = site((FACEBOOK_HIT, META)).claim(
        "social-only-on-use", True, "Deze cookies zijn er uitsluitend bij gebruik."
    )
    assert scene.outcomes("social-contact-without-use") == {"Meta Pixel": FAIL}


def test_no_contact_proves_nothing_about_buttons() -> None:
    scene = site(("https://ws.hotjar.com/x", HOTJAR)).claim("social-only-on-use", True)
    assert scene.outcomes("social-contact-without-use") == {"site": UNDETERMINED}
    assert SITE


@pytest.mark.parametrize("check", [check for check, _, _ in ALL] + ["self-contradicting-statement"])
def test_a_language_without_phrases_is_not_a_statement_that_is_silent(check: str) -> None:
    scene = Scene().says("Polityka prywatności", language="pl")
    scene.visit().request(FACEBOOK_HIT, META)
    assert scene.outcomes(check) == {"statement": UNDETERMINED}
