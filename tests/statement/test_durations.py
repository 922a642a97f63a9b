"""Lifetimes in days."""

from __future__ import annotations

import pytest

from auditor.statement.durations import duration_days, is_persistent

MONTH = 365.25 / 12


@pytest.mark.parametrize(
    ("text", "language", "days"),
    [
        ("2 jaar", "nl", 730),
        ("13 maanden", "nl", 13 * MONTH),
        ("één (1) jaar", "nl", 365),
        ("een half jaar", "nl", 182.5),
        ("maximaal 400 dagen", "nl", 400),
        ("1 uur", "nl", 1 / 24),
        ("twee weken", "nl", 14),
        ("2 jaar en 1 maand", "nl", 730 + MONTH),
        ("sessie", "nl", 0),
        ("wordt verwijderd zodra u de browser sluit", "nl", 0),
        ("sessie of 1 dag", "nl", 1),
        ("1 year 24 days", "en", 389),
        ("an hour", "en", 1 / 24),
        ("When you close your browser", "en", 0),
        ("30 Minuten", "de", 30 / 1440),
        ("Bis zu 2 Jahren", "de", 730),
        ("Ende der Sitzung", "de", 0),
        ("un an", "fr", 365),
        ("13 mois", "fr", 13 * MONTH),
        ("P1Y", None, 365),
        ("1.825 dagen", "nl", 1825),
        ("180 dag(en)", "nl", 180),
    ],
)
def test_amounts_of_time(text: str, language: str | None, days: float) -> None:
    assert duration_days(text, language) == pytest.approx(days, rel=1e-3)


@pytest.mark.parametrize("text", ["persistent", "onbeperkt", "", "n.v.t.", "zie hieronder", "_ga", "artikel 6"])
def test_no_amount_is_none(text: str) -> None:
    assert duration_days(text, "nl") is None


def test_without_end_is_said_apart() -> None:
    assert is_persistent("Permanent") and not is_persistent("1 jaar")
