"""The sample's audit: two contradictions, an omission, a violation, stale text, one point that could not be measured."""

from __future__ import annotations

from auditor.model import (
    SCHEMA,
    Category,
    Confidence,
    Finding,
    Label,
    Outcome,
    RequestSent,
    Severity,
    SiteAudit,
    SiteRecord,
    StatementSource,
)
from reports.sample.statement import URL, claims, declared, items, statement, vendors
from reports.sample.visits import SITE, STARTED, visits

FINISHED = "2026-11-22T09:32:41+00:00"


def sample() -> tuple[SiteAudit, SiteRecord]:
    """One audit and its record, as a crawl and audit would give them, without either."""
    record = _record()
    said = statement(STARTED)
    audit = SiteAudit(
        schema=SCHEMA,
        tool_version="0.1.0",
        site=SITE,
        host="www.fietsenhuis.example.org",
        run="2026-11-22-a",
        judged_at=FINISHED,
        lists={"signatures": "2026-11", "third-party-web": "0.29.0", "cookie-database": "2026-10-30"},
        statements=(said,),
        findings=_findings(),
        claims=claims(said),
        vendors=vendors(said),
        declared_cookies=declared(said),
        items=items(said),
        date_of_version="2019-03-12",
        labels=_labels(record),
        not_measured=None,
    )
    return audit, record


def _record() -> SiteRecord:
    return SiteRecord(
        schema=SCHEMA,
        tool_version="0.1.0",
        site=SITE,
        host="www.fietsenhuis.example.org",
        run="2026-11-22-a",
        started_at=STARTED,
        finished_at=FINISHED,
        sources=(
            StatementSource(
                url=URL, requested=URL, role="both", found_by="footer link 'Privacy en cookies'", fetched_at=STARTED,
                via="fetch", status=200, mime_type="text/html", sha256="5f2a8c0d", body="",
            ),
            StatementSource(
                url=f"{SITE}cookies", requested=f"{SITE}cookies", role="cookies", found_by="well-known path",
                fetched_at=STARTED, via="fetch", status=404, mime_type="text/html", sha256=None, body=None, failure="HTTP 404",
            ),
        ),
        search=("links on the home page", "well-known paths"),
        probes=(),
        visits=visits(),
        not_measured=None,
    )  # fmt: skip


_WHO = {
    "googletagmanager.com": ("Google Tag Manager", "Google", "US", Category.TAG_MANAGER, False),
    "facebook": ("Meta Pixel", "Meta", "US", Category.ADVERTISING, True),
    "linkedin": ("LinkedIn Insight Tag", "Microsoft", "US", Category.ADVERTISING, True),
    "google-analytics.com": ("Google Analytics", "Google", "US", Category.ANALYTICS, True),
    "_fbp": ("Meta Pixel", "Meta", "US", Category.ADVERTISING, True),
    "_ga": ("Google Analytics", "Google", "US", Category.ANALYTICS, True),
    "_li_seen": ("LinkedIn Insight Tag", "Microsoft", "US", Category.ADVERTISING, True),
    "PHPSESSID": ("PHP", None, None, Category.FUNCTIONAL, False),
    "cc_cookie": ("vanilla-cookieconsent", None, None, Category.CONSENT_PLATFORM, False),
}


def _labels(record: SiteRecord) -> dict[str, Label]:
    found: dict[str, Label] = {}
    for visit in record.visits:
        for one in visit.observations:
            text = one.url if isinstance(one, RequestSent) else str(
                getattr(one, "name", "") or getattr(one, "key", "") or getattr(one, "raw", "").partition("=")[0]
            )  # fmt: skip
            who = next((who for mark, who in _WHO.items() if mark in text), None)
            if who and not text.startswith(SITE):
                product, entity, country, category, tracker = who
                found[f"{visit.id}/{one.id}"] = Label(
                    product=product, entity=entity, country=country, category=category, tracker=tracker,
                    source="signatures", version="2026-11", rule=product.lower().replace(" ", "-"),
                )  # fmt: skip
    return found


def _finding(check: str, subject: str, severity: Severity, nl: str, en: str, **more: object) -> Finding:
    facts: dict[str, object] = {
        "outcome": Outcome.FAIL, "confidence": Confidence.CONFIRMED, "evidence": (), "claims": (), "catalogue": (),
    }  # fmt: skip
    facts |= more
    return Finding(check=check, subject=subject, severity=severity, message={"nl": nl, "en": en}, **facts)  # type: ignore[arg-type]


def _findings() -> tuple[Finding, ...]:
    return (
        _finding(
            "set-before-promised-consent", "Meta Pixel", Severity.CRITICAL,
            "De verklaring zegt dat marketingcookies pas na toestemming komen; de Meta Pixel zette _fbp vóór elke keuze.",
            "The statement says that marketing cookies come only after permission; the Meta Pixel set _fbp before any choice.",
            evidence=("none-1/o7", "none-2/o7", "accept-1/o7", "none-1/o8"), claims=(3,), catalogue=("STB-05", "PRE-01"),
        ),
        _finding(
            "cookie-outlives-statement", "_ga", Severity.MEDIUM,
            "De verklaring noemt hoogstens een jaar voor de cookies van Google Analytics; _ga werd voor twee jaar gezet.",
            "The statement gives Google Analytics cookies one year at most; _ga was set for two years.",
            confidence=Confidence.SEEN_ONCE, evidence=("accept-1/o17",), claims=(6,), catalogue=("STB-12",),
        ),
        _finding(
            "tracker-not-mentioned", "LinkedIn Insight Tag", Severity.HIGH,
            "De LinkedIn Insight Tag is actief en wordt in de verklaring niet genoemd.",
            "The LinkedIn Insight Tag is active and the statement does not mention it.",
            evidence=("none-1/o9", "none-2/o9"), catalogue=("STB-01", "STB-02"),
        ),
        _finding(
            "tracking-request-before-choice", "LinkedIn Insight Tag", Severity.HIGH,
            "Vóór elke keuze werd LinkedIn (Microsoft, VS) aangeroepen.",
            "LinkedIn (Microsoft, US) was contacted before any choice.",
            evidence=("none-1/o9", "none-2/o9"), catalogue=("PRE-03", "PRE-04"),
        ),
        _finding(
            "privacy-shield-relied-on", "Privacy Shield", Severity.HIGH,
            "De verklaring steunt op het Privacy Shield, dat sinds 16 juli 2020 ongeldig is.",
            "The statement relies on the Privacy Shield, invalid since 16 July 2020.",
            confidence=Confidence.DOCUMENT, claims=(9,), catalogue=("STL-01",),
        ),
        _finding(
            "right-portability-missing", "right-portability", Severity.MEDIUM,
            "Het recht op overdraagbaarheid van gegevens wordt niet genoemd.",
            "The right to data portability is not named.",
            confidence=Confidence.DOCUMENT, catalogue=("CPL-09f",),
        ),
        _finding(
            "tracker-contacted-after-refusal", "all", Severity.HIGH,
            "Of trackers na een weigering doorgaan, is niet gemeten.", "Whether trackers go on after a refusal was not measured.",
            outcome=Outcome.UNDETERMINED, catalogue=("REF-02",),
            reason="the refusal could not be proven: the banner was still there after the click",
        ),
        _finding(
            "http-without-redirect", "https", Severity.INFO,
            "De site stuurt http door naar https.", "The site sends http on to https.",
            outcome=Outcome.PASS, catalogue=("SEC-01",),
        ),
        _finding(
            "banner-without-refuse", "banner", Severity.INFO,
            "De melding heeft op de eerste laag een weigerknop.", "The banner has a refuse control on its first layer.",
            outcome=Outcome.PASS, catalogue=("DES-01",),
        ),
        _finding(
            "social-only-on-use", "social", Severity.INFO,
            "De verklaring zegt niets over knoppen van sociale media.", "The statement says nothing about social buttons.",
            outcome=Outcome.NOT_APPLICABLE, catalogue=("STB-16",),
        ),
    )  # fmt: skip
