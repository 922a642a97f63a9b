"""What a settled page shows: title and language, links, forms, stored keys, consent signals, and its HTML when asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.browser.page_scripts import script
from auditor.browser.protocol import Connection, ProtocolError
from auditor.browser.recorders.hub import Hub
from auditor.browser.recorders.log import Target, VisitLog
from auditor.browser.recorders.writes import VALUE_LIMIT, origin_of
from auditor.model import ConsentSignal, FormFound, LinkSeen, StorageWritten

KINDS = ("link", "form", "consent-signal")
READ_LIMIT_S = 5.0
HTML_LIMIT = 3_000_000


@dataclass(frozen=True, kw_only=True)
class PageSeen:
    """A page as read. `text_size` and `elements` tell an empty page."""

    url: str
    title: str | None
    language: str | None
    text_size: int
    elements: int
    links: tuple[LinkSeen, ...]
    html: str


async def read_page(connection: Connection, target: Target, log: VisitLog, *, keep_html: bool) -> PageSeen:
    """Read the page in a world of our own, so that nothing the page did to its objects matters.

    Raises ProtocolError when the page does not answer in time (busy, gone, navigating).
    """
    world = await connection.ask(
        "Page.createIsolatedWorld", target.session, frameId=target.id, worldName="", timeout_s=READ_LIMIT_S
    )
    answer = await connection.ask(
        "Runtime.evaluate",
        target.session,
        expression=script("read_page").replace("KEEP_HTML", "true" if keep_html else "false", 1),
        contextId=world["executionContextId"],
        returnByValue=True,
        timeout_s=READ_LIMIT_S,
    )
    if "exceptionDetails" in answer:
        raise ProtocolError(f"the page cannot be read: {answer['exceptionDetails'].get('text', '')}")
    seen = answer["result"]["value"]
    links = tuple(_link(item, log, seen["url"]) for item in seen["links"])
    forms = [_form(item, log, seen["url"]) for item in seen["forms"]]
    for link in links:
        log.add(link)
    for form in forms:
        log.add(form)
    return PageSeen(
        url=seen["url"],
        title=seen["title"] or None,
        language=seen["lang"] or None,
        text_size=seen["text"],
        elements=seen["elements"],
        links=links,
        html=seen["html"],
    )


async def read_signals(connection: Connection, target: Target, log: VisitLog) -> None:
    """Consent signals as they stand. They live in the page's own world. Raises ProtocolError."""
    answer = await connection.ask(
        "Runtime.evaluate",
        target.session,
        expression=script("consent_signals"),
        returnByValue=True,
        timeout_s=READ_LIMIT_S,
    )
    for system, detail in answer.get("result", {}).get("value") or ():
        log.add(
            ConsentSignal(
                id=log.timeline.next_id("g"), system=str(system), detail=str(detail), **_place(log, target.url)
            )
        )


async def read_storage(connection: Connection, hub: Hub, known: Mapping[tuple[str, str, str], str]) -> None:
    """Web storage of every frame's origin; a key is written down when no recorder told it with this value.

    `known`: (area, origin, key) -> value written last.
    """
    log = hub.log
    seen = dict(known)
    asked: set[str] = set()
    for target in hub.documents:
        for frame in _frames_in(target, log):
            try:
                answer = await connection.ask("Storage.getStorageKey", target.session, frameId=frame, timeout_s=2)
                storage_key = answer["storageKey"]
                if storage_key in asked:
                    continue
                asked.add(storage_key)
                await _read_store(connection, target, log, storage_key, seen)
            except ProtocolError:
                continue  # a frame without storage (sandboxed, data:), or in another process


async def _read_store(
    connection: Connection, target: Target, log: VisitLog, storage_key: str, seen: dict[tuple[str, str, str], str]
) -> None:
    for local in (True, False):
        store: dict[str, Any] = {"storageKey": storage_key, "isLocalStorage": local}
        answer = await connection.ask("DOMStorage.getDOMStorageItems", target.session, storageId=store, timeout_s=2)
        for key, value in answer.get("entries", ()):
            place = ("local" if local else "session", origin_of(store), key[:512])
            if seen.get(place) == value[:VALUE_LIMIT]:
                continue
            seen[place] = value[:VALUE_LIMIT]
            log.add(
                StorageWritten(
                    id=log.timeline.next_id("s"),
                    area="local" if local else "session",
                    origin=place[1],
                    key=place[2],
                    value=value[:VALUE_LIMIT],
                    **_place(log, target.url),
                )
            )


def _frames_in(target: Target, log: VisitLog) -> list[str]:
    """The target's own frame and every other known frame; one in another process is refused and skipped."""
    others = [frame for frame, url in log.frames.urls.items() if url.startswith("http") and frame != target.id]
    return [target.id, *others] if target.type == "page" else [target.id]


def _link(item: list[Any], log: VisitLog, frame: str) -> LinkSeen:
    url, text, place, visible, rel = item
    return LinkSeen(
        id=log.timeline.next_id("l"),
        url=url,
        text=text,
        place=place,
        visible=bool(visible),
        rel=rel,
        **_place(log, frame),
    )


def _form(item: list[Any], log: VisitLog, frame: str) -> FormFound:
    action, method, fields = item
    return FormFound(
        id=log.timeline.next_id("f"), action=action, method=method, fields=tuple(fields), **_place(log, frame)
    )


def _place(log: VisitLog, frame: str) -> dict[str, Any]:
    timeline = log.timeline
    return {"page": timeline.page, "frame": frame, "t_ms": timeline.now_ms(), "phase": timeline.phase}
