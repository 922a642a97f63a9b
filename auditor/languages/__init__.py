"""The words of each language: link words, button words, claim phrases. One TOML file per language, found by folder.

A file `<code>.toml` may be split in `<code>.<part>.toml`; the parts must not share a top-level table.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any


class LanguageError(Exception):
    """A language file that cannot be used: expected, found, where, and what to do."""


@cache
def codes() -> tuple[str, ...]:
    """Two-letter codes of the languages that have a file, sorted."""
    return tuple(sorted({name.split(".")[0] for name in _file_names()}))


@cache
def load(code: str) -> dict[str, Any]:
    """All top-level tables of one language.

    Raises LanguageError when there is no file for the code or two parts define the same table.
    """
    tables: dict[str, Any] = {}
    names = [name for name in _file_names() if name.split(".")[0] == code]
    if not names:
        raise LanguageError(f"no language file for {code!r}; there are files for: {', '.join(codes())}")
    for name in names:
        text = resources.files(__name__).joinpath(name).read_text(encoding="utf-8")
        try:
            part = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise LanguageError(f"languages/{name}: {error}; mend the file at that line") from error
        shared = tables.keys() & part.keys()
        if shared:
            raise LanguageError(f"languages/{name}: table {sorted(shared)[0]!r} stands in another part too; keep one")
        tables |= part
    return tables


def _file_names() -> list[str]:
    return sorted(entry.name for entry in resources.files(__name__).iterdir() if entry.name.endswith(".toml"))
