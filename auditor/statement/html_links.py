"""The links of a page with the landmark they stand in, for finding statements."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from auditor.statement.html_text import parse_html


def page_links(markup: str) -> Iterator[tuple[str, str, str]]:
    """(href as written, text, place) of every link of a page; place as in `auditor.model.LinkSeen`."""
    root = parse_html(markup)
    if root is None:
        return
    for element in root.iter("a", "area", "button"):
        href = element.get("href") or element.get("data-href") or ""
        words = " ".join((element.text_content() or "").split())
        label = (
            words
            or element.get("aria-label")
            or element.get("title")
            or next((i.get("alt") or "" for i in element.iter("img")), "")
        )
        if href:
            yield " ".join(href.split()), label, _place(element)


def base_of(markup: str) -> str | None:
    """The address in the page's base element, as written; None without one."""
    root = parse_html(markup)
    found = root.find(".//base[@href]") if root is not None else None
    return found.get("href") if found is not None else None


def _place(element: html.HtmlElement) -> str:  # noqa: PLR0911 - guard clauses, one answer each
    for node in element.iterancestors():
        names = f"{node.get('id') or ''} {node.get('class') or ''}".lower()
        role = (node.get("role") or "").lower()
        if re.search(
            r"cookie-?(?:bar|banner|notice|consent|melding)|consent|onetrust|cookiebot|cc-window|cmplz", names
        ) or role in {"dialog", "alertdialog"}:
            return "banner"
        if node.tag == "footer" or role == "contentinfo" or re.search(r"(?:^|[\s_-])(?:footer|colophon|voet)", names):
            return "footer"
        if node.tag == "nav" or role == "navigation":
            return "footer" if any(a.tag == "footer" for a in node.iterancestors()) else "nav"
        if node.tag == "header" or role == "banner":
            return "header"
        if node.tag == "aside":
            return "aside"
        if node.tag in {"main", "article"}:
            return "main"
    return "other"
