"""Real consent platforms and trackers from npm: installed from the committed lock when missing, found by address."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from tests import npm
from tests.npm import AssetError

FOLDER = Path(__file__).resolve().parent.parent
MODULES = FOLDER / "node_modules"
PACKAGES = (
    "vanilla-cookieconsent",
    "klaro",
    "tarteaucitronjs",
    "cookieconsent",
    "posthog-js",
    "mixpanel-browser",
    "axe-core",
    "@ghostery/adblocker",
)

__all__ = ["AssetError", "asset", "ensure"]


def ensure() -> Path:
    """The node_modules folder, installed with `npm ci` when a package is missing or not of the locked version.

    Raises AssetError when npm is missing or fails.
    """
    if npm.ensure(FOLDER, PACKAGES):
        asset.cache_clear()
    return MODULES


@cache
def asset(name: str) -> Path | None:
    """File of a package by "package/path/inside"; None when there is none or the path leaves the package."""
    package = next((known for known in PACKAGES if name == known or name.startswith(known + "/")), None)
    if package is None:
        return None
    root = (MODULES / package).resolve()
    path = (MODULES / name).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None
