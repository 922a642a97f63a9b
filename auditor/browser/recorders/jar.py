"""The cookie jar as the browser holds it: HttpOnly and partitioned cookies too, whoever set them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from auditor.browser.protocol import Connection
from auditor.browser.recorders.log import VisitLog
from auditor.model import CookieHeld

KIND = "cookie-held"


async def read_jar(connection: Connection, context_id: str, log: VisitLog, frame: str) -> None:
    """Write down every cookie in the visit's jar now. Raises ProtocolError when the browser does not answer."""
    answer = await connection.ask("Storage.getCookies", browserContextId=context_id)
    for cookie in answer.get("cookies", ()):
        log.add(_held(cookie, log, frame))


def _held(cookie: dict[str, Any], log: VisitLog, frame: str) -> CookieHeld:
    expires = cookie.get("expires", -1)
    partition = cookie.get("partitionKey")
    return CookieHeld(
        id=log.timeline.next_id("h"),
        page=log.timeline.page,
        frame=frame,
        t_ms=log.timeline.now_ms(),
        phase=log.timeline.phase,
        name=cookie["name"],
        value=cookie["value"],
        domain=cookie["domain"],
        path=cookie["path"],
        expires_at=None if cookie.get("session") or expires <= 0 else _iso(expires),
        http_only=cookie["httpOnly"],
        secure=cookie["secure"],
        same_site=cookie.get("sameSite"),
        partition_key=partition.get("topLevelSite") if isinstance(partition, dict) else partition,
    )


def _iso(unix_s: float) -> str:
    try:
        return datetime.fromtimestamp(unix_s, UTC).isoformat(timespec="seconds")
    except (OverflowError, ValueError, OSError):
        return "9999-12-31T23:59:59+00:00"
