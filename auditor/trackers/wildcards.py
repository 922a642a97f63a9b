"""Names with `*`: which of thousands of cookie and storage patterns fit a name."""

from __future__ import annotations

import re
from typing import Generic, TypeVar

T = TypeVar("T")

_HEAD = 3
"""Patterns are grouped by this many first characters; measured: leaves under ten to try for most names."""


class NamePatterns(Generic[T]):
    """Values by name pattern. Exact names come before wildcards, longer patterns before shorter ones."""

    def __init__(self) -> None:
        self._exact: dict[str, list[T]] = {}
        self._heads: dict[str, list[tuple[str, T]]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def add(self, pattern: str, value: T) -> None:
        """Take up one pattern; a pattern without `*` is an exact name."""
        if "*" not in pattern:
            self._exact.setdefault(pattern, []).append(value)
            return
        head = pattern.partition("*")[0][:_HEAD]
        self._heads.setdefault(head, []).append((pattern, value))

    def find(self, name: str) -> list[T]:
        """All values whose pattern fits the whole name."""
        found = list(self._exact.get(name, ()))
        fitting: list[tuple[str, T]] = []
        for length in range(_HEAD + 1):
            if length and len(name) < length:
                break
            fitting += [pair for pair in self._heads.get(name[:length], ()) if self._fits(pair[0], name)]
        fitting.sort(key=lambda pair: -len(pair[0]))
        return found + [value for _, value in fitting]

    def _fits(self, pattern: str, name: str) -> bool:
        compiled = self._compiled.get(pattern)
        if compiled is None:
            body = ".*".join(re.escape(part) for part in pattern.split("*"))
            compiled = self._compiled[pattern] = re.compile(body + r"\Z", re.DOTALL)
        return compiled.match(name) is not None
