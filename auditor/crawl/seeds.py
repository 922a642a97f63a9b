"""Which sites to visit: addresses given by hand or in a list file, each checked before anything is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

_HOST = re.compile(r"^(?=.{1,253}$)([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")
_ADDRESS = re.compile(r"^[0-9a-f:.]+$")


class SeedError(Exception):
    """A list that cannot be used at all: expected, found, where."""


@dataclass(frozen=True, kw_only=True)
class Seed:
    """One site to audit. `key` is the folder name it gets in the run: host, and path where one was given.

    scheme_given: False when https was assumed; such a site may be visited over http where https does not answer.
    """

    url: str
    key: str
    scheme_given: bool = True


@dataclass(frozen=True, kw_only=True)
class BrokenSeed:
    """A line that names no site. It becomes a row "not measured" in the report; the other sites go on."""

    given: str
    where: str
    reason: str
    key: str


def parse_site(text: str) -> Seed:
    """One address or bare host name to a Seed; https is assumed. Raises ValueError with what is wrong."""
    text = text.strip()
    scheme_given = re.match(r"^[a-z][a-z0-9+.-]*://", text, re.IGNORECASE) is not None
    if not scheme_given:
        text = f"https://{text}"
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise ValueError("not a web address") from error
    if parts.scheme.lower() not in {"http", "https"}:
        raise ValueError(f"expected http or https, found {parts.scheme}")
    if parts.username or parts.password:
        raise ValueError("an address with a user name or password is not accepted")
    host = _ascii_host(parts.hostname or "")
    shown = f"[{host}]" if ":" in host else host
    netloc = f"{shown}:{port}" if port else shown
    url = urlunsplit((parts.scheme.lower(), netloc, parts.path or "/", parts.query, ""))
    return Seed(url=url, key=_key(host, port, parts.path, parts.query), scheme_given=scheme_given)


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    if not host:
        raise ValueError("no host name in it")
    if ":" in host and _ADDRESS.match(host):
        return host
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError as error:
        raise ValueError(f"not a valid host name ({error})") from error
    if not _HOST.match(host):
        raise ValueError("not a valid host name")
    if "." not in host and host != "localhost":
        raise ValueError("a host name without a dot is no website")
    return host


def _key(host: str, port: int | None, path: str, query: str) -> str:
    rest = re.sub(r"[^A-Za-z0-9.-]+", "_", f"{path}?{query}" if query else path).strip("_")
    port_part = f"_{port}" if port else ""
    return (host.replace(":", "-") + port_part + (f"_{rest}" if rest else ""))[:120]


def read_seeds(sites: Iterable[str], list_file: Path | None = None) -> tuple[list[Seed], list[BrokenSeed]]:
    """Seeds from the command line and from a list file, in order, doubles dropped.

    The file holds one site a line; the first column of a comma, semicolon or tab separated line counts; blank lines,
    lines starting with '#' and a heading line such as "url" or "domain" are passed over.
    Raises SeedError when the file cannot be read.
    """
    lines = [(site, "command line") for site in sites]
    if list_file is not None:
        lines += _lines_of(list_file)
    seeds: dict[str, Seed] = {}
    broken: list[BrokenSeed] = []
    for text, where in lines:
        try:
            seed = parse_site(text)
        except ValueError as error:
            broken.append(BrokenSeed(given=text, where=where, reason=str(error), key=f"broken-{len(broken) + 1}"))
        else:
            seeds.setdefault(seed.key, seed)
    return list(seeds.values()), broken


def _lines_of(path: Path) -> list[tuple[str, str]]:
    try:
        text = path.read_bytes().decode("utf-8-sig", errors="replace")
    except OSError as error:
        reason = error.strerror or error
        raise SeedError(f"expected a list of sites at {path}: {reason}; give --sites an existing text file") from error
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        first = re.split(r"[,;\t]", line.strip(), maxsplit=1)[0].strip().strip('"')
        if not first or first.startswith("#") or (number == 1 and first.lower() in _HEADINGS):
            continue
        found.append((first, f"{path.name}, line {number}"))
    return found


_HEADINGS = {"url", "domain", "domein", "site", "website", "host", "hostname"}
