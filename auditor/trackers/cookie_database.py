"""The Open Cookie Database: what a cookie of this name is usually for. Third source, after signatures.

Origin: jkwakman/Open-Cookie-Database (Apache-2.0), carried by npm @slashgear/gdpr-cookie-scanner. It is filled in by
many hands and by name, so a short or everyday name decides nothing unless the domain agrees.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import NamedTuple

from auditor.model import Category
from auditor.trackers import data
from auditor.trackers.wildcards import NamePatterns

SOURCE = "cookie-database"

_CATEGORIES = {
    "Functional": Category.FUNCTIONAL,
    "Necessary": Category.FUNCTIONAL,
    "Personalization": Category.PREFERENCES,
    "Security": Category.SECURITY,
    "Analytics": Category.ANALYTICS,
    "Marketing": Category.ADVERTISING,
}
_HOST = re.compile(r"[a-z0-9*-]+(?:\.[a-z0-9-]+)+")
_DAYS = {"second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30.4375, "year": 365.25}
_RETENTION = re.compile(r"(\d+(?:[.,]\d+)?|an?|one)\s*(second|minute|hour|day|week|month|year)", re.IGNORECASE)


class CookieRow(NamedTuple):
    """One row. domains: where the cookie is said to live; () for the visited site's own."""

    platform: str
    name: str
    category: Category
    domains: tuple[str, ...]
    description: str
    lifetime_days: float | None
    controller: str


class CookieDatabase:
    """Rows by cookie name, loaded at first use."""

    @cached_property
    def version(self) -> str:
        """Version of the package that carries the database."""
        return data.version("cookies.json.gz")

    @cached_property
    def _rows(self) -> NamePatterns[CookieRow]:
        patterns: NamePatterns[CookieRow] = NamePatterns()
        for platform, name, wildcard, category, domain, description, retention, controller in data.load(
            "cookies.json.gz"
        ):
            kind = _CATEGORIES.get(category)
            if kind is None:
                continue
            host_names = tuple(host.lstrip("*.") for host in _HOST.findall(domain.lower()))
            row = CookieRow(platform, name, kind, host_names, description, days(retention), controller)
            patterns.add(name if "*" in name or wildcard != "1" else name + "*", row)
        return patterns

    def find(self, name: str) -> list[CookieRow]:
        """All rows whose name fits."""
        return self._rows.find(name)


def days(retention: str) -> float | None:
    """ "2 years" -> 730.5; "session" -> None; texts without a duration -> None."""
    found = _RETENTION.search(retention)
    if not found:
        return None
    number = found[1].lower().replace(",", ".")
    return round((1.0 if number in {"a", "an", "one"} else float(number)) * _DAYS[found[2].lower()], 4)


_EVERYDAY = re.compile(
    r"(user|uid|visitor|client|device|session|sess|sid|token|auth|login|test|count|last|first|time|date|page|"
    r"lang|locale|region|country|currency|theme|view|ref|referr?er|source|campaign|track|tracking|consent|cookies?|"
    r"preferences?|settings?|cart|basket|state|status|data|info|key|value|id|name|type|version|cache|cookie_?test|guid|uuid)"
    r"([._-]?(id|ids|key|token|name|data|test|count|info|time|cookie|state|v?\d+))*",
    re.IGNORECASE,
)


def is_everyday(name: str) -> bool:
    """Whether many unrelated sites use this name: short, or made of everyday words (`uid`, `session_id`, `test`)."""
    if len(name.strip("*.-")) <= 4 and not name.startswith("_"):
        return True
    return _EVERYDAY.fullmatch(name.strip("_.-")) is not None


def is_short(name: str) -> bool:
    """Whether a name is too short to belong to one product by itself."""
    return len(name.strip("_.-")) < 5
