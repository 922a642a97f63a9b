"""Which findings contradict the statement, which break a norm without a claim, which miss information."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from auditor.model import Finding, Outcome, Severity, SiteAudit

SEVERITIES = (Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.INFO)
"""Worst first."""


class Group(StrEnum):
    """Where a finding stands in the report."""

    CONTRADICTION = "contradiction"  # the statement's own words against what was seen
    UNMENTIONED = "unmentioned"  # seen, and the statement is silent about it: an omission, not a contradiction
    VIOLATION = "violation"  # a possible violation of a norm, whatever the statement says
    INFORMATION = "information"  # the statement is incomplete or out of date
    UNDETERMINED = "undetermined"
    PASSED = "passed"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many findings of each group one audit has."""

    contradictions: int = 0
    unmentioned: int = 0
    violations: int = 0
    information: int = 0
    undetermined: int = 0
    passed: int = 0


def counts(audit: SiteAudit) -> Counts:
    """Count the findings of an audit by group; not-applicable ones are not counted."""
    groups = [group_of(finding) for finding in audit.findings]
    return Counts(
        contradictions=groups.count(Group.CONTRADICTION),
        unmentioned=groups.count(Group.UNMENTIONED),
        violations=groups.count(Group.VIOLATION),
        information=groups.count(Group.INFORMATION),
        undetermined=groups.count(Group.UNDETERMINED),
        passed=groups.count(Group.PASSED),
    )


def group_of(finding: Finding) -> Group:
    """The group of one finding, by its outcome, what it answers in the catalogue and whether it rests on a claim.

    Some statement-against-behaviour checks rest on silence, also where they quote what comes nearest: calling that a
    contradiction would accuse the statement of words it does not hold.
    """
    if finding.outcome is not Outcome.FAIL:
        return _NOT_FAILED[finding.outcome]
    answers = set(finding.catalogue)
    families = {entry.partition("-")[0] for entry in answers}
    if answers and (families <= {"CPL", "STL"} or answers <= _OUT_OF_DATE):
        return Group.INFORMATION
    if "STB" in families:
        return Group.UNMENTIONED if answers & _SILENCE else Group.CONTRADICTION
    return Group.CONTRADICTION if finding.claims else Group.VIOLATION


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by severity, then check and subject, so that two runs give the same order."""
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), f.check, f.subject))


def top_findings(audit: SiteAudit, limit: int = 5) -> list[Finding]:
    """The failed findings to name first: contradictions before violations before omissions, the worst first."""
    order = (Group.CONTRADICTION, Group.VIOLATION, Group.UNMENTIONED, Group.INFORMATION)
    failed = [finding for finding in worst_first(audit.findings) if finding.outcome is Outcome.FAIL]
    return sorted(failed, key=lambda finding: order.index(group_of(finding)))[:limit]


_SILENCE = frozenset({"STB-01", "STB-02", "STB-11"})
"""A tracker, a social plug-in or a cookie that the statement does not name."""

_OUT_OF_DATE = frozenset({"STB-10", "STB-20"})
"""Named in the statement and not seen: old text at most."""

_NOT_FAILED = {
    Outcome.PASS: Group.PASSED,
    Outcome.UNDETERMINED: Group.UNDETERMINED,
    Outcome.NOT_APPLICABLE: Group.NOT_APPLICABLE,
}
