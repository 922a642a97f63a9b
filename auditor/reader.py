"""`auditor read`: a statement from a file, standard input or an address, and its terminal picture."""

from __future__ import annotations

import base64
import hashlib
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from auditor.model import Reading, Statement, StatementSource
from auditor.statement.load import load


class ReadError(Exception):
    """A source that cannot be fetched or opened: expected, found, where."""


def read_source(source: str, *, proxy: str | None = None, ca_file: Path | None = None) -> Statement:
    """The statement at a file path, '-' (standard input) or http(s) address. Raises ReadError."""
    return load(_opened(source, proxy, ca_file))


def read_page(source: str, *, proxy: str | None = None, ca_file: Path | None = None) -> tuple[str, str]:
    """HTML and address of the page at a file path, '-' or http(s) address. Raises ReadError."""
    opened = _opened(source, proxy, ca_file)
    body = opened.body or ""
    return (base64.b64decode(body).decode(errors="replace") if opened.encoding == "base64" else body), opened.url


def _opened(source: str, proxy: str | None, ca_file: Path | None) -> StatementSource:
    if source.startswith(("http://", "https://")):
        return _fetched(source, proxy, ca_file)
    try:
        data = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
    except OSError as error:
        raise ReadError(
            f"expected a file, an address (https://…) or - at {source!r}: {error.strerror or error}; check the path"
        ) from error
    name = "standard input" if source == "-" else Path(source).resolve().as_uri()
    return _source(data, name, "file", None, _mime_of(source))


def _mime_of(name: str) -> str | None:
    suffix = Path(name).suffix.lower()
    known = {
        ".html": "text/html",
        ".htm": "text/html",
        ".pdf": "application/pdf",
        ".txt": "text/plain",
        ".md": "text/markdown",
    }
    return known.get(suffix)


def _fetched(url: str, proxy: str | None, ca_file: Path | None) -> StatementSource:
    from auditor.crawl.single import fetch_once

    answer = fetch_once(url, proxy=proxy, ca_file=ca_file)
    if answer.failure or (answer.status or 0) >= 400:
        raise ReadError(f"expected a statement at {url}, found: {answer.failure or f'HTTP {answer.status}'}")
    return _source(answer.body, answer.url, "fetch", answer.status, answer.mime_type)


def _source(data: bytes, url: str, via: str, status: int | None, mime_type: str | None) -> StatementSource:
    try:
        body, encoding = data.decode("utf-8"), "text"
    except UnicodeDecodeError:
        body, encoding = base64.b64encode(data).decode("ascii"), "base64"
    return StatementSource(
        url=url,
        requested=url,
        role="both",
        found_by="given",
        fetched_at=datetime.now(UTC).isoformat(timespec="seconds"),
        via=via,  # type: ignore[arg-type]
        status=status,
        mime_type=mime_type,
        sha256=hashlib.sha256(data).hexdigest(),
        body=body,
        encoding=encoding,  # type: ignore[arg-type]
    )


def print_reading(statement: Statement, reading: Reading, console: Console) -> None:
    """The statement with its claims marked in the text, then what else was read."""
    if reading.status != "read":
        console.print(f"not read: {reading.status}: {reading.reason or ''}", markup=False)
        return
    text = Text(statement.text)
    for claim in reading.claims:
        text.stylize("bold reverse" if claim.polarity == "denied" else "bold underline", claim.start, claim.end)
    console.print(text)
    console.rule("claims")
    for claim in sorted(reading.claims, key=lambda claim: claim.start):
        console.print(
            f"{claim.kind} = {claim.value}  [{claim.klass}]  {claim.phrase}\n    “{claim.quote}”", markup=False
        )
    console.rule("vendors")
    for vendor in reading.vendors:
        console.print(f"{vendor.name} ({vendor.role}){'' if vendor.used else ', said not to be used'}", markup=False)
    console.rule("declared cookies")
    for cookie in reading.declared_cookies:
        console.print(
            f"{cookie.name}  {cookie.provider or ''}  {cookie.purpose or ''}  {cookie.duration or ''}", markup=False
        )
    console.rule("duties")
    for name, item in reading.items.items():
        console.print(f"{'present' if item.present else 'absent '}  {name}", markup=False)
    console.print(f"language {reading.language}, version of {reading.date_of_version or 'unknown date'}", markup=False)
