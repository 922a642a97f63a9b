"""All signatures, found by folder: signatures/*.toml, one file per vendor."""

from __future__ import annotations

import gzip
import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from auditor.trackers.data import FOLDER
from auditor.trackers.product import Product, SignatureError, products_of

SIGNATURES = Path(__file__).with_name("signatures")


@cache
def products() -> tuple[Product, ...]:
    """Every product, in the order of file names and of the places in the file. Raises SignatureError."""
    return tuple(product for name, tables in _tables().items() for product in products_of(name, tables))


@cache
def digest() -> str:
    """Hash over all files, the version of the signatures in a report."""
    return _digest(_contents())


def _contents() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(SIGNATURES.glob("*.toml"))}


def _digest(contents: dict[str, bytes]) -> str:
    whole = hashlib.sha256()
    for name, content in contents.items():
        whole.update(name.encode() + b"\0" + content + b"\0")
    return whole.hexdigest()


def _tables() -> dict[str, Any]:
    """Parsed files. The build hook leaves them parsed, since TOML is slow to read; used only while the digest fits."""
    contents = _contents()
    try:
        compiled = json.loads(gzip.decompress((FOLDER / "signatures.json.gz").read_bytes()))
        if compiled["digest"] == digest():
            return dict(compiled["files"])
    except (OSError, EOFError, ValueError, KeyError):
        pass  # not built yet, or built by an older hook: the slow way gives the same
    return {name: _parse(name, content) for name, content in contents.items()}


def _parse(name: str, content: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SignatureError(f"signatures/{name}: {error}; mend the file at that line") from error
