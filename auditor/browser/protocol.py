"""A small DevTools protocol connection of our own.

Why not Playwright's: its CDPSession cannot speak to auto-attached children (workers, cross-site frames, pop-ups), so
their first requests would be lost. Both connect to the same browser; each keeps a new target waiting until it is ready.
"""

from __future__ import annotations

import asyncio
import base64
import json
import os
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

EventHandler = Callable[[str, str, dict[str, Any]], None]
"""Called with (session id or '', method, parameters)."""

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10


class ProtocolError(Exception):
    """The browser refused a command, or is gone."""


class Connection:
    """One WebSocket to the browser. Commands may be sent to any session; events go to `on_event`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, on_event: EventHandler) -> None:
        self._reader, self._writer, self._on_event = reader, writer, on_event
        self._next = 0
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self.closed = asyncio.Event()
        self._task = asyncio.create_task(self._read())

    @classmethod
    async def open(cls, address: str, on_event: EventHandler) -> Connection:
        """Connect to a ws:// address. Raises ProtocolError when it does not answer as a WebSocket."""
        parts = urlsplit(address)
        try:
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=1 << 20)
            key = base64.b64encode(os.urandom(16)).decode()
            writer.write(
                f"GET {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode()
            )
            head = await reader.readuntil(b"\r\n\r\n")
        except (OSError, asyncio.IncompleteReadError) as error:
            raise ProtocolError(f"the browser's debugging port at {parts.netloc} does not answer: {error}") from error
        if b" 101 " not in head.split(b"\r\n", 1)[0]:
            raise ProtocolError(f"expected a WebSocket at {parts.netloc}, found {head[:60]!r}")
        return cls(reader, writer, on_event)

    def send(self, method: str, session: str = "", **parameters: Any) -> asyncio.Future[dict[str, Any]]:
        """Send a command now; the future holds its result or a ProtocolError."""
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        future.add_done_callback(_ignore)  # who wants the answer awaits it; nobody has to
        if self.closed.is_set():
            future.set_exception(ProtocolError("the browser is gone"))
            return future
        self._next += 1
        self._waiting[self._next] = future
        message: dict[str, Any] = {"id": self._next, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self._frame(TEXT, json.dumps(message).encode())
        return future

    def post(self, method: str, session: str = "", **parameters: Any) -> None:
        """Send a command whose result does not matter, errors included."""
        self.send(method, session, **parameters)

    async def ask(self, method: str, session: str = "", *, timeout_s: float = 5.0, **parameters: Any) -> dict[str, Any]:
        """Send a command and wait. Raises ProtocolError on refusal, on a lost browser and after the time limit."""
        try:
            return await asyncio.wait_for(self.send(method, session, **parameters), timeout_s)
        except TimeoutError:
            raise ProtocolError(f"{method} gave no answer within {timeout_s:g} s") from None

    async def close(self) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task
        self._writer.close()
        self._lost()

    async def _read(self) -> None:
        try:
            while True:
                self._dispatch(await self._message())
        except (OSError, asyncio.IncompleteReadError, ValueError):
            return
        finally:
            self._lost()

    def _dispatch(self, data: bytes) -> None:
        message = json.loads(data)
        if (number := message.get("id")) is None:
            self._on_event(message.get("sessionId", ""), message["method"], message.get("params", {}))
            return
        future = self._waiting.pop(number, None)
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(ProtocolError(str(message["error"].get("message", message["error"]))))
        else:
            future.set_result(message.get("result", {}))

    async def _message(self) -> bytes:
        """One whole message; control frames are answered on the way. Format: RFC 6455 section 5.2."""
        parts: list[bytes] = []
        while True:
            first, second = await self._reader.readexactly(2)
            size = second & 0x7F
            if size == 126:
                size = int.from_bytes(await self._reader.readexactly(2), "big")
            elif size == 127:
                size = int.from_bytes(await self._reader.readexactly(8), "big")
            data = await self._reader.readexactly(size)
            opcode = first & 0x0F
            if opcode == PING:
                self._frame(PONG, data)
            elif opcode == CLOSE:
                raise asyncio.IncompleteReadError(b"", None)
            elif opcode != PONG:
                parts.append(data)
                if first & 0x80:
                    return parts[0] if len(parts) == 1 else b"".join(parts)

    def _frame(self, opcode: int, data: bytes) -> None:
        """Write one frame. A client must mask; with a mask of zeros the data stays as it is (RFC 6455 section 5.3)."""
        size = len(data)
        if size < 126:
            head = bytes((0x80 | opcode, 0x80 | size))
        elif size < 1 << 16:
            head = bytes((0x80 | opcode, 0x80 | 126)) + size.to_bytes(2, "big")
        else:
            head = bytes((0x80 | opcode, 0x80 | 127)) + size.to_bytes(8, "big")
        self._writer.write(head + b"\0\0\0\0" + data)

    def _lost(self) -> None:
        self.closed.set()
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ProtocolError("the browser is gone"))
        self._waiting.clear()


def _ignore(future: asyncio.Future[dict[str, Any]]) -> None:
    if not future.cancelled():
        future.exception()
