"""A statement's text becomes the page it once was."""

from __future__ import annotations

import pytest

from tests.world.seeds import to_html


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("## Cookies", "<h2>Cookies</h2>"),
        ("Onze cookies", "<h2>Onze cookies</h2>"),
        ("Wij plaatsen cookies.", "<p>Wij plaatsen cookies.</p>"),
        ("- een\n- twee", "<ul>\n<li>een</li>\n<li>twee</li>\n</ul>"),
        ("onder geen\n\nvoorwaarde.", "<p>onder geen voorwaarde.</p>"),
        ("zie [hier](#) voor meer.", '<p>zie <a href="#">hier</a> voor meer.</p>'),
        (
            "zie <https://a.nl/?b=1&c=2>.",
            '<p>zie <a href="https://a.nl/?b=1&amp;c=2">https://a.nl/?b=1&amp;c=2</a>.</p>',
        ),
        ("een **groot** en *klein* woord.", "<p>een <strong>groot</strong> en <em>klein</em> woord.</p>"),
        ("<script>alert(1)</script>.", "<p>&lt;script&gt;alert(1)&lt;/script&gt;.</p>"),
    ],
)
def test_text_becomes_blocks(text: str, page: str) -> None:
    assert to_html(text) == page


def test_words_become_a_link_where_they_stand_first() -> None:
    page = to_html("Lees ons beleid.\nLees ons beleid.", {"ons beleid": "/beleid"})
    assert page == '<p>Lees <a href="/beleid">ons beleid</a>.</p>\n<p>Lees ons beleid.</p>'
