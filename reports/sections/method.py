"""Checks that passed or did not apply, and how all this was measured."""

from __future__ import annotations

from auditor.model import Conditions
from reports.rulebook import Rule, rule
from reports.summary import Group
from reports.view import SiteView


def gather(view: SiteView) -> dict[str, object]:
    """Passed and not-applicable findings with their check's title, the conditions, and the lists used."""
    return {
        "passed": tuple((_rule(view, f.check), f, view.message(f)) for f in view.group(Group.PASSED)),
        "not_applicable": tuple((_rule(view, f.check), f, view.message(f)) for f in view.group(Group.NOT_APPLICABLE)),
        "conditions": tuple(_conditions(view)),
        "lists": sorted(view.audit.lists.items()),
    }


def _rule(view: SiteView, check: str) -> Rule:
    return rule(check, view.words.language)


def _conditions(view: SiteView) -> list[tuple[tuple[str, ...], Conditions]]:
    """Each set of conditions once, with the visits made under it; the moment of start does not make a difference."""
    found: dict[tuple[object, ...], tuple[list[str], Conditions]] = {}
    for visit in view.record.visits:
        c = visit.conditions
        key = (
            c.browser,
            c.flags,
            c.third_party_cookies,
            c.user_agent,
            c.locale,
            c.timezone,
            c.viewport,
            c.dnt,
            c.gpc,
            c.proxy,
        )
        found.setdefault(key, ([], c))[0].append(visit.id)
    return [(tuple(visits), conditions) for visits, conditions in found.values()]
