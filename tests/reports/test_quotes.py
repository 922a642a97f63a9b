"""A quote in its paragraph, the address that leads to it, and text cut at overlapping marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Block, Statement
from reports.quotes import CONTEXT_CHARACTERS, address, passage, pieces
from reports.sections.statement import parts

TEXT = "Privacy\nCookies\nWij plaatsen niets vooraf. Dat beloven wij.\nNaam | Duur\n"
BLOCKS = (
    Block(type="heading", start=0, end=7, level=1),
    Block(type="heading", start=8, end=15, level=2, anchor="cookies"),
    Block(type="paragraph", start=16, end=59, anchor="c-1"),
    Block(type="row", start=60, end=71),
    Block(type="cell", start=60, end=64),
    Block(type="cell", start=67, end=71),
)


def said(text: str = TEXT, blocks: tuple[Block, ...] = BLOCKS) -> Statement:
    return Statement(
        url="https://www.example.org/privacy#top",
        role="privacy",
        found_by="given",
        fetched_at="2026-11-22T09:30:00+00:00",
        sha256=None,
        language="nl",
        title=None,
        text=text,
        blocks=blocks,
    )


def test_a_quote_stands_in_its_paragraph_under_its_headings() -> None:
    start = TEXT.index("Dat beloven wij.")
    found = passage(said(), start, start + 16)
    assert (found.before, found.quote, found.after) == ("Wij plaatsen niets vooraf. ", "Dat beloven wij.", "")
    assert found.headings == ("Privacy", "Cookies")


def test_a_quote_in_a_cell_brings_its_row() -> None:
    found = passage(said(), 67, 71)
    assert found.before + found.quote + found.after == "Naam | Duur"


def test_without_blocks_the_line_is_the_paragraph() -> None:
    found = passage(said(blocks=()), 20, 28)
    assert (found.before + found.quote + found.after).strip() == "Wij plaatsen niets vooraf. Dat beloven wij."


def test_a_long_paragraph_is_cut_at_words_around_the_quote() -> None:
    text = "woord " * 400 + "HIER " + "woord " * 400
    found = passage(said(text, (Block(type="paragraph", start=0, end=len(text)),)), 2400, 2404)
    assert found.quote == "HIER"
    assert found.before.startswith("… woord")
    assert found.after.endswith("woord …")
    assert len(found.before) < CONTEXT_CHARACTERS + 3


@pytest.mark.parametrize(
    ("quote", "fragment"),
    [
        ("Dat beloven wij.", "#c-1:~:text=Dat%20beloven%20wij."),
        ("Wij plaatsen niets vooraf.", "#c-1:~:text=Wij%20plaatsen%20niets%20vooraf."),
    ],
)
def test_the_address_leads_to_the_quote(quote: str, fragment: str) -> None:
    start = TEXT.index(quote)
    found = address(said(), start, start + len(quote))
    # the anchor's own hyphen stays, those of the quoted text are escaped
    assert found == f"https://www.example.org/privacy{fragment}"


def test_a_long_quote_is_addressed_by_its_first_and_last_words() -> None:
    text = "een twee-drie, vier vijf zes zeven acht negen & tien"
    found = address(said(text, ()), 0, len(text))
    assert found.endswith(":~:text=een%20twee%2Ddrie%2C%20vier%20vijf,acht%20negen%20%26%20tien")


def test_overlapping_marks_are_cut_where_each_begins_and_ends() -> None:
    found = pieces("abcdef", 0, 6, [(0, 1, 4), (1, 2, 6), (2, 2, 3)])
    assert [(piece.text, piece.marks) for piece in found] == [
        ("a", ()),
        ("b", (0,)),
        ("c", (0, 1, 2)),
        ("d", (0, 1)),
        ("ef", (1,)),
    ]
    assert [piece.begins for piece in found] == [(), (0,), (1, 2), (), ()]
    assert [piece.ends for piece in found] == [(), (), (2,), (0,), (1,)]


SPANS = st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 60), st.integers(-3, 60)), max_size=8)


@given(text=st.text(max_size=50), spans=SPANS)
def test_cutting_loses_no_character(text: str, spans: list[tuple[int, int, int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, 0, len(text), spans)) == text


BOUNDS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=6)


@given(text=st.text(alphabet="ab \n", max_size=60), bounds=BOUNDS, spans=SPANS)
def test_whatever_the_blocks_every_word_of_the_statement_is_shown_once(
    text: str, bounds: list[tuple[int, int]], spans: list[tuple[int, int, int]]
) -> None:
    blocks = tuple(Block(type="paragraph", start=min(a, b), end=min(max(a, b), len(text))) for a, b in bounds)
    shown = "".join(p.text for part in parts(said(text, blocks), spans) for cell in part.cells for p in cell)
    assert "".join(shown.split()) == "".join(text.split())
