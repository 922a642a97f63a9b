"""Which sightings count as tracking, and which only look like it.

Not counted: values that opt out or identify nobody, consent state, security and load balancing, tag managers without
a hit, static files, cookieless consent pings, requests that never left, and labels that are weak or unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import TypeVar

from auditor.evidence.index import Evidence
from auditor.evidence.sightings import CookieSighting, RequestSighting, Sighting, State, StorageSighting
from auditor.evidence.social import is_social
from auditor.model import Category, Label
from auditor.urls import registrable_domain

MEASURING = frozenset({Category.ANALYTICS, Category.AB_TEST})
"""Statistics and tests, which some countries exempt in part."""
FOLLOWING = frozenset(
    {Category.ADVERTISING, Category.SOCIAL, Category.SESSION_RECORDING, Category.CRM, Category.NEWSLETTER}
)
"""What follows a visitor beyond statistics. Marketing automation and mail tools are in it where their label says that this
request or cookie tracks; their forms and log-ins do not."""
TRACKERS = MEASURING | FOLLOWING

_NOBODY = frozenset(
    (
        *("optout", "opt_out", "opt-out", "deleted", "delete", "none", "null", "undefined", "nil", "dnt", "test"),
        *("true", "false", "denied", "granted", "disabled", "enabled", "no_data", "checkforpermission", "expired"),
        "anonymous",
    )
)
_STATIC_EVENTS = ("static", "asset", "font", "image file", "library")
_QUIET_EVENTS = ("container", "consent", "opt-out", "loader", "script", "preconnect", "config", "website of")
_NEVER_LEFT = re.compile(
    r"ERR_(BLOCKED|NAME_NOT_RESOLVED|CONNECTION_REFUSED|INTERNET_DISCONNECTED|ADDRESS_UNREACHABLE|TUNNEL|PROXY|DISALLOWED"
    r"|UNSAFE|CERT|SSL)|^(csp|mixed-content|inspector|blocked)",
    re.IGNORECASE,
)
_PING = "consent ping"  # as the signatures call it
_DENIED_PING = re.compile(r"[?&]gcs=G1(00|0-|--|-0)(&|$)")
_SELF_HOSTED = re.compile(r"matomo|piwik|plausible|fathom|umami|open web analytics|awstats|koko|statify", re.IGNORECASE)

S = TypeVar("S", bound=Sighting)


def is_sure(label: Label) -> bool:
    """Whether a label is firm enough to accuse on."""
    return label.tracker is True and label.confidence != "weak"


def subject_of(sighting: Sighting) -> str:
    """The product, else the company, else the domain: stable from crawl to crawl."""
    label = sighting.label
    if label.product or label.entity:
        return label.product or label.entity or ""
    if isinstance(sighting, RequestSighting):
        return registrable_domain(sighting.host)
    return sighting.name if isinstance(sighting, CookieSighting) else sighting.key


def by_subject(sightings: Iterable[S]) -> dict[str, tuple[S, ...]]:
    """Sightings grouped by product, in order of first appearance."""
    groups: dict[str, list[S]] = defaultdict(list)
    for s in sightings:
        groups[subject_of(s)].append(s)
    return {subject: tuple(group) for subject, group in groups.items()}


def identifies(value: str | None) -> bool:
    """Whether a value can tell visitors apart: not empty, no opt-out word, no bare flag or number of a few digits."""
    text = (value or "").strip().strip('"').casefold()
    return len(text) >= 4 and text not in _NOBODY and not re.search(r"opt[-_]?out", text)


def is_self_hosted(evidence: Evidence, label: Label) -> bool:
    """Statistics software that the site runs itself: made for it, and asked for on the site's own domain only."""
    if label.category is not Category.ANALYTICS or not _SELF_HOSTED.search(label.product or ""):
        return False
    asked = [s for s in evidence.requests if s.label.product == label.product]
    return not any(evidence.is_third_party(s) for s in asked)


# --- cookies and storage -----------------------------------------------------------------------------


def tracking_cookies(
    evidence: Evidence, states: Iterable[State], categories: frozenset[Category] = TRACKERS
) -> tuple[CookieSighting, ...]:
    """Cookies of known trackers that were set in these states and hold an identifier.

    After a choice only those set anew or rewritten on a page loaded since, or of a product that had been silent before;
    a cookie that merely lies in the jar from before is not among them.
    """
    wanted = set(states)
    return tuple(
        s
        for s in evidence.cookies
        if s.state in wanted
        and is_sure(s.label)
        and s.label.category in categories
        and identifies(s.value)
        and not is_self_hosted(evidence, s.label)
        and _set_now(evidence, s)
    )


def doubtful_cookies(evidence: Evidence, state: State, categories: frozenset[Category]) -> tuple[CookieSighting, ...]:
    """Cookies that may be a tracker's, on a weak label: told as undetermined, never as a fault."""
    return tuple(
        s
        for s in evidence.cookies
        if s.state is state
        and s.label.tracker is True
        and s.label.confidence == "weak"
        and s.label.category in categories
        and identifies(s.value)
        and _set_now(evidence, s)
    )


def tracking_storage(
    evidence: Evidence, states: Iterable[State], categories: frozenset[Category] = TRACKERS
) -> tuple[StorageSighting, ...]:
    """Keys of known trackers written to web storage in these states."""
    wanted = set(states)
    return tuple(
        s
        for s in evidence.storage
        if s.state in wanted
        and is_sure(s.label)
        and s.label.category in categories
        and identifies(s.observation.value)
        and not is_self_hosted(evidence, s.label)
        and (s.state is State.BEFORE or s.fresh)
    )


def _set_now(evidence: Evidence, s: CookieSighting) -> bool:
    if s.state is State.BEFORE:
        return True
    if s.held:
        return s.identity not in evidence.cookies_before[s.visit.id]
    return s.fresh or s.label.product not in evidence.products_before[s.visit.id]


# --- requests ----------------------------------------------------------------------------------------


def left_browser(s: RequestSighting) -> bool:
    """Whether a request got out: one that was blocked, or whose host was not to be reached, told nobody anything."""
    return s.observation.status is not None or not _NEVER_LEFT.search(s.observation.failure or "")


def is_static(s: RequestSighting) -> bool:
    """A file of a tracker's domain that says nothing of the visit: fonts, images, libraries."""
    event = (s.label.event or "").casefold()
    return s.observation.resource_type in {"font", "stylesheet"} or any(word in event for word in _STATIC_EVENTS)


def is_hit(evidence: Evidence, s: RequestSighting, categories: frozenset[Category] = TRACKERS) -> bool:
    """A request that tells a third party of this visit: a pixel, a beacon, an event; not a container or a file."""
    event = (s.label.event or "").casefold()
    return (
        evidence.is_third_party(s)
        and is_sure(s.label)
        and s.label.category in categories
        and not is_static(s)
        and not any(word in event for word in _QUIET_EVENTS)
        and not _DENIED_PING.search(s.observation.url)
        and left_browser(s)
    )


def hits(
    evidence: Evidence, states: Iterable[State], categories: frozenset[Category] = TRACKERS
) -> tuple[RequestSighting, ...]:
    """Tracking requests in these states; after a choice as in `tracking_cookies`.

    Without `cookieless_hits` and `consent_pings`, on which no check may accuse for want of consent.
    """
    return tuple(s for s in _sent(evidence, states, categories) if not _nameless(evidence, s))


def cookieless_hits(evidence: Evidence, states: Iterable[State]) -> tuple[RequestSighting, ...]:
    """Hits of statistics tools that keep no number for a visitor; such statistics may be exempt from consent."""
    return tuple(s for s in _sent(evidence, states, MEASURING) if _nameless(evidence, s))


def consent_pings(evidence: Evidence, states: Iterable[State]) -> tuple[RequestSighting, ...]:
    """Google's pings without a cookie while consent is denied (gcs=G100); whether they need consent is contested."""
    wanted = set(states)
    return tuple(
        s
        for s in evidence.requests
        if s.state in wanted
        and s.label.category in TRACKERS
        and (s.label.event == _PING or _DENIED_PING.search(s.observation.url))
        and evidence.is_third_party(s)
        and left_browser(s)
        and _sent_now(evidence, s)
    )


def _sent(evidence: Evidence, states: Iterable[State], categories: frozenset[Category]) -> tuple[RequestSighting, ...]:
    wanted = set(states)
    return tuple(
        s for s in evidence.requests if s.state in wanted and is_hit(evidence, s, categories) and _sent_now(evidence, s)
    )


def _nameless(evidence: Evidence, s: RequestSighting) -> bool:
    """A hit of a tool known to keep no number, which kept none here either."""
    return s.label.cookieless and s.label.category in MEASURING and s.label.product not in evidence.products_storing


def social_contacts(evidence: Evidence, states: Iterable[State]) -> tuple[RequestSighting, ...]:
    """Requests to a social network for its pixel or plug-in, scripts included; a plain file or a link is none."""
    wanted = set(states)
    return tuple(
        s
        for s in evidence.requests
        if s.state in wanted
        and evidence.is_third_party(s)
        and is_sure(s.label)
        and is_social(s.label)
        and not is_static(s)
        and left_browser(s)
        and _sent_now(evidence, s)
    )


def _sent_now(evidence: Evidence, s: RequestSighting) -> bool:
    return s.state is State.BEFORE or s.fresh or s.label.product not in evidence.products_before[s.visit.id]
