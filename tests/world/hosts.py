"""The folders behind a host name, and the rules that say how its paths are answered.

A host is a folder named after it. Files in it are served by path (`/contact` finds `contact.html`). Two small files
change that: `_headers.json` per path, `_host.json` for the host as a whole; `_layout.html` is what its pages share. A scenario may hold a folder for a host that
the stand-ins serve too (its own tag container, say): then both folders answer, the scenario's first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import Any

RULES = "_headers.json"
HOST = "_host.json"
LAYOUT = "_layout.html"

_FIELDS = {
    "status": int,
    "headers": dict,
    "set_cookie": list,
    "renew": bool,
    "redirect": str,
    "delay_ms": int,
    "body": str,
    "type": str,
    "file": str,
    "npm": str,
    "seed": str,
    "links": dict,
    "cors": bool,
    "close": bool,
    "size_bytes": int,
    "fill": bool,
}


class WorldError(Exception):
    """A scenario folder that cannot be served: expected, found, where."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What `_headers.json` says about one path. Every field may be missing.

    set_cookie: Set-Cookie strings; one whose cookie the browser already sent is left out unless `renew`.
    npm: "package/path" of a development dependency; a `*` in it stands for what the path's last `*` matched.
    seed: start of a seed statement's file name; it takes the place of what stands between the statement marks.
    cors: answer preflights and allow the asking origin with credentials.
    close: end the connection without an answer. size_bytes: pad the body with white space up to this size.
    fill: put fresh values into the file's places too (`{hex:16}`, `{last_month_nl}` …).
    """

    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    set_cookie: tuple[str, ...] = ()
    renew: bool = False
    redirect: str | None = None
    delay_ms: int = 0
    body: str | None = None
    type: str | None = None
    file: str | None = None
    npm: str | None = None
    seed: str | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    cors: bool = False
    close: bool = False
    size_bytes: int = 0
    fill: bool = False
    wild: str = ""
    root: Path = Path()


@dataclass(frozen=True, kw_only=True)
class Host:
    """One host: its folders, the scenario's own before the stand-in's."""

    name: str
    roots: tuple[Path, ...]

    @cached_property
    def settings(self) -> dict[str, Any]:
        """`_host.json`: "fault" (a broken certificate), "schemes" (["http"]), "refuse" (nobody answers), "upgrade" (http to https)."""
        found: dict[str, Any] = {}
        for root in reversed(self.roots):
            found |= _json_object(root / HOST)
        return found

    @cached_property
    def layout(self) -> str | None:
        """`_layout.html`: what the host's pages share, with `<!-- title -->` and `<!-- page -->` in it."""
        paths = [root / LAYOUT for root in self.roots if (root / LAYOUT).is_file()]
        return paths[0].read_text(encoding="utf-8") if paths else None

    @cached_property
    def _rules(self) -> tuple[tuple[str, dict[str, Any], Path], ...]:
        return tuple(
            (pattern, _checked(values, root / RULES, pattern), root)
            for root in reversed(self.roots)
            for pattern, values in _json_object(root / RULES).items()
        )

    def answers(self, scheme: str) -> bool:
        """Whether the host takes connections of this scheme at all."""
        return not self.settings.get("refuse") and scheme in self.settings.get("schemes", ("http", "https"))

    def rule(self, path: str, query: str) -> Rule:
        """The rules for a path put together: a later one adds to an earlier one and wins where both speak.

        A pattern with a `?` also looks at the query; one without looks at the path alone.
        """
        merged: dict[str, Any] = {}
        full = f"{path}?{query}"
        for pattern, values, root in self._rules:
            asked = full if "?" in pattern else path
            if fnmatchcase(asked, pattern.replace("?", "[?]")):
                headers = {**merged.get("headers", {}), **values.get("headers", {})}
                merged |= values | {"headers": headers, "root": root, "wild": _wild(pattern, asked)}
        merged["set_cookie"] = tuple(merged.get("set_cookie", ()))
        return Rule(**merged)

    def file(self, path: str) -> Path | None:
        """The file served at a path, `index.html` for a folder, `.html` left out; None when there is none."""
        inside = path.strip("/")
        if any(part.startswith("_") or part == ".." for part in inside.split("/")):
            return None
        tries = (inside, f"{inside}.html", f"{inside}/index.html") if inside else ("index.html",)
        for root in self.roots:
            for name in tries:
                if (found := root / name).is_file():
                    return found
        return None


def find_hosts(standins: Path, scenarios: Iterable[Path]) -> dict[str, Host]:
    """Every host of the world. Raises WorldError when two scenarios define the same host of their own."""
    roots: dict[str, list[Path]] = {path.name: [path] for path in _host_folders(standins)}
    owners: dict[str, Path] = {}
    for scenario in scenarios:
        for folder in _host_folders(scenario):
            if folder.name in roots and folder.name not in owners:
                roots[folder.name].insert(0, folder)
            elif folder.name in owners:
                raise WorldError(
                    f"host {folder.name} stands in {owners[folder.name]} and in {scenario}; give one another name"
                )
            else:
                owners[folder.name] = scenario
                roots[folder.name] = [folder]
    return {name: Host(name=name, roots=tuple(found)) for name, found in roots.items()}


def _host_folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir() and "." in path.name and path.name[0] not in "._")


def _json_object(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as error:
        raise WorldError(f"expected JSON in {path}: {error}") from error
    if not isinstance(found, dict):
        raise WorldError(f"expected a JSON object in {path}, found {type(found).__name__}")
    return found


def _checked(values: dict[str, Any], path: Path, pattern: str) -> dict[str, Any]:
    for name, value in values.items():
        if name not in _FIELDS or not isinstance(value, _FIELDS[name]):
            raise WorldError(
                f"{path}, {pattern!r}: {name!r} is not known or of the wrong type; known: {', '.join(_FIELDS)}"
            )
    return values


def _wild(pattern: str, asked: str) -> str:
    parts = [re.escape(part) for part in pattern.split("*")]
    match = re.fullmatch("(.*)".join(parts), asked)
    return match.groups()[-1] if match and match.groups() else ""
