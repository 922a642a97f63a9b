"""Record in, judgement out: labels, statements, every check. Pure: no network, no clock but for `judged_at`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Literal, Protocol, cast

from auditor.checks import Check, all_checks
from auditor.evidence import Evidence, State
from auditor.evidence.index import NO_LABEL
from auditor.evidence.sightings import offered
from auditor.evidence.verdict import Verdict
from auditor.model import (
    SCHEMA,
    Choice,
    Claim,
    Confidence,
    CookieHeld,
    CookieOffered,
    DeclaredCookie,
    Finding,
    Item,
    Label,
    Outcome,
    Reading,
    RequestSent,
    Severity,
    SiteAudit,
    SiteRecord,
    Statement,
    StatementSource,
    StorageWritten,
    VendorNamed,
    Visit,
)
from auditor.urls import host_of, registrable_domain, without_fragment

if TYPE_CHECKING:
    from auditor.trackers.product import Product


class Labels(Protocol):
    """What the audit asks of a labeller; `auditor.trackers.Labeller` is the real one."""

    @property
    def lists(self) -> Mapping[str, str]: ...

    def request(
        self, req_url: str, *, site: str, resource_type: str = ..., body: str | None = ..., method: str = ...
    ) -> Label: ...

    def cookie(
        self, name: str, *, domain: str, site: str, value: str | None = ..., setter_url: str | None = ...
    ) -> Label: ...

    def storage(
        self, key: str, *, origin: str, site: str, value: str | None = ..., setter_url: str | None = ...
    ) -> Label: ...

    def vendor(self, name: str) -> Product | None: ...


@dataclass(frozen=True, kw_only=True)
class Readings:
    """All documents of a site as one statement; indexes in `claims` etc. point into `statements`."""

    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    vendors: tuple[VendorNamed, ...] = ()
    declared: tuple[DeclaredCookie, ...] = ()
    items: dict[str, Item] = field(default_factory=dict)
    date_of_version: str | None = None


def audit(record: SiteRecord, labeller: Labels | None = None) -> SiteAudit:
    """Judge one record. Without a labeller the built-in one is loaded."""
    if labeller is None:
        from auditor.trackers import Labeller

        labeller = Labeller()
    readings = read_statements(record, labeller)
    labels = label_record(record, labeller)
    evidence = Evidence(
        record=record,
        labels=labels,
        statements=readings.statements,
        claims=readings.claims,
        vendors=readings.vendors,
        declared=readings.declared,
        items=readings.items or None,
        date_of_version=readings.date_of_version,
    )
    return SiteAudit(
        schema=SCHEMA,
        tool_version=tool_version(),
        site=record.site,
        host=record.host,
        run=record.run,
        judged_at=datetime.now(UTC).isoformat(timespec="seconds"),
        lists=dict(labeller.lists),
        statements=readings.statements,
        findings=judge(evidence),
        claims=readings.claims,
        vendors=readings.vendors,
        declared_cookies=readings.declared,
        items=readings.items,
        date_of_version=readings.date_of_version,
        labels=labels,
        not_measured=record.not_measured or _walled(evidence),
    )


def _walled(evidence: Evidence) -> str | None:
    """Why nothing was measured although the visits themselves went well; None when some visit saw the site."""
    if evidence.visits or not evidence.record.visits:
        return None
    return evidence.why_not(State.BEFORE).removeprefix("no visit saw the site: ")


def tool_version() -> str:
    try:
        return version("auditor")
    except PackageNotFoundError:
        return "0"


# --- checks ------------------------------------------------------------------------------------------


def judge(evidence: Evidence, checks: Iterable[Check] | None = None) -> tuple[Finding, ...]:
    """Every finding of every check. A check that breaks gives UNDETERMINED with its error; the others go on."""
    findings = []
    for check in all_checks().values() if checks is None else checks:
        try:
            findings += [_finding(check, verdict) for verdict in check.run(evidence)]
        except Exception as error:  # noqa: BLE001 - one of the two recorded edges
            findings.append(_broken(check, error))
    return tuple(findings)


def _finding(check: Check, verdict: Verdict) -> Finding:
    return Finding(
        check=check.id,
        subject=verdict.subject,
        outcome=verdict.outcome,
        severity=verdict.severity or check.severity,
        confidence=verdict.confidence,
        message=verdict.message,
        evidence=verdict.evidence,
        claims=verdict.claims,
        catalogue=check.catalogue,
        reason=verdict.reason,
    )


def _broken(check: Check, error: Exception) -> Finding:
    return Finding(
        check=check.id,
        subject="site",
        outcome=Outcome.UNDETERMINED,
        severity=check.severity,
        confidence=Confidence.PROXY,
        message={
            "nl": "Deze controle brak af door een fout in het programma; er is niets over te zeggen.",
            "en": "This check stopped on an error in the program; nothing can be said about it.",
        },
        evidence=(),
        claims=(),
        catalogue=check.catalogue,
        reason=f"the check failed: {type(error).__name__}: {error}",
    )


def wanted_visits(audit: SiteAudit, record: SiteRecord) -> tuple[tuple[Choice, int], ...]:
    """Second visits that would confirm a grave finding which rests on one clean profile only: (choice, repeat)."""
    visits = {visit.id: visit for visit in record.visits}
    done = {(visit.choice, visit.repeat) for visit in record.visits}
    wanted: dict[tuple[Choice, int], None] = {}
    for finding in audit.findings:
        grave = finding.severity in {Severity.CRITICAL, Severity.HIGH}
        if finding.outcome is Outcome.FAIL and grave and finding.confidence is Confidence.SEEN_ONCE:
            for key in finding.evidence[:1]:
                visit = visits.get(key.partition("/")[0])
                if visit and (visit.choice, 2) not in done:
                    wanted[(visit.choice, 2)] = None
    return tuple(wanted)


# --- labels ------------------------------------------------------------------------------------------


def label_record(record: SiteRecord, labeller: Labels) -> dict[str, Label]:
    """A label for each request, cookie and stored key, under "<visit id>/<observation id>"."""
    return {key: label for visit in record.visits for key, label in _label_visit(visit, labeller)}


def _label_visit(visit: Visit, labeller: Labels) -> Iterable[tuple[str, Label]]:
    setters = _setters(visit)
    for o in visit.observations:
        key = f"{visit.id}/{o.id}"
        if isinstance(o, RequestSent):
            yield (
                key,
                labeller.request(o.url, site=visit.site, resource_type=o.resource_type, body=o.body, method=o.method),
            )
        elif isinstance(o, StorageWritten):
            setter = next((frame.url for frame in o.stack if frame.url), None)
            yield key, labeller.storage(o.key, origin=o.origin, site=visit.site, value=o.value, setter_url=setter)
        elif isinstance(o, CookieHeld):
            domain = o.domain.lstrip(".").lower()
            setter = setters.get((o.name, registrable_domain(domain)))
            yield key, labeller.cookie(o.name, domain=domain, site=visit.site, value=o.value, setter_url=setter)
        elif isinstance(o, CookieOffered):
            cookie = offered(o, visit)
            if cookie is None:
                yield key, NO_LABEL
                continue
            domain = cookie.domain or host_of(o.url)
            yield (
                key,
                labeller.cookie(cookie.name, domain=domain, site=visit.site, value=cookie.value, setter_url=_setter(o)),
            )


def _setter(o: CookieOffered) -> str | None:
    """Address of the script nearest to the write, or of the response that carried the cookie."""
    return o.url if o.via == "http" else next((frame.url for frame in o.stack if frame.url), None)


def _setters(visit: Visit) -> dict[tuple[str, str], str]:
    """Who first set each cookie of a visit, by name and registrable domain, for the cookies found in the jar."""
    setters: dict[tuple[str, str], str] = {}
    for o in visit.observations:
        if isinstance(o, CookieOffered) and (cookie := offered(o, visit)) and (setter := _setter(o)):
            setters.setdefault((cookie.name, registrable_domain(cookie.domain or host_of(o.url))), setter)
    return setters


# --- statements --------------------------------------------------------------------------------------


def read_statements(record: SiteRecord, labeller: Labels) -> Readings:
    """Load and read every document of the record; several documents together are the site's statement."""
    from auditor.statement.load import load
    from auditor.statement.read import read

    pairs = []
    for source in _sources(record):
        statement = load(source)
        pairs.append((statement, read(statement)))
    return merge(pairs, labeller)


def _sources(record: SiteRecord) -> tuple[StatementSource, ...]:
    """The documents that came, each once. One that a script renders was already taken from the browser by the crawl."""
    sources: dict[str, StatementSource] = {}
    for source in record.sources:
        if source.body and not source.failure:
            sources.setdefault(without_fragment(source.url), source)
    return tuple(sources.values())


def merge(pairs: Iterable[tuple[Statement, Reading]], labeller: Labels | None = None) -> Readings:
    """Several readings as one. Of an item or date the privacy statement's word comes first."""
    ranked = sorted(pairs, key=lambda pair: _RANK[pair[0].role])
    items: dict[str, Item] = {}
    for index, (_, reading) in enumerate(ranked):
        for name, item in reading.items.items():
            if name not in items or (item.present and not items[name].present):
                items[name] = replace(item, statement=index)
    return Readings(
        statements=tuple(_with_status(statement, reading) for statement, reading in ranked),
        claims=tuple(replace(c, statement=i) for i, (_, r) in enumerate(ranked) for c in (*r.claims, *r.also_said)),
        vendors=tuple(_owned(replace(v, statement=i), labeller) for i, (_, r) in enumerate(ranked) for v in r.vendors),
        declared=tuple(replace(d, statement=i) for i, (_, r) in enumerate(ranked) for d in r.declared_cookies),
        items=items,
        date_of_version=next((r.date_of_version for _, r in ranked if r.date_of_version), None),
    )


def _with_status(statement: Statement, reading: Reading) -> Statement:
    """The statement, marked as not read where the reading found that it is none or could not be understood."""
    if statement.status != "read" or reading.status == "read":
        return statement
    known = {"not-a-statement": "not-a-statement", "language-not-read": "language-not-read", "empty": "empty"}
    status = cast(_Status, known.get(reading.status, "unreadable"))
    return replace(statement, status=status, reason=reading.reason or reading.status)


_Status = Literal["not-a-statement", "unreadable", "language-not-read", "empty"]
_RANK = {"privacy": 0, "both": 0, "cookies": 1, "other": 2}


def _owned(vendor: VendorNamed, labeller: Labels | None) -> VendorNamed:
    """The vendor with its company filled in, where the signatures know the name."""
    product = labeller.vendor(vendor.name) if labeller and not vendor.entity else None
    return replace(vendor, entity=product.entity) if product else vendor
