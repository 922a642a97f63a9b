"""Declared cookies: names and lifetimes from tables, lists and prose."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.statement.cookie_names import is_cookie_name, names_in
from auditor.statement.declared import read_declared
from auditor.statement.load import load_bytes
from auditor.statement.sentences import sentences
from tests.statement.measure import declared_samples

SAMPLES = list(declared_samples())


@pytest.mark.parametrize(("name", "path", "wanted"), SAMPLES, ids=[name for name, _, _ in SAMPLES])
def test_every_declared_cookie_is_read_with_its_lifetime(
    name: str, path: Path, wanted: dict[str, float | None]
) -> None:
    mime = "text/html" if path.suffix == ".html" else "text/plain"
    statement = load_bytes(path.read_bytes(), url=f"https://www.example.com/{path.name}", mime_type=mime)
    found = read_declared(statement, sentences(statement))
    assert {cookie.name for cookie in found} == set(wanted)
    for cookie in found:
        days = wanted[cookie.name]
        assert statement.text[cookie.start : cookie.end] == cookie.quote
        assert cookie.duration_days == (pytest.approx(days, rel=0.01, abs=0.6) if days is not None else None), (
            cookie.name
        )


def test_provider_and_purpose_come_from_their_columns() -> None:
    text = "# Cookies\n\nWij plaatsen cookies op uw computer.\n\n| Naam | Aanbieder | Doel | Bewaartermijn |\n|---|---|---|---|\n| _ga | Google | Bezoek tellen | 2 jaar |\n"
    statement = load_bytes(text.encode(), url="https://www.example.com/cookies.md")
    (cookie,) = read_declared(statement, sentences(statement))
    assert (cookie.provider, cookie.purpose, cookie.duration) == ("Google", "Bezoek tellen", "2 jaar")


@pytest.mark.parametrize(
    "word",
    [
        "_ga",
        "_gat_UA-*",
        "PHPSESSID",
        "wp-settings-{user}",
        "__utma",
        "_hjIncludedInSample",
        "VISITOR_INFO1_LIVE",
        "IDE",
        "li_gc",
        "_pk_id.*",
        "cookielawinfo-checkbox-necessary",
        "OptanonConsent",
    ],
)
def test_names_are_known_by_their_form(word: str) -> None:
    assert is_cookie_name(word)


@pytest.mark.parametrize(
    "word",
    [
        "cookie",
        "IP-adres",
        "www.example.com",
        "info@my_site.nl",
        "opt-out",
        "e-mailadres",
        "Analytics",
        "privacy_statement.pdf",
        "first-party",
        "taal",
        "session",
        "B.V.",
        "2018",
        "en",
        "sociale-media",
    ],
)
def test_ordinary_words_are_no_names(word: str) -> None:
    assert not is_cookie_name(word)


def test_addresses_and_markdown_emphasis_hold_no_names() -> None:
    assert (
        names_in("Lees _meer_ op https://www.example.com/over_ons/onze_cookies of mail naar jan_de_vries@example.com.")
        == ()
    )
