"""The statement with its claims marked in place, its items, and what it names against what was seen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from auditor.model import Block, Claim, CookieHeld, CookieOffered, DeclaredCookie, Outcome, Statement, VendorNamed
from reports.quotes import Piece, pieces
from reports.summary import Group, group_of
from reports.view import SiteView, anchor


@dataclass(frozen=True, kw_only=True)
class Part:
    """A paragraph, heading, item or table row of the statement. A row has a cell for each column, others have one."""

    kind: str
    level: int
    cells: tuple[tuple[Piece, ...], ...]
    notes: tuple[int, ...]  # numbers of the claims that begin here


@dataclass(frozen=True, kw_only=True)
class Text:
    """One statement, in parts; consecutive rows stand in one tuple."""

    statement: Statement
    groups: tuple[tuple[Part, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """A claim and what was concluded about it; `findings` are (anchor, message)."""

    claim: Claim
    standing: str
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class DeclaredRow:
    """A declared cookie with the cookies seen under its name. `seen_days`: (known, the longest lifetime)."""

    declared: DeclaredCookie
    names: tuple[str, ...]
    seen_days: tuple[bool, float | None]


def gather(view: SiteView) -> dict[str, object]:
    """Texts, claims with their standing, items, vendors and declared cookies."""
    audit = view.audit
    return {
        "texts": tuple(
            Text(statement=s, groups=tuple(_grouped(parts(s, _spans(audit.claims, number)))))
            for number, s in enumerate(audit.statements)
            if s.text and s.status == "read"
        ),
        "verdicts": tuple(_verdict(view, number, claim) for number, claim in enumerate(audit.claims)),
        "items": tuple(sorted(audit.items.items(), key=lambda pair: (not pair[1].present, pair[0]))),
        "vendors": tuple(_vendors(view)),
        "declared": tuple(_declared(view)),
        "date_of_version": audit.date_of_version,
    }


def parts(statement: Statement, spans: Sequence[tuple[int, int, int]]) -> Iterable[Part]:
    """The whole text, block by block; text between blocks becomes a paragraph, blocks within blocks are not repeated."""
    place = 0
    cells = [block for block in statement.blocks if block.type == "cell"]
    for block in sorted((b for b in statement.blocks if b.type != "cell"), key=lambda b: (b.start, -b.end)):
        if block.start < place or block.end <= block.start:
            continue
        yield from _loose(statement.text, place, block.start, spans)
        yield _part(statement.text, block, [c for c in cells if block.start <= c.start and c.end <= block.end], spans)
        place = block.end
    yield from _loose(statement.text, place, len(statement.text), spans)


def _part(text: str, block: Block, cells: Sequence[Block], spans: Sequence[tuple[int, int, int]]) -> Part:
    ranges = [(cell.start, cell.end) for cell in cells] if block.type == "row" and cells else [(block.start, block.end)]
    return Part(
        kind=block.type,
        level=block.level,
        cells=tuple(pieces(text, start, end, spans) for start, end in ranges),
        notes=tuple(n for n, a, b in spans if block.start <= a < block.end),
    )


def _loose(text: str, start: int, end: int, spans: Sequence[tuple[int, int, int]]) -> Iterable[Part]:
    """Text outside any block, one paragraph a line."""
    for line in text[start:end].splitlines(keepends=True):
        if line.strip():
            yield _part(text, Block(type="paragraph", start=start, end=start + len(line)), (), spans)
        start += len(line)


def _grouped(every: Iterable[Part]) -> Iterable[tuple[Part, ...]]:
    rows: list[Part] = []
    for part in every:
        if part.kind == "row":
            rows.append(part)
            continue
        if rows:
            yield tuple(rows)
            rows = []
        yield (part,)
    if rows:
        yield tuple(rows)


def _spans(claims: Sequence[Claim], statement: int) -> list[tuple[int, int, int]]:
    own = [(number, claim) for number, claim in enumerate(claims) if claim.statement == statement]
    first = [(number, claim.start, claim.end) for number, claim in own]
    return first + [(number, quote.start, quote.end) for number, claim in own for quote in claim.also]


def _verdict(view: SiteView, number: int, claim: Claim) -> Verdict:
    about = [finding for finding in view.audit.findings if number in finding.claims]
    if any(group_of(finding) is Group.CONTRADICTION for finding in about):
        standing = "contradicted"
    elif any(finding.outcome is Outcome.FAIL for finding in about):
        standing = "noted"
    elif any(finding.outcome is Outcome.UNDETERMINED for finding in about):
        standing = "undetermined"
    elif any(finding.outcome is Outcome.PASS for finding in about):
        standing = "held"
    else:
        standing = "human" if claim.klass == "H" else "untested"
    failed = tuple((anchor(f), view.message(f)) for f in about if f.outcome is Outcome.FAIL)
    return Verdict(claim=claim, standing=standing, findings=failed)


def _vendors(view: SiteView) -> Iterable[tuple[VendorNamed, bool]]:
    names: set[str] = set()
    for label in view.audit.labels.values():
        names |= {name.lower() for name in (label.product, *label.aliases) if name}
    for vendor in view.audit.vendors:
        yield vendor, vendor.name.lower() in names


def _declared(view: SiteView) -> Iterable[DeclaredRow]:
    seen: dict[str, list[tuple[bool, float | None]]] = {}
    for s in view.sightings.all():
        if isinstance(s.it, CookieOffered | CookieHeld):
            seen.setdefault(s.name, []).append(s.lifetime)
    for row in view.audit.declared_cookies:
        names = tuple(sorted(name for name in seen if fnmatchcase(name, row.name)))
        days = [days for name in names for known, days in seen[name] if known]
        longest = max((d for d in days if d is not None), default=None)
        yield DeclaredRow(declared=row, names=names, seen_days=(bool(days), longest))
