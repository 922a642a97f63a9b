"""DES-01 and SEC-01: the banner's first layer, and encryption."""

from __future__ import annotations

import pytest

from auditor.model import Confidence, Control, Outcome
from tests.checks.builders import FACEBOOK_HIT, META, SITE, Scene, button

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
LAYER, HTTPS = "refuse-missing-on-first-layer", "unencrypted-site"
ACCEPT, SETTINGS = button("Alles accepteren", "accept"), button("Instellingen", "settings")


def site(*controls: Control, tracks: bool = True, **more: str) -> Scene:
    scene = Scene()
    for choice in ("none", "accept"):
        visit = scene.visit(choice).banner(*controls, **more)
        if tracks:
            visit.request(FACEBOOK_HIT, META, after=choice == "accept")
    return scene


def test_accept_without_refuse_fails_and_names_the_buttons() -> None:
    (verdict,) = site(ACCEPT, SETTINGS).judge(LAYER)
    assert (verdict.outcome, verdict.confidence) == (FAIL, Confidence.CONFIRMED)
    assert "Alles accepteren" in verdict.message["nl"]
    assert len(verdict.evidence) == 2


@pytest.mark.parametrize(
    "control",
    [
        button("Weigeren", "refuse"),
        button("Alleen noodzakelijke cookies", "other"),
        button("Doorgaan zonder te accepteren", "link", tag="a"),
        button("Continue without accepting", "link", tag="a"),
        button("Nur notwendige Cookies", "other"),
        button("Continuer sans accepter", "close"),
        button("Alleen functionele", "save"),
        button("Nee, bedankt", "other"),
    ],
    ids=lambda control: control.text,
)
def test_every_equal_way_to_refuse_counts(control: Control) -> None:
    assert site(ACCEPT, control).outcomes(LAYER) == {"site": PASS}


def test_saving_with_everything_off_refuses_and_with_something_on_does_not() -> None:
    save = button("Selectie opslaan", "save")
    assert site(ACCEPT, save, button("Marketing", "toggle", checked=False)).outcomes(LAYER) == {"site": PASS}
    assert site(ACCEPT, save, button("Marketing", "toggle", checked=True)).outcomes(LAYER) == {"site": FAIL}
    necessary = button("Noodzakelijk", "toggle", checked=True, disabled=True)
    assert site(ACCEPT, save, necessary, button("Marketing", "toggle", checked=False)).outcomes(LAYER) == {"site": PASS}


def test_closing_refuses_only_where_the_text_says_so() -> None:
    close = button("×", "close")
    assert site(ACCEPT, close).outcomes(LAYER) == {"site": FAIL}
    assert site(ACCEPT, close, text="Sluit u dit venster, dan weigert u alle cookies.").outcomes(LAYER) == {
        "site": PASS
    }


def test_a_refusal_on_the_second_layer_or_without_a_size_is_not_on_the_first() -> None:
    assert site(ACCEPT, button("Weigeren", "refuse", layer=2)).outcomes(LAYER) == {"site": FAIL}
    assert site(ACCEPT, button("Weigeren", "refuse", width=0.0)).outcomes(LAYER) == {"site": FAIL}


def test_a_refusal_that_one_click_brought_about_was_there() -> None:
    scene = site(ACCEPT)
    scene.visit("refuse", clicks=1)
    assert scene.outcomes(LAYER) == {"site": PASS}
    scene = site(ACCEPT)
    scene.visit("refuse", clicks=2)
    assert scene.outcomes(LAYER) == {"site": FAIL}


def test_a_banner_that_only_informs_is_in_order_where_nothing_needs_consent() -> None:
    assert site(ACCEPT, tracks=False).outcomes(LAYER) == {"site": NOT_APPLICABLE}
    assert site(button("Meer weten", "link")).outcomes(LAYER) == {"site": NOT_APPLICABLE}


def test_whether_anything_needs_consent_must_have_been_measured() -> None:
    scene = Scene()
    scene.visit().banner(ACCEPT)
    scene.visit("accept", status="click_failed").banner(ACCEPT)
    assert scene.outcomes(LAYER) == {"site": UNDETERMINED}


def test_another_language_and_undescribed_controls_leave_it_open() -> None:
    assert site(button("Zaakceptuj", "accept"), language="pl").outcomes(LAYER) == {"site": UNDETERMINED}
    assert site().outcomes(LAYER) == {"site": UNDETERMINED}


def test_without_a_banner_there_is_no_layer() -> None:
    scene = Scene()
    scene.visit("accept", status="no_banner")
    assert scene.outcomes(LAYER) == {"site": NOT_APPLICABLE}
    assert Scene().outcomes(LAYER) == {"site": UNDETERMINED}


# --- SEC-01 ---------------------------------------------------------------------------------------------


def https_site() -> Scene:
    scene = Scene()
    scene.visit()
    return scene


@pytest.mark.parametrize(
    ("status", "location", "expected"),
    [
        (200, None, FAIL),
        (301, "https://example.com/", PASS),
        (308, "https://www.example.com/", PASS),
        (301, "http://www.example.com/", UNDETERMINED),
        (None, None, PASS),
        (403, None, UNDETERMINED),
    ],
    ids=["answers", "redirects", "redirects-to-www", "redirects-to-http", "port-closed", "forbidden"],
)
def test_what_plain_http_answers(status: int | None, location: str | None, expected: Outcome) -> None:
    scene = https_site().probe(status, location, None if status else "connection refused")
    assert scene.outcomes(HTTPS) == {"site": expected}


def test_a_dead_host_is_not_a_safe_one() -> None:
    assert Scene().probe(None, None, "connection refused").outcomes(HTTPS) == {"site": UNDETERMINED}


def test_pages_over_http_fail() -> None:
    scene = Scene()
    visit = scene.visit(pages=("http://example.com/",))
    visit.observations.clear()
    visit.loads("http://example.com/")
    (verdict,) = scene.judge(HTTPS)
    assert (verdict.outcome, verdict.evidence) == (FAIL, ("none-1/o0",))


def test_a_form_over_http_fails_and_a_search_button_does_not() -> None:
    scene = https_site().probe(301, SITE)
    scene.visits[0].form("http://example.com/send", "email:mail")
    assert scene.outcomes(HTTPS) == {"site": FAIL}
    scene = https_site().probe(301, SITE)
    scene.visits[0].form("http://example.com/send", "submit:go")
    assert scene.outcomes(HTTPS) == {"site": PASS}


def test_a_host_that_was_not_asked_is_not_judged() -> None:
    assert https_site().outcomes(HTTPS) == {"site": UNDETERMINED}
