"""EasyList and EasyPrivacy, where the user has them: a tracker even if nobody knows whose. Optional.

The lists are not shipped (their licence is not ours). lists_store.py says which copy is
used: the user's own, which `auditor data update` fetches, else that of Debian's webext-ublock-origin-firefox.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from auditor.model import Category
from auditor.trackers import lists_store
from auditor.urls import is_third_party

NAMES = {f"{origin.name}.txt": origin.category for origin in lists_store.ORIGINS}

_WWW = re.compile(r"^(@@)?\|\|www\.", re.MULTILINE)
"""The engine drops `www.` behind `||` and would catch every other host of the domain: such rules begin at the scheme."""

_TYPES = {"fetch": "xmlhttprequest", "xhr": "xmlhttprequest", "document": "document", "ping": "ping"}


@dataclass(frozen=True, kw_only=True)
class ListHit:
    """The rule of a list that caught a request."""

    list: str
    version: str
    rule: str
    category: Category


class FilterList(Protocol):
    """Whatever can say that a filter list blocks a request."""

    @property
    def versions(self) -> dict[str, str]:
        """List name -> version or date."""

    def match(self, url: str, site: str, resource_type: str) -> ListHit | None:
        """The hit of the first list that blocks the request, None for none or for an address it cannot read."""


class InstalledLists:
    """Lists on this machine, matched by the Rust engine of the package `adblock`; engines are built at first use."""

    def __init__(self, files: Mapping[str, Path]) -> None:
        self._files = dict(files)

    @cached_property
    def versions(self) -> dict[str, str]:
        """List name -> its own version line, the file's date when it has none."""
        return {name.removesuffix(".txt"): lists_store.version_of(path) for name, path in self._files.items()}

    @cached_property
    def _engines(self) -> list[tuple[str, Any]]:
        import adblock  # optional, and slow to build: only where a request reaches it

        engines = []
        for name, path in self._files.items():
            rules = adblock.FilterSet(debug=True)
            rules.add_filter_list(_WWW.sub(r"\1://www.", path.read_text(encoding="utf-8", errors="replace")))
            # Without optimising: it would melt many rules into one, and the evidence needs the exact one.
            engines.append((name, adblock.Engine(rules, optimize=False)))
        return engines

    def match(self, url: str, site: str, resource_type: str) -> ListHit | None:
        """See FilterList."""
        kind = _TYPES.get(resource_type, resource_type)
        if kind == "document" and is_third_party(url, site):
            kind = "subdocument"  # the recorder calls a frame's page a document too
        for name, engine in self._engines:
            try:
                found = engine.check_network_urls(url, site, kind)
            except Exception:  # noqa: BLE001 - the engine's own errors share no class; a broken address is no hit
                return None
            if found.matched and found.exception is None:
                title = name.removesuffix(".txt")
                rule = _as_listed(str(found.filter))
                return ListHit(list=title, version=self.versions[title], rule=rule, category=NAMES[name])
        return None


def _as_listed(rule: str) -> str:
    return f"||{rule[3:]}" if rule.startswith("://www.") else rule


def installed() -> InstalledLists | None:
    """The lists of this machine, or None when there are none or the engine is not installed."""
    try:
        import adblock  # noqa: F401
    except ImportError:
        return None
    states = lists_store.status()
    files = {f"{state.name}.txt": state.path for state in states if state.path is not None}
    return InstalledLists(files) if files else None
