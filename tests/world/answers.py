"""From a request to an answer: status, headers, body. No sockets here, and no Python in the scenarios."""

from __future__ import annotations

import mimetypes
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from tests.world.assets import asset
from tests.world.hosts import Host, Rule
from tests.world.seeds import seed_text, to_html

_MARKS = re.compile(r"(<!-- statement -->).*?(<!-- /statement -->)", re.DOTALL)
_PLACE = re.compile(
    r"\{(hex|digits|now|now_ms|date|last_month_nl|origin|host|query|cookie)(?::([\w.-]+))?(?:\|([^{}]*))?\}"
)
_TEXT = ("text/", "application/javascript", "application/json", "image/svg+xml")
_TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2", ".webp": "image/webp"}
_MONTHS_NL = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]
GIF = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b")
"""A transparent picture of one pixel, what most collect addresses answer."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """One request as it came. Header names in lower case."""

    scheme: str
    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path, percent signs undone."""
        return unquote(urlsplit(self.target).path) or "/"

    @property
    def query(self) -> str:
        """What follows the question mark."""
        return urlsplit(self.target).query

    @property
    def cookies(self) -> dict[str, str]:
        """Cookies sent, by name."""
        pairs = (part.strip().partition("=") for part in self.headers.get("cookie", "").split(";"))
        return {name: value for name, _, value in pairs if name}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What goes back. `headers` keeps order and doubles (Set-Cookie)."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    delay_ms: int = 0
    close: bool = False


def answer(request: Request, host: Host, seeds: Path | None) -> Answer:
    """The answer of a host to a request, as its folders and rules say."""
    rule = host.rule(request.path, request.query)
    if request.scheme == "http" and host.settings.get("upgrade"):
        return Answer(status=301, headers=(("Location", f"https://{host.name}{request.target}"),), body=b"")
    if rule.close:
        return Answer(status=0, headers=(), body=b"", close=True, delay_ms=rule.delay_ms)
    headers = [(name, _filled(value, request)) for name, value in rule.headers.items()]
    headers += [
        ("Set-Cookie", _filled(text, request)) for text in rule.set_cookie if rule.renew or _is_new(text, request)
    ]
    if rule.cors:
        headers += _cors(request)
        if request.method == "OPTIONS":
            return Answer(status=204, headers=tuple(headers), body=b"")
    if rule.redirect is not None:
        headers.append(("Location", _filled(rule.redirect, request)))
        return Answer(status=rule.status or 302, headers=tuple(headers), body=b"", delay_ms=rule.delay_ms)
    status, mime, body = _content(request, host, rule, seeds)
    if mime and not any(name.lower() == "content-type" for name, _ in headers):
        headers.append(("Content-Type", f"{mime}; charset=utf-8" if mime.startswith(_TEXT) else mime))
    return Answer(status=status, headers=tuple(headers), body=body.ljust(rule.size_bytes), delay_ms=rule.delay_ms)


def _content(request: Request, host: Host, rule: Rule, seeds: Path | None) -> tuple[int, str, bytes]:
    if rule.body is not None:
        if rule.body == "gif":
            return rule.status or 200, "image/gif", GIF
        return rule.status or 200, rule.type or "text/html", _filled(rule.body, request).encode()
    if rule.status in {204, 304}:
        return rule.status, "", b""
    path = _file(request, host, rule)
    if path is None:
        status = rule.status or 404
        return status, rule.type or "text/html", _plain_page(status).encode()
    body = path.read_bytes()
    if path.suffix == ".html":
        body = _laid_out(body, host)
    if rule.fill:
        body = _filled(body.decode("utf-8"), request).encode()
    if rule.seed and (text := seed_text(rule.seed, seeds)):
        page = to_html(text, dict(rule.links))
        body = _MARKS.sub(lambda mark: f"{mark[1]}\n{page}\n{mark[2]}", body.decode("utf-8")).encode()
    return rule.status or (404 if path.name == "404.html" else 200), rule.type or _mime(path), body


def _file(request: Request, host: Host, rule: Rule) -> Path | None:
    if rule.npm:
        return asset(rule.npm.replace("*", rule.wild))
    if rule.file:
        return rule.root / rule.file
    return host.file(request.path) or host.file("/404.html")


def _laid_out(body: bytes, host: Host) -> bytes:
    """A page without a doctype of its own is put into the host's `_layout.html`, its first heading as the title."""
    layout = host.layout
    if layout is None or body[:9].lower() == b"<!doctype":
        return body
    page = body.decode("utf-8")
    heading = re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL)
    return (
        layout.replace("<!-- title -->", heading[1] if heading else host.name).replace("<!-- page -->", page).encode()
    )


def _plain_page(status: int) -> str:
    words = HTTPStatus(status).phrase if status in set(HTTPStatus) else "Error"
    return f"<!DOCTYPE html>\n<title>{status} {words}</title>\n<h1>{status} {words}</h1>\n"


def _mime(path: Path) -> str:
    return _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _is_new(set_cookie: str, request: Request) -> bool:
    return set_cookie.partition("=")[0].strip() not in request.cookies


def _last_month_nl(now: float) -> str:
    """The first day of last month in Dutch words: a statement that must not grow old."""
    moment = time.gmtime(now)
    months = moment.tm_year * 12 + moment.tm_mon - 2
    return f"1 {_MONTHS_NL[months % 12]} {months // 12}"


def _cors(request: Request) -> list[tuple[str, str]]:
    return [
        ("Access-Control-Allow-Origin", request.headers.get("origin", "*")),
        ("Access-Control-Allow-Credentials", "true"),
        ("Access-Control-Allow-Methods", "GET, POST, OPTIONS"),
        ("Access-Control-Allow-Headers", request.headers.get("access-control-request-headers", "content-type")),
        ("Vary", "Origin"),
    ]


def _filled(text: str, request: Request) -> str:
    """`{hex:16}` `{digits:10}` fresh at random; `{now}` `{now_ms}` `{last_month_nl}`; `{host}` `{origin}`; `{query:name|else}` `{cookie:name|else}`."""

    def fill(place: re.Match[str]) -> str:
        kind, detail, otherwise = place[1], place[2] or "", place[3] or ""
        if kind == "hex":
            return secrets.token_hex((int(detail or 16) + 1) // 2)[: int(detail or 16)]
        if kind == "digits":
            return str(1 + secrets.randbelow(9)) + "".join(
                str(secrets.randbelow(10)) for _ in range(int(detail or 10) - 1)
            )
        if kind == "query":
            return parse_qs(request.query).get(detail, [otherwise])[0]
        if kind == "cookie":
            return request.cookies.get(detail, otherwise)
        now = time.time()
        return {
            "now": str(int(now)),
            "now_ms": str(int(now * 1000)),
            "date": time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(now)),
            "last_month_nl": _last_month_nl(now),
            "origin": request.headers.get("origin", "*"),
            "host": request.host,
        }[kind]

    return _PLACE.sub(fill, text)
