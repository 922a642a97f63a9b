"""Reads the scenario folders: `expected.json` beside the hosts it speaks of.

seed: the address to audit. why: one sentence. findings: every FAIL there must be, and some other outcomes; an entry
without `subject` speaks for all subjects of its catalogue id. Nothing unlisted may FAIL. claims: what must at least be read from the
statement. visits: choice -> status of that choice. not_measured: words of the reason, null where the site is measured.
behaviour: what the site itself does in each state, seen from the server, without any part of the auditor.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.world.server import SITES


@dataclass(frozen=True, kw_only=True)
class Expected:
    """One entry of `findings`."""

    catalogue: str
    outcome: str
    subject: str | None = None


@dataclass(frozen=True, kw_only=True)
class State:
    """One entry of `behaviour`. press: selectors to click in order; contacted and cookies: exactly these, afterwards."""

    press: tuple[str, ...] = ()
    contacted: frozenset[str]
    cookies: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One folder."""

    name: str
    folder: Path
    seed: str
    why: str
    findings: tuple[Expected, ...] = ()
    claims: tuple[tuple[str, str], ...] = ()
    visits: dict[str, str] = field(default_factory=dict)
    not_measured: str | None = None
    behaviour: dict[str, State] = field(default_factory=dict)

    @property
    def host(self) -> str:
        """Host of the seed."""
        return urlsplit(self.seed).hostname or ""

    @property
    def uses_seed_statement(self) -> bool:
        """Whether a seed statement takes the place of the scenario's own when it is present."""
        rules = self.folder / self.host / "_headers.json"
        return rules.is_file() and '"seed"' in rules.read_text(encoding="utf-8")


@cache
def scenarios() -> tuple[Scenario, ...]:
    """All scenarios by name. A folder without `expected.json` raises FileNotFoundError: every folder must say what it expects."""
    folders = sorted(path for path in SITES.iterdir() if path.is_dir() and path.name[0] not in "._")
    return tuple(_read(folder) for folder in folders)


def _read(folder: Path) -> Scenario:
    given: dict[str, Any] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    given["findings"] = tuple(Expected(**entry) for entry in given.get("findings", ()))
    given["claims"] = tuple((entry["kind"], _text(entry["value"])) for entry in given.get("claims", ()))
    given["behaviour"] = {name: _state(entry) for name, entry in given.get("behaviour", {}).items()}
    return Scenario(name=folder.name, folder=folder, **given)


def _state(entry: dict[str, Any]) -> State:
    return State(
        press=tuple(entry.get("press", ())),
        contacted=frozenset(entry["contacted"]),
        cookies=frozenset(entry["cookies"]),
    )


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
