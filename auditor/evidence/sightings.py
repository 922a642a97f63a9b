"""One observation with its label and the state of consent it was made in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from auditor.cookies import SetCookie, parse_set_cookie
from auditor.model import (
    Choice,
    CookieHeld,
    CookieOffered,
    Label,
    Observation,
    Phase,
    RequestSent,
    StackFrame,
    StorageWritten,
    Visit,
)
from auditor.urls import host_of, is_third_party, registrable_domain


class State(StrEnum):
    """What the visitor had told the site when something was seen."""

    BEFORE = "before"  # nothing yet
    REFUSED = "refused"  # a proven refusal
    ACCEPTED = "accepted"  # a proven acceptance


_AFTER = {Choice.ACCEPT: State.ACCEPTED, Choice.REFUSE: State.REFUSED}


def state_of(visit: Visit, phase: Phase) -> State | None:
    """The state of consent, or None when it is not known: after a click that was not proven, or after a mixed choice."""
    if phase is Phase.BEFORE:
        return State.BEFORE
    return _AFTER.get(visit.choice) if visit.choice_result.status == "made" else None


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """An observation as the checks see it. `key` is "<visit id>/<observation id>"."""

    key: str
    visit: Visit
    observation: Observation
    label: Label
    state: State | None
    fresh: bool  # after the choice: seen on a page loaded after it, so not merely under way when it was made

    @property
    def page_url(self) -> str:
        """Address of the page, or of the site when the page has none."""
        pages = self.visit.pages
        return pages[self.observation.page] if 0 <= self.observation.page < len(pages) else self.visit.site


@dataclass(frozen=True, kw_only=True)
class RequestSighting(Sighting):
    observation: RequestSent

    @property
    def host(self) -> str:
        return host_of(self.observation.url)


@dataclass(frozen=True, kw_only=True)
class StorageSighting(Sighting):
    observation: StorageWritten


@dataclass(frozen=True, kw_only=True)
class CookieSighting(Sighting):
    """A cookie that was offered (with its raw string) or held in the jar.

    lifetime_days: as the header asked, None for a session cookie; of a cookie only seen in the jar: None, for the
    browser cuts lifetimes at 400 days (`held` tells which it is).
    """

    observation: CookieOffered | CookieHeld
    name: str
    domain: str  # host it holds for, without leading dot
    value: str
    lifetime_days: float | None
    held: bool

    @property
    def identity(self) -> tuple[str, str]:
        """Name and registrable domain: the same cookie over visits, offers and the jar."""
        return self.name, registrable_domain(self.domain)

    @property
    def refused_by_browser(self) -> bool:
        return isinstance(self.observation, CookieOffered) and bool(self.observation.blocked_reasons)

    @property
    def deletes(self) -> bool:
        return not self.held and self.lifetime_days is not None and self.lifetime_days <= 0


def stack_of(observation: Observation) -> tuple[StackFrame, ...]:
    """Call stack of the script behind an observation, nearest first; () when it has none."""
    if isinstance(observation, RequestSent):
        return observation.initiator
    return getattr(observation, "stack", ())


def offered(observation: CookieOffered, visit: Visit) -> SetCookie | None:
    """The parsed Set-Cookie of an offer; None when it names no cookie."""
    return parse_set_cookie(observation.raw, moment(visit, observation.t_ms))


def moment(visit: Visit, t_ms: int) -> datetime:
    """When something in a visit happened (UTC). Falls back to 1970 when the visit has no start time."""
    try:
        start = datetime.fromisoformat(visit.conditions.started_at)
    except ValueError:
        start = datetime(1970, 1, 1, tzinfo=UTC)
    if start.tzinfo is None:
        start = start.replace(tzinfo=UTC)
    return start + timedelta(milliseconds=t_ms)


def first_load_after_choice(visit: Visit) -> tuple[int, int] | None:
    """(page, t_ms) of the first page loaded after the choice; None when none was.

    What a page does right after the click may have been under way before it; the next load shows the choice in force.
    """
    loads = [
        (o.t_ms, o.page)
        for o in visit.observations
        if o.phase is Phase.AFTER
        and (
            o.kind == "navigation"
            or (isinstance(o, RequestSent) and o.resource_type == "document" and not is_third_party(o.url, visit.site))
        )
    ]
    if loads:
        t_ms, page = min(loads)
        return page, t_ms
    after = [o for o in visit.observations if o.phase is Phase.AFTER]
    if not after:
        return None
    start = min(o.page for o in after)
    later = [(o.t_ms, o.page) for o in after if o.page > start]
    return (min(later)[1], min(later)[0]) if later else None


def is_fresh(observation: Observation, load: tuple[int, int] | None) -> bool:
    """Whether an observation belongs to a page loaded after the choice (`load` from `first_load_after_choice`)."""
    if observation.phase is Phase.BEFORE:
        return True
    return load is not None and (observation.t_ms >= load[1] or observation.page > load[0])
