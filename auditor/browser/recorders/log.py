"""What the recorders of one visit write into, and what they may know about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from auditor.browser.session import Timeline
from auditor.browser.settle import Activity
from auditor.model import Failure, Observation

Command = tuple[str, dict[str, Any]]
Handler = Callable[["Target", dict[str, Any]], None]


@dataclass(kw_only=True)
class Target:
    """A page, cross-site frame, worker or service worker of the visit, spoken to by its own session."""

    session: str
    id: str
    type: str  # page, iframe, worker, shared_worker, service_worker, …
    url: str
    popup: bool = False
    gone: bool = False

    @property
    def has_document(self) -> bool:
        return self.type in {"page", "iframe"}


class Recorder(Protocol):
    """One kind of observation. `install` names the commands that put it in place in a target."""

    kinds: tuple[str, ...]
    handlers: Mapping[str, Handler]

    def install(self, target: Target) -> Sequence[Command]: ...

    def finish(self) -> Sequence[Observation]: ...


@dataclass(kw_only=True)
class Frames:
    """Addresses and parents of the frames of a visit, by the browser's frame id."""

    urls: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def url(self, frame: str) -> str:
        return self.urls.get(frame, "")

    def of_origin(self, origin: str) -> str:
        """Address of a frame of this origin; '' when none is known."""
        return next((url for url in self.urls.values() if url == origin or url.startswith(f"{origin}/")), "")

    def parent_url(self, frame: str) -> str:
        return self.urls.get(self.parents.get(frame, ""), "")


@dataclass(kw_only=True)
class VisitLog:
    """Shared by all recorders of one visit."""

    timeline: Timeline
    activity: Activity
    frames: Frames = field(default_factory=Frames)
    observations: list[Observation] = field(default_factory=list)
    requests: int = 0
    size_bytes: int = 0
    max_requests: int
    max_bytes: int
    over_limit: str | None = None  # which limit was passed

    def add(self, observation: Observation) -> None:
        self.observations.append(observation)

    def fail(self, where: str, reason: str, frame: str = "") -> None:
        """Write down something that could not be done or seen."""
        self.add(
            Failure(
                id=self.timeline.next_id("x"),
                page=self.timeline.page,
                frame=frame,
                t_ms=self.timeline.now_ms(),
                phase=self.timeline.phase,
                where=where,
                reason=reason,
            )
        )

    def count_request(self) -> None:
        self.requests += 1
        if self.requests > self.max_requests:
            self._stop(f"more than {self.max_requests} requests")

    def count_bytes(self, size: int) -> None:
        self.size_bytes += size
        if self.size_bytes > self.max_bytes:
            self._stop(f"more than {self.max_bytes:,} bytes")

    def _stop(self, reason: str) -> None:
        if self.over_limit is None:
            self.over_limit = reason
            self.activity.give_up()
