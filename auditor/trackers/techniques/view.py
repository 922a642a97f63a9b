"""A record as the techniques look at it: usable visits, labels made once, owners, stored values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from auditor.model import (
    Category,
    CookieHeld,
    Label,
    Observation,
    RequestSent,
    ScriptCalled,
    SiteRecord,
    StackFrame,
    Visit,
)
from auditor.trackers.labeller import Labeller
from auditor.trackers.techniques.identifiers import IdentifierStatus, identifiers
from auditor.trackers.techniques.values_kept import Place, Stored
from auditor.urls import host_of, registrable_domain, site_of

Kind = Literal[
    "cookie-syncing",
    "identifier-in-storage",
    "click-identifier-stored",
    "link-decoration",
    "respawning",
    "fingerprinting",
    "session-recording",
    "server-side-tagging",
    "proxied-script",
]

NOT_FOLLOWING = frozenset(
    {
        Category.ERROR_MONITORING,
        Category.SECURITY,
        Category.PAYMENT,
        Category.CONSENT_PLATFORM,
        Category.MAPS,
        Category.VIDEO,
        Category.FONTS,
    }
)
"""Who reads a canvas or listens to the mouse for another reason: bot defence, fraud checks, drawing a map."""


@dataclass(frozen=True, kw_only=True)
class Technique:
    """One technique by one subject. evidence: "<visit id>/<observation id>", strongest first.

    parties: entities or domains that take part. confidence: sure where the record proves it, likely where only its
    shape speaks for it.
    """

    kind: Kind
    subject: str  # cookie or key, script address, product
    parties: tuple[str, ...]
    detail: str  # in plain words, English
    evidence: tuple[str, ...]
    confidence: Literal["sure", "likely"] = "likely"

    def joined(self, other: Technique) -> Technique:
        """The same technique with the evidence of another sighting."""
        sure: Literal["sure", "likely"] = "sure" if "sure" in (self.confidence, other.confidence) else "likely"
        return replace(self, evidence=tuple(dict.fromkeys((*self.evidence, *other.evidence))), confidence=sure)


class View:
    """Asks the labeller once per address; changes nothing."""

    def __init__(self, record: SiteRecord, labeller: Labeller) -> None:
        self.record = record
        self.site = site_of(record.visits[0].site if record.visits else record.site) or record.host
        self._labeller = labeller
        self._labels: dict[str, Label] = {}

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Visits that saw the site, each in a clean profile."""
        return tuple(visit for visit in self.record.visits if visit.failure is None)

    @cached_property
    def identifiers(self) -> dict[Place, IdentifierStatus]:
        """Every place whose value is proven to be an identifier."""
        return identifiers(self.record)

    def label(self, request: RequestSent) -> Label:
        """Label of a request."""
        return self.label_of(request.url, request.resource_type, request.body)

    def label_of(self, url: str, resource_type: str = "script", body: str | None = None) -> Label:
        """Label of an address."""
        key = f"{resource_type} {url} {body or ''}"
        if key not in self._labels:
            page = self.record.visits[0].site if self.record.visits else self.record.site
            self._labels[key] = self._labeller.request(url, site=page, resource_type=resource_type, body=body)
        return self._labels[key]

    def stored_label(self, stored: Stored) -> Label:
        """Label of a cookie or key."""
        page = self.record.visits[0].site if self.record.visits else self.record.site
        if isinstance(stored, CookieHeld):
            return self._labeller.cookie(stored.name, domain=stored.domain, site=page, value=stored.value)
        setter = script_of(stored.stack)
        return self._labeller.storage(
            stored.key, origin=stored.origin, site=page, value=stored.value, setter_url=setter
        )

    def owner(self, url: str) -> str | None:
        """Who stands behind an address: entity, else registrable domain; None for the site itself."""
        if self.is_own(url):
            return None
        return self.label_of(url, "other").entity or registrable_domain(host_of(url)) or None

    def holder(self, stored: Stored) -> str | None:
        """Whose value it is: the entity known by name, else the foreign domain it lies on; None for the site's own."""
        label = self.stored_label(stored)
        host = stored.domain.lstrip(".") if isinstance(stored, CookieHeld) else host_of(stored.origin)
        return label.entity or (None if registrable_domain(host) == self.site else registrable_domain(host))

    def entity(self, name: str) -> str:
        """The entity's name in our signatures for a product or company; the name itself where they know neither."""
        known = self._labeller.vendor(name)
        return known.entity if known else name

    def is_own(self, url: str) -> bool:
        """Whether an address lies on the site's own registrable domain."""
        return site_of(url) == self.site


def evidence(visit: Visit, *observations: Observation) -> tuple[str, ...]:
    """Evidence ids of observations of one visit."""
    return tuple(dict.fromkeys(f"{visit.id}/{one.id}" for one in observations))


def requests(visit: Visit) -> Iterator[RequestSent]:
    """Requests of a visit, in the order sent."""
    return (one for one in visit.observations if isinstance(one, RequestSent))


def calls_by_script(visit: Visit) -> dict[str, list[ScriptCalled]]:
    """Calls by the address of the script that made them; calls without an address are left out."""
    found: dict[str, list[ScriptCalled]] = {}
    for one in visit.observations:
        if isinstance(one, ScriptCalled) and (script := script_of(one.stack)):
            found.setdefault(script, []).append(one)
    return found


def script_of(stack: Iterable[StackFrame]) -> str | None:
    """The nearest script with an address."""
    return next((frame.url for frame in stack if frame.url.startswith(("http:", "https:"))), None)
