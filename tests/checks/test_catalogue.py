"""What every check file must hold, whatever it checks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auditor import checks
from auditor.checks import HEADINGS, Check, CheckError, all_checks
from auditor.model import Severity

CHECKS = all_checks()
FIRST = [
    "PRE-01",
    "PRE-03",
    "PRE-04",
    "PRE-10",
    "REF-01",
    "REF-02",
    "STB-01",
    "STB-02",
    "STB-03",
    "STB-05",
    "STB-06",
    "STB-08",
    "STB-11",
    "STB-12",
    "STB-15",
    "STB-16",
    "STB-24",
    "STL-01",
    "STL-03",
    "STL-04",
    "CPL-08",
    "CPL-09a",
    "CPL-09b",
    "CPL-09c",
    "CPL-09d",
    "CPL-09e",
    "CPL-09f",
    "CPL-11",
    "CPL-22",
    "DES-01",
    "SEC-01",
]


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_a_check_tells_what_it_is(check: Check) -> None:
    assert set(check.sections) == set(HEADINGS)
    assert all(check.title[code] and check.meaning[code].endswith(".") for code in ("nl", "en"))
    assert check.klass in {"A", "F", "P", "D"}
    assert check.law
    assert check.severity in Severity
    assert all(re.fullmatch(r"[A-Z]{3}-\d\d[a-f]?", number) for number in check.catalogue)


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS.keys())
def test_a_check_never_speaks_of_illegality_nor_grades(check: Check) -> None:
    source = Path(checks.__path__[0], check.id.replace("-", "_") + ".py").read_text(encoding="utf-8").lower()
    assert not re.search(r"\billegal|\billegaal|\bunlawful|\bonrechtmatig|\bcompliance score", source)


def test_the_catalogue_numbers_are_given_once() -> None:
    numbers = [number for check in CHECKS.values() for number in check.catalogue]
    assert len(numbers) == len(set(numbers))


def test_the_checks_that_must_be_there_are_there() -> None:
    assert set(FIRST) <= {number for check in CHECKS.values() for number in check.catalogue}


def test_a_check_without_its_headings_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "half_a_check.py").write_text(
        '"""What it looks at: nothing."""\nCATALOGUE = ()\nSEVERITY = "low"\nKLASS = "A"\n'
        'TITLE = MEANING = {}\nLAW = ""\n\n\ndef run(evidence):\n    yield from ()\n'
    )
    monkeypatch.setattr(checks, "__path__", [str(tmp_path)])
    with pytest.raises(CheckError, match="expected the heading 'Why it matters:'"):
        all_checks.__wrapped__()
