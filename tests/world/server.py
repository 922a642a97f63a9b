"""One local server for every host of the test world: http, https and proxy on one port.

The first byte tells what a connection speaks (22 opens a TLS handshake). As a proxy it takes CONNECT and requests with an
absolute address; without proxy a browser reaches it by `resolver_rules`. Hosts without a folder are refused and listed.
One thread per connection: blocking sockets can be looked into before TLS starts, also inside a CONNECT tunnel.
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import ssl
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BufferedReader
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from tests.world.answers import Answer, Request, answer
from tests.world.certificates import Authority
from tests.world.hosts import Host, find_hosts
from tests.world.seeds import SEEDS

STANDINS = Path(__file__).resolve().parent / "standins"
SITES = Path(__file__).resolve().parents[1] / "sites"

_TLS_HANDSHAKE = b"\x16"
_IDLE_S = 60.0
_MAX_HEAD = 65_536
_HITS_KEPT = 50_000


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One request that the world answered, for tests that look from the server's side."""

    scheme: str
    method: str
    host: str
    target: str
    cookies: tuple[str, ...]
    headers: dict[str, str]
    body: bytes

    @property
    def url(self) -> str:
        """Absolute address as asked for."""
        return f"{self.scheme}://{self.host}{self.target}"


@dataclass(kw_only=True)
class WorldHandle:
    """A running world. `stop()` ends it; also usable in a `with` statement."""

    port: int
    ca_file: Path
    unknown_hosts: set[str] = field(default_factory=set)
    hits: deque[Hit] = field(default_factory=lambda: deque(maxlen=_HITS_KEPT))
    _server: _Server | None = None

    @property
    def resolver_rules(self) -> str:
        """Value for Chromium's --host-resolver-rules."""
        return f"MAP * 127.0.0.1:{self.port}"

    @property
    def proxy_url(self) -> str:
        """Address of the world as an HTTP proxy."""
        return f"http://127.0.0.1:{self.port}"

    def seen(self, host: str) -> list[Hit]:
        """Requests to one host so far, in order."""
        return [hit for hit in list(self.hits) if hit.host == host]

    def forget(self) -> None:
        """Empty the list of requests and of unknown hosts."""
        self.hits.clear()
        self.unknown_hosts.clear()

    def stop(self) -> None:
        """Close every connection and remove the certificates."""
        if self._server is not None:
            self._server.stop()

    def __enter__(self) -> WorldHandle:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


class World:
    """All scenarios below `sites_dir` (or the ones named in `only`) with the stand-ins at the real host names.

    seeds: folder of the seed statements; None serves the scenarios' own statements in their place.
    """

    def __init__(
        self, sites_dir: Path = SITES, *, only: Iterable[str] | None = None, seeds: Path | None = SEEDS, port: int = 0
    ) -> None:
        names = None if only is None else set(only)
        folders = sorted(path for path in sites_dir.iterdir() if path.is_dir() and path.name[0] not in "._")
        self.hosts = find_hosts(STANDINS, [path for path in folders if names is None or path.name in names])
        self.seeds = seeds if seeds is not None and seeds.is_dir() else None
        self._port = port

    def start(self) -> WorldHandle:
        """Listen on 127.0.0.1 and answer in threads of its own."""
        folder = Path(tempfile.mkdtemp(prefix="world-"))
        server = _Server(self.hosts, self.seeds, Authority(folder), folder, self._port)
        return server.start()


class _Server:
    def __init__(
        self, hosts: dict[str, Host], seeds: Path | None, authority: Authority, folder: Path, port: int
    ) -> None:
        self.hosts = hosts
        self.seeds = seeds
        self.authority = authority
        self._folder = folder
        self._listener = socket.create_server(("127.0.0.1", port), backlog=512)
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._stopped = False
        self.handle = WorldHandle(port=self._listener.getsockname()[1], ca_file=authority.ca_file, _server=self)

    def start(self) -> WorldHandle:
        threading.Thread(target=self._accept, name="world", daemon=True).start()
        return self.handle

    def stop(self) -> None:
        self._stopped = True
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            still_open = list(self._open)
        for connection in still_open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        shutil.rmtree(self._folder, ignore_errors=True)

    def known(self, host: str) -> Host | None:
        """The host, or None after noting the name as unknown."""
        found = self.hosts.get(host.lower().rstrip("."))
        if found is None and host:
            self.handle.unknown_hosts.add(host.lower())
        return found

    def _accept(self) -> None:
        while not self._stopped:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        connection.settimeout(_IDLE_S)
        self.keep_track(connection)
        served = _Connection(self, connection)
        try:
            # A peer that goes away, talks nonsense or distrusts our certificate ends its own connection only.
            with contextlib.suppress(OSError, ValueError):
                served.run()
        finally:
            with self._lock:
                self._open.discard(served.socket)
            served.socket.close()
            connection.close()

    def keep_track(self, connection: socket.socket, *, instead_of: socket.socket | None = None) -> None:
        """Remember an open connection, so that stop() can end it."""
        with self._lock:
            self._open.add(connection)
            if instead_of is not None:
                self._open.discard(instead_of)


class _Connection:
    """One client connection, possibly a tunnel, possibly TLS inside."""

    def __init__(self, server: _Server, raw: socket.socket) -> None:
        self._server = server
        self._raw = raw
        self.socket: socket.socket = raw
        self._tunnel: str | None = None
        self._scheme = "http"

    def run(self) -> None:
        self._maybe_tls()
        # The reader is made after TLS and again after CONNECT, so that it never swallows bytes of the handshake.
        while (tunnel := self._requests()) is not None:
            self._tunnel = tunnel
            self._maybe_tls()

    def _maybe_tls(self) -> None:
        if self._raw.recv(1, socket.MSG_PEEK) != _TLS_HANDSHAKE:
            return
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.sni_callback = self._choose_certificate
        if self._tunnel is not None:
            context = self._context(self._tunnel) or context
        wrapped = context.wrap_socket(self._raw, server_side=True)
        self.socket, self._scheme = wrapped, "https"
        self._server.keep_track(wrapped, instead_of=self._raw)

    def _choose_certificate(self, wrapped: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> int | None:
        context = self._context(name or "")
        if context is None:
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        wrapped.context = context
        return None

    def _context(self, name: str) -> ssl.SSLContext | None:
        host = self._server.known(name)
        if host is None or not host.answers("https"):
            return None
        return self._server.authority.context(host.name, host.settings.get("fault"))

    def _requests(self) -> str | None:
        """Answer requests until the client is done; the host of a CONNECT when one came."""
        with self.socket.makefile("rb") as reader:
            while (head := _read_head(reader)) is not None:
                method, target, headers = head
                if method == "CONNECT":
                    return self._connect(target)
                if not self._answer(reader, method, target, headers):
                    return None
        return None

    def _connect(self, target: str) -> str | None:
        name, _, port = target.rpartition(":")
        host = self._server.known(name)
        if host is None or not host.answers("http" if port == "80" else "https"):
            self._raw.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            return None
        self._raw.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return name

    def _answer(self, reader: BufferedReader, method: str, target: str, headers: dict[str, str]) -> bool:
        body = _read_body(reader, headers)
        asked = urlsplit(target)
        name = (asked.hostname or "") if asked.scheme else headers.get("host", "").rsplit(":", 1)[0]
        if asked.scheme:
            target = (asked.path or "/") + (f"?{asked.query}" if asked.query else "")
        host = self._server.known(name)
        # Nobody there: the connection ends without an answer, as it would for a dead server.
        if host is None or not host.answers(self._scheme):
            return False
        request = Request(scheme=self._scheme, method=method, host=host.name, target=target, headers=headers, body=body)
        self._server.handle.hits.append(_hit(request))
        reply = answer(request, host, self._server.seeds)
        if reply.delay_ms:
            time.sleep(reply.delay_ms / 1000)
        if reply.close:
            return False
        keep = headers.get("connection", "").lower() != "close"
        self.socket.sendall(_bytes(reply, method, keep=keep))
        return keep


def _hit(request: Request) -> Hit:
    return Hit(
        scheme=request.scheme,
        method=request.method,
        host=request.host,
        target=request.target,
        cookies=tuple(request.cookies),
        headers=dict(request.headers),
        body=request.body,
    )


def _read_head(reader: BufferedReader) -> tuple[str, str, dict[str, str]] | None:
    """Method, target and headers; None at the end of the connection. Raises ValueError for what is not HTTP."""
    first = reader.readline(_MAX_HEAD)
    if not first.strip():
        return None
    method, target, _ = first.decode("latin-1").split(" ", 2)
    headers: dict[str, str] = {}
    while (line := reader.readline(_MAX_HEAD).decode("latin-1").rstrip("\r\n")) != "":
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return method, target, headers


def _read_body(reader: BufferedReader, headers: dict[str, str]) -> bytes:
    if "chunked" in headers.get("transfer-encoding", ""):
        parts: list[bytes] = []
        while size := int(reader.readline(1024).split(b";")[0], 16):
            parts.append(reader.read(size))
            reader.readline(8)
        reader.readline(8)
        return b"".join(parts)
    return cast(bytes, reader.read(int(headers.get("content-length", "0"))))


def _bytes(reply: Answer, method: str, *, keep: bool) -> bytes:
    words = HTTPStatus(reply.status).phrase if reply.status in set(HTTPStatus) else ""
    lines = [f"HTTP/1.1 {reply.status} {words}", *(f"{name}: {value}" for name, value in reply.headers)]
    if reply.status not in {204, 304}:
        lines.append(f"Content-Length: {len(reply.body)}")
    lines.append("Connection: keep-alive" if keep else "Connection: close")
    head = ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")
    return head if method == "HEAD" else head + reply.body
