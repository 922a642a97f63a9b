"""The words of each language file do what their own examples say, with all languages loaded as in real use."""

from __future__ import annotations

import pytest

from auditor import languages
from auditor.browser.choose import words

CODES = [code for code in languages.codes() if "buttons" in languages.load(code)]
EXAMPLES = [
    (code, purpose, text)
    for code in CODES
    for purpose, texts in languages.load(code)["buttons"]["examples"].items()
    for text in texts
]


def test_the_four_languages_have_button_words() -> None:
    assert {"nl", "en", "de", "fr"} <= set(CODES)


@pytest.mark.parametrize(("code", "purpose", "text"), EXAMPLES)
def test_example_reads_as_its_file_says(code: str, purpose: str, text: str) -> None:
    read = words.read(text, code).purpose
    assert read in {"other", "link"} if purpose == "other" else read == purpose


@pytest.mark.parametrize(
    "text",
    [
        "Niet akkoord", "Accept only necessary", "Continue without accepting", "Weiger niet-noodzakelijke cookies",
        "Ik ga hier niet mee akkoord", "Ne pas accepter", "Ich bin nicht einverstanden", "Alleen noodzakelijke accepteren",
        "Accepter uniquement les cookies essentiels", "Subscribe and reject", "Accepteren of weigeren", "Akkoord met selectie",
        "Pay to reject", "Weigeren en abonneren", "Akzeptieren oder ablehnen",
    ],
)  # fmt: skip
def test_never_reads_as_accepting(text: str) -> None:
    assert words.read(text).purpose != "accept"


@pytest.mark.parametrize(
    "text",
    [
        "Alles accepteren", "Accepteer niet-noodzakelijke cookies", "OK", "Ja, ik ga akkoord", "Accept all and continue",
        "Abonneer nu en weiger cookies", "Accepteren of weigeren", "Weigeren is niet mogelijk", "Alle akzeptieren",
        "Accept or reject cookies", "Geen bezwaar", "Ja, waarom niet", "Accepteren en niet meer tonen", "Tout accepter", "Akkoord met selectie", "Jetzt PUR-Abo abschließen",
    ],
)  # fmt: skip
def test_never_reads_as_refusing(text: str) -> None:
    assert words.read(text).purpose != "refuse"


def test_a_text_that_says_both_is_doubtful() -> None:
    assert words.read("Accept or reject").doubt


@pytest.mark.parametrize("text", ["Uit", "Off", "Aus", "Désactivé"])
def test_the_positions_of_a_switch(text: str) -> None:
    assert words.is_state(text, "off") and not words.is_state(text, "on")


def test_a_switch_that_names_its_position_is_no_refusal_in_words() -> None:
    assert words.ends_in_state("Analytics deaktiviert") and words.ends_in_state("Statistieken: uit")
    assert not words.ends_in_state("Ik wil geen tracking cookies")


def test_paragraphs_are_no_buttons() -> None:
    assert (
        words.read(
            "Wij gebruiken cookies om de site te verbeteren en als u op akkoord klikt gaat u daarmee akkoord"
        ).purpose
        == "other"
    )


def test_language_of_a_banner_is_seen() -> None:
    assert words.language_of(["Wij gebruiken cookies om de website te verbeteren", "Alles accepteren"]) == "nl"
    assert words.language_of(["Nous utilisons des cookies pour mesurer l’audience du site", "Tout accepter"]) == "fr"
    assert words.language_of(["12345"]) is None
