"""The text of a PDF. A scanned one has none."""

from __future__ import annotations

import re

import pypdfium2
from pypdfium2 import PdfiumError

_MAX_PAGES = 200


class PdfError(Exception):
    """A PDF that cannot be opened."""


def pdf_text(data: bytes) -> tuple[str, int]:
    """(text of all pages, number of pages). Hyphens at line ends are joined again. Raises PdfError when it cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
    except (PdfiumError, ValueError, TypeError) as error:
        raise PdfError(f"expected a PDF, found a file that does not open: {error}") from error
    pages: list[str] = []
    try:
        count = len(document)
        for number in range(min(count, _MAX_PAGES)):
            try:
                page = document[number]
                pages.append(page.get_textpage().get_text_bounded())
            except (PdfiumError, ValueError, IndexError):
                continue
    finally:
        document.close()
    text = "\n\n".join(page.replace("\r\n", "\n").strip() for page in pages)
    # pdfium marks a hyphen at a line end with U+FFFE
    return re.sub("\ufffe\\s*|(?<=[a-zà-ÿ])\u00ad\\n", "", text), count
