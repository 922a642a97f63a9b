"""The words that checks look for, of all languages together: a statement or banner may mix them."""

from __future__ import annotations

import re
from functools import cache

from auditor.languages import codes, load


@cache
def words(key: str) -> re.Pattern[str]:
    """One pattern for a list of the language files' `[checks]` tables; matches nothing when no language fills it."""
    parts = [part for code in codes() for part in load(code).get("checks", {}).get(key, ())]
    return re.compile("|".join(f"(?:{part})" for part in parts) or r"(?!)", re.IGNORECASE)
