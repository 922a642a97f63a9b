"""Names with `*`: which of thousands of cookie and storage patterns fit a name."""

from __future__ import annotations

import re
from typing import Generic, TypeVar

T = TypeVar("T")

_HEAD = 3
"""Patterns with `*` inside are grouped by this many first characters; measured: leaves one or two to try."""


class NamePatterns(Generic[T]):
    """Values by name pattern. Exact names come before wildcards, longer patterns before shorter ones."""

    def __init__(self) -> None:
        self._exact: dict[str, list[T]] = {}
        self._beginnings: dict[str, list[T]] = {}  # `_ga_*`, nearly all wildcards: looked up, never compiled
        self._lengths: list[int] = []  # of the beginnings, longest first
        self._heads: dict[str, list[tuple[str, T]]] = {}
        self._compiled: dict[str, re.Pattern[str]] = {}

    def add(self, pattern: str, value: T) -> None:
        """Take up one pattern; a pattern without `*` is an exact name."""
        head, star, rest = pattern.partition("*")
        if not star:
            self._exact.setdefault(pattern, []).append(value)
        elif rest:
            self._heads.setdefault(head[:_HEAD], []).append((pattern, value))
        else:
            self._beginnings.setdefault(head, []).append(value)
            if len(head) not in self._lengths:
                self._lengths = sorted([*self._lengths, len(head)], reverse=True)

    def find(self, name: str) -> list[T]:
        """All values whose pattern fits the whole name."""
        found = list(self._exact.get(name, ()))
        fitting = self._with_stars_inside(name)
        for length in self._lengths:
            while fitting and len(fitting[0][0]) > length + 1:
                found.append(fitting.pop(0)[1])
            if length <= len(name) and (values := self._beginnings.get(name[:length])):
                found += values
        return found + [value for _, value in fitting]

    def _with_stars_inside(self, name: str) -> list[tuple[str, T]]:
        heads = (name[:length] for length in range(min(_HEAD, len(name)) + 1))
        fitting = [pair for head in heads for pair in self._heads.get(head, ()) if self._fits(pair[0], name)]
        return sorted(fitting, key=lambda pair: -len(pair[0])) if fitting else fitting

    def _fits(self, pattern: str, name: str) -> bool:
        compiled = self._compiled.get(pattern)
        if compiled is None:
            body = ".*".join(re.escape(part) for part in pattern.split("*"))
            compiled = self._compiled[pattern] = re.compile(body + r"\Z", re.DOTALL)
        return compiled.match(name) is not None
