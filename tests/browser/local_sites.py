"""Small sites on this machine, for the browser tests: http on one port, a host per site (`<name>.localhost`).

*.localhost counts as trustworthy, and two names under it count as two sites, so third-party cookies work without TLS.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Answer:
    """What a path answers. `{port}` in a text body becomes the server's port."""

    body: str | bytes = ""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: Headers = ()
    hang: bool = False  # accept the request, never answer


Routes = Mapping[str, Answer | str | Callable[[str], Answer]]


@dataclass
class LocalSites:
    """Sites by name. `seen` collects (host, path, request headers) as the server got them."""

    sites: dict[str, Routes] = field(default_factory=dict)
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    def start(self) -> LocalSites:
        self._stopping = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                outer._answer(self)

            do_POST = do_HEAD = do_GET  # noqa: N815

            def log_message(self, format: str, *args: Any) -> None:
                return

        class Server(ThreadingHTTPServer):
            request_queue_size = 128

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A browser that hangs up is no error."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        self._stopping.set()
        self._server.shutdown()
        self._server.server_close()

    def url(self, name: str, path: str = "/") -> str:
        return f"http://{name}.localhost:{self.port}{path}"

    def paths(self, name: str) -> list[str]:
        """Paths asked of one site, in order."""
        return [path for host, path, _ in self.seen if host == name]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        length = int(request.headers.get("content-length") or 0)
        request.rfile.read(length)
        name = (request.headers.get("host") or "").split(".")[0]
        self.seen.append((name, request.path, {key.lower(): value for key, value in request.headers.items()}))
        routes = self.sites.get(name, {})
        found = (
            routes.get(request.path)
            or routes.get(urlsplit(request.path).path)
            or routes.get("*")
            or Answer("nothing", status=404)
        )
        answer = found(request.path) if callable(found) else Answer(found) if isinstance(found, str) else found
        if answer.hang:
            self._stopping.wait(30)
            return
        body = answer.body.replace("{port}", str(self.port)).encode() if isinstance(answer.body, str) else answer.body
        try:
            request.send_response(answer.status)
            request.send_header("Content-Type", answer.type)
            request.send_header("Content-Length", str(len(body)))
            for header, value in answer.headers:
                request.send_header(header, value.replace("{port}", str(self.port)))
            request.end_headers()
            request.wfile.write(body)
        except OSError:
            return  # the browser went away


def closed_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
