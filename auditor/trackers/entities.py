"""third-party-web: which company a host belongs to and, coarsely, what for. Second source after our signatures.

Origin: npm third-party-web (MIT). Its categories speak of hosts, so a label from here is never surer than "likely",
and files that only make up a page (fonts, styles, plain images) are no tracking whoever serves them.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from auditor.model import Category
from auditor.trackers import data
from auditor.trackers.address import Address
from auditor.trackers.vendors import VendorNames
from auditor.urls import registrable_domain

SOURCE = "third-party-web"

CATEGORIES = {
    "ad": Category.ADVERTISING,
    "analytics": Category.ANALYTICS,
    "social": Category.SOCIAL,
    "marketing": Category.CRM,
    "tag-manager": Category.TAG_MANAGER,
    "consent-provider": Category.CONSENT_PLATFORM,
    "customer-success": Category.CHAT,
    "video": Category.VIDEO,
    "hosting": Category.HOSTING,
    "cdn": Category.HOSTING,
    "utility": Category.OTHER,
    "content": Category.OTHER,
    "other": Category.OTHER,
}
_FOLLOWING = frozenset({"ad", "analytics", "social"})
_STATIC_TYPES = frozenset({"font", "stylesheet", "media"})
_STATIC_ENDINGS = (
    ".css", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".svg", ".ico", ".mp4", ".webm", ".mp3", ".json", ".map"
)  # fmt: skip
_IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".webp", ".avif", ".gif")


def is_static(address: Address, resource_type: str) -> bool:
    """Whether a request fetches a mere part of a page: a font, a style sheet, a picture without parameters.

    A picture named like a beacon (pixel, 1x1, blank …) is not counted as one.
    """
    path = address.path.lower()
    if resource_type in _STATIC_TYPES or path.endswith(_STATIC_ENDINGS):
        return True
    if address.query or not path.endswith(_IMAGE_ENDINGS):
        return False
    name = path.rpartition("/")[2]
    return not any(word in name for word in ("pixel", "1x1", "blank", "clear", "spacer", "track", "beacon", "__utm"))


class Entities:
    """The hosts of third-party-web, loaded at first use."""

    def __init__(self, names: VendorNames) -> None:
        self._names = names

    @cached_property
    def version(self) -> str:
        """Version of the package."""
        return data.version("entities.json.gz")

    @cached_property
    def _hosts(self) -> dict[str, dict[str, Any]]:
        """Host or `*.domain` -> entity, as published."""
        return {host: entity for entity in data.load("entities.json.gz") for host in entity["domains"]}

    def find(self, host: str) -> tuple[str, dict[str, Any]] | None:
        """The pattern that fits a host and its entity; the most exact pattern first."""
        hosts = self._hosts
        if host in hosts:
            return host, hosts[host]
        labels = host.split(".")
        for start in range(len(labels) - 1):
            pattern = "*." + ".".join(labels[start:])
            if pattern in hosts:
                return pattern, hosts[pattern]
        base = registrable_domain(host)
        return (base, hosts[base]) if base in hosts else None

    def company(self, entity: dict[str, Any]) -> tuple[str, str | None, tuple[str, ...]]:
        """Entity name, country and every alias: those of our own signatures where they know the company."""
        for name in (entity["name"], entity.get("company", "")):
            known = self._names.find(name) if name else None
            if known:
                return known.entity, known.country, tuple(dict.fromkeys((entity["name"], *known.entity_aliases)))
        company = entity.get("company") or entity["name"]
        return company, None, tuple(dict.fromkeys((entity["name"], company)))

    @staticmethod
    def tracker(entity: dict[str, Any], address: Address, resource_type: str) -> bool | None:
        """True for what follows visitors, False for what plainly does not, None where the host alone cannot tell."""
        kind = entity["category"]
        if is_static(address, resource_type):
            return False
        if kind in _FOLLOWING:
            return True
        if kind in {"marketing", "other"}:
            return None
        return False
