"""What each check says about itself: its title, the norm it rests on, and when it may be wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from auditor.checks import all_checks


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A check's own words. All empty for a check that this version does not have (an audit made by another version).

    title and meaning are in the report's language; the others stand in the check's docstring, in English only.
    """

    title: str = ""
    meaning: str = ""
    law: str = ""
    why: str = ""
    wrong_when: str = ""
    sources: str = ""


def rule(check: str, language: str) -> Rule:
    """The words of one check."""
    found = all_checks().get(check)
    if found is None:
        return Rule()
    return Rule(
        title=_in(found.title, language),
        meaning=_in(found.meaning, language),
        law=found.law,
        why=found.sections.get("Why it matters", ""),
        wrong_when=found.sections.get("When it is wrong", ""),
        sources=found.sections.get("Sources", ""),
    )


def _in(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")
