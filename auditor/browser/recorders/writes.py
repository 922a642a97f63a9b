"""What scripts write and call: cookies, web storage, interfaces worth knowing. Told by a hook in every frame.

Storage written by property (`localStorage.x = 1`) passes the hook; protocol DOMStorage events see it, without a stack.
Both are joined: an event that a hook already told adds nothing.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal, cast

from auditor.browser.page_scripts import script
from auditor.browser.recorders.log import Command, Handler, Target, VisitLog
from auditor.browser.recorders.stack import from_hook
from auditor.model import CookieOffered, Observation, ScriptCalled, StorageWritten

VALUE_LIMIT = 2048
Area = Literal["local", "session", "indexeddb", "cache"]


class WriteRecorder:
    """Script cookies, storage and script calls: they share one hook and one channel."""

    kinds: tuple[str, ...] = ("cookie-offered", "storage", "script-call")

    def __init__(self, log: VisitLog, *, dnt: bool = False, gpc: bool = False) -> None:
        self.log = log
        self._channel = f"_{secrets.token_hex(8)}"
        self._source = script("hooks").replace(
            "(CHANNEL, SIGNALS)", f"({json.dumps(self._channel)}, {json.dumps({'dnt': dnt, 'gpc': gpc})})"
        )
        self._told: Counter[tuple[str, str, str, str]] = Counter()
        self._events: list[tuple[tuple[str, str, str, str], StorageWritten]] = []
        self.handlers: Mapping[str, Handler] = {
            "Runtime.bindingCalled": self._called,
            "DOMStorage.domStorageItemAdded": self._stored,
            "DOMStorage.domStorageItemUpdated": self._stored,
        }

    def install(self, target: Target) -> Sequence[Command]:
        if not target.has_document:
            return []
        return [
            ("Runtime.addBinding", {"name": self._channel}),
            ("Page.addScriptToEvaluateOnNewDocument", {"source": self._source, "runImmediately": True}),
            ("DOMStorage.enable", {}),
        ]

    def _called(self, target: Target, event: dict[str, Any]) -> None:
        if event["name"] != self._channel:
            return
        kind, at_ms, frame, origin, first, second, stack = (event["payload"].split("\x01", 6) + [""] * 7)[:7]
        if kind == "timer":
            self.log.activity.promise(float(first) / 1000 + 0.05)
            return
        t_ms, phase = self.log.timeline.moment(_number(at_ms) / 1000)
        place: dict[str, Any] = {"page": self.log.timeline.page, "frame": frame, "t_ms": t_ms, "phase": phase}
        self.log.activity.touch()
        if kind == "cookie":
            self._add_cookie(first, stack, place)
        elif kind == "call":
            self._add_call(first, second, stack, place)
        elif kind.startswith("storage:"):
            area = kind.partition(":")[2]
            self._add_storage(place, area=area, origin=origin, key=first, value=second, stack=stack)

    def _add_cookie(self, raw: str, stack: str, place: dict[str, Any]) -> None:
        self.log.add(
            CookieOffered(
                id=self.log.timeline.next_id("o"),
                via="script",
                raw=raw,
                url=place["frame"],
                stack=from_hook(stack),
                **place,
            )
        )

    def _add_call(self, api: str, detail: str, stack: str, place: dict[str, Any]) -> None:
        self.log.add(
            ScriptCalled(
                id=self.log.timeline.next_id("c"), api=api, detail=detail or None, stack=from_hook(stack), **place
            )
        )

    def _add_storage(self, place: dict[str, Any], *, area: str, origin: str, key: str, value: str, stack: str) -> None:
        self._told[area, origin, key, value] += 1
        self.log.add(
            StorageWritten(
                id=self.log.timeline.next_id("s"),
                area=cast(Area, area),
                origin=origin,
                key=key,
                value=value if area in {"local", "session"} else None,
                stack=from_hook(stack),
                **place,
            )
        )

    def _stored(self, target: Target, event: dict[str, Any]) -> None:
        self.log.activity.touch()
        store = event["storageId"]
        area = "local" if store.get("isLocalStorage") else "session"
        origin = origin_of(store)
        value = event.get("newValue", "")[:VALUE_LIMIT]
        seen = StorageWritten(
            id=self.log.timeline.next_id("s"),
            page=self.log.timeline.page,
            frame=self.log.frames.of_origin(origin) or target.url,
            t_ms=self.log.timeline.now_ms(),
            phase=self.log.timeline.phase,
            area=cast(Area, area),
            origin=origin,
            key=event["key"][:512],
            value=value,
        )
        self._events.append(((area, origin, seen.key, value), seen))

    def known(self) -> dict[tuple[str, str, str], str]:
        """Every storage place told so far, with the value written last: (area, origin, key) -> value."""
        known = {(area, origin, key): value for area, origin, key, value in self._told}
        return known | {place[:3]: place[3] for place, _ in self._events}

    def finish(self) -> Sequence[Observation]:
        """The storage events that no hook told."""
        left = Counter(self._told)
        found: list[Observation] = []
        done: set[tuple[str, str, str, str, int]] = set()
        for key, seen in self._events:
            if left[key] > 0:
                left[key] -= 1
            elif (*key, seen.t_ms // 250) not in done:  # two targets of one origin both tell it
                done.add((*key, seen.t_ms // 250))
                found.append(seen)
        return found


def origin_of(store: dict[str, Any]) -> str:
    """Origin of a DOMStorage id; its storage key is 'origin/' and, for a partition, '^0https://top.site'."""
    key = store.get("securityOrigin") or store.get("storageKey", "").partition("^")[0]
    return str(key).rstrip("/")


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
