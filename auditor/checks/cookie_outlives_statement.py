"""What it looks at: lifetimes as the Set-Cookie string asks for them against what the statement says: the row of the cookie list,
a lifetime given for a vendor's or for all cookies, or a retention period in the section on statistics and cookies. Longer
means more than 1.5 times and at least a day longer.

Why it matters: how long a cookie works is part of what visitors must be told.

When it is wrong: a first value that is corrected in the same visit (the last one counts); several rows for one name (the longest
counts); a retention period that is about data on the server and not about the cookie, so that is the lower grade. The
browser's own limit of 400 days plays no part, for the raw string is read.

Sources: GDPR 13(2)(a); Court of Justice C-673/17 (Planet49) on duration; the rule of 1.5 times is that of Bollinger et al. 2022.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.checks.cookie_not_declared import stable_name
from auditor.evidence import CookieSighting, Evidence, State
from auditor.evidence.answers import not_said
from auditor.evidence.naming import declares, names_of, normal
from auditor.evidence.retention import statistics_retention
from auditor.evidence.tracking import TRACKERS, identifies, is_sure
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import lifetime
from auditor.model import Category, Confidence, Severity

CATALOGUE = ("STB-12",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "Een cookie blijft langer dan de verklaring zegt",
    "en": "A cookie lives longer than stated",
}
MEANING = {
    "nl": "De site vraagt de browser een cookie langer te bewaren dan de verklaring noemt.",
    "en": "The site asks the browser to keep a cookie longer than the statement says.",
}
LAW = "GDPR 13(2)(a); Planet49 C-673/17"

TIMES = 1.5
DAYS = 1.0
SHORTEST_GENERAL = 7.0  # "the cookie ends after 30 minutes" speaks of one cookie, not of all
_LEFT_OUT = frozenset({Category.CONSENT_PLATFORM, Category.SECURITY, Category.HOSTING})


@dataclass(frozen=True, kw_only=True)
class Stated:
    """A lifetime that the statement gives for a cookie: with the claim where there is one, and the sentence."""

    days: float
    claim: int | None
    quote: str
    firm: bool  # False: a period for the data in general, in the section on statistics


def run(evidence: Evidence) -> Iterator[Verdict]:
    groups: dict[str, list[CookieSighting]] = {}
    for s in evidence.cookies:
        if not s.held and s.label.category not in _LEFT_OUT:
            groups.setdefault(stable_name(s.name), []).append(s)
    compared, failed = 0, False
    for name, seen in groups.items():
        stated = stated_for(evidence, seen[-1])
        if stated is None:
            continue
        compared += 1
        last = _last_of_each_visit(seen)
        longest = max(last, key=lambda s: s.lifetime_days or 0)
        if exceeds(longest.lifetime_days, stated.days):
            failed = True
            yield _verdict(evidence, name, [s for s in last if exceeds(s.lifetime_days, stated.days)], stated)
    if failed:
        return
    if compared:
        yield passed(
            SITE,
            nl=f"Van {compared} cookie(s) met een genoemde termijn leeft er geen langer dan gezegd.",
            en=f"Of {compared} cookie(s) with a stated lifetime none lives longer than said.",
        )
    elif any(row.duration_days is not None for row in evidence.declared) or evidence.said("cookie-retention"):
        visits = evidence.looked(State.BEFORE, "cookie-offered")
        reason = (
            "no cookie with a stated lifetime was set" if visits else evidence.why_not(State.BEFORE, "cookie-offered")
        )
        yield undetermined(
            SITE,
            reason,
            claims=[i for i, _ in evidence.said("cookie-retention")],
            nl="Geen cookie met een genoemde termijn is bij het plaatsen gezien.",
            en="No cookie with a stated lifetime was seen being set.",
        )
    else:
        yield not_said(evidence, "hoe lang cookies blijven", "how long cookies stay")


def exceeds(observed: float | None, stated: float) -> bool:
    """Bollinger's rule; a session cookie (None) outlives nothing."""
    return observed is not None and observed > TIMES * stated and observed - stated >= DAYS


def stated_for(evidence: Evidence, s: CookieSighting) -> Stated | None:
    """What the statement says of this cookie's lifetime, the most particular first; None when it says nothing."""
    rows = [row for row in evidence.declared if declares(row.name, s.name)]
    exact = [row for row in rows if row.name == s.name] or rows
    dated = [row for row in exact if row.duration_days is not None]
    if rows:
        row = max(dated, key=lambda row: row.duration_days or 0, default=None)
        return Stated(days=row.duration_days or 0, claim=None, quote=row.quote, firm=True) if row else None
    tracks = is_sure(s.label) and s.label.category in TRACKERS and identifies(s.value)
    return (_of_claims(evidence, s) or _of_section(evidence, s)) if tracks else None


def _of_claims(evidence: Evidence, s: CookieSighting) -> Stated | None:
    claims = [(i, c) for i, c in evidence.said("cookie-retention") if c.duration_days is not None]
    names = names_of(s.label) | {normal(s.label.entity or "")}
    own = [(i, c) for i, c in claims if c.vendor and normal(c.vendor) in names]
    general = [(i, c) for i, c in claims if not c.vendor]
    for group, firm in ((own, True), (general, False)):
        if group:
            index, claim = max(group, key=lambda pair: pair[1].duration_days or 0)
            days = claim.duration_days or 0
            if firm or days >= SHORTEST_GENERAL:
                return Stated(days=days, claim=index, quote=claim.quote, firm=True)
            return None
    return None


def _of_section(evidence: Evidence, s: CookieSighting) -> Stated | None:
    """A retention period in the statement's section on statistics, for statistics cookies only."""
    if s.label.category is not Category.ANALYTICS or evidence.said("cookie-retention"):
        return None
    found = [period for i in evidence.read for period in statistics_retention(evidence.statements[i])]
    if not found:
        return None
    longest = max(found, key=lambda period: period.days)
    return Stated(days=longest.days, claim=None, quote=longest.quote, firm=False)


def _last_of_each_visit(seen: list[CookieSighting]) -> list[CookieSighting]:
    last: dict[tuple[str, str, str], CookieSighting] = {}
    for s in seen:
        last[(s.visit.id, *s.identity)] = s
    return list(last.values())


def _verdict(evidence: Evidence, name: str, seen: list[CookieSighting], stated: Stated) -> Verdict:
    longest = max(s.lifetime_days or 0 for s in seen)
    setter = next((by for s in seen if (by := evidence.set_by(s))), None)
    nl_by, en_by = (f", door {setter}", f", by {setter}") if setter else ("", "")
    quote = stated.quote if len(stated.quote) <= 160 else stated.quote[:157] + "…"
    return fail(
        name,
        seen=seen,
        claims=[stated.claim] if stated.claim is not None else [],
        severity=Severity.MEDIUM if stated.firm else Severity.LOW,
        confidence=None if stated.firm else Confidence.PROXY,
        nl=f"De site is in strijd met de eigen verklaring: {name} wordt geplaatst voor {lifetime(longest, 'nl')}{nl_by}, terwijl de verklaring "
        f"{lifetime(stated.days, 'nl')} noemt (“{quote}”).",
        en=f"The site contradicts its statement: {name} is set for {lifetime(longest, 'en')}{en_by}, while the statement says "
        f"{lifetime(stated.days, 'en')} (“{quote}”).",
    )
