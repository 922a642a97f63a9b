"""Which inner pages are chosen."""

from __future__ import annotations

from auditor.browser.pages import choose_pages
from auditor.model import LinkSeen, Phase

HOME = "https://www.winkel.nl/"


def links(*urls: str, visible: bool = True) -> list[LinkSeen]:
    return [
        LinkSeen(id=f"l{n}", page=0, frame=HOME, t_ms=0, phase=Phase.BEFORE, url=url, text="", visible=visible)
        for n, url in enumerate(urls)
    ]


def test_different_kinds_are_preferred_over_many_of_one():
    seen = links(*[f"{HOME}product/{n}" for n in range(20)], f"{HOME}contact", f"{HOME}nieuws/dag", f"{HOME}zoeken?q=x")
    kinds = {url.split("/")[3].split("?")[0] for url in choose_pages(HOME, seen, 4)}
    assert kinds == {"product", "contact", "nieuws", "zoeken"}


def test_must_see_pages_come_first_and_always():
    seen = links(f"{HOME}contact", f"{HOME}privacy")
    statement = "https://juridisch.example.com/privacy"
    assert choose_pages(HOME, seen, 1, must_see=(statement, f"{HOME}privacy")) == (statement, f"{HOME}privacy")


def test_other_sites_files_and_pages_that_end_a_session_are_left_out():
    seen = links(
        "https://facebook.com/winkel", f"{HOME}folder.PDF", f"{HOME}uitloggen", "mailto:a@b.nl", "#top", f"{HOME}?add-to-cart=3",
        f"{HOME}nieuwsbrief/afmelden", HOME, "http://winkel.nl", f"{HOME}index.html",
    )  # fmt: skip
    assert choose_pages(HOME, seen, 5) == ()


def test_the_own_host_comes_before_other_hosts_of_the_site():
    seen = links("https://blog.winkel.nl/artikel", f"{HOME}iets/anders")
    assert choose_pages(HOME, seen, 1) == (f"{HOME}iets/anders",)
    assert len(choose_pages(HOME, seen, 2)) == 2


def test_one_page_is_chosen_once_however_it_is_written():
    seen = links(f"{HOME}contact", f"{HOME}contact/", f"{HOME}contact#form", "https://winkel.nl/contact?utm_source=x")
    assert choose_pages(HOME, seen, 4) == (f"{HOME}contact",)


def test_the_order_of_the_links_does_not_matter():
    seen = links(f"{HOME}a/1", f"{HOME}b/2", f"{HOME}c/3", f"{HOME}over-ons", f"{HOME}vacatures")
    assert choose_pages(HOME, seen, 3) == choose_pages(HOME, seen[::-1], 3)


def test_hidden_links_come_last():
    seen = links(f"{HOME}x/verborgen", visible=False) + links(f"{HOME}y/zichtbaar")
    assert choose_pages(HOME, seen, 1) == (f"{HOME}y/zichtbaar",)
