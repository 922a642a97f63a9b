"""Sentences: cut where they end, with the headings above and the sentence that leads a list in."""

from __future__ import annotations

import pytest

from auditor.statement.load import load_bytes
from auditor.statement.sentences import Sentence, sentences, split


def _cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Wij bewaren dit o.a. voor de belasting.",
        "Zie art. 6 lid 1 sub b AVG voor de grondslag.",
        "Jansen B.V. te Amsterdam is verantwoordelijk.",
        "Dit doen wij i.v.m. de wet.",
        "Mail naar dhr. J. de Vries voor meer.",
        "Ga naar www.example.org voor meer informatie.",
        "Die Daten werden z.B. am 1. Mai gelöscht.",
        "Gemäß Art. 6 Abs. 1 S. 1 lit. f DSGVO ist das erlaubt.",
        "This is kept for approx. two years.",
        "Wij bewaren het (max. 2 jaar) op onze server.",
        "De leeftijd is 16 jaar e.d. maar niet lager.",
    ],
)
def test_abbreviations_do_not_end_a_sentence(sentence: str) -> None:
    assert _cut(f"Dit gaat vooraf. {sentence} Dit volgt erop.") == ["Dit gaat vooraf.", sentence, "Dit volgt erop."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Wij zijn Jansen B.V. Wij verwerken gegevens.", 2),
        ("Wij bewaren niets. coMPjoeter weet dat.", 2),
        ("Dat doen wij goed. wij letten op.", 2),
        ("Vraagt u zich iets af? Mail ons!", 2),
        ("Neem contact op met Weservit B.V.. Dat kan altijd.", 2),
    ],
)
def test_sentences_end_where_they_end(text: str, count: int) -> None:
    assert len(_cut(text)) == count


def test_a_page_break_inside_a_sentence_is_no_end() -> None:
    statement = load_bytes(
        b"Privacy\n\nWij delen uw gegevens met niemand behalve met\n\nde bezorgdienst die uw pakket brengt.",
        url="https://www.example.org/p.txt",
    )
    assert any(
        " ".join(s.text.split()).startswith("Wij delen uw gegevens met niemand behalve met de bezorgdienst")
        for s in sentences(statement)
    )


MARKDOWN = """# Privacyverklaring

## Cookies

Wij plaatsen de volgende cookies:

- functionele cookies voor uw winkelwagen
- analytische cookies:
  - Google Analytics
  - Matomo

Dat is alles.

## Rechten

U heeft rechten.
"""


def _markdown() -> tuple[Sentence, ...]:
    return sentences(load_bytes(MARKDOWN.encode(), url="https://www.example.org/p.md"))


def test_items_know_their_lead_in_and_headings() -> None:
    found = {s.text: s for s in _markdown()}
    basket = found["functionele cookies voor uw winkelwagen"]
    assert basket.lead_in == "Wij plaatsen de volgende cookies:"
    assert basket.headings == ("Privacyverklaring", "Cookies")
    assert basket.block_type == "item"
    assert found["Matomo"].lead_in == "analytische cookies:"
    assert found["Dat is alles."].lead_in is None
    assert found["U heeft rechten."].headings == ("Privacyverklaring", "Rechten")


def test_cells_know_their_table() -> None:
    text = "Cookies en privacy op deze website\n\n| Naam | Duur |\n|---|---|\n| _ga | 2 jaar |\n"
    found = [s for s in sentences(load_bytes(text.encode(), url="https://www.example.org/p.md")) if s.table == 0]
    assert [s.text for s in found] == ["Naam", "Duur", "_ga", "2 jaar"]


def test_every_sentence_stands_where_it_says() -> None:
    statement = load_bytes(MARKDOWN.encode(), url="https://www.example.org/p.md")
    assert all(statement.text[s.start : s.end] == s.text for s in sentences(statement))
