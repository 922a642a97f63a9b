"""What was seen, ready to be told: each piece of evidence with its page, moment, phase, maker and lifetime."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property

from auditor.cookies import SetCookie, lifetime_days, parse_set_cookie
from auditor.model import (
    BannerSeen,
    Choice,
    CookieHeld,
    CookieOffered,
    Label,
    Navigation,
    Observation,
    Phase,
    RequestSent,
    ScriptCalled,
    SiteAudit,
    SiteRecord,
    StackFrame,
    StorageWritten,
    Visit,
)
from auditor.urls import host_of, is_third_party

_NO_CLOCK = datetime.fromtimestamp(0, UTC)  # only the name is read then, no lifetime


@dataclass(frozen=True, kw_only=True)
class Maker:
    """One link of the chain that led to an observation: a script's address and who is behind it, where known."""

    url: str
    label: Label | None
    own: bool  # the site's own file


@dataclass(frozen=True)
class Seen:
    """One observation in its visit. Everything a reader needs to check it."""

    key: str  # "<visit id>/<observation id>"
    visit: Visit
    it: Observation
    label: Label | None
    chain: tuple[Maker, ...]  # from the document's side to the writer: who brought in whom

    @property
    def page(self) -> str | None:
        pages = self.visit.pages
        return pages[self.it.page] if 0 <= self.it.page < len(pages) else None

    @property
    def state(self) -> str:
        """Word key for the state of consent: "before", "refuse", "accept" …, or "unknown" after an unproven click."""
        if self.it.phase is Phase.BEFORE or self.visit.choice is Choice.NONE:
            return "before"
        return str(self.visit.choice) if self.visit.choice_result.status == "made" else "unknown"

    @cached_property
    def cookie(self) -> SetCookie | None:
        """The parsed Set-Cookie string of an offered cookie."""
        return (
            parse_set_cookie(self.it.raw, self._moment() or _NO_CLOCK) if isinstance(self.it, CookieOffered) else None
        )

    @property
    def name(self) -> str:
        """What the observation is called in a heading: cookie or key name, host of a request, interface of a call."""
        match self.it:
            case CookieOffered():
                return self.cookie.name if self.cookie else self.it.raw[:40]
            case CookieHeld(name=name) | StorageWritten(key=name) | ScriptCalled(api=name):
                return name
            case RequestSent(url=url):
                return host_of(url) or url[:60]
            case Navigation(url=url):
                return url
            case BannerSeen(platform=platform):
                return platform or ""
            case _:
                return str(getattr(self.it, "url", "") or getattr(self.it, "where", ""))

    @property
    def lifetime(self) -> tuple[bool, float | None]:
        """(whether a lifetime is known, days or None for a session cookie)."""
        moment = self._moment()
        if moment is None:
            return False, None
        if isinstance(self.it, CookieOffered):
            return self.cookie is not None, self.cookie.lifetime_days if self.cookie else None
        if isinstance(self.it, CookieHeld):
            return True, lifetime_days(self.it.expires_at, moment.isoformat())
        return False, None

    @property
    def group(self) -> tuple[str, ...]:
        """Observations with the same group are the same thing seen again: in another visit, on another page."""
        match self.it:
            case CookieOffered() | CookieHeld():
                return "cookie", self.name
            case StorageWritten(area=area, origin=origin, key=key):
                return "storage", area, origin, key
            case RequestSent(url=url):
                return "request", url.partition("?")[0]
            case _:
                return self.it.kind, self.name

    def _moment(self) -> datetime | None:
        try:
            start = datetime.fromisoformat(self.visit.conditions.started_at)
        except ValueError:
            return None
        start = start if start.tzinfo else start.replace(tzinfo=UTC)
        return start + timedelta(milliseconds=self.it.t_ms)


class Sightings:
    """All observations of a record by their key, with the labels of the audit."""

    def __init__(self, record: SiteRecord, audit: SiteAudit) -> None:
        self._labels = audit.labels
        self._found = {f"{visit.id}/{one.id}": (visit, one) for visit in record.visits for one in visit.observations}
        self._scripts = {
            (visit.id, one.url): f"{visit.id}/{one.id}"
            for visit in record.visits
            for one in visit.observations
            if isinstance(one, RequestSent)
        }

    def get(self, key: str) -> Seen | None:
        """The observation behind an evidence key; None when the record does not hold it."""
        found = self._found.get(key)
        if found is None:
            return None
        visit, one = found
        return Seen(key, visit, one, self._labels.get(key), self._chain(visit, one))

    def all(self) -> Iterable[Seen]:
        """Every observation, visit by visit, in the order in which it was written down."""
        return (seen for key in self._found if (seen := self.get(key)))

    def _chain(self, visit: Visit, one: Observation) -> tuple[Maker, ...]:
        stack: tuple[StackFrame, ...] = getattr(one, "stack", ()) or getattr(one, "initiator", ())
        # A call stack names each file once per call; the report names it once. Outermost first reads as a story.
        addresses = dict.fromkeys(frame.url for frame in stack if frame.url)
        return tuple(
            Maker(url=url, label=self._label_of(visit, url), own=not is_third_party(url, visit.site))
            for url in reversed(addresses)
        )

    def _label_of(self, visit: Visit, url: str) -> Label | None:
        key = self._scripts.get((visit.id, url))
        return self._labels.get(key) if key else None


def same_thing_together(sightings: Iterable[Seen]) -> list[list[Seen]]:
    """Sightings of one thing in one list, the first one of each list being the strongest, order kept."""
    groups: dict[tuple[str, ...], list[Seen]] = {}
    for seen in sightings:
        groups.setdefault(seen.group, []).append(seen)
    return list(groups.values())
