"""The checks, found by folder: one file per check, its name is the check's id.

A check's file has a docstring with four headings (What it looks at, Why it matters, When it is wrong, Sources), the
names CATALOGUE, SEVERITY, KLASS, TITLE, MEANING and LAW, and `run(evidence)` which yields verdicts. KLASS says how much
it may conclude: A decidable by observation, F falsifiable only (seeing disproves, not seeing proves nothing), P an
indirect sign, D decided by the document alone.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from auditor.evidence import Evidence
from auditor.evidence.verdict import Verdict
from auditor.model import Severity

HEADINGS = ("What it looks at", "Why it matters", "When it is wrong", "Sources")


class CheckError(Exception):
    """A check file that does not hold what a check needs: expected, found, where."""


@dataclass(frozen=True, kw_only=True)
class Check:
    """One check as the command line, the report and the audit use it."""

    id: str  # "tracking-cookie-before-choice"
    catalogue: tuple[str, ...]  # ("PRE-01",)
    severity: Severity  # the gravest it gives
    klass: str
    title: Mapping[str, str]  # language -> text
    meaning: Mapping[str, str]
    law: str
    documentation: str  # the docstring
    sections: Mapping[str, str]  # heading -> text
    run: Callable[[Evidence], Iterator[Verdict]]


@cache
def all_checks() -> dict[str, Check]:
    """Every check of the folder by id, in the order of the catalogue. Raises CheckError."""
    names = [module.name for module in iter_modules(__path__)]
    checks = [_check(name) for name in names]
    return {check.id: check for check in sorted(checks, key=lambda check: (check.catalogue, check.id))}


def _check(name: str) -> Check:
    module = import_module(f"{__name__}.{name}")
    try:
        documentation = inspect.cleandoc(module.__doc__ or "")
        return Check(
            id=name.replace("_", "-"),
            catalogue=tuple(module.CATALOGUE),
            severity=Severity(module.SEVERITY),
            klass=module.KLASS,
            title=module.TITLE,
            meaning=module.MEANING,
            law=module.LAW,
            documentation=documentation,
            sections=_sections(documentation, name),
            run=module.run,
        )
    except AttributeError as error:
        raise CheckError(f"checks/{name}.py: {error}; see the docstring of auditor.checks") from error


def _sections(documentation: str, name: str) -> dict[str, str]:
    """The docstring by heading; every heading stands at the start of a line and ends with a colon."""
    parts = re.split(rf"^({'|'.join(HEADINGS)}):", documentation, flags=re.MULTILINE)
    found = {heading: " ".join(text.split()) for heading, text in zip(parts[1::2], parts[2::2], strict=True)}
    missing = [heading for heading in HEADINGS if not found.get(heading)]
    if missing:
        raise CheckError(f"checks/{name}.py: expected the heading '{missing[0]}:' in the docstring, found none")
    return found
