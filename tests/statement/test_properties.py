"""Whatever the input: no crash, and every span within the text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Statement
from auditor.statement.dates import read_date
from auditor.statement.declared import read_declared
from auditor.statement.find import find_in_html
from auditor.statement.fold import fold
from auditor.statement.items import read_items
from auditor.statement.load import load_bytes
from auditor.statement.sentences import sentences

TAGS = [
    "div",
    "p",
    "ul",
    "ol",
    "li",
    "h1",
    "h2",
    "h4",
    "table",
    "tr",
    "td",
    "th",
    "a",
    "b",
    "span",
    "details",
    "summary",
    "main",
    "nav",
    "footer",
    "section",
    "article",
    "dl",
    "dt",
    "dd",
    "br",
    "img",
    "button",
    "header",
    "form",
    "input",
    "script",
    "style",
]
WORDS = st.sampled_from(
    [
        "Wij",
        "cookies",
        "_ga",
        "privacy",
        "persoonsgegevens",
        "2 jaar",
        "toestemming.",
        "Naam",
        "sessie",
        "25 mei 2018",
        "\u00a0",
        "İ",
        "ß",
        "<",
        "&amp;",
        "|",
        "- ",
        "\n\n",
        "# ",
        "*",
        "B.V.",
        "🙂",
        "\u202e",
        "\x00",
        "Aanbieder:",
        "http://x.nl/a_b",
        "[a](#)",
    ]
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    pieces = []
    for _ in range(draw(st.integers(0, 40))):
        kind = draw(st.integers(0, 3))
        if kind == 0:
            tag = draw(st.sampled_from(TAGS))
            attribute = draw(
                st.sampled_from(
                    [
                        "",
                        " class='cookie-table'",
                        " class='row'",
                        " id='x'",
                        " href='/p'",
                        " rowspan='3'",
                        " colspan='99'",
                        " role='table'",
                        " hidden",
                        " class='col'",
                    ]
                )
            )
            pieces.append(f"<{tag}{attribute}>")
        elif kind == 1:
            pieces.append(f"</{draw(st.sampled_from(TAGS))}>")
        else:
            pieces.append(draw(WORDS) + draw(st.sampled_from([" ", "", "\n", ". "])))
    return "".join(pieces)


def _check(statement: Statement) -> None:
    length = len(statement.text)
    ends = [0]
    for block in statement.blocks:
        assert ends[-1] <= block.start < block.end <= length
        ends.append(block.end)
    for _, start, end in statement.links:
        assert 0 <= start < end <= length
    for table in statement.tables:
        for row in table.rows:
            assert all(0 <= start <= end <= length for start, end in row)
    found = sentences(statement)
    assert all(statement.text[s.start : s.end] == s.text and s.text.strip() == s.text and s.text for s in found)
    assert [s.start for s in found] == sorted(s.start for s in found)
    for cookie in read_declared(statement, found):
        assert statement.text[cookie.start : cookie.end] == cookie.quote and cookie.name
    for item in read_items(statement, found).values():
        assert not item.present or statement.text[item.start : item.end] == item.quote
    dated = read_date(statement)
    assert dated is None or statement.text[dated.start : dated.end] == dated.quote


@settings(max_examples=150, deadline=None)
@given(markup())
def test_any_markup_can_be_read(page: str) -> None:
    _check(load_bytes(page.encode("utf-8", "ignore"), url="https://www.example.org/p", mime_type="text/html"))
    find_in_html(page, "https://www.example.org/")


@settings(max_examples=120, deadline=None)
@given(st.lists(WORDS | st.text(max_size=12), max_size=60))
def test_any_text_can_be_read(words: list[str]) -> None:
    _check(
        load_bytes(
            " ".join(words).encode("utf-8", "ignore"), url="https://www.example.org/p.txt", mime_type="text/plain"
        )
    )


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_can_be_read(data: bytes) -> None:
    _check(load_bytes(data, url="https://www.example.org/p"))


@settings(max_examples=120, deadline=None)
@given(st.text(max_size=200))
def test_the_reading_copy_knows_the_way_back(text: str) -> None:
    folded = fold(text)
    assert len(folded.at) == len(folded.text) + 1
    assert list(folded.at) == sorted(folded.at)
    assert folded.at[-1] == len(text)


def test_deep_nesting_and_long_lines_are_no_trouble() -> None:
    deep = "<div>" * 3000 + "privacy en persoonsgegevens" + "</div>" * 3000
    assert "persoonsgegevens" in load_bytes(deep.encode(), url="https://www.example.org/p", mime_type="text/html").text
    long = "cookies en persoonsgegevens zonder punt " * 20_000
    _check(load_bytes(long.encode(), url="https://www.example.org/p.txt", mime_type="text/plain"))
