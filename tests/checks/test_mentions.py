"""STB-01, STB-02: trackers that the statement does not mention."""

from __future__ import annotations

from auditor.model import Outcome, Severity
from tests.checks.builders import (
    ADS,
    ADS_HIT,
    FACEBOOK_HIT,
    GA,
    GA_HIT,
    HOTJAR,
    LIKE_BUTTON,
    META,
    SITE,
    Scene,
    button,
    three_visits,
)

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
OTHER, SOCIAL = "tracker-not-mentioned", "social-tracker-not-mentioned"


def site(*seen: tuple[str, object]) -> Scene:
    scene = Scene()
    for visit in three_visits(scene):
        for url, given in seen:
            visit.request(url, given)  # type: ignore[arg-type]
    return scene


def test_a_tracker_that_the_statement_does_not_mention_fails() -> None:
    scene = site((ADS_HIT, ADS)).says("Wij verkopen fietsen.")
    (verdict,) = scene.judge(OTHER)
    assert (verdict.outcome, verdict.subject, verdict.severity) == (FAIL, "Google Ads", Severity.HIGH)
    assert "Google, US" in verdict.message["nl"]


def test_a_social_pixel_is_told_once_and_as_social() -> None:
    scene = site((FACEBOOK_HIT, META)).says("Wij verkopen fietsen.")
    assert scene.outcomes(SOCIAL) == {"Meta Pixel": FAIL}
    assert scene.outcomes(OTHER) == {"site": NOT_APPLICABLE}


def test_aliases_and_owners_count_as_named() -> None:
    scene = site((FACEBOOK_HIT, META), (ADS_HIT, ADS)).says("…")
    scene.names("Facebook pixel", role="advertising").names("DoubleClick", role="advertising")
    assert scene.outcomes(SOCIAL) == {"Meta Pixel": PASS}
    assert scene.outcomes(OTHER) == {"Google Ads": PASS}


def test_another_following_product_of_the_same_owner_names_who_receives() -> None:
    scene = site((ADS_HIT, ADS)).says("…").names("Google Analytics", role="analytics", entity="Google")
    assert scene.outcomes(OTHER) == {"Google Ads": PASS}


def test_naming_the_owner_for_a_map_does_not_tell_of_advertising() -> None:
    scene = site((ADS_HIT, ADS)).says("…").names("Google Maps", role="maps", entity="Google")
    (verdict,) = scene.judge(OTHER)
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.LOW)


def test_a_product_in_a_link_or_in_the_banner_is_named() -> None:
    scene = site((ADS_HIT, ADS)).says("Zie hier.", links=(("https://policies.doubleclick.net/privacy", 0, 3),))
    assert scene.outcomes(OTHER) == {"Google Ads": PASS}
    scene = site((GA_HIT, GA)).says("Cookies.")
    scene.visits[0].banner(button("Akkoord", "accept"), text="Wij gebruiken Google Analytics.")
    assert scene.outcomes(OTHER) == {"Google Analytics": PASS}


def test_a_browser_of_the_same_owner_is_no_mention_and_a_bare_mention_is_left_open() -> None:
    scene = site((ADS_HIT, ADS)).says("In Google Chrome zet u cookies uit.")
    assert scene.outcomes(OTHER) == {"Google Ads": FAIL}
    scene = site((ADS_HIT, ADS)).says("U vindt ons via Google op het web.")
    assert scene.outcomes(OTHER) == {"Google Ads": UNDETERMINED}


def test_a_service_said_not_to_be_used_is_not_named() -> None:
    scene = site((GA_HIT, GA)).says("Wij gebruiken geen Google Analytics.")
    scene.names("Google Analytics", role="analytics", used=False, quote="Wij gebruiken geen Google Analytics.")
    assert scene.outcomes(OTHER) == {"Google Analytics": FAIL}


def test_the_kind_of_service_with_third_parties_is_the_lower_grade() -> None:
    scene = site((ADS_HIT, ADS)).says("…").claim("cookie-category", "marketing").claim("third-party-cookies", "yes")
    (verdict,) = scene.judge(OTHER)
    assert (verdict.outcome, verdict.severity, verdict.claims) == (FAIL, Severity.LOW, (0, 1))


def test_social_media_in_general_words_is_the_lower_grade() -> None:
    scene = site((FACEBOOK_HIT, META)).says("…").claim("cookie-category", "social")
    (verdict,) = scene.judge(SOCIAL)
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.LOW)


def test_a_cookie_table_names_its_providers() -> None:
    scene = site((FACEBOOK_HIT, META)).says("…").declares("fr", 90, provider="Facebook")
    assert scene.outcomes(SOCIAL) == {"Meta Pixel": PASS}


def test_what_only_one_of_several_like_visits_saw_may_not_be_the_sites() -> None:
    scene = Scene().says("…")
    scene.visit().request(ADS_HIT, ADS)
    scene.visit("accept")
    assert scene.outcomes(OTHER) == {"Google Ads": UNDETERMINED}


def test_what_only_accepting_brings_is_seen_once_and_still_the_sites() -> None:
    scene = Scene().says("…")
    scene.visit()
    scene.visit("accept").request(ADS_HIT, ADS, after=True)
    assert scene.outcomes(OTHER) == {"Google Ads": FAIL}


def test_an_unread_cookie_statement_may_name_it() -> None:
    scene = site((ADS_HIT, ADS)).says("…").source(SITE + "cookies", "cookies", failure="HTTP 503", status=503)
    assert scene.outcomes(OTHER) == {"Google Ads": UNDETERMINED}


def test_a_guessed_address_that_is_not_there_is_no_unread_statement() -> None:
    scene = site((ADS_HIT, ADS)).says("…")
    scene.source(SITE + "cookies", "cookies", failure="HTTP 500", status=500, found_by="well-known path")
    assert scene.outcomes(OTHER) == {"Google Ads": FAIL}


def test_without_a_statement_it_cannot_be_told() -> None:
    scene = site((ADS_HIT, ADS), (FACEBOOK_HIT, META))
    assert scene.outcomes(OTHER) == {"site": UNDETERMINED}
    assert scene.outcomes(SOCIAL) == {"site": UNDETERMINED}


def test_a_disclaimer_alone_is_no_statement() -> None:
    scene = site((ADS_HIT, ADS)).says("Disclaimer", role="other")
    assert scene.outcomes(OTHER) == {"Google Ads": UNDETERMINED}


def test_a_statement_in_a_language_that_is_not_read_leaves_it_open() -> None:
    scene = site((ADS_HIT, ADS)).says("…", status="language-not-read")
    assert scene.outcomes(OTHER) == {"site": UNDETERMINED}


def test_a_widget_and_a_recorder_count_as_trackers_too() -> None:
    scene = site(("https://www.facebook.com/plugins/like.php", LIKE_BUTTON), ("https://ws.hotjar.com/x", HOTJAR)).says(
        "…"
    )
    assert scene.outcomes(OTHER) == {"Hotjar": FAIL}


def test_unrecorded_requests_are_no_clean_site() -> None:
    scene = Scene().says("…")
    scene.visit(recorded=("navigation",))
    assert scene.outcomes(OTHER) == {"site": UNDETERMINED}
