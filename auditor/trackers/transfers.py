"""Which ground there is for data to go to a country: inside the EEA, an adequacy decision, or a safeguard still to be shown.

Facts with dates and sources: transfers.toml. The country is the seat of a company's parent; where the machines stand
is another question, to which a host name gives a weak hint at most.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any, Literal

Status = Literal["inside", "adequate", "adequate-in-part", "none", "unknown"]


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """The ground for a transfer to one country on one day.

    status: inside: no transfer. adequate: a decision for the country. adequate-in-part: a decision for some there,
    and whether this company is among them is not known. none: no decision, so safeguards of GDPR 46 or a derogation
    are needed. unknown: the country is not known.
    """

    country: str | None
    status: Status
    decision: str | None = None  # number under which it was published
    since: date | None = None
    until: date | None = None  # last day; None: no end fixed
    scope: str | None = None  # whom it covers; None: the whole country
    note: str | None = None

    @property
    def needs_safeguard(self) -> bool | None:
        """Whether the statement must name a safeguard; None: it depends on the company, or nothing is known."""
        return {"inside": False, "adequate": False, "none": True}.get(self.status)


@dataclass(frozen=True, kw_only=True)
class Former:
    """A regime that no longer holds."""

    name: str
    decision: str
    since: date
    until: date
    why: str


@dataclass(frozen=True, kw_only=True)
class HostingHint:
    """Where a machine may stand, read off its host name. Always weak: names can be kept when machines move."""

    country: str
    why: str
    confidence: Literal["weak"] = "weak"


def mechanism_for(country: str | None, *, participant: bool | None = None, on: date | None = None) -> Transfer:
    """The ground for data to go to a country (ISO 3166-1 alpha-2, any case).

    participant: whether the company is on the list that a decision is limited to (United States: the Data Privacy
    Framework); None: not known. on: the day asked about; None: today.
    """
    code = country.strip().upper() if country else ""
    code = {"UK": "GB", "EL": "GR"}.get(code, code)
    if not re.fullmatch(r"[A-Z]{2}", code):
        return Transfer(country=None, status="unknown")
    if code in inside():
        return Transfer(country=code, status="inside")
    day = on or datetime.now(UTC).date()
    rows = [row for row in _table()["adequate"] if row["country"] == code and row["from"] <= day]
    row = next((row for row in rows if day <= row.get("until", day)), None)
    if row is None:
        return Transfer(country=code, status="none")
    return Transfer(
        country=code,
        status=_status(row, participant),
        decision=row["decision"],
        since=row["from"],
        until=row.get("until"),
        scope=row.get("scope"),
        note=row.get("note"),
    )


def _status(row: dict[str, Any], participant: bool | None) -> Status:
    if not row.get("participants"):
        return "adequate"
    return "adequate-in-part" if participant is None else "adequate" if participant else "none"


@cache
def inside() -> frozenset[str]:
    """Country codes for which sending data is no transfer: the EEA, and EU for the Union's own bodies."""
    return frozenset(_table()["inside"])


@cache
def former() -> tuple[Former, ...]:
    """Regimes that no longer hold, oldest first."""
    rows = _table()["former"]
    return tuple(
        Former(name=row["name"], decision=row["decision"], since=row["from"], until=row["until"], why=row["why"])
        for row in rows
    )


def checked() -> str:
    """The day on which the table was last compared with its sources."""
    return str(_table()["checked"])


def hosting_hint(host: str) -> HostingHint | None:
    """Where the machine behind a host name may stand: `x.s3.eu-west-1.amazonaws.com` -> Ireland. None for most names."""
    found = _region_names().findall(host.lower())
    if not found:
        return None
    return HostingHint(country=_regions()[found[-1]], why=f"cloud region {found[-1]} in the host name")


@cache
def _region_names() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _regions()), key=len, reverse=True))
    return re.compile(rf"(?<![a-z0-9])(?:{names})(?![a-z0-9])")


@cache
def _regions() -> dict[str, str]:
    return {name: country for country, names in _table()["regions"].items() for name in names}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("transfers.toml").read_text(encoding="utf-8"))
