"""From a fetched document to a Statement: decode, extract, and say honestly when there is no statement to read."""

from __future__ import annotations

import base64
import binascii
import re
from typing import Literal

from auditor.model import Statement, StatementSource
from auditor.statement.decode import decode, mend
from auditor.statement.html_text import extract_html
from auditor.statement.kind import not_a_statement
from auditor.statement.language import READ, detect
from auditor.statement.pdf_text import PdfError, pdf_text
from auditor.statement.plain_text import extract_plain
from auditor.statement.text import Extract
from auditor.urls import absolute

Status = Literal["read", "not-a-statement", "unreadable", "language-not-read", "empty"]

MAX_CHARACTERS = 5_000_000
"""Documents longer than this are refused: no statement is that long, and the readers' cost grows with it."""

_MIN_WORDS = 25
_TAG = re.compile(
    r"<(?:!doctype\s+html|html|head|body|div|p|h[1-6]|ul|table|section|article|main|span|br|a\s)[\s>/]", re.IGNORECASE
)


def load(source: StatementSource) -> Statement:  # noqa: PLR0911 - guard clauses, one answer each
    """Read one document. Never raises: what cannot be read has a status other than "read" and a reason."""
    if source.failure:
        return _statement(source, Extract(text=""), "unreadable", f"not fetched: {source.failure}")
    if source.status is not None and source.status >= 400:
        return _statement(source, Extract(text=""), "not-a-statement", f"error page: HTTP {source.status}")
    if not source.body:
        return _statement(source, Extract(text=""), "empty", "the document is empty")
    mime = (source.mime_type or "").lower()
    if source.encoding == "base64":
        try:
            data = base64.b64decode(source.body, validate=False)
        except (binascii.Error, ValueError):
            return _statement(
                source, Extract(text=""), "unreadable", "expected base64, found something else in the record"
            )
        return _load_bytes(source, data, mime)
    if len(source.body) > MAX_CHARACTERS:
        return _too_large(source, len(source.body))
    return _load_text(source, mend(source.body), mime)


def load_bytes(
    data: bytes, *, url: str, mime_type: str | None = None, fetched_at: str = "", found_by: str = "given"
) -> Statement:
    """Read a file or standard input."""
    source = StatementSource(
        url=url,
        requested=url,
        role=_role_of(url),
        found_by=found_by,
        fetched_at=fetched_at,
        via="file",
        status=None,
        mime_type=mime_type,
        sha256=None,
        body=base64.b64encode(data).decode("ascii"),
        encoding="base64",
    )
    return load(source)


def _load_bytes(source: StatementSource, data: bytes, mime: str) -> Statement:
    if data[:1024].lstrip().startswith(b"%PDF-") or (mime.startswith("application/pdf") and b"%PDF-" in data[:2048]):
        return _load_pdf(source, data)
    if len(data) > 4 * MAX_CHARACTERS:
        return _too_large(source, len(data))
    if mime.startswith("image/") or data[:8].startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8")):
        return _statement(source, Extract(text=""), "unreadable", "the statement is an image")
    if data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _statement(
            source, Extract(text=""), "unreadable", "the document is an office file or archive, which is not read"
        )
    text = decode(data, source.mime_type)
    if len(text) > MAX_CHARACTERS:
        return _too_large(source, len(text))
    return _load_text(source, text, mime)


def _load_pdf(source: StatementSource, data: bytes) -> Statement:
    try:
        text, pages = pdf_text(data)
    except PdfError as error:
        return _statement(source, Extract(text=""), "unreadable", str(error))
    if len(text.split()) < _MIN_WORDS * max(1, pages // 4):
        return _statement(
            source,
            extract_plain(text),
            "unreadable",
            f"a PDF of {pages} page(s) without readable text, probably scanned",
        )
    return _judge(source, extract_plain(text[:MAX_CHARACTERS]), "")


def _load_text(source: StatementSource, text: str, mime: str) -> Statement:
    if text.lstrip("\ufeff \n\r\t").startswith("%PDF-"):
        return _load_pdf(source, text.encode("utf-8"))  # one of plain UTF-8, which loses nothing as text
    html = "html" in mime or "xml" in mime or (not mime.startswith("text/plain") and bool(_TAG.search(text[:20_000])))
    if html and not _TAG.search(text[:200_000]) and "<" not in text[:2000]:
        html = False  # plain text served as text/html
    if html:
        return _judge(source, extract_html(text), text)
    return _judge(source, extract_plain(text), "")


def _judge(source: StatementSource, extract: Extract, markup: str) -> Statement:  # noqa: PLR0911 - guard clauses, one answer each
    words = len(extract.text.split())
    if not words:
        if extract.images:
            return _statement(source, extract, "unreadable", "the statement is an image")
        if extract.password_field:
            return _statement(source, extract, "not-a-statement", "a log-in page")
        return _statement(source, extract, "empty", "the page shows no text" if markup else "the document is empty")
    if extract.text.count("\ufffd") > 0.02 * len(extract.text):
        return _statement(source, extract, "unreadable", "broken encoding: too many characters cannot be read")
    wrong = not_a_statement(extract, source.url)
    running = sum(len(extract.text[b.start : b.end].split()) for b in extract.blocks if b.type != "heading")
    if extract.images and (running < 4 or (words < _MIN_WORDS and wrong)):
        return _statement(source, extract, "unreadable", "the statement is an image")
    if wrong:
        return _statement(source, extract, "not-a-statement", wrong)
    language = detect(extract.text, extract.language)
    if language is not None and language not in READ:
        return _statement(
            source, extract, "language-not-read", f"written in {language!r}; read are: {', '.join(READ)}", language
        )
    return _statement(source, extract, "read", None, language)


def _too_large(source: StatementSource, size: int) -> Statement:
    reason = f"expected at most {MAX_CHARACTERS:,} characters, found {size:,}"
    return _statement(source, Extract(text=""), "unreadable", reason)


def _statement(
    source: StatementSource, extract: Extract, status: Status, reason: str | None, language: str | None = None
) -> Statement:
    if language is None and extract.text:
        language = detect(extract.text, extract.language)
    return Statement(
        url=source.url,
        role=source.role,
        found_by=source.found_by,
        fetched_at=source.fetched_at,
        sha256=source.sha256,
        language=language,
        title=extract.title,
        text=extract.text,
        blocks=extract.blocks,
        tables=extract.tables,
        links=tuple((_address(source.url, href), start, end) for href, start, end in extract.links),
        status=status,
        reason=reason,
    )


def _address(base: str, href: str) -> str:
    """Absolute address; "#", "#place", mailto: and tel: as written: whether a link leads nowhere is a check's business."""
    if href.startswith("#") or not href:
        return href or "#"
    return absolute(base, href) or href


def _role_of(url: str) -> Literal["privacy", "cookies", "both", "other"]:
    name = url.rsplit("/", 1)[-1].lower()
    if "cookie" in name:
        return "both" if "privacy" in name else "cookies"
    return "privacy"
