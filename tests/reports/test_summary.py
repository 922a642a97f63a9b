"""Which group a finding belongs to, and how they are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.model import Confidence, Finding, Outcome, Severity
from reports.sample import sample
from reports.summary import Counts, Group, counts, group_of, top_findings

FINDING = Finding(
    check="a-check",
    subject="_ga",
    outcome=Outcome.FAIL,
    severity=Severity.HIGH,
    confidence=Confidence.CONFIRMED,
    message={"en": "A sentence."},
    evidence=(),
    claims=(),
    catalogue=("PRE-01",),
)


@pytest.mark.parametrize(
    ("catalogue", "claims", "group"),
    [
        (("STB-05",), (3,), Group.CONTRADICTION),
        (("STB-05", "PRE-01"), (3,), Group.CONTRADICTION),
        (("STB-01",), (), Group.UNMENTIONED),
        (("STB-02",), (4,), Group.UNMENTIONED),  # quotes what comes nearest, yet rests on silence
        (("STB-12",), (), Group.CONTRADICTION),  # rests on a row of the cookie list, which is no claim
        (("STB-20",), (), Group.INFORMATION),
        (("PRE-01",), (), Group.VIOLATION),
        (("REF-02",), (), Group.VIOLATION),
        (("DES-01",), (), Group.VIOLATION),
        (("SEC-01",), (), Group.VIOLATION),
        (("CPL-09f",), (), Group.INFORMATION),
        (("STL-01",), (9,), Group.INFORMATION),
        (("SEC-08",), (1,), Group.CONTRADICTION),
        ((), (), Group.VIOLATION),
    ],
)
def test_a_failed_finding_stands_in_the_group_of_its_catalogue_and_claims(
    catalogue: tuple[str, ...], claims: tuple[int, ...], group: Group
) -> None:
    assert group_of(replace(FINDING, catalogue=catalogue, claims=claims)) is group


@pytest.mark.parametrize(
    ("outcome", "group"),
    [
        (Outcome.PASS, Group.PASSED),
        (Outcome.UNDETERMINED, Group.UNDETERMINED),
        (Outcome.NOT_APPLICABLE, Group.NOT_APPLICABLE),
    ],
)
def test_only_failed_findings_accuse(outcome: Outcome, group: Group) -> None:
    assert group_of(replace(FINDING, outcome=outcome, claims=(1,), catalogue=("STB-05",))) is group


def test_the_sample_is_counted_by_group() -> None:
    audit, _ = sample()
    assert counts(audit) == Counts(
        contradictions=2, unmentioned=1, violations=1, information=2, undetermined=1, passed=2
    )


def test_contradictions_are_named_first_and_the_worst_of_them_first() -> None:
    audit, _ = sample()
    top = top_findings(audit, 3)
    assert [group_of(finding) for finding in top] == [Group.CONTRADICTION, Group.CONTRADICTION, Group.VIOLATION]
    assert top[0].severity is Severity.CRITICAL
