"""An audit held against what its scenario expects; the differences in words."""

from __future__ import annotations

from auditor.model import Finding, Outcome, SiteAudit, SiteRecord
from tests.sites.scenarios import Expected, Scenario


def differences(scenario: Scenario, audit: SiteAudit, record: SiteRecord) -> list[str]:
    """What is not as expected: missing and unlisted findings, unread claims, other choices. Empty: all as expected."""
    if scenario.not_measured is not None:
        return _not_measured(scenario, audit)
    if audit.not_measured is not None:
        return [f"expected a measured site, found: {audit.not_measured}"]
    return [
        *(f"expected {_words(entry)}, found {_found(entry, audit)}" for entry in _missing(scenario, audit)),
        *(f"unlisted {_told(finding)}" for finding in _unlisted(scenario, audit)),
        *(f"claim not read: {kind} = {value}" for kind, value in _unread(scenario, audit)),
        *_choices(scenario, record),
    ]


def _not_measured(scenario: Scenario, audit: SiteAudit) -> list[str]:
    told = [f"unlisted {_told(finding)}" for finding in audit.findings if finding.outcome is Outcome.FAIL]
    if not audit.not_measured:
        return ["expected a site that cannot be measured, found a measured one", *told]
    if (scenario.not_measured or "") not in audit.not_measured.lower():
        told.append(f"expected the reason to name {scenario.not_measured!r}, found: {audit.not_measured}")
    return told


def _answers(entry: Expected, finding: Finding) -> bool:
    return entry.catalogue in finding.catalogue and entry.subject in {None, finding.subject}


def _missing(scenario: Scenario, audit: SiteAudit) -> list[Expected]:
    return [
        entry
        for entry in scenario.findings
        if not any(_answers(entry, finding) and finding.outcome == entry.outcome for finding in audit.findings)
    ]


def _unlisted(scenario: Scenario, audit: SiteAudit) -> list[Finding]:
    """FAIL findings that no entry speaks for. One whose catalogue has entries with subjects must be one of those."""
    listed = [entry for entry in scenario.findings if entry.outcome == "FAIL"]
    return [
        finding
        for finding in audit.findings
        if finding.outcome is Outcome.FAIL and not any(_answers(entry, finding) for entry in listed)
    ]


def _unread(scenario: Scenario, audit: SiteAudit) -> list[tuple[str, str]]:
    read = {(claim.kind, str(claim.value).lower()) for claim in audit.claims}
    return [(kind, value) for kind, value in scenario.claims if (kind, value.lower()) not in read]


def _choices(scenario: Scenario, record: SiteRecord) -> list[str]:
    told = []
    for choice, status in scenario.visits.items():
        results = [visit.choice_result for visit in record.visits if visit.choice == choice]
        if not results or any(result.status != status for result in results):
            found = "; ".join(f"{result.status} ({result.reason})" for result in results) or "no visit"
            told.append(f"expected choice {choice} to be {status}, found {found}")
    return told


def _words(entry: Expected) -> str:
    return f"{entry.catalogue} {entry.outcome}" + (f" for {entry.subject}" if entry.subject else "")


def _found(entry: Expected, audit: SiteAudit) -> str:
    found = [_told(finding) for finding in audit.findings if entry.catalogue in finding.catalogue]
    return " | ".join(found) or "no finding of that catalogue id"


def _told(finding: Finding) -> str:
    reason = f" ({finding.reason})" if finding.reason else ""
    return f"{'/'.join(finding.catalogue)} {finding.outcome} {finding.subject}{reason}: {finding.message.get('en', '')}"
