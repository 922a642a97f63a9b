"""Bytes to text: byte-order mark, declared character set, UTF-8, then a guess; and text that was decoded wrongly once."""

from __future__ import annotations

import codecs
import re

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_XML = re.compile(rb"^\s*<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)")
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TWICE = re.compile("[ÃÂâ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def decode(data: bytes, mime_type: str | None = None) -> str:
    """The text of a document's bytes. Never raises; bytes that fit nothing become U+FFFD."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return mend(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    for name in _declared(data, mime_type):
        text = _strictly(data, name)
        if text is not None:
            return mend(text)
    if data[:2000].count(0) > len(data[:2000]) // 4:
        return data.decode("utf-16-le" if data[1:2] == b"\0" else "utf-16-be", "replace")
    text = data.decode("utf-8", "replace")
    # A few broken bytes among good UTF-8 letters (a cut page) stay UTF-8; else it is an old single-byte page.
    broken = text.count("\ufffd")
    if broken <= sum(1 for letter in text if letter > "\x7f") - broken:
        return text
    return mend(data.decode("cp1252", "replace"))


def mend(text: str) -> str:
    """Text whose UTF-8 was once read as cp1252 ("cliÃ«nt") set right; other text as it is."""
    if len(_TWICE.findall(text)) < 2:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return _TWICE_RUN.sub(_mend_run, text)


_TWICE_RUN = re.compile(
    "(?:[ÃÂ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\u0080-\u00bf€‚]+[\u0080-\u00bf‘’“”•–—˜™š›œžŸ¦„…†‡])"
)


def _mend_run(match: re.Match[str]) -> str:
    try:
        return match.group().encode("cp1252").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return match.group()


def _declared(data: bytes, mime_type: str | None) -> list[str]:
    names = _PARAMETER.findall(mime_type or "")
    names += [found.decode("ascii") for found in _META.findall(data[:4096])[:1] + _XML.findall(data[:200])]
    # what a page calls ISO-8859-1 browsers read as windows-1252 (WHATWG Encoding)
    return [
        "cp1252" if name.lower() in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii"} else name for name in names
    ]


def _strictly(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError, ValueError):
        return None
