"""The date of the version, and the dates that are not."""

from __future__ import annotations

import pytest

from auditor.statement.dates import read_date
from auditor.statement.load import load_bytes

FILLER = "Wij verwerken persoonsgegevens om uw bestelling te leveren. " * 30


def _date(text: str) -> str | None:
    dated = read_date(load_bytes(text.encode(), url="https://www.example.com/p.txt", mime_type="text/plain"))
    return dated.iso if dated else None


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("Laatst gewijzigd: 7 Mei 2018", "2018-05-07"),
        ("Deze verklaring is voor het laatst aangepast op 01-06-2018.", "2018-06-01"),
        ("Versie 2.1, 3 januari 2021", "2021-01-03"),
        ("Versie: mei 2023", "2023-05-01"),
        ("Ingangsdatum 25-05-2018", "2018-05-25"),
        ("Deze tekst is vastgesteld op 12-11-2025.", "2025-11-12"),
        ("Laatst bijgewerkt op 3.4.2022.", "2022-04-03"),
        ("Versie 1.3 - 17 november 2025", "2025-11-17"),
        ("(d.d. 12 november 2019)", "2019-11-12"),
        ("Last updated on March 4th, 2022", "2022-03-04"),
        ("Effective date: 2021-07-01", "2021-07-01"),
        ("Stand: 1. August 2023", "2023-08-01"),
        ("Dernière mise à jour : 3 mai 2022", "2022-05-03"),
        ("Deze privacyverklaring is opgesteld op 25 mei 2018, toen de AVG van kracht werd.", "2018-05-25"),
    ],
)
def test_a_version_date_is_read(line: str, iso: str) -> None:
    assert _date(f"Privacy\n\n{FILLER}\n\n{line}\n\n{FILLER}") == iso


@pytest.mark.parametrize(
    "line",
    [
        "Op 25 mei 2018 is de Algemene verordening gegevensbescherming (AVG) van kracht geworden.",
        "© 2019 Bakkerij Jan",
        "Sinds 25 mei 2018 geldt de AVG.",
        "The GDPR came into force on 25 May 2018.",
        "Verordening (EU) 2016/679 van 27 april 2016",
        "Het besluit van 4 juni 2021 over modelcontracten is van toepassing.",
        "Wij bewaren facturen 7 jaar.",
    ],
)
def test_law_dates_and_copyright_years_are_none(line: str) -> None:
    assert _date(f"Privacy\n\n{FILLER}\n\n{line}\n\n{FILLER}") is None


def test_a_date_line_under_the_title_counts() -> None:
    assert _date(f"Privacyverklaring Bakkerij Jan\n\n25 mei 2018\n\n{FILLER}") == "2018-05-25"


def test_the_version_wins_over_an_earlier_one() -> None:
    assert _date(f"Privacy\n\nVersie 1 januari 2019\n\n{FILLER}\n\nLaatst gewijzigd op 3 maart 2022.") == "2022-03-03"


def test_the_quote_stands_in_the_text() -> None:
    statement = load_bytes(
        b"Privacy\n\nWij verwerken gegevens. Laatst gewijzigd op 1 juni 2018. Einde.",
        url="https://www.example.com/p.txt",
    )
    dated = read_date(statement)
    assert dated is not None and statement.text[dated.start : dated.end] == dated.quote and "1 juni 2018" in dated.quote


@pytest.mark.parametrize(
    "line",
    [
        "Per 25 mei 2018 is de Algemene Verordening Gegevensbescherming van toepassing.",
        "Sinds 5 juni 2012 is de cookiewet van kracht.",
    ],
)
def test_the_day_a_law_came_into_force_is_no_version(line: str) -> None:
    assert _date(f"Privacy\n\n{FILLER}\n\n{line}\n\n{FILLER}") is None
