"""`Evidence`: what every check asks its questions to. Built once per site; answers are cached and never changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from auditor.evidence.naming import Names, Naming, declares
from auditor.evidence.sightings import (
    CookieSighting,
    RequestSighting,
    Sighting,
    State,
    StorageSighting,
    first_load_after_choice,
    is_fresh,
    offered,
    stack_of,
    state_of,
)
from auditor.languages import codes, load
from auditor.model import (
    BannerSeen,
    Category,
    Choice,
    Claim,
    CookieHeld,
    CookieOffered,
    DeclaredCookie,
    Item,
    Label,
    LinkSeen,
    Navigation,
    RequestSent,
    SiteRecord,
    Statement,
    StorageWritten,
    VendorNamed,
    Visit,
)
from auditor.urls import host_of, is_third_party, registrable_domain, site_of

NO_LABEL = Label(
    product=None,
    entity=None,
    country=None,
    category=Category.UNKNOWN,
    tracker=None,
    source="none",
    version="",
    rule="",
    confidence="weak",
)

_BLOCKED = frozenset({401, 403, 407, 429, 451, 503})
_WALL_LINKS = 3  # a wall to robots links to its maker at most; a real page with such a title links to its own pages
_WALL_TITLE = re.compile(
    r"^\W*(just a moment|attention required|access denied|access to this page has been denied|verify(ing)? (that )?you are"
    r"|are you (a )?(human|robot)|security (check|verification)|checking your browser|pardon our interruption|bot verification"
    r"|robot check|captcha|ddos.guard|please wait|one moment,? please|human verification|request unsuccessful"
    r"|(een|één) moment|even geduld|toegang geweigerd|bent u een (mens|robot)|ben je een (mens|robot)|beveiligingscontrole"
    r"|einen moment|zugriff verweigert|sicherheits(über)?prüfung|un instant|accès refusé|vérification de sécurité)",
    re.IGNORECASE,
)
_CHOICES = {State.REFUSED: Choice.REFUSE, State.ACCEPTED: Choice.ACCEPT}


@dataclass(frozen=True)
class Evidence:
    """Record, labels and readings of one site. Indexes in `claims`, `vendors` are those of the SiteAudit."""

    record: SiteRecord
    labels: Mapping[str, Label]
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    vendors: tuple[VendorNamed, ...] = ()
    declared: tuple[DeclaredCookie, ...] = ()
    items: Mapping[str, Item] | None = None
    date_of_version: str | None = None

    # --- visits --------------------------------------------------------------------------------------

    @cached_property
    def visits(self) -> tuple[Visit, ...]:
        """Visits that saw the site: without failure, and not turned away by a bot wall."""
        return tuple(v for v in self.record.visits if v.failure is None and not turned_away(v))

    def looked(self, state: State, *kinds: str) -> tuple[Visit, ...]:
        """Visits that could have seen these kinds in this state. () means: not measured."""
        return tuple(v for v in self.visits if set(kinds) <= set(v.recorded) and _reached(v, state))

    def why_not(self, state: State, *kinds: str) -> str:
        """Why `looked` is empty, in English, for Finding.reason."""
        if not self.record.visits:
            return self.record.not_measured or "no visit was made"
        if not self.visits:
            first = self.record.visits[0]
            return f"no visit saw the site: {first.failure or 'the site turned the browser away'}"
        able = [v for v in self.visits if _reached(v, state)]
        if able:
            missing = sorted(set(kinds) - set(able[0].recorded))
            return f"not recorded: {', '.join(missing)}"
        made = [v for v in self.visits if v.choice is _CHOICES.get(state)]
        if not made:
            return f"no visit with the choice '{_CHOICES[state]}' could be used" if state in _CHOICES else "not visited"
        result = made[0].choice_result
        return f"choice '{made[0].choice}': {result.status}" + (f" ({result.reason})" if result.reason else "")

    def choice_statuses(self, choice: Choice) -> tuple[str, ...]:
        """How this choice went in each usable visit that was to make it."""
        return tuple(v.choice_result.status for v in self.visits if v.choice is choice)

    # --- sightings -----------------------------------------------------------------------------------

    @cached_property
    def sightings(self) -> tuple[Sighting, ...]:
        """Every request, cookie and stored key of the usable visits, in order."""
        return tuple(sighting for visit in self.visits for sighting in self._of_visit(visit))

    def _of_visit(self, visit: Visit) -> Iterator[Sighting]:
        load = first_load_after_choice(visit)
        for o in visit.observations:
            if not isinstance(o, RequestSent | CookieOffered | CookieHeld | StorageWritten):
                continue
            if o.kind not in visit.recorded:
                continue  # its recorder came too late to tell before from after
            key = f"{visit.id}/{o.id}"
            label = self.labels.get(key, NO_LABEL)
            state = state_of(visit, o.phase)
            fresh = is_fresh(o, load)
            if isinstance(o, RequestSent):
                yield RequestSighting(key=key, visit=visit, observation=o, label=label, state=state, fresh=fresh)
            elif isinstance(o, StorageWritten):
                yield StorageSighting(key=key, visit=visit, observation=o, label=label, state=state, fresh=fresh)
            elif isinstance(o, CookieHeld):
                yield CookieSighting(
                    key=key,
                    visit=visit,
                    observation=o,
                    label=label,
                    state=state,
                    fresh=fresh,
                    name=o.name,
                    domain=o.domain.lstrip(".").lower(),
                    value=o.value,
                    lifetime_days=None,
                    held=True,
                )
            elif (cookie := offered(o, visit)) is not None:
                yield CookieSighting(
                    key=key,
                    visit=visit,
                    observation=o,
                    label=label,
                    state=state,
                    fresh=fresh,
                    name=cookie.name,
                    domain=cookie.domain or host_of(o.url),
                    value=cookie.value,
                    lifetime_days=cookie.lifetime_days,
                    held=False,
                )

    @cached_property
    def requests(self) -> tuple[RequestSighting, ...]:
        """Requests to other parties than the site, and those of the site that a label gives to a product."""
        return tuple(s for s in self.sightings if isinstance(s, RequestSighting))

    @cached_property
    def cookies(self) -> tuple[CookieSighting, ...]:
        """Cookies kept by the browser: offers that it did not refuse and that do not delete, and the jar."""
        cookies = (s for s in self.sightings if isinstance(s, CookieSighting))
        return tuple(s for s in cookies if not s.deletes and not s.refused_by_browser)

    @cached_property
    def storage(self) -> tuple[StorageSighting, ...]:
        return tuple(s for s in self.sightings if isinstance(s, StorageSighting))

    @cached_property
    def cookies_before(self) -> dict[str, frozenset[tuple[str, str]]]:
        """Per visit: name and domain of the cookies that were there before the choice."""
        before = [s for s in self.cookies if s.state is State.BEFORE]
        return {v.id: frozenset(s.identity for s in before if s.visit.id == v.id) for v in self.visits}

    @cached_property
    def products_before(self) -> dict[str, frozenset[str | None]]:
        """Per visit: the products at work before the choice."""
        before = [s for s in self.sightings if s.state is State.BEFORE]
        return {v.id: frozenset(s.label.product for s in before if s.visit.id == v.id) for v in self.visits}

    @cached_property
    def products_storing(self) -> frozenset[str | None]:
        """Products of which a cookie or a stored key that tracks was seen in any visit."""
        kept = (*self.cookies, *self.storage)
        return frozenset(s.label.product for s in kept if s.label.tracker is True)

    def is_third_party(self, sighting: Sighting) -> bool:
        """Whether a request or cookie goes to another registrable domain than the site."""
        if isinstance(sighting, CookieSighting):
            return registrable_domain(sighting.domain) != site_of(sighting.visit.site)
        if isinstance(sighting, RequestSighting):
            return is_third_party(sighting.observation.url, sighting.visit.site)
        return False

    # --- who set it ----------------------------------------------------------------------------------

    @cached_property
    def _script_labels(self) -> dict[str, Label]:
        return {s.observation.url: s.label for s in self.requests if s.label.product}

    def set_by(self, sighting: Sighting) -> str | None:
        """The script or server behind an observation: "connect.facebook.net (Meta Pixel, Meta, US)"; None: not known.

        The nearest script with an address counts; a cookie from a response names the server.
        """
        o = sighting.observation
        if isinstance(o, CookieOffered) and o.via == "http":
            return self._place(o.url)
        frame = next((frame for frame in stack_of(o) if frame.url), None)
        return self._place(frame.url) if frame else None

    def _place(self, url: str) -> str | None:
        host = host_of(url)
        label = self._script_labels.get(url)
        if not host or label is None:
            return host or None
        return f"{host} ({', '.join(x for x in (label.product, label.entity, label.country) if x)})"

    # --- banner --------------------------------------------------------------------------------------

    @cached_property
    def banners(self) -> tuple[tuple[Visit, BannerSeen], ...]:
        return tuple((v, o) for v in self.visits for o in v.observations if isinstance(o, BannerSeen))

    @cached_property
    def platform_in_use(self) -> str | None:
        """A consent platform that was asked for or answered, banner or not; None when there was no trace of one."""
        for s in self.requests:
            if s.label.category is Category.CONSENT_PLATFORM and s.label.confidence != "weak":
                return s.label.product or s.host
        for v in self.visits:
            for o in v.observations:
                if o.kind == "consent-signal" and o.system in {"tcf", "gpp"}:
                    return o.system.upper()
        return None

    @cached_property
    def without_banner(self) -> tuple[Visit, ...]:
        """Visits in which a banner was looked for and none was there; () as soon as any visit met one."""
        statuses = {v.choice_result.status for v in self.visits}
        if self.banners or statuses & {"made", "not_offered", "click_failed"}:
            return ()
        return tuple(v for v in self.visits if v.choice_result.status == "no_banner" or "banner" in v.recorded)

    # --- statements ----------------------------------------------------------------------------------

    @cached_property
    def read(self) -> tuple[int, ...]:
        """Indexes of the statements that were read."""
        return tuple(i for i, s in enumerate(self.statements) if s.status == "read")

    @cached_property
    def privacy_read(self) -> bool:
        """Whether a privacy statement (not only a cookie list or a disclaimer) was read."""
        return any(self.statements[i].role in {"privacy", "both"} for i in self.read)

    @cached_property
    def unread(self) -> tuple[str, ...]:
        """Documents that are there but could not be read, in words. A guess at an address that failed is none."""
        found = [
            f"{s.url}: {s.reason or s.status}"
            for s in self.statements
            if s.status not in {"read", "not-a-statement"} and s.role != "other"
        ]
        known = {s.url for s in self.statements}
        for source in self.record.sources:
            gone = source.status in {404, 410} or "well-known" in source.found_by
            if source.failure and source.role != "other" and not gone and source.url not in known:
                found.append(f"{source.url}: {source.failure}")
        return tuple(found)

    @cached_property
    def why_unread(self) -> str:
        """Why there is no statement to judge, in English."""
        if self.unread:
            return f"the statement could not be read ({self.unread[0]})"
        return "no statement was found"

    @cached_property
    def without_phrases(self) -> str | None:
        """A language among the read statements whose claims cannot be read; None when all can."""
        languages = {self.statements[i].language for i in self.read}
        return next((code for code in sorted(filter(None, languages)) if not has_phrases(code)), None)

    @cached_property
    def names(self) -> Names:
        texts = [self.statements[i].text for i in self.read]
        texts += [self.statements[i].links[j][0] for i in self.read for j in range(len(self.statements[i].links))]
        texts += [banner.text for _, banner in self.banners]
        return Names(vendors=self.vendors, declared=self.declared, claims=self.claims, texts=texts)

    def naming(self, label: Label, domains: Iterable[str] = ()) -> Naming | None:
        """How the statement speaks of a label's product; None when no statement was read."""
        return self.names.of(label, domains) if self.read else None

    def declaration(self, name: str) -> DeclaredCookie | None:
        """The most exact row of the cookie lists that covers this name."""
        rows = [row for row in self.declared if declares(row.name, name)]
        return min(rows, key=lambda row: (row.name != name, -len(row.name)), default=None)

    def said(self, kind: str, value: str | bool | None = None) -> tuple[tuple[int, Claim], ...]:
        """Claims of a kind (and value) with their indexes. Kind and value say it all: the polarity only tells how the
        sentence is worded ("we never share" is value no, "nothing without consent" is consent-before)."""
        return tuple(
            (i, claim)
            for i, claim in enumerate(self.claims)
            if claim.kind == kind and (value is None or _same(claim.value, value))
        )

    def item(self, name: str) -> Item | None:
        """A topic of the statement; None when no statement was read."""
        return self.items.get(name) if self.items else None


@cache
def has_phrases(code: str) -> bool:
    """Whether claims are read in this language."""
    return code in codes() and bool(load(code).get("claims"))


def turned_away(visit: Visit) -> bool:
    """Whether the home page answered like a wall to robots: what follows says nothing of the site itself."""
    home = next((o for o in visit.observations if isinstance(o, Navigation)), None)
    if home is None or home.status in _BLOCKED:
        return home is not None
    links = sum(1 for o in visit.observations if isinstance(o, LinkSeen) and o.page == home.page)
    return "link" in visit.recorded and links <= _WALL_LINKS and bool(_WALL_TITLE.search(home.title or ""))


def _reached(visit: Visit, state: State) -> bool:
    if state is State.BEFORE:
        return True
    return visit.choice is _CHOICES[state] and visit.choice_result.status == "made"


def _same(one: str | bool, other: str | bool) -> bool:
    return str(one).lower() == str(other).lower()
