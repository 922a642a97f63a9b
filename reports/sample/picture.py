"""A drawn stand-in for a banner's screenshot: a bar with a heavy accept button and a faint refuse link."""

from __future__ import annotations

import struct
import zlib

WIDTH, HEIGHT = 683, 74
_INK, _PAPER, _GREEN, _GREY = b"\x3a\x3f\x45", b"\xf5\xf5\xf2", b"\x0a\x6b\x3d", b"\x9a\x9a\x9a"
_BOXES = ((24, 18, 330, 8, _INK), (24, 34, 290, 8, _INK), (500, 20, 96, 28, _GREEN), (616, 30, 44, 6, _GREY))


def banner_picture() -> bytes:
    """A PNG of 683 by 74 pixels."""
    rows = [bytearray(_PAPER * WIDTH) for _ in range(HEIGHT)]
    for x, y, width, height, colour in _BOXES:
        for row in rows[y : y + height]:
            row[x * 3 : (x + width) * 3] = colour * width
    pixels = b"".join(b"\x00" + bytes(row) for row in rows)
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(pixels)) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
