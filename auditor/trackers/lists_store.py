"""The filter lists in the user's cache: what is there, from where, how old; fetched anew by ETag, never made worse.

Pure apart from its own folder: who calls `update` passes the function that fetches. A list's state file names its
content file, so one rename changes both; a killed update leaves the old list. What is fetched is taken only when it
is a filter list and not absurdly shorter than what we have.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from auditor.model import Category
from auditor.trackers import catalogue, data

SHRINK_LIMIT = 0.6
"""A new list with less than this part of the entries before is taken for a broken one."""

FEWEST_ENTRIES = 500
"""Fewer rules than this are no full list: the two we use hold tens of thousands."""

MOST_BYTES = 40_000_000
"""Ten times the greater of the two lists; beyond it the answer is something else."""

_DEBIAN = ("/usr/share/webext/ublock-origin-firefox", "/usr/share/mozilla/extensions")
_VERSION = re.compile(r"^! (?:Version|Last modified): *(.+)$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Origin:
    """A list that can be fetched. category: what its hits are for when nobody knows the owner."""

    name: str
    url: str
    licence: str
    category: Category


ORIGINS = (
    Origin(
        name="easyprivacy",
        url="https://easylist.to/easylist/easyprivacy.txt",
        licence="GPL-3.0-or-later OR CC-BY-SA-3.0-or-later",
        category=Category.ANALYTICS,
    ),
    Origin(
        name="easylist",
        url="https://easylist.to/easylist/easylist.txt",
        licence="GPL-3.0-or-later OR CC-BY-SA-3.0-or-later",
        category=Category.ADVERTISING,
    ),
)


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """An answer. headers: any case. failure: why there is none (then status is 0 and body empty)."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    failure: str | None = None


Fetch = Callable[[str, Mapping[str, str]], Fetched]
"""Address and request headers -> answer. Follows redirects; may raise OSError."""


@dataclass(frozen=True, kw_only=True)
class ListState:
    """One list as it is on this machine. None: not known, or no list.

    place: "shipped" with the program, in the user's "cache", from a "system" package, or "missing".
    """

    name: str
    origin: str  # address it is fetched from, or package it was made from
    licence: str
    place: Literal["shipped", "cache", "system", "missing"]
    path: Path | None = None
    version: str | None = None
    fetched_at: str | None = None
    etag: str | None = None
    sha256: str | None = None
    entries: int | None = None
    problem: str | None = None  # what is wrong with the copy in the cache, which is then left aside


@dataclass(frozen=True, kw_only=True)
class UpdateResult:
    """What an update did to one list. kept: the answer was not good enough, what was there stays."""

    name: str
    outcome: Literal["updated", "unchanged", "kept"]
    reason: str
    state: ListState  # afterwards


class ListError(Exception):
    """Content that is no usable filter list: expected, found."""


def folder() -> Path:
    """Where the user's own lists lie: AUDITOR_DATA_DIR, else XDG_CACHE_HOME/auditor/lists, else ~/.cache/auditor/lists."""
    if chosen := os.environ.get("AUDITOR_DATA_DIR"):
        return Path(chosen) / "lists"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "auditor" / "lists"


def listing() -> list[ListState]:
    """Every source of labels, shipped ones and fetched ones. Makes no network requests."""
    return [*_shipped(), *status()]


def status() -> list[ListState]:
    """The lists that can be fetched, as they are now."""
    return [state_of(origin) for origin in ORIGINS]


def state_of(origin: Origin) -> ListState:
    """The copy that would be used now: a sound one from the cache, else the system's, else missing."""
    problem = None
    try:
        cached = _cached(origin)
        if cached is not None:
            return cached
    except (OSError, ValueError, KeyError, TypeError, ListError) as error:
        problem = f"the copy in {folder()} cannot be used ({error}); run `auditor data update`"
    for path in _elsewhere(origin.name):
        try:
            return _plain(origin, path, problem)
        except (OSError, ListError) as error:
            problem = problem or f"{path}: {error}"
    return ListState(name=origin.name, origin=origin.url, licence=origin.licence, place="missing", problem=problem)


def update(fetch: Fetch, only: Collection[str] | None = None, *, force: bool = False) -> list[UpdateResult]:
    """Fetch the lists that changed. only: names to fetch; None for all. force: take shrunken lists too, ask without ETag.

    Never raises for what a server sends or for a failing network. Raises OSError when the cache cannot be written.
    """
    return [_update(origin, fetch, force) for origin in ORIGINS if only is None or origin.name in only]


def _update(origin: Origin, fetch: Fetch, force: bool) -> UpdateResult:
    before = state_of(origin)
    headers = {"If-None-Match": before.etag} if before.etag and before.place == "cache" and not force else {}
    try:
        answer = fetch(origin.url, headers)
    except OSError as error:
        answer = Fetched(status=0, failure=str(error) or type(error).__name__)
    if answer.failure is None and answer.status == 304 and headers:
        return UpdateResult(name=origin.name, outcome="unchanged", reason="not modified", state=before)
    try:
        entries = _sound(answer, before, force)
    except ListError as error:
        return UpdateResult(name=origin.name, outcome="kept", reason=str(error), state=before)
    same = before.place == "cache" and hashlib.sha256(answer.body).hexdigest() == before.sha256
    _store(origin, answer, entries)
    outcome: Literal["unchanged", "updated"] = "unchanged" if same else "updated"
    return UpdateResult(name=origin.name, outcome=outcome, reason=f"{entries:,} entries", state=state_of(origin))


def _sound(answer: Fetched, before: ListState, force: bool) -> int:
    """Number of entries of an answer that may take the place of what is there. Raises ListError."""
    if answer.failure is not None or answer.status != 200:
        raise ListError(f"expected the list, found {answer.failure or f'HTTP {answer.status}'}")
    if len(answer.body) > MOST_BYTES:
        raise ListError(f"expected at most {MOST_BYTES:,} bytes, found {len(answer.body):,}")
    announced = None if _header(answer, "content-encoding") else _header(answer, "content-length")
    if announced and announced.isdigit() and int(announced) != len(answer.body):
        raise ListError(f"expected {announced} bytes, found {len(answer.body)}: cut short")
    entries = count_entries(answer.body)
    if before.entries and entries < SHRINK_LIMIT * before.entries and not force:
        raise ListError(f"expected about {before.entries:,} entries as before, found {entries:,}")
    return entries


def count_entries(content: bytes) -> int:
    """Rules in a filter list, comments and headings left out. Raises ListError for what is no filter list."""
    try:
        lines = content.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ListError(f"expected UTF-8 text, found other bytes at {error.start}") from error
    head = [line.strip() for line in lines[:30]]
    if not any(line.startswith(("[Adblock", "! Title:")) for line in head):
        raise ListError(f"expected a filter list's heading, found {(head or [''])[0][:60]!r}")
    entries = sum(1 for line in lines if line.strip() and line[0] not in "![")
    if entries < FEWEST_ENTRIES:
        raise ListError(f"expected at least {FEWEST_ENTRIES} entries, found {entries}")
    return entries


def _store(origin: Origin, answer: Fetched, entries: int) -> None:
    """Content first, then the state file that names it: the rename of the latter is the moment of change."""
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    sha256 = hashlib.sha256(answer.body).hexdigest()
    kept = _named(origin.name)
    content = f"{origin.name}-{sha256[:16]}.txt"
    _write(place / content, answer.body)
    state = {
        "file": content,
        "url": origin.url,
        "fetched_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "etag": _header(answer, "etag"),
        "sha256": sha256,
        "entries": entries,
    }
    _write(place / f"{origin.name}.json", json.dumps(state, indent=1).encode())
    for path in place.glob(f"{origin.name}-*.txt"):
        if path.name not in {content, kept}:  # the one before stays, for a run that is reading it now
            path.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise


def _header(answer: Fetched, name: str) -> str | None:
    return next((value for key, value in answer.headers.items() if key.lower() == name), None)


def _named(name: str) -> str | None:
    """The content file that the state file names now."""
    try:
        return str(json.loads((folder() / f"{name}.json").read_text(encoding="utf-8"))["file"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _cached(origin: Origin) -> ListState | None:
    """The fetched copy, whole and as its state file says; None when none was fetched. Raises when it is not sound."""
    state_file = folder() / f"{origin.name}.json"
    if not state_file.is_file():
        return None
    state = json.loads(state_file.read_text(encoding="utf-8"))
    path = folder() / Path(state["file"]).name
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != state["sha256"]:
        raise ListError(f"{path.name} is not what was fetched")
    return ListState(
        name=origin.name,
        origin=str(state["url"]),
        licence=origin.licence,
        place="cache",
        path=path,
        version=version_of(path),
        fetched_at=str(state["fetched_at"]),
        etag=state["etag"],
        sha256=str(state["sha256"]),
        entries=int(state["entries"]),
    )


def _elsewhere(name: str) -> list[Path]:
    """A file put into the folder by hand, then those of the Debian package webext-ublock-origin-firefox."""
    own = folder() / f"{name}.txt"
    found = [
        path for place in _DEBIAN for path in sorted(Path(place).glob(f"**/assets/thirdparties/easylist/{name}.txt"))
    ]
    return [own, *found] if own.is_file() else found


def _plain(origin: Origin, path: Path, problem: str | None) -> ListState:
    """A list without a state file. Raises OSError, ListError."""
    content = path.read_bytes()
    return ListState(
        name=origin.name,
        origin=origin.url,
        licence=origin.licence,
        place="cache" if path.parent == folder() else "system",
        path=path,
        version=version_of(path),
        sha256=hashlib.sha256(content).hexdigest(),
        entries=count_entries(content),
        problem=problem,
    )


def version_of(path: Path) -> str:
    """A list's own version line; the file's date when it has none. Raises OSError."""
    with path.open(encoding="utf-8", errors="replace") as lines:
        found = _VERSION.search(lines.read(2000))
    version = found[1].strip() if found else "%"
    # Debian's copies carry the unfilled placeholder %timestamp%: the file's date says as much as can be known.
    return f"file of {datetime.fromtimestamp(path.stat().st_mtime, UTC):%Y-%m-%d}" if "%" in version else version


def _shipped() -> list[ListState]:
    """What the program brings along: signatures and the files that the build hook made."""
    signatures = ListState(
        name="signatures",
        origin="auditor/trackers/signatures",
        licence="as the program",
        place="shipped",
        version=catalogue.digest()[:12],
        sha256=catalogue.digest(),
        entries=len(catalogue.products()),
    )
    files = data.manifest()["files"]
    return [
        signatures,
        *(
            ListState(
                name=entry["source"],
                origin=f"npm {entry['package']}",
                licence=entry["licence"],
                place="shipped",
                path=data.FOLDER / name,
                version=entry["version"],
                sha256=entry["sha256"],
            )
            for name, entry in sorted(files.items())
            if name.endswith(".gz")
        ),
    ]
