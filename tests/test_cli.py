"""The command line as a user meets it: exit codes, words, data on stdout."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from auditor.cli import app

STATEMENT = """# Privacyverklaring

Bakkerij Voorbeeld B.V. verwerkt persoonsgegevens zoals uw naam en e-mailadres om uw bestelling te leveren.

## Cookies

Wij gebruiken Google Analytics. Trackingcookies plaatsen wij alleen met uw toestemming.
U kunt de cookies via uw browser verwijderen.

## Uw rechten

U heeft recht op inzage, correctie en verwijdering van uw gegevens. U kunt een klacht indienen bij de Autoriteit Persoonsgegevens.

Laatst gewijzigd op 3 maart 2026.
"""


def run(*arguments: str, stdin: str | None = None) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(arguments), input=stdin)
    return result.exit_code, result.stdout, result.stderr


def test_reading_a_file_as_json_quotes_the_text_exactly(tmp_path: Path) -> None:
    path = tmp_path / "verklaring.txt"
    path.write_text(STATEMENT, encoding="utf-8")
    code, out, _ = run("read", str(path), "--json")
    reading = json.loads(out)
    assert code == 0
    assert (reading["language"], reading["date_of_version"]) == ("nl", "2026-03-03")
    assert ("consent-before", "marketing") in {(claim["kind"], claim["value"]) for claim in reading["claims"]}
    assert {"class", "phrase", "start", "end", "polarity", "hedge", "condition", "also"} <= set(reading["claims"][0])
    assert [vendor["name"] for vendor in reading["vendors"]] == ["Google Analytics"]
    assert reading["items"]["right-access"]["present"]
    assert not reading["items"]["right-portability"]["present"]


def test_reading_standard_input_on_the_terminal_lists_claims_under_the_text() -> None:
    code, out, _ = run("read", "-", stdin=STATEMENT)
    assert code == 0
    assert "consent-before = marketing" in out
    assert "present  right-access" in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["crawl"], 2, "expected at least one site"),
        (["crawl", "https://example.nl", "--language", "xx"], 2, "expected nl or en"),
        (["crawl", "https://example.nl", "--fail-on", "grave"], 2, "expected one of critical"),
        (["crawl", "https://example.nl", "--ca-file", "/none.pem"], 2, "expected a PEM file"),
        (["crawl", "--sites", "/none.txt"], 2, "expected a list of sites at /none.txt"),
        (["crawl", "https://example.nl", "--out", "/proc/none"], 3, "cannot write /proc/none"),
        (["read", "/none.html"], 2, "expected a file, an address"),
        (["audit", "/none"], 2, "expected record.json.gz in /none"),
        (["report", "/none"], 2, "expected a record at"),
        (["explain", "XYZ-99"], 2, "no check 'XYZ-99'"),
        (["data", "delete"], 2, "expected status, list or update"),
        (["whois", "cookie:nothing"], 2, "expected cookie:NAME@HOST"),
    ],
)
def test_bad_input_says_what_was_expected(arguments: list[str], code: int, words: str) -> None:
    seen, _, error = run(*arguments)
    assert seen == code
    assert words in " ".join(error.replace("│", " ").split())


def test_whois_answers_many_questions_one_json_line_each() -> None:
    code, out, _ = run(
        "whois", "--json", stdin="https://www.google-analytics.com/g/collect?v=2\n\ncookie:_ga@example.nl\n ?? \n"
    )
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [line.get("product") for line in lines] == ["Google Analytics", "Google Analytics", None]
    assert "error" in lines[2]
    assert set(lines[0]) == {
        "input", "product", "entity", "country", "category", "tracker",
        "purpose", "lifetime_days", "source", "rule", "confidence",
    }  # fmt: skip


def test_finding_statements_in_a_page_gives_absolute_addresses() -> None:
    page = '<footer><a href="/privacy/">Privacyverklaring</a> <a href="/cookies">Cookiebeleid</a> <a href="/blog">Blog</a></footer>'
    code, out, _ = run("find", "-", "--base", "https://www.example.nl/", "--json", stdin=page)
    assert code == 0
    assert json.loads(out) == {
        "privacy": ["https://www.example.nl/privacy/"],
        "cookies": ["https://www.example.nl/cookies"],
        "other": [],
    }


def test_every_check_can_be_listed_and_explained() -> None:
    code, out, _ = run("checks")
    assert code == 0
    listed = [line.split()[1] for line in out.splitlines()]
    assert len(listed) >= 30
    for name in listed:
        explained, text, _ = run("explain", name)
        assert explained == 0
        assert all(heading in text for heading in ("What it looks at", "Why it matters", "When it is wrong", "Sources"))


def test_data_status_names_every_list_with_its_licence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    code, out, _ = run("data")
    assert code == 0
    assert {"signatures", "third-party-web", "easyprivacy"} <= {line.split()[0] for line in out.splitlines()}
    assert "MIT" in out


def test_a_list_that_cannot_be_fetched_is_kept_and_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    code, out, _ = run("data", "update", "--proxy", "http://127.0.0.1:9")
    assert code == 3
    assert "refused" in out
