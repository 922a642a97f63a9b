"""The words of the report: the same in both languages, complete for what the templates and the vocabulary ask for."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest

from auditor.model import Category, Choice, ChoiceStatus, Confidence, Observation, Phase, Severity
from reports import reasons
from reports.sections.observations import STATES
from reports.summary import Group
from reports.words import LANGUAGES, WordsError, words

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "reports" / "sections").glob("*.html"))
MODULES = sorted((ROOT / "reports").rglob("*.py"))


def keys(language: str) -> set[str]:
    return set(words(language).texts)


def known(key: str, language: str) -> bool:
    return key in keys(language) or f"{key}.other" in keys(language)


def test_both_languages_have_the_same_keys() -> None:
    assert keys("nl") ^ keys("en") == set()


def test_both_languages_fill_in_the_same_places() -> None:
    def places(language: str, key: str) -> set[str]:
        return {name.lower() for _, name, _, _ in Formatter().parse(words(language).texts[key]) if name} - {"n"}

    assert [key for key in keys("nl") if places("nl", key) != places("en", key)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_text_a_template_names_exists(path: Path, language: str) -> None:
    asked = re.findall(r"""\bw\(['"]([a-z0-9.-]+)['"]\s*[,)]""", path.read_text("utf-8"))
    assert [key for key in asked if not known(key, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_a_module_names_exists(language: str) -> None:
    asked = {key for path in MODULES for key in re.findall(r"""words\("([a-z0-9.-]+)"[,)]""", path.read_text("utf-8"))}
    assert asked
    assert [key for key in asked if not known(key, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("table", "names"),
    [
        ("severity", [*Severity]),
        ("confidence", [*Confidence]),
        ("category", [*Category]),
        ("choice", [*Choice]),
        ("group", [*Group]),
        ("result", get_args(ChoiceStatus)),
        ("answer.why", [*get_args(ChoiceStatus), "failed"]),
        ("state", [*STATES, Phase.BEFORE]),
        ("kind", [kind.kind for kind in get_args(Observation)]),
        ("control", ["accept", "refuse", "settings", "save", "close", "toggle", "link", "other"]),
        ("status", ["read", "not-a-statement", "unreadable", "language-not-read", "empty"]),
        ("role", ["privacy", "cookies", "both", "other"]),
        ("area", ["local", "session", "indexeddb", "cache"]),
        ("declared", ["named", "category", "no", "unread"]),
        ("standing", ["contradicted", "noted", "undetermined", "held", "untested", "human"]),
    ],
)
def test_the_vocabulary_has_words(table: str, names: list[str], language: str) -> None:
    assert [name for name in names if f"{table}.{name}" not in keys(language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_we_recognise_has_words(language: str) -> None:
    assert [key for key in reasons.word_keys() if key not in keys(language)] == []


@pytest.mark.parametrize(
    ("reason", "nl"),
    [
        (
            "net::ERR_NAME_NOT_RESOLVED at https://nergens.example.net/",
            "de naam van de site bestaat niet of is nu niet te vinden",
        ),
        ("choice 'refuse': click_failed (banner stayed)", "niet te bewijzen viel dat de klik werkte"),
        ("HTTP 503", "de server meldde een eigen fout"),
        ("something new", None),
    ],
)
def test_a_reason_is_told_in_the_readers_language_when_it_is_known(reason: str, nl: str | None) -> None:
    assert reasons.explain(reason, words("nl")) == nl


def test_no_text_grades_or_condemns() -> None:
    forbidden = re.compile(
        r"illega|onwettig|\billegal|compliant|compliance score|rapportcijfer|\bgrade [A-F]\b", re.IGNORECASE
    )
    assert [text for language in LANGUAGES for text in words(language).texts.values() if forbidden.search(text)] == []


@pytest.mark.parametrize(
    ("days", "nl", "en"),
    [
        (None, "sessie", "session"),
        (0.0, "verwijderd", "removed"),
        (1 / 1440, "1 minuut", "1 minute"),
        (1 / 24, "1 uur", "1 hour"),
        (1.0, "1 dag", "1 day"),
        (90.0, "3 maanden (90 dagen)", "3 months (90 days)"),
        (365.0, "1 jaar (365 dagen)", "1 year (365 days)"),
        (730.0, "2 jaar (730 dagen)", "2 years (730 days)"),
        (400.0, "400 dagen", "400 days"),
        (3650.0, "10 jaar (3.650 dagen)", "10 years (3,650 days)"),
    ],
)
def test_a_lifetime_is_told_in_the_unit_a_reader_expects(days: float | None, nl: str, en: str) -> None:
    assert (words("nl").duration(days), words("en").duration(days)) == (nl, en)


def test_moments_are_told_in_words_and_broken_ones_as_they_are() -> None:
    assert words("nl").date("2026-11-22T09:30:00+00:00") == "22 november 2026, 09:30 UTC"
    assert words("en").date("2019-03-12") == "12 March 2019"
    assert words("en").date("yesterday") == "yesterday"
    assert words("en").date(None) == "–"


def test_a_language_or_text_that_is_not_there_is_named() -> None:
    with pytest.raises(WordsError, match="expected a report language nl or en, found 'xx'"):
        words("xx")
    with pytest.raises(WordsError, match=r"answer\.nowhere"):
        words("en")("answer.nowhere")
