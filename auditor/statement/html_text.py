"""The main content of an HTML page as text with headings, lists, tables and links. Closed accordions and tabs are content too."""

from __future__ import annotations

import re

from lxml import etree, html

from auditor.model import Table
from auditor.statement.html_chrome import SKIPPED_TAGS, is_chrome, is_menu
from auditor.statement.html_tables import TableReader, div_rows, is_data_table
from auditor.statement.plain_text import extract_plain
from auditor.statement.text import BlockType, Extract, TextBuilder, clean_characters

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6, "summary": 5}
_PRICE = re.compile(
    r"(?:^|[\s_-])(?:price|prijs|amount|add-to-cart|addtocart|in-winkelwagen|product-card|product-item|product-tile)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ACCORDION = re.compile(
    r"accordion|accordeon|collaps|toggle|faq|tab-?title|panel-?(?:title|heading)|expand", re.IGNORECASE
)
_PARSER_DEPTH = 2000  # below this depth libxml2 drops what an HTML page holds
_TAG = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^<>]*>", re.IGNORECASE | re.DOTALL)
_MAX_DEPTH = 200  # three frames a level: stays below the default recursion limit of 1,000


def extract_html(markup: str) -> Extract:
    """Reads a page. Never raises for any markup; a page without content gives an empty text."""
    root = parse_html(markup)
    if root is None:
        return Extract(text="")
    main = _main(root)
    walker = _Walker()
    walker.walk(main)
    text = walker.builder.text()
    if not text and markup.count("<") > 2 * _PARSER_DEPTH:
        return extract_plain(_TAG.sub(" ", markup))
    title = next((text[b.start : b.end] for b in walker.builder.blocks if b.type == "heading"), None) or _title(root)
    return Extract(
        text=text,
        title=title,
        blocks=tuple(walker.builder.blocks),
        tables=tuple(walker.tables),
        links=tuple(walker.builder.links),
        language=_declared_language(root),
        images=walker.images,
        password_field=bool(root.xpath("//input[translate(@type,'PASWORD','pasword')='password']")),
        prices=sum(
            1
            for e in root.iter("*")
            if isinstance(e.tag, str) and (_PRICE.search(e.get("class") or "") or e.get("itemprop") == "price")
        ),
    )


def parse_html(markup: str) -> html.HtmlElement | None:
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", clean_characters(markup))
    if not text.strip():
        return None
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(text.encode("utf-8", "ignore"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return root if isinstance(root, html.HtmlElement) else None


def _title(root: html.HtmlElement) -> str | None:
    found = root.find(".//title")
    words = " ".join((found.text_content() or "").split()) if found is not None else ""
    return words or None


def _declared_language(root: html.HtmlElement) -> str | None:
    node = root if root.tag == "html" else root.find(".//html")
    declared = (
        (node.get("lang") or node.get("{http://www.w3.org/XML/1998/namespace}lang")) if node is not None else None
    )
    return declared or None


def _main(root: html.HtmlElement) -> html.HtmlElement:
    """The element that holds the content: main or the like when most of the page's own words are in it, else the body."""
    body = root.find(".//body")
    body = root if body is None else body
    whole = _words(body, in_main=False)
    if not whole:
        # everything stands in a dialog or in an element named like furniture: better that than nothing
        return body
    candidates = [
        *body.iter("main"),
        *body.xpath(".//*[@role='main']"),
        *body.xpath(".//*[@id='content' or @id='main' or @id='main-content' or @id='primary']"),
        *body.iter("article"),
    ]
    best = max(candidates, key=lambda e: _words(e, in_main=True), default=None)
    if best is not None and _words(best, in_main=True) >= 0.5 * whole:
        return _with_title(best, body)
    return body


_TITLE_WORDS = 25


def _with_title(main: html.HtmlElement, body: html.HtmlElement) -> html.HtmlElement:
    """The parent instead, as long as it adds no more than a title and a line with a date above the content."""
    words = _words(main, in_main=True)
    found = main
    while found is not body and (parent := found.getparent()) is not None:
        if _words(parent, in_main=False) - words > _TITLE_WORDS:
            break
        found = parent
    return found


def _words(element: html.HtmlElement, *, in_main: bool) -> int:
    """Number of words outside chrome."""
    count = 0
    stack: list[tuple[html.HtmlElement, bool]] = [(element, in_main)]
    while stack:
        node, inside = stack.pop()
        inside = inside or node.tag in {"main", "article"}
        count += len((node.text or "").split())
        for child in node:
            count += len((child.tail or "").split())
            if (
                isinstance(child.tag, str)
                and child.tag not in SKIPPED_TAGS
                and not is_chrome(child, in_main=inside or child.tag in {"main", "article"})
            ):
                stack.append((child, inside))
    return count


class _Walker:
    """Walks the elements in order and writes blocks. Depth beyond `_MAX_DEPTH` is written as plain text."""

    def __init__(self) -> None:
        self.builder = TextBuilder()
        self.tables: list[Table] = []
        self.images = 0
        self._context: list[tuple[BlockType, int]] = []

    def walk(self, root: html.HtmlElement) -> None:
        inside = root.tag in {"main", "article"} or root.get("role") == "main"
        keep_all = not _words(root, in_main=inside)
        self._children(root, inside, 0, keep_all)
        self.builder.close()

    def _children(self, element: html.HtmlElement, in_main: bool, depth: int, keep_all: bool = False) -> None:
        self.builder.add(element.text or "")
        for child in element:
            if isinstance(child.tag, str):
                self._element(child, in_main or child.tag in {"main", "article"}, depth + 1, keep_all)
            self.builder.add(child.tail or "")

    def _element(self, element: html.HtmlElement, in_main: bool, depth: int, keep_all: bool) -> None:
        tag = element.tag
        if tag in SKIPPED_TAGS or (not keep_all and is_chrome(element, in_main=in_main)):
            return
        if depth > _MAX_DEPTH:
            self.builder.add(element.text_content() or "")
        elif tag in _HEADINGS or self._heading_role(element):
            self._heading(element, in_main, depth)
        elif tag == "br":
            self.builder.line_break()
        elif tag == "img":
            self.images += 1
        elif tag == "a":
            self._link(element, in_main, depth)
        elif tag == "button" and not self._opens_section(element):
            return
        elif tag == "table" and is_data_table(element):
            self._table(element)
        elif tag in {"ul", "ol", "menu"}:
            self._list(element, in_main, depth)
        elif tag in {"li", "dd", "dt", "p", "pre", "blockquote", "address", "button"}:
            self._simple(element, in_main, depth)
        elif tag in _BLOCKS:
            self._container(element, in_main, depth)
        else:
            self._children(element, in_main, depth)

    @staticmethod
    def _heading_role(element: html.HtmlElement) -> bool:
        return (element.get("role") or "").lower() == "heading"

    @staticmethod
    def _opens_section(element: html.HtmlElement) -> bool:
        if element.get("aria-expanded") is not None or element.get("aria-controls"):
            return True
        return bool(_ACCORDION.search(element.get("class") or "")) or any(
            True for _ in element.iterancestors(*list(_HEADINGS))
        )

    def _heading(self, element: html.HtmlElement, in_main: bool, depth: int) -> None:
        level = _HEADINGS.get(element.tag, 0)
        if not level:
            declared = element.get("aria-level") or ""
            level = int(declared) if declared.isdigit() and 0 < int(declared) < 10 else 3
        inner = next((h for h in element.iter("h1", "h2", "h3", "h4", "h5", "h6") if h is not element), None)
        if inner is not None and element.tag == "summary":
            self._container(element, in_main, depth)
            return
        self.builder.open("heading", level, element.get("id") or _anchor_of(element))
        self._inline(element)
        self.builder.close()

    def _inline(self, element: html.HtmlElement) -> None:
        """Everything below as one run of text (headings)."""
        self.builder.add(element.text or "")
        for child in element:
            if isinstance(child.tag, str) and child.tag not in SKIPPED_TAGS:
                if child.tag in _BLOCKS or child.tag == "br":
                    self.builder.add(" ")
                if child.tag == "a":
                    start = self.builder.end
                    self._inline(child)
                    self._note_link(child, start)
                else:
                    self._inline(child)
            self.builder.add(child.tail or "")

    def _link(self, element: html.HtmlElement, in_main: bool, depth: int) -> None:
        if any(child.tag in _BLOCKS for child in element.iterdescendants() if isinstance(child.tag, str)):
            self._children(element, in_main, depth)
            return
        start = self.builder.end
        self._children(element, in_main, depth)
        self._note_link(element, start)

    def _note_link(self, element: html.HtmlElement, start: int) -> None:
        words = " ".join((element.text_content() or "").split())
        href = element.get("href")
        if href is None or not words or not self.builder.is_open:
            return
        end = self.builder.end
        begin = max(end - len(words), start, self.builder.block_start)
        if begin >= end:
            return
        self.builder.links.append((" ".join(href.split()), begin, end))

    def _table(self, element: html.HtmlElement) -> None:
        self.builder.close()
        table = TableReader(self.builder, len(self.tables)).read(element)
        if table is not None:
            self.tables.append(table)

    def _list(self, element: html.HtmlElement, in_main: bool, depth: int) -> None:
        if not in_main and is_menu(element):
            return
        self.builder.close()
        level = sum(1 for kind, _ in self._context if kind == "item") + 1
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag == "li":
                if is_chrome(child, in_main=in_main):
                    continue
                self._context.append(("item", level))
                self.builder.open("item", level, child.get("id"))
                self._children(child, in_main, depth + 1)
                self.builder.close()
                self._context.pop()
            else:
                self._element(child, in_main, depth + 1, keep_all=False)

    def _simple(self, element: html.HtmlElement, in_main: bool, depth: int) -> None:
        tag = element.tag
        heading = tag == "button" and not self.builder.is_open
        if heading or (tag == "dt" and self._short(element)) or (tag == "p" and self._bold_line(element)):
            self.builder.open("heading", 5 if heading else 6, element.get("id"))
            self._inline(element)
            self.builder.close()
            return
        kind, level = self._context[-1] if self._context else ("paragraph", 0)
        if tag == "li":
            kind, level = "item", max(level, 1)
        if not (self._context and not self.builder.is_open and self._first_in_item(element)):
            self.builder.open(kind, level, element.get("id"))
        self._children(element, in_main, depth)
        self.builder.close()

    @staticmethod
    def _first_in_item(element: html.HtmlElement) -> bool:
        parent = element.getparent()
        return parent is not None and parent.tag == "li" and parent.index(element) == 0

    @staticmethod
    def _short(element: html.HtmlElement) -> bool:
        return len((element.text_content() or "").split()) <= 14

    def _bold_line(self, element: html.HtmlElement) -> bool:
        """A paragraph that is one short bold piece serves as a heading on many pages."""
        children = [c for c in element if isinstance(c.tag, str) and c.tag != "br"]
        if (
            self._context
            or len(children) != 1
            or children[0].tag not in {"b", "strong"}
            or (element.text or "").strip()
            or (children[0].tail or "").strip()
        ):
            return False
        words = " ".join((element.text_content() or "").split())
        return 0 < len(words.split()) <= 12 and not words.endswith((".", "!", ",")) and not re.search(r":\s+\S", words)

    def _container(self, element: html.HtmlElement, in_main: bool, depth: int) -> None:
        rows = div_rows(element)
        if rows is not None:
            self.builder.close()
            table = TableReader(self.builder, len(self.tables)).read_rows(rows)
            if table is not None:
                self.tables.append(table)
            return
        if not in_main and element.tag == "div" and is_menu(element):
            return
        kind, level = self._context[-1] if self._context else ("paragraph", 0)
        self.builder.open(kind, level, element.get("id"))
        self._children(element, in_main, depth)
        self.builder.close()
        self.builder.open(kind, level)


def _anchor_of(element: html.HtmlElement) -> str | None:
    parent = element.getparent()
    inner = next(
        (e.get("id") or e.get("name") for e in element.iter("a", "span") if e.get("id") or e.get("name")), None
    )
    return inner or (parent.get("id") if parent is not None else None)
