"""Which browser there is on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SHELL_NAMES = ("chromium-headless-shell", "chrome-headless-shell", "headless_shell")
FULL_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NEXT_COMMAND = (
    "run `playwright install --with-deps chromium` or `apt-get install chromium`, "
    "or set AUDITOR_BROWSER to the path of a Chromium"
)


class BrowserMissing(Exception):  # noqa: N818 - named for what is the matter
    """No usable browser: what was looked for, and the next command."""


@dataclass(frozen=True, kw_only=True)
class BrowserBuild:
    """A Chromium that can be started. `shell`: the small headless build, without pop-up blocker and plug-ins."""

    executable: Path
    product: str  # "chromium", "chromium-headless-shell", "google-chrome"
    version: str  # "156.0.8078.79"

    @property
    def shell(self) -> bool:
        return "shell" in self.product

    @property
    def major(self) -> str:
        return self.version.split(".", 1)[0]


def find_browser(name: str | None = None) -> BrowserBuild:
    """The browser to use: `name` ("shell", "full", a command or a path), else AUDITOR_BROWSER, else the first found.

    Looked for in this order: the one Playwright installed, the headless shell, full Chromium, Google Chrome.
    Raises BrowserMissing when there is none or it does not start.
    """
    wanted = name or os.environ.get("AUDITOR_BROWSER") or None
    tried = []
    for candidate in _candidates(wanted):
        tried.append(str(candidate))
        if (version := _version(candidate)) is not None:
            return BrowserBuild(executable=candidate, product=_product(candidate), version=version)
    looked = ", ".join(tried) or (wanted or ", ".join(SHELL_NAMES[:1] + FULL_NAMES))
    raise BrowserMissing(f"expected a Chromium that starts, found none (looked for {looked}); {NEXT_COMMAND}")


def _candidates(wanted: str | None) -> Iterator[Path]:
    if wanted in {None, "shell", "full"}:
        names = {"shell": SHELL_NAMES, "full": FULL_NAMES, None: SHELL_NAMES + FULL_NAMES}[wanted]
        yield from _installed_by_playwright(names)
        yield from (Path(found) for found in map(shutil.which, names) if found)
    elif wanted and (found := shutil.which(wanted)):
        yield Path(found)


def _installed_by_playwright(names: tuple[str, ...]) -> Iterator[Path]:
    """Browsers in Playwright's own folder, newest first."""
    given = os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "")
    folder = Path(given) if given not in {"", "0"} else Path.home() / ".cache" / "ms-playwright"
    files = {*names, "chrome"} if "chromium" in names else set(names)
    found = [path for path in folder.glob("chromium*/*/*") if path.name in files and os.access(path, os.X_OK)]
    yield from sorted(found, key=lambda path: (int(re.sub(r"\D", "", path.parts[-3]) or 0), path.name), reverse=True)


def _version(executable: Path) -> str | None:
    try:
        done = subprocess.run([str(executable), "--version"], capture_output=True, text=True, timeout=20, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"\d+\.\d+\.\d+\.\d+", done.stdout)
    return found.group(0) if found else None


def _product(executable: Path) -> str:
    name = executable.name
    if name in SHELL_NAMES:
        return "chromium-headless-shell"
    return "google-chrome" if "google" in name else "chromium"
