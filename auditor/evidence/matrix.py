"""The state matrix: each vendor, cookie and stored key against before the choice, after refusing, after accepting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from auditor.evidence.index import Evidence
from auditor.evidence.sightings import CookieSighting, RequestSighting, Sighting, State, StorageSighting
from auditor.model import Category, Label, SiteAudit, SiteRecord
from auditor.urls import registrable_domain

MOST_EVIDENCE = 12

_KINDS = {"vendor": ("request",), "cookie": ("cookie-offered", "cookie-held"), "storage": ("storage",)}
_ORDER = {category: place for place, category in enumerate(Category)}


@dataclass(frozen=True, kw_only=True)
class MatrixRow:
    """One row. before, refused, accepted: None when not measured. declared: None when no statement was read.

    lifetime_days: the longest that a Set-Cookie asked for; None for session cookies, storage and vendors.
    """

    kind: Literal["vendor", "cookie", "storage"]
    name: str
    entity: str | None
    country: str | None
    category: Category
    tracker: bool | None
    before: bool | None
    refused: bool | None
    accepted: bool | None
    declared: Literal["named", "category", "no"] | None
    lifetime_days: float | None
    declared_days: float | None
    set_by: str | None
    evidence: tuple[str, ...]


def state_matrix(audit: SiteAudit, record: SiteRecord) -> tuple[MatrixRow, ...]:
    """All rows: vendors, then cookies, then storage; trackers first, then by name."""
    evidence = Evidence(
        record=record,
        labels=audit.labels,
        statements=audit.statements,
        claims=audit.claims,
        vendors=audit.vendors,
        declared=audit.declared_cookies,
        items=audit.items,
        date_of_version=audit.date_of_version,
    )
    rows = [*_vendors(evidence), *_cookies(evidence), *_storage(evidence)]
    kinds = list(_KINDS)
    return tuple(sorted(rows, key=lambda r: (kinds.index(r.kind), r.tracker is not True, _ORDER[r.category], r.name)))


def _vendors(evidence: Evidence) -> Iterable[MatrixRow]:
    groups: dict[str, list[Sighting]] = defaultdict(list)
    for s in evidence.requests:
        if evidence.is_third_party(s) or (s.label.product and s.label.tracker):
            groups[s.label.product or s.label.entity or registrable_domain(s.host)].append(s)
    for name, group in groups.items():
        domains = {registrable_domain(s.host) for s in group if isinstance(s, RequestSighting)}
        label = _best(group)
        naming = evidence.naming(label, domains if not label.product else ())
        yield _row(evidence, "vendor", name, group, label, declared=_grade(naming.grade) if naming else None)


def _cookies(evidence: Evidence) -> Iterable[MatrixRow]:
    groups: dict[tuple[str, str], list[CookieSighting]] = defaultdict(list)
    for s in evidence.cookies:
        groups[s.identity].append(s)
    for (name, domain), group in groups.items():
        label = _best(group)
        row = evidence.declaration(name)
        naming = evidence.naming(label) if label.product else None
        declared: Literal["named", "category", "no"] | None = None
        if evidence.read or evidence.declared:
            declared = "named" if row else "category" if naming and naming.grade != "no" else "no"
        yield _row(
            evidence,
            "cookie",
            f"{name} ({domain})",
            group,
            label,
            declared=declared,
            lifetime_days=max((s.lifetime_days for s in group if s.lifetime_days is not None), default=None),
            declared_days=row.duration_days if row else None,
        )


def _storage(evidence: Evidence) -> Iterable[MatrixRow]:
    groups: dict[tuple[str, str], list[StorageSighting]] = defaultdict(list)
    for s in evidence.storage:
        groups[(s.observation.key, s.observation.origin)].append(s)
    for (key, origin), group in groups.items():
        label = _best(group)
        naming = evidence.naming(label) if label.product else None
        declared: Literal["named", "category", "no"] | None = None
        if evidence.read:
            row = evidence.declaration(key)
            declared = "named" if row else "category" if naming and naming.grade != "no" else "no"
        yield _row(evidence, "storage", f"{key} ({origin})", group, label, declared=declared)


def _row(
    evidence: Evidence,
    kind: Literal["vendor", "cookie", "storage"],
    name: str,
    group: Sequence[Sighting],
    label: Label,
    *,
    declared: Literal["named", "category", "no"] | None,
    lifetime_days: float | None = None,
    declared_days: float | None = None,
) -> MatrixRow:
    def in_state(state: State) -> bool | None:
        if any(s.state is state for s in group):
            return True
        return False if evidence.looked(state, *_KINDS[kind]) else None

    return MatrixRow(
        kind=kind,
        name=name,
        entity=label.entity,
        country=label.country,
        category=label.category,
        tracker=label.tracker,
        before=in_state(State.BEFORE),
        refused=in_state(State.REFUSED),
        accepted=in_state(State.ACCEPTED),
        declared=declared,
        lifetime_days=lifetime_days,
        declared_days=declared_days,
        set_by=next((by for s in group if (by := evidence.set_by(s))), None),
        evidence=tuple(s.key for s in group[:MOST_EVIDENCE]),
    )


def _best(group: Sequence[Sighting]) -> Label:
    """The label that says most: a known tracker before a known product before an unknown."""
    return max((s.label for s in group), key=lambda label: (label.tracker is True, label.product is not None))


def _grade(grade: str) -> Literal["named", "category", "no"]:
    return "named" if grade == "named" else "no" if grade == "no" else "category"
