"""Finding the statements among a page's links."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from auditor.statement.find import find_in_html, from_sitemap, rank_links, sitemaps_in, well_known

PAGES = sorted((Path(__file__).parent / "homepages").glob("*.toml"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_statements_of_a_home_page_are_found_and_nothing_else(path: Path) -> None:
    page = tomllib.loads(path.read_text(encoding="utf-8"))
    found = find_in_html(page["html"], page["base"], page["language"])
    for role in ("privacy", "cookies", "other"):
        assert set(found[role]) == set(page[role]), role
        assert found[role][:1] == page[role][:1], f"{role}: the best is not first"


def test_the_base_element_counts() -> None:
    page = '<html><head><base href="https://www.example.net/site/"></head><body><footer><a href="privacyverklaring">Privacy</a></footer></body></html>'
    assert find_in_html(page, "https://www.example.org/")["privacy"] == [
        "https://www.example.net/site/privacyverklaring"
    ]


def test_the_visitors_language_comes_first() -> None:
    links = [("/en/privacy-policy", "Privacy policy", "footer"), ("/nl/privacybeleid", "Privacybeleid", "footer")]
    assert rank_links(links, "https://www.example.org/", "nl")[0].url.endswith("/nl/privacybeleid")
    assert rank_links(links, "https://www.example.org/", "en")[0].url.endswith("/en/privacy-policy")


def test_a_page_on_both_is_one_candidate() -> None:
    links = [("/privacy-cookies", "Privacy", "footer"), ("/privacy-cookies/", "Cookieverklaring", "banner")]
    found = rank_links(links, "https://www.example.org/", "nl")
    assert [candidate.role for candidate in found] == ["both"]


@pytest.mark.parametrize(
    "href", ["javascript:void(0)", "mailto:privacy@example.org", "#", "", "http://[broken", "tel:0612345678"]
)
def test_what_cannot_be_fetched_is_no_candidate(href: str) -> None:
    assert rank_links([(href, "Privacyverklaring", "footer")], "https://www.example.org/", "nl") == []


def test_sitemaps_give_documents_not_articles() -> None:
    xml = "<urlset><url><loc>https://www.example.org/blog/privacyverklaring-opstellen/</loc></url><url><loc>https://www.example.org/privacyverklaring/</loc></url></urlset>"
    assert [c.url for c in from_sitemap(xml, "https://www.example.org/")] == [
        "https://www.example.org/privacyverklaring/"
    ]


def test_further_sitemaps_are_named() -> None:
    robots = "User-agent: *\nDisallow:\nSitemap: https://www.example.org/sitemap_index.xml\n"
    assert sitemaps_in(robots, "https://www.example.org/") == ["https://www.example.org/sitemap_index.xml"]


def test_well_known_paths_begin_with_the_visitors_language() -> None:
    found = well_known("https://www.example.org/winkel/", "nl")
    assert found[0].url == "https://www.example.org/privacyverklaring"
    assert {c.role for c in found} >= {"privacy", "cookies"}
    assert well_known("https://www.example.org/", "fr")[0].url.endswith("/politique-de-confidentialite")
