"""STB-11 and STB-12: the cookie list and the lifetimes it gives."""

from __future__ import annotations

import pytest

from auditor.checks.cookie_not_declared import stable_name
from auditor.evidence.naming import declares
from auditor.model import Category, Confidence, Outcome, Severity
from tests.checks.builders import (
    CMP,
    FBP,
    GA_COOKIE,
    GA_SET,
    META_COOKIE,
    PHP,
    SECURITY,
    SITE,
    UNKNOWN,
    Scene,
    heading,
    label,
)

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
LIST, LIFE = "cookie-not-declared", "cookie-outlives-statement"


def site(*cookies: tuple[str, object], text: str = "Cookies") -> Scene:
    scene = Scene().says(text)
    visit = scene.visit()
    for raw, given in cookies:
        visit.cookie(raw, given)  # type: ignore[arg-type]
    return scene


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ("_ga", "_ga"),
        ("_ga_*", "_ga_AB12CD34"),
        ("_ga", "_ga_AB12CD34"),
        ("_ga_<container-id>", "_ga_AB12CD34"),
        ("_ga_XXXXXXXX", "_ga_AB12CD34"),
        ("_gat_gtag_UA_*", "_gat_gtag_UA_12345_1"),
        ("_hj*", "_hjSessionUser_123456"),
        ("_pk_id", "_pk_id.1.1fff"),
        ("_pk_id.#", "_pk_id.1.1fff"),
        ("_hjSession_{site_id}", "_hjSession_12345"),
        ("wp-settings-[UID]", "wp-settings-1"),
        ("PHPSESSID", "phpsessid"),
        ("wordpress_logged_in_…", "wordpress_logged_in_0f3a"),
    ],
)
def test_a_declared_name_covers_its_kin(declared: str, name: str) -> None:
    assert declares(declared, name)


@pytest.mark.parametrize(
    ("declared", "name"), [("_ga", "_gat"), ("_gid", "_ga"), ("id", "identity"), ("", "x"), ("_ga", "_gac_x")]
)
def test_a_declared_name_does_not_cover_others(declared: str, name: str) -> None:
    assert not declares(declared, name)


@pytest.mark.parametrize(
    ("name", "stable"),
    [
        ("_ga_AB12CD34EF", "_ga_*"),
        ("_ga", "_ga"),
        ("_hjSession_3312345", "_hjSession_*"),
        ("_pk_id.1.1fff", "_pk_id.*"),
        ("PHPSESSID", "PHPSESSID"),
        ("ph_phc_abc", "ph_phc_abc"),
    ],
)
def test_a_subject_keeps_its_name_from_crawl_to_crawl(name: str, stable: str) -> None:
    assert stable_name(name) == stable


# --- STB-11 ---------------------------------------------------------------------------------------------


def test_an_undeclared_tracking_cookie_is_high_and_another_medium() -> None:
    scene = site((FBP, META_COOKIE), ("PHPSESSID=abcdef", PHP)).declares("_ga", 730).declares("_gid", 1)
    verdicts = {v.subject: v for v in scene.judge(LIST)}
    assert {s: (v.outcome, v.severity) for s, v in verdicts.items()} == {
        "_fbp": (FAIL, Severity.HIGH),
        "PHPSESSID": (FAIL, Severity.MEDIUM),
    }


def test_without_a_list_nothing_is_undeclared() -> None:
    assert site((FBP, META_COOKIE)).outcomes(LIST) == {"site": NOT_APPLICABLE}
    assert site((FBP, META_COOKIE)).declares("_ga").outcomes(LIST) == {"site": NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("raw", "given"),
    [
        ("CookieConsent=abcdef", CMP),
        ("__cf_bm=abcdef", SECURITY),
        ("AWSALB=abc", label("AWS", "Amazon", Category.HOSTING, tracker=False)),
    ],
    ids=["consent", "bot-defence", "balancer"],
)
def test_cookies_that_need_no_declaring_pass(raw: str, given: object) -> None:
    assert site((raw, given)).declares("_ga").declares("_gid").outcomes(LIST) == {"site": PASS}


def test_a_cookie_of_unknown_purpose_is_left_open() -> None:
    assert site(("zz=abcdef", UNKNOWN)).declares("_ga").declares("_gid").outcomes(LIST) == {"zz": UNDETERMINED}


def test_a_row_that_gives_the_products_name_covers_its_cookies() -> None:
    scene = site((GA_SET, GA_COOKIE)).declares("Google Analytics").declares("PHPSESSID")
    assert scene.outcomes(LIST) == {"site": PASS}


def test_a_cookie_statement_that_could_not_be_read_may_hold_the_rest() -> None:
    scene = site((FBP, META_COOKIE)).declares("_ga").declares("_gid")
    scene.source(SITE + "cookies", "cookies", status=503, failure="HTTP 503")
    assert scene.outcomes(LIST) == {"_fbp": UNDETERMINED}


def test_cookies_that_were_not_recorded_are_not_all_declared() -> None:
    scene = Scene().says().declares("_ga").declares("_gid")
    scene.visit(recorded=("request",))
    assert scene.outcomes(LIST) == {"site": UNDETERMINED}


# --- STB-12 ---------------------------------------------------------------------------------------------


def test_two_years_against_a_declared_year_fails_with_both_figures() -> None:
    scene = site((GA_SET, GA_COOKIE)).declares("_ga", 365)
    (verdict,) = scene.judge(LIFE)
    assert (verdict.outcome, verdict.subject) == (FAIL, "_ga")
    assert "2 jaar" in verdict.message["nl"]
    assert "1 year" in verdict.message["en"]


def test_the_raw_header_counts_and_not_the_browsers_cap() -> None:
    scene = site((GA_SET, GA_COOKIE)).declares("_ga", 400)
    assert scene.outcomes(LIFE) == {"_ga": FAIL}
    scene = site((GA_SET, GA_COOKIE)).declares("_ga", 730)
    assert scene.outcomes(LIFE) == {"site": PASS}


@pytest.mark.parametrize(
    ("raw", "declared", "expected"),
    [
        ("_ga=GA1.1.1.1; Max-Age=46656000", 365, {"site": PASS}),  # 540 days: not more than 1.5 times
        ("_ga=GA1.1.1.1; Max-Age=86400", 0.5, {"site": PASS}),  # half a day longer only
        ("_ga=GA1.1.1.1; Max-Age=86400", 0, {"_ga": FAIL}),  # a session by the list, a day in truth
        ("_ga=GA1.1.1.1", 0, {"site": PASS}),
        ("_ga=GA1.1.1.1", 730, {"site": PASS}),
    ],
    ids=["within-1.5", "under-a-day", "session-declared", "session-both", "shorter"],
)
def test_longer_means_half_as_long_again_and_a_day(raw: str, declared: float, expected: dict[str, Outcome]) -> None:
    assert site((raw, GA_COOKIE)).declares("_ga", declared).outcomes(LIFE) == expected


def test_a_first_value_that_is_corrected_does_not_count() -> None:
    scene = site(("x=abcdef1; Max-Age=63072000", PHP), ("x=abcdef1; Max-Age=86400", PHP)).declares("x", 1)
    assert scene.outcomes(LIFE) == {"site": PASS}


def test_of_several_rows_for_a_name_the_longest_counts() -> None:
    assert site((GA_SET, GA_COOKIE)).declares("_ga", 1).declares("_ga", 730).outcomes(LIFE) == {"site": PASS}


def test_a_lifetime_in_running_text_is_held_against_tracking_cookies() -> None:
    scene = site((GA_SET, GA_COOKIE)).claim("cookie-retention", "1 jaar", duration_days=365)
    (verdict,) = scene.judge(LIFE)
    assert (verdict.outcome, verdict.claims) == (FAIL, (0,))


def test_a_lifetime_of_minutes_or_of_another_vendor_speaks_of_other_cookies() -> None:
    scene = site((GA_SET, GA_COOKIE)).claim("cookie-retention", "30 minuten", duration_days=0.02)
    assert scene.outcomes(LIFE) == {"site": UNDETERMINED}
    scene = site((GA_SET, GA_COOKIE)).claim("cookie-retention", "90 dagen", duration_days=90, vendor="Facebook")
    assert scene.outcomes(LIFE) == {"site": UNDETERMINED}


SECTION = "Statistieken\nWij houden statistieken bij. Wij bewaren deze informatie voor één jaar.\nKlachten\nBel ons."


def test_a_period_in_the_section_on_statistics_is_held_against_statistics_cookies() -> None:
    scene = Scene().says(SECTION, blocks=(heading(SECTION, "Statistieken"), heading(SECTION, "Klachten")))
    scene.visit().cookie(GA_SET, GA_COOKIE)
    (verdict,) = scene.judge(LIFE)
    assert (verdict.outcome, verdict.severity, verdict.confidence) == (FAIL, Severity.LOW, Confidence.PROXY)
    assert "één jaar" in verdict.message["nl"]


def test_a_period_in_another_section_says_nothing_about_cookies() -> None:
    text = SECTION.replace("Statistieken\n", "Bestellingen\n").replace("houden statistieken bij", "leveren fietsen")
    assert site((GA_SET, GA_COOKIE), text=text).outcomes(LIFE) == {"statement": NOT_APPLICABLE}


def test_a_bare_heading_line_opens_a_section_too() -> None:
    assert site((GA_SET, GA_COOKIE), text=SECTION).outcomes(LIFE) == {"_ga": FAIL}


def test_lifetimes_that_were_not_recorded_are_not_in_order() -> None:
    scene = Scene().says().declares("_ga", 365)
    scene.visit(recorded=("cookie-held",)).held("_ga", "GA1.1.1.1", GA_COOKIE)
    assert scene.outcomes(LIFE) == {"site": UNDETERMINED}


# --- what counts as a list -----------------------------------------------------------------------------

SENTENCE = "Wij gebruiken Google Analytics (cookie _ga) en de Meta-pixel (cookie _fbp) met jouw akkoord."


def test_cookies_named_in_one_sentence_are_examples_and_no_list() -> None:
    scene = site((FBP.replace("_fbp", "fr"), META_COOKIE))
    for name in ("_ga", "_fbp"):
        scene.declares(name, quote=SENTENCE, start=10, end=10 + len(SENTENCE))
    assert scene.outcomes(LIST) == {"site": NOT_APPLICABLE}


def test_sentences_that_name_cookies_are_no_list() -> None:
    scene = site((FBP.replace("_fbp", "fr"), META_COOKIE))
    scene.declares("_ga", quote=SENTENCE).declares("_fbp", quote=SENTENCE)
    assert scene.outcomes(LIST) == {"site": NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("woocommerce_cart_hash=0f3a0f3a0f3a0f3a", "Naam woocommerce_cart_hash Functie Bewaar items"),
        ("wp_woocommerce_session_0f3a0f3a0f3a0f3a=1||2||0f3a", "wp_woocommerce_session_* 2 dagen"),
        ("IDE=AHWqTUk0f3a0f3a0f3a", "IDE, doubleclick.net, 13 maanden"),
    ],
)
def test_a_cookie_whose_name_stands_anywhere_in_the_text_is_declared(raw: str, text: str) -> None:
    scene = site((raw, META_COOKIE), text=text).declares("_ga").declares("PHPSESSID")
    assert scene.outcomes(LIST) == {"site": PASS}


def test_a_common_word_in_the_text_declares_no_cookie() -> None:
    scene = site(("session=0f3a0f3a0f3a", META_COOKIE), text="Uw session duurt kort.").declares("_ga").declares("_gid")
    assert scene.outcomes(LIST) == {"session": FAIL}
