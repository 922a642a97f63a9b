"""The report in a real browser: quiet, alone, usable with and without script, on paper and by keyboard."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from auditor.browser.build import find_browser
from reports import index, site
from reports.sample import sample
from reports.sample.picture import banner_picture
from tests.reports.rendered import LANGUAGES
from tests.reports.test_hostile import EVIL, poisoned
from tests.reports.test_index import rows
from tests.world.assets import ensure

VIEWS: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1366, "height": 768}},
    "narrow": {"viewport": {"width": 390, "height": 844}},
    "dark": {"viewport": {"width": 1366, "height": 768}, "color_scheme": "dark"},
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    sandbox = [] if os.getuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(find_browser().executable), args=sandbox)
        yield started
        started.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The sample's report and overview in each language, and a report full of hostile text."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "banner.png").write_bytes(banner_picture())
    audit, record = sample()
    texts = {f"report-{language}": site.render(audit, record, language, folder) for language in LANGUAGES}
    texts |= {f"index-{language}": index.render(rows(), "r1", language) for language in LANGUAGES}
    judged, seen = poisoned(" ".join(EVIL))
    texts["hostile"] = site.render(replace(judged, declared_cookies=()), seen, "nl", None)
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return {name: folder / f"{name}.html" for name in texts}


def opened(context: BrowserContext, path: Path) -> tuple[Page, list[str]]:
    """The page, and what it said or asked for: console messages, errors, requests to elsewhere, dialogs."""
    said: list[str] = []
    page = context.new_page()
    page.on("console", lambda message: said.append(f"console: {message.text}"))
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: said.append(f"request: {request.url}"))
    page.goto(path.as_uri())
    return page, [entry for entry in said if not entry.startswith((f"request: {path.as_uri()}", "request: data:"))]


def column_of(page: Page, table: str, number: int) -> list[str]:
    return page.locator(f"#{table} tbody tr:not([hidden]) > :nth-child({number})").all_inner_texts()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["report-nl", "report-en", "index-nl", "index-en", "hostile"])
def test_the_page_is_quiet_asks_for_nothing_and_fits(
    browser: Browser, pages: dict[str, Path], name: str, view: str
) -> None:
    with browser.new_context(**VIEWS[view]) as context:
        page, said = opened(context, pages[name])
        assert said == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_content_policy_stops_what_escaping_would_miss(browser: Browser, pages: dict[str, Path]) -> None:
    with browser.new_context() as context:
        page, _ = opened(context, pages["report-en"])
        page.evaluate("""() => {
            const script = document.createElement('script');
            script.textContent = 'document.title = "ran"';
            document.body.append(script);
        }""")
        assert page.title() != "ran"


def test_columns_sort_by_number_and_back(browser: Browser, pages: dict[str, Path]) -> None:
    with browser.new_context() as context:
        page, _ = opened(context, pages["report-en"])
        page.locator("details:has(#table-requests) > summary").click()
        header = page.locator("#table-requests thead th").nth(1)
        header.get_by_role("button").click()
        up = [int(text.replace(",", "").removesuffix(" ms")) for text in column_of(page, "table-requests", 2)]
        assert (up, header.get_attribute("aria-sort")) == (sorted(up), "ascending")
        assert up[0] < up[-1]
        header.get_by_role("button").press("Enter")
        down = [int(text.replace(",", "").removesuffix(" ms")) for text in column_of(page, "table-requests", 2)]
        assert (down, header.get_attribute("aria-sort")) == (up[::-1], "descending")


def test_rows_are_filtered_by_every_word_and_counted(browser: Browser, pages: dict[str, Path]) -> None:
    with browser.new_context() as context:
        page, _ = opened(context, pages["report-en"])
        page.locator("details:has(#table-requests) > summary").click()
        every = len(column_of(page, "table-requests", 1))
        page.get_by_label("Filter").and_(page.locator("#filter-table-requests")).fill("FACEBOOK none-1")
        left = column_of(page, "table-requests", 5)
        assert 0 < len(left) < every
        assert all("facebook" in text for text in left)
        status = page.locator(".tool:has(#filter-table-requests) [role=status]")
        assert status.inner_text() == f"{len(left)} of {every} rows"
        page.locator("#filter-table-requests").fill("")
        assert len(column_of(page, "table-requests", 1)) == every


def test_without_script_everything_can_be_read(browser: Browser, pages: dict[str, Path]) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page, _ = opened(context, pages["report-nl"])
        assert page.locator("#table-requests tbody tr").first.is_visible()
        assert page.locator(".doc").first.is_visible()
        assert page.locator("#contradictions blockquote mark").first.is_visible()
        assert page.locator("input, thead button").count() == 0


def test_a_link_to_a_finding_is_copied(browser: Browser, pages: dict[str, Path]) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page, _ = opened(context, pages["report-en"])
        link = page.locator("#contradictions a.copy").first
        target = link.get_attribute("href")
        link.click()
        page.locator("a.copy", has_text="Link copied").wait_for()
        assert page.evaluate("navigator.clipboard.readText()") == f"{pages['report-en'].as_uri()}{target}"


def test_a_link_into_a_folded_part_unfolds_it(browser: Browser, pages: dict[str, Path]) -> None:
    with browser.new_context() as context:
        page, _ = opened(context, pages["report-en"])
        assert not page.locator("#said-4").is_visible()
        page.locator("#claims a[href='#said-4']").click()
        page.locator(".doc").first.wait_for(state="visible")


def test_every_link_within_the_page_has_its_target(browser: Browser, pages: dict[str, Path]) -> None:
    with browser.new_context() as context:
        for name in ("report-nl", "index-en"):
            page, _ = opened(context, pages[name])
            assert (
                page.evaluate("""() => [...document.querySelectorAll('a[href^="#"]')]
                .map((a) => a.getAttribute('href').slice(1)).filter((id) => !document.getElementById(id))""")
                == []
            )
            assert (
                page.evaluate("""() => { const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
                return ids.filter((id, n) => ids.indexOf(id) !== n); }""")
                == []
            )


def test_on_paper_folded_parts_are_open_and_links_show_their_address(
    browser: Browser, pages: dict[str, Path], tmp_path: Path
) -> None:
    with browser.new_context() as context:
        page, _ = opened(context, pages["report-en"])
        page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(tmp_path / "report.pdf")
    text = " ".join(document[n].get_textpage().get_text_range() for n in range(len(document)))
    document.close()
    shown = " ".join(text.split())
    assert "the statement says: 1 jaar" in shown
    assert "stylesheet" in shown  # a type of request, in a sheet that the script had folded
    assert "(https://www.fietsenhuis.example.org/privacy)" in shown
    assert "Copy link" not in shown


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("name", ["report-nl", "index-en"])
def test_axe_finds_nothing(browser: Browser, pages: dict[str, Path], name: str, view: str) -> None:
    with browser.new_context(bypass_csp=True, **VIEWS[view]) as context:  # for axe's own script
        page, _ = opened(context, pages[name])
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        page.add_script_tag(path=ensure() / "axe-core" / "axe.min.js")
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        assert [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found["violations"]] == []
