"""Serves the bench: each page under a host of its own, so that no page sees another's cookies, and keeps the truth."""

from __future__ import annotations

import json
import mimetypes
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, unquote, urlsplit

HERE = Path(__file__).parent
FOLDERS = ("own", "npm", "heldout", "none")
FRAME_HOST = "consent.cmp-vendor.example"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the bench and what must come of each choice. `accepted`, `refused`: script conditions on its state."""

    name: str
    folder: str
    path: Path
    why: str
    language: str
    accept: str = "made"
    refuse: str = "made"
    accepted: str | None = None
    refused: str | None = None

    @property
    def has_banner(self) -> bool:
        return self.folder != "none"

    @property
    def url(self) -> str:
        return f"http://{self.host}/"

    @property
    def host(self) -> str:
        return f"{self.folder}-{self.name}.example"


def pages() -> list[Page]:
    """Every page of the bench; its first line is a comment with what is expected of it."""
    found = []
    for folder in FOLDERS:
        for path in sorted((HERE / folder).glob("*.html")):
            head = path.read_text(encoding="utf-8").split("\n", 1)[0]
            meta = json.loads(head.removeprefix("<!--").removesuffix("-->"))
            found.append(Page(name=path.stem, folder=folder, path=path, **meta))
    return found


@dataclass
class BenchServer:
    """Use as a context manager. `did` holds what visitors pressed: host -> words, in order."""

    did: dict[str, list[str]] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    port: int = 0

    def __enter__(self) -> BenchServer:
        self._hosts = {page.host: page for page in pages()}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def body(self, host: str, path: str, session: str) -> tuple[bytes, str] | None:
        """(bytes, type) of an address; None: not found."""
        if path == "/bench.js":
            return (HERE / "bench.js").read_bytes(), "text/javascript"
        if host == FRAME_HOST:
            return _file(HERE / "frames" / path.strip("/"))
        if path.startswith("/npm/"):
            return _file(HERE / "node_modules" / path.removeprefix("/npm/"))
        page = self._hosts.get(host)
        if page is None or path != "/":
            return (b"<!doctype html><title>x</title><p>Nothing here.", "text/html") if page else None
        text = page.path.read_text(encoding="utf-8")
        if session in self.kept:
            text = text.replace("<html ", '<html data-kept="1" ', 1)
        return text.encode(), "text/html; charset=utf-8"


def _file(path: Path) -> tuple[bytes, str] | None:
    inside = path.resolve().is_relative_to(HERE)
    if not inside or not path.is_file():
        return None
    return path.read_bytes(), mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _handler(bench: BenchServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            host, path = self._where()
            if path.startswith("/did/"):
                bench.did.setdefault(host, []).append(path.removeprefix("/did/"))
                return self._answer(b"", "image/gif", 204)
            found = bench.body(host, path, self._session())
            return self._answer(*found) if found else self._answer(b"", "text/plain", 404)

        def do_POST(self) -> None:
            host, path = self._where()
            form = parse_qs(self.rfile.read(int(self.headers.get("content-length") or 0)).decode())
            bench.kept[self._session()] = path
            if path == "/keep/form":
                refused = "refuser" in form.get("choice", [""])[0]
                bench.did.setdefault(host, []).append("refuse" if refused else "accept")
                return self._answer(b"", "text/plain", 303, {"Location": "/"})
            return self._answer(b"", "text/plain", 204)

        def _where(self) -> tuple[str, str]:
            return (self.headers.get("host") or "").split(":")[0], unquote(urlsplit(self.path).path)

        def _session(self) -> str:
            cookies = self.headers.get("cookie") or ""
            found = [part.split("=", 1)[1] for part in cookies.split("; ") if part.startswith("sid=")]
            return found[0] if found else f"{id(self)}-{len(bench.kept)}"

        def _answer(self, body: bytes, kind: str, status: int = 200, more: dict[str, str] | None = None) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if kind.startswith("text/html") and "sid=" not in (self.headers.get("cookie") or ""):
                self.send_header("Set-Cookie", f"sid=s{id(self)}{self.client_address[1]}; Path=/; HttpOnly")
            for name, value in (more or {}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    return Handler
