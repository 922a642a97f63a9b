"""PRE-05, -08, -09, REF-03, STB-04, -07, -09, -13, -14, -18, -19, -20, -21, -22, -26, TRF-01, SEC-08, DES-03, -04, -05."""

from __future__ import annotations

import pytest

from auditor.model import Category, Confidence, Outcome, Severity
from tests.checks.builders import (
    ADS,
    ADS_HIT,
    CMP,
    FACEBOOK_HIT,
    FBP,
    FONTS,
    GA,
    GA_COOKIE,
    GA_HIT,
    GA_SET,
    HOTJAR,
    HOTJAR_SCRIPT,
    MAPS,
    MATOMO,
    META,
    META_COOKIE,
    PHP,
    SECURITY,
    SITE,
    UNKNOWN,
    Scene,
    button,
    label,
)

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
UNSEEN = {"site": UNDETERMINED}
UNSAID = {"statement": NOT_APPLICABLE}
YOUTUBE = label("YouTube", "Google", Category.VIDEO, tracker=False)


def requesting(url: str, given: object, **more: object) -> Scene:
    scene = Scene().says()
    scene.visit().request(url, given, **more)  # type: ignore[arg-type]
    return scene


def setting(raw: str, given: object, **more: object) -> Scene:
    scene = Scene().says()
    scene.visit().cookie(raw, given, **more)  # type: ignore[arg-type]
    return scene


def unmeasured(**more: object) -> Scene:
    scene = Scene().says()
    scene.visit(recorded=("navigation",), **more)
    return scene


# --- PRE-05 ---------------------------------------------------------------------------------------------


def test_a_trackers_identifier_in_storage_fails() -> None:
    scene = Scene()
    scene.visit().storage("ajs_anonymous_id", "6f9619ff-8b86", label("Segment", "Twilio", Category.ADVERTISING))
    assert scene.outcomes("identifier-stored-before-choice") == {"Segment": FAIL}


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ("abcdefgh", UNKNOWN),
        ("abcdefgh", CMP),
        ("true", HOTJAR),
        ("12", HOTJAR),
        (None, HOTJAR),
        ("abcdefgh", label("X", "X", Category.ADVERTISING, confidence="weak")),
    ],
    ids=["unknown", "consent-state", "flag", "number", "unread", "weak"],
)
def test_settings_and_caches_are_no_identifiers(value: str | None, given: object) -> None:
    scene = Scene()
    scene.visit().storage("key", value, given)  # type: ignore[arg-type]
    assert scene.outcomes("identifier-stored-before-choice") == {"site": PASS}


def test_storage_that_was_not_recorded_is_not_clean() -> None:
    assert unmeasured().outcomes("identifier-stored-before-choice") == UNSEEN


# --- PRE-08 ---------------------------------------------------------------------------------------------


def test_a_video_and_a_font_of_others_fail_by_grade() -> None:
    scene = requesting("https://www.youtube.com/embed/x", YOUTUBE, resource_type="document")
    scene.visits[0].request("https://fonts.googleapis.com/css", FONTS, resource_type="stylesheet")
    verdicts = {v.subject: (v.outcome, v.severity) for v in scene.judge("outside-content-before-choice")}
    assert verdicts == {"YouTube": (FAIL, Severity.MEDIUM), "Google Fonts": (FAIL, Severity.LOW)}


@pytest.mark.parametrize(
    ("url", "given", "kind"),
    [
        ("https://www.youtube-nocookie.com/embed/x", YOUTUBE, "document"),
        ("https://i.ytimg.com/vi/x.jpg", YOUTUBE, "image"),
        ("https://example.com/fonts/a.woff2", FONTS, "font"),
        ("https://www.google.com/recaptcha/api.js", SECURITY, "script"),
    ],
    ids=["nocookie", "thumbnail", "own-font", "captcha"],
)
def test_placeholders_and_own_copies_are_in_order(url: str, given: object, kind: str) -> None:
    assert requesting(url, given, resource_type=kind).outcomes("outside-content-before-choice") == {"site": PASS}


def test_outside_content_that_was_not_recorded_is_not_absent() -> None:
    assert unmeasured().outcomes("outside-content-before-choice") == UNSEEN


# --- PRE-09 ---------------------------------------------------------------------------------------------


def test_a_recorder_that_sends_data_fails_and_a_mere_loader_is_left_open() -> None:
    assert requesting("https://ws.hotjar.com/x", HOTJAR).outcomes("session-recording-before-choice") == {"Hotjar": FAIL}
    scene = requesting("https://static.hotjar.com/c/hotjar.js", HOTJAR_SCRIPT, resource_type="script")
    assert scene.outcomes("session-recording-before-choice") == {"Hotjar": UNDETERMINED}


def test_no_recorder_passes_and_no_measurement_does_not() -> None:
    assert requesting(GA_HIT, GA).outcomes("session-recording-before-choice") == {"site": PASS}
    assert unmeasured().outcomes("session-recording-before-choice") == UNSEEN


# --- REF-03 ---------------------------------------------------------------------------------------------

KEPT = "early-cookie-kept-after-refusal"


def test_an_early_cookie_left_in_the_jar_fails() -> None:
    scene = Scene()
    visit = scene.visit("refuse").held("_fbp", "fb.1.1.123456", META_COOKIE)
    visit.held("_fbp", "fb.1.1.123456", META_COOKIE, after=True)
    (verdict,) = scene.judge(KEPT)
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.MEDIUM)


def test_a_reset_value_another_domain_and_a_cookie_still_in_use_are_other_things() -> None:
    scene = Scene()
    visit = (
        scene.visit("refuse").held("_fbp", "fb.1.1.123456", META_COOKIE).held("_fbp", "OPTOUT", META_COOKIE, after=True)
    )
    visit.held("fr", "abcdefgh", META_COOKIE, domain="facebook.com")
    visit.held("fr", "abcdefgh", META_COOKIE, after=True, domain="facebook.com")
    assert scene.outcomes(KEPT) == {"site": PASS}
    scene = Scene()
    visit = scene.visit("refuse").held("_fbp", "fb.1.1.123456", META_COOKIE).cookie(FBP, META_COOKIE, after=True)
    visit.held("_fbp", "fb.1.1.123456", META_COOKIE, after=True)
    assert scene.outcomes(KEPT) == {"site": NOT_APPLICABLE}


def test_a_cookie_removed_late_was_removed() -> None:
    scene = Scene()
    visit = scene.visit("refuse").held("_fbp", "fb.1.1.123456", META_COOKIE)
    visit.held("_fbp", "fb.1.1.123456", META_COOKIE, at_once=True).held("PHPSESSID", "abcdef", PHP, after=True)
    assert scene.outcomes(KEPT) == {"site": PASS}


def test_an_unproven_refusal_leaves_the_jar_open() -> None:
    scene = Scene()
    scene.visit("refuse", status="click_failed").held("_fbp", "fb.1.1.123456", META_COOKIE, after=True)
    assert scene.outcomes(KEPT) == UNSEEN


# --- STB-04 ---------------------------------------------------------------------------------------------

NONE = "cookie-despite-no-cookies"


def test_no_cookies_said_and_cookies_set() -> None:
    scene = setting("PHPSESSID=abcdef", PHP).claim("uses-cookies", "no")
    (verdict,) = scene.judge(NONE)
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.MEDIUM)
    (verdict,) = setting(FBP, META_COOKIE).claim("uses-cookies", "no").judge(NONE)
    assert (verdict.outcome, verdict.severity, verdict.claims) == (FAIL, Severity.HIGH, (0,))


@pytest.mark.parametrize("given", [SECURITY, CMP], ids=["bot-defence", "consent"])
def test_infrastructure_cookies_disprove_nothing(given: object) -> None:
    assert setting("x=abcdef", given).claim("uses-cookies", "no").outcomes(NONE) == UNSEEN


def test_an_unknown_cookie_and_a_contradiction_are_left_to_a_person() -> None:
    assert setting("x=abcdef", UNKNOWN).claim("uses-cookies", "no").outcomes(NONE) == {"x": UNDETERMINED}
    scene = setting(FBP, META_COOKIE).claim("uses-cookies", "no").claim("uses-cookies", "yes")
    assert scene.outcomes(NONE) == {"_fbp": UNDETERMINED}


def test_cookies_admitted_or_unmeasured() -> None:
    assert setting(FBP, META_COOKIE).outcomes(NONE) == UNSAID
    assert unmeasured().claim("uses-cookies", "no").outcomes(NONE) == UNSEEN


# --- STB-07 ---------------------------------------------------------------------------------------------

IP = "analytics-ip-not-anonymised"
UA = "https://www.google-analytics.com/collect?v=1&tid=UA-1-1&cid=1.2"


@pytest.mark.parametrize(
    ("url", "expected"),
    [(UA, FAIL), (UA + "&aip=1", PASS), (GA_HIT, NOT_APPLICABLE)],
    ids=["no-flag", "flag", "ga4"],
)
def test_the_flag_decides_for_universal_analytics_alone(url: str, expected: Outcome) -> None:
    scene = requesting(url, GA).claim("ga-ip-anonymised", True)
    assert scene.outcomes(IP) == {"Google Analytics": expected}


def test_the_flag_may_stand_in_the_body() -> None:
    scene = requesting("https://www.google-analytics.com/collect", GA, method="POST", body="v=1&tid=UA-1-1&aip=1")
    assert scene.claim("ga-ip-anonymised", True).outcomes(IP) == {"Google Analytics": PASS}


def test_no_hit_and_no_claim_decide_nothing() -> None:
    assert requesting(FACEBOOK_HIT, META).claim("ga-ip-anonymised", True).outcomes(IP) == UNSEEN
    assert requesting(UA, GA).claim("ga-ip-anonymised", True, detail="not-sent").outcomes(IP) == UNSAID


# --- STB-09 ---------------------------------------------------------------------------------------------

FEATURES = "google-ad-features-despite-denial"


def test_analytics_that_feeds_advertising_fails_and_a_separate_tag_is_left_open() -> None:
    scene = requesting("https://stats.g.doubleclick.net/g/collect?v=2", ADS).claim("ga-data-sharing-off", True)
    assert scene.outcomes(FEATURES) == {"Google Analytics": FAIL}
    scene = requesting("https://www.google.nl/ads/ga-audiences?v=1", ADS).claim("ga-no-other-google-cookies", True)
    assert scene.outcomes(FEATURES) == {"Google Analytics": FAIL}
    scene = requesting(ADS_HIT, ADS).claim("ga-data-sharing-off", True)
    assert scene.outcomes(FEATURES) == {"Google Analytics": UNDETERMINED}


def test_silence_about_features_proves_nothing() -> None:
    assert requesting(GA_HIT, GA).claim("ga-data-sharing-off", True).outcomes(FEATURES) == UNSEEN
    assert requesting(GA_HIT, GA).outcomes(FEATURES) == UNSAID


# --- STB-13, STB-14 -------------------------------------------------------------------------------------

PURPOSE, PROVIDER = "cookie-under-wrong-purpose", "cookie-provider-misstated"


def test_a_tracker_called_necessary_fails() -> None:
    scene = setting(GA_SET, GA_COOKIE).declares("_ga", 730, purpose="Functioneel")
    (verdict,) = scene.judge(PURPOSE)
    assert (verdict.outcome, verdict.subject) == (FAIL, "_ga")
    assert "Functioneel" in verdict.message["nl"]


@pytest.mark.parametrize("purpose", ["Statistieken", "Noodzakelijk voor statistiek", "Marketing"])
def test_a_purpose_that_tells_of_tracking_is_in_order(purpose: str) -> None:
    assert setting(GA_SET, GA_COOKIE).declares("_ga", 730, purpose=purpose).outcomes(PURPOSE) == {"site": PASS}


def test_own_statistics_no_list_and_nothing_seen() -> None:
    scene = setting("_pk_id.1.1fff=abcdef0123456789", MATOMO).declares("_pk_id", 393, purpose="Functioneel")
    assert scene.outcomes(PURPOSE) == {"site": PASS}
    assert setting(GA_SET, GA_COOKIE).outcomes(PURPOSE) == {"site": NOT_APPLICABLE}
    assert unmeasured().declares("_ga", purpose="Functioneel").outcomes(PURPOSE) == UNSEEN


def test_another_companys_domain_called_own_fails() -> None:
    scene = setting("fr=abcdefgh; Domain=facebook.com", META_COOKIE, url=FACEBOOK_HIT).declares(
        "fr", provider="Eigen website"
    )
    assert scene.outcomes(PROVIDER) == {"fr": FAIL}


def test_an_own_cookie_set_by_others_may_be_called_either() -> None:
    assert setting(FBP, META_COOKIE).declares("_fbp", provider="example.com").outcomes(PROVIDER) == {"site": PASS}
    assert setting(FBP, META_COOKIE).declares("_fbp", provider="Facebook").outcomes(PROVIDER) == {"site": PASS}
    assert setting(FBP, META_COOKIE).outcomes(PROVIDER) == {"site": NOT_APPLICABLE}
    assert unmeasured().declares("_fbp", provider="Facebook").outcomes(PROVIDER) == UNSEEN


# --- STB-18, TRF-01 -------------------------------------------------------------------------------------

EEA, SILENT = "outside-eea-despite-denial", "transfer-not-mentioned"


def test_an_owner_outside_the_area_disproves_it_and_one_inside_does_not() -> None:
    scene = requesting(FACEBOOK_HIT, META).claim("transfer-outside-eea", "no")
    (verdict,) = scene.judge(EEA)
    assert (verdict.outcome, verdict.subject) == (FAIL, "Meta Pixel")
    assert "eigenaar" in verdict.message["nl"]
    assert requesting("https://ws.hotjar.com/x", HOTJAR).claim("transfer-outside-eea", "no").outcomes(EEA) == UNSEEN


@pytest.mark.parametrize("more", [{"hedge": "zo veel mogelijk"}, {"condition": "consent"}])
def test_a_conditional_denial_of_transfers_is_left_to_a_person(more: dict[str, str]) -> None:
    scene = requesting(FACEBOOK_HIT, META).claim("transfer-outside-eea", "no", **more)
    assert scene.outcomes(EEA) == {"Meta Pixel": UNDETERMINED}
    assert requesting(FACEBOOK_HIT, META).outcomes(EEA) == UNSAID


def test_silence_on_transfers_fails_only_for_companies_with_own_ends() -> None:
    assert requesting(FACEBOOK_HIT, META).outcomes(SILENT) == {"statement": FAIL}
    assert requesting(GA_HIT, GA).outcomes(SILENT) == UNSAID
    assert requesting("https://ws.hotjar.com/x", HOTJAR).outcomes(SILENT) == UNSAID


def test_a_word_on_transfers_or_an_unread_part() -> None:
    assert requesting(FACEBOOK_HIT, META).has("third-country-transfer").outcomes(SILENT) == {"statement": PASS}
    assert requesting(FACEBOOK_HIT, META).claim("transfer-mechanism", "scc").outcomes(SILENT) == {"statement": PASS}
    scene = requesting(FACEBOOK_HIT, META).source(SITE + "cookies", "cookies", status=500, failure="HTTP 500")
    assert scene.outcomes(SILENT) == {"statement": UNDETERMINED}
    assert Scene().outcomes(SILENT) == {"statement": UNDETERMINED}


# --- STB-19 ---------------------------------------------------------------------------------------------

ANONYMOUS = "identified-statistics-called-anonymous"


def test_a_lasting_number_is_not_anonymous() -> None:
    (verdict,) = setting(GA_SET, GA_COOKIE).claim("anonymous-statistics", True).judge(ANONYMOUS)
    assert (verdict.outcome, verdict.confidence) == (FAIL, Confidence.PROXY)


def test_cookieless_session_own_or_other_statistics_disprove_nothing() -> None:
    said = ("anonymous-statistics", True)
    assert requesting("https://plausible.io/api/event", GA).claim(*said).outcomes(ANONYMOUS) == UNSEEN
    assert setting("_ga=GA1.1.1.1", GA_COOKIE).claim(*said).outcomes(ANONYMOUS) == UNSEEN
    assert setting(GA_SET, GA_COOKIE).claim(*said, vendor="Matomo").outcomes(ANONYMOUS) == UNSEEN
    assert setting(GA_SET, GA_COOKIE).claim(*said, hedge="zo veel mogelijk").outcomes(ANONYMOUS) == {
        "Google Analytics": UNDETERMINED
    }
    assert setting(GA_SET, GA_COOKIE).outcomes(ANONYMOUS) == UNSAID


# --- STB-20 ---------------------------------------------------------------------------------------------


def test_a_named_tool_that_was_not_seen_is_only_a_note() -> None:
    scene = Scene().says().names("Hotjar", role="session-recording").names("Google Analytics", role="analytics")
    scene.names("Mailchimp", role="newsletter").names("Matomo", role="analytics", used=False)
    scene.visit("accept").request(GA_HIT, GA, after=True)
    verdicts = {v.subject: (v.outcome, v.severity) for v in scene.judge("named-tool-not-seen")}
    assert verdicts == {"Hotjar": (UNDETERMINED, Severity.INFO), "Google Analytics": (PASS, Severity.INFO)}


def test_no_tools_named_or_no_statement() -> None:
    assert Scene().says().outcomes("named-tool-not-seen") == UNSAID
    assert Scene().outcomes("named-tool-not-seen") == {"statement": UNDETERMINED}


# --- STB-21 ---------------------------------------------------------------------------------------------

WHERE = "location-read-unasked"


def test_a_location_asked_for_on_load_fails() -> None:
    scene = Scene().says().claim("location-data", "only-when-asked")
    scene.visit().calls("Geolocation.getCurrentPosition")
    assert scene.outcomes(WHERE) == {"location": FAIL}


def test_a_location_not_asked_for_or_used_without_a_promise() -> None:
    scene = Scene().says().claim("location-data", "only-when-asked")
    scene.visit().calls("HTMLCanvasElement.toDataURL")
    assert scene.outcomes(WHERE) == UNSEEN
    scene = Scene().says().claim("location-data", "yes")
    scene.visit().calls("Geolocation.getCurrentPosition")
    assert scene.outcomes(WHERE) == UNSAID


# --- STB-22, STB-26 -------------------------------------------------------------------------------------

DENIED, LINKED = "advertising-despite-denial", "contact-data-sent-despite-denial"


@pytest.mark.parametrize("kind", ["targeted-advertising", "profiling"])
def test_advertising_denied_and_found(kind: str) -> None:
    assert requesting(ADS_HIT, ADS).claim(kind, "no").outcomes(DENIED) == {"Google Ads": FAIL}


def test_counting_conversions_hedges_and_statistics_are_no_advertising() -> None:
    counts = label("Google Ads", "Google", Category.ADVERTISING, event="conversion hit")
    assert requesting(ADS_HIT, counts).claim("profiling", "no").outcomes(DENIED) == {"Google Ads": UNDETERMINED}
    scene = requesting(ADS_HIT, ADS).claim("profiling", "no", hedge="in beginsel")
    assert scene.outcomes(DENIED) == {"Google Ads": UNDETERMINED}
    assert requesting(GA_HIT, GA).claim("profiling", "no").outcomes(DENIED) == UNSEEN
    assert requesting(ADS_HIT, ADS).outcomes(DENIED) == UNSAID


def test_contact_data_in_a_hit_fails_and_an_empty_field_does_not() -> None:
    said = ("linked-to-identity", "no")
    hashed = FACEBOOK_HIT + "&ud[em]=" + "a1" * 32
    assert requesting(hashed, META).claim(*said).outcomes(LINKED) == {"Meta Pixel": FAIL}
    assert requesting(FACEBOOK_HIT + "&ud[em]=", META).claim(*said).outcomes(LINKED) == UNSEEN
    assert requesting(hashed, META).outcomes(LINKED) == UNSAID


# --- SEC-08 ---------------------------------------------------------------------------------------------

SECURE = "encryption-claim-untrue"


def test_encryption_promised_and_plain_http_answers() -> None:
    scene = requesting(GA_HIT, GA).probe(200).claim("https-or-encryption", True, "Onze website is met SSL beveiligd.")
    assert scene.outcomes(SECURE) == {"site": FAIL}


def test_encryption_kept_partial_unsaid_or_unmeasured() -> None:
    said = ("https-or-encryption", True)
    assert requesting(GA_HIT, GA).probe(301, SITE).claim(*said).outcomes(SECURE) == {"site": PASS}
    scene = requesting(GA_HIT, GA).probe(200).claim(*said, "Betalingen verlopen via een versleutelde verbinding.")
    assert scene.outcomes(SECURE) == UNSEEN
    assert requesting(GA_HIT, GA).probe(200).outcomes(SECURE) == UNSAID
    assert requesting(GA_HIT, GA).claim(*said).outcomes(SECURE) == UNSEEN


# --- DES-03, DES-04, DES-05 -----------------------------------------------------------------------------

LINK, COLOUR, SIZE = "refuse-as-text-link", "accept-stands-out", "refuse-less-visible"
GREEN = {"background": "rgb(0, 128, 0)", "colour": "rgb(255, 255, 255)", "font_size_px": 16.0}


def banner(**refuse: object) -> Scene:
    scene = Scene()
    given = GREEN | refuse
    scene.visit().banner(button("Akkoord", "accept", **GREEN), button("Weigeren", "refuse", **given))
    return scene


def test_equal_buttons_pass_in_every_respect() -> None:
    assert [banner().outcomes(check) for check in (LINK, COLOUR, SIZE)] == [{"site": PASS}] * 3


def test_a_bare_link_beside_a_button_fails_and_a_styled_link_does_not() -> None:
    assert banner(tag="a", background="rgba(0, 0, 0, 0)").outcomes(LINK) == {"site": FAIL}
    assert banner(tag="a").outcomes(LINK) == {"site": PASS}


def test_a_faint_refusal_fails_and_a_readable_second_colour_is_left_to_a_person() -> None:
    faint = banner(background="rgb(240, 240, 240)", colour="rgb(200, 200, 200)")
    assert faint.outcomes(COLOUR) == {"site": FAIL}
    readable = banner(background="rgb(255, 255, 255)", colour="rgb(0, 0, 0)")
    assert readable.outcomes(COLOUR) == {"site": UNDETERMINED}


@pytest.mark.parametrize("refuse", [{"in_view": False}, {"font_size_px": 11.0}, {"height": 20.0}], ids=str)
def test_a_smaller_or_hidden_refusal_fails(refuse: dict[str, object]) -> None:
    assert banner(**refuse).outcomes(SIZE) == {"site": FAIL}


def test_a_shorter_word_makes_no_smaller_button() -> None:
    assert banner(width=60.0).outcomes(SIZE) == {"site": PASS}


@pytest.mark.parametrize(
    ("check", "refuse"),
    [(LINK, {"background": None}), (COLOUR, {"background": None}), (SIZE, {"height": None})],
)
def test_what_was_not_recorded_of_a_banner_is_left_open(check: str, refuse: dict[str, object]) -> None:
    assert banner(**refuse).outcomes(check) == UNSEEN


@pytest.mark.parametrize("check", [LINK, COLOUR, SIZE])
def test_without_both_controls_there_is_nothing_to_compare(check: str) -> None:
    scene = Scene()
    scene.visit().banner(button("Akkoord", "accept"))
    assert scene.outcomes(check) == {"site": NOT_APPLICABLE}
    assert MAPS.category is Category.MAPS
