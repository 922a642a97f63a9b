"""The files in the data folder, which the build hook makes and git ignores."""

from __future__ import annotations

import gzip
import json
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).with_name("data")
NEXT = "run `python hatch_build.py` in the project folder, or install the package again"


class DataMissingError(Exception):
    """A data file that is not there or broken: expected, found, next command."""


@cache
def manifest() -> dict[str, Any]:
    """Where each file comes from: {"files": {name: {source, package, version, licence, sha256}}}. Raises DataMissingError."""
    path = FOLDER / "manifest.json"
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataMissingError(
            f"expected the tracker data's manifest at {path}, found none that can be read; {NEXT}"
        ) from error
    return content


def load(name: str) -> Any:
    """The content of one gzipped JSON file. Raises DataMissingError."""
    path = FOLDER / name
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except (OSError, EOFError, ValueError) as error:
        raise DataMissingError(f"expected tracker data at {path}, found none that can be read; {NEXT}") from error


def version(name: str) -> str:
    """Version of the package a file was made from."""
    return str(manifest()["files"][name]["version"])
