"""How the bytes of a statement are kept in the record."""

import base64

import pytest

from auditor.crawl.fetch import Answer
from auditor.crawl.statements import _source


def answer(body: bytes, mime: str = "application/pdf") -> Answer:
    url = "https://example.com/privacy.pdf"
    return Answer(requested=url, url=url, status=200, mime_type=mime, location=None, body=body, failure=None)


@pytest.mark.parametrize("lead", [b"", b"\xef\xbb\xbf", b"\r\n  "])
def test_a_pdf_of_plain_ascii_is_kept_as_bytes(lead: bytes) -> None:
    body = lead + b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"
    source = _source(answer(body), "privacy", "link")
    assert source.encoding == "base64"
    assert base64.b64decode(source.body or "") == body


def test_a_page_that_speaks_of_a_pdf_header_stays_text() -> None:
    source = _source(answer(b"<p>A file begins with %PDF-1.4</p>", "text/html"), "privacy", "link")
    assert (source.encoding, source.body) == ("text", "<p>A file begins with %PDF-1.4</p>")


def test_bytes_that_are_no_utf8_are_kept_exactly() -> None:
    assert _source(answer(b"<p>caf\xe9</p>", "text/html"), "privacy", "link").encoding == "base64"
