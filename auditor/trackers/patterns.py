"""Names that tell by themselves what a cookie is for (session, basket, language): patterns.toml, the last source."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from auditor.model import Category

SOURCE = "pattern"


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """One kind of name. examples must match, silent must not; both run as tests."""

    name: str
    expression: re.Pattern[str]
    category: Category
    purpose: str
    confidence: Literal["likely", "weak"]
    examples: tuple[str, ...]
    silent: tuple[str, ...]


@cache
def patterns() -> tuple[Pattern, ...]:
    """All patterns, in the order of the file; the first that matches decides."""
    rows = tomllib.loads(Path(__file__).with_name("patterns.toml").read_text(encoding="utf-8"))["pattern"]
    return tuple(
        Pattern(
            name=row["name"],
            expression=re.compile(row["expression"], re.IGNORECASE),
            category=Category(row["category"]),
            purpose=row["purpose"],
            confidence=row.get("confidence", "likely"),
            examples=tuple(row["examples"]),
            silent=tuple(row["silent"]),
        )
        for row in rows
    )


def find(name: str) -> Pattern | None:
    """The pattern that fits a name, or None. Names over 256 characters fit none."""
    if len(name) > 256:
        return None
    return next((pattern for pattern in patterns() if pattern.expression.search(name)), None)
