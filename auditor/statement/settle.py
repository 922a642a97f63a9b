"""Which of the things found count together: one value where a statement can have only one, no weak sign beside a strong one.

The rules are those of the definitions of kinds (METHOD.md); each function serves one of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from auditor.statement.claims import Hit

_NONFUNCTIONAL = frozenset({"analytics", "marketing", "social"})


def settle(hits: list[Hit]) -> list[Hit]:
    """The hits that become claims."""
    for rule in _RULES:
        hits = rule(hits)
    return hits


def _of(hits: list[Hit], kind: str) -> set[str | bool]:
    return {hit.value for hit in hits if hit.kind == kind}


def _drop(hits: list[Hit], kind: str, *values: str | bool) -> list[Hit]:
    return [hit for hit in hits if not (hit.kind == kind and hit.value in values)]


def _weak(hits: list[Hit]) -> list[Hit]:
    strong = {hit.kind for hit in hits if not hit.phrase.weak}
    return [hit for hit in hits if not (hit.phrase.weak and hit.kind in strong)]


def _cookies(hits: list[Hit]) -> list[Hit]:
    """Cookies said to be set by anyone make `uses-cookies` yes, whatever a general sentence denies."""
    return _drop(hits, "uses-cookies", "no") if "yes" in _of(hits, "uses-cookies") else hits


def _only_functional(hits: list[Hit]) -> list[Hit]:
    """Other categories in use take "only functional" back."""
    return (
        _drop(hits, "only-functional-cookies", True)
        if _of(hits, "cookie-category") & {"analytics", "marketing", "social"}
        else hits
    )


def _shares(hits: list[Hit]) -> list[Hit]:
    """`yes` if the data serve a recipient's own purposes, else `only-processors` if a service recipient is named or
    allowed, else `no`."""
    found = _of(hits, "shares-with-third-parties")
    if "yes" in found:
        return _drop(hits, "shares-with-third-parties", "only-processors", "no")
    if "only-processors" in found:
        return _drop(hits, "shares-with-third-parties", "no")
    return hits


def _plugins(hits: list[Hit]) -> list[Hit]:
    return _drop(hits, "social-plugins", "unnamed") if _of(hits, "social-plugins") - {"unnamed"} else hits


def _consent(hits: list[Hit]) -> list[Hit]:
    """Named categories say more than "cookies"."""
    return _drop(hits, "consent-before", "all-nonfunctional") if _of(hits, "consent-before") & _NONFUNCTIONAL else hits


def _children(hits: list[Hit]) -> list[Hit]:
    """One rule for children: a sentence that says both that they are not aimed at and what parents must do is
    `not-targeted`; a separate rule goes before a general "not knowingly"."""
    aimed = [hit for hit in hits if hit.kind == "children-under-16" and hit.value == "not-targeted"]
    rules = [hit for hit in hits if hit.kind == "children-under-16" and hit.value != "not-targeted"]
    if not aimed:
        return [hit for hit in hits if hit not in rules[1:]]
    if not rules:
        return hits
    places = {hit.unit.index for hit in aimed}
    if any(
        hit.unit.index not in places and not (hit.unit.index - 1 in places and "tenzij" in hit.unit.low)
        for hit in rules
    ):
        hits = _drop(hits, "children-under-16", "not-targeted")
        return [hit for hit in hits if hit not in rules[1:]]
    return [hit for hit in hits if hit not in rules]


def _yes_over_no(hits: list[Hit]) -> list[Hit]:
    """Said to be done somewhere is done, unless only a heading says so and the sentences deny it."""
    for kind in ("location-data", "beacons-or-pixels", "third-party-cookies", "fingerprinting"):
        if {"yes", "no"} <= _of(hits, kind):
            told = any(hit.kind == kind and hit.value == "yes" and not hit.unit.is_heading for hit in hits)
            hits = _drop(hits, kind, "no" if told else "yes")
    return hits


def _retention(hits: list[Hit]) -> list[Hit]:
    """The same words in another letter case are the same duration."""
    seen: set[str] = set()
    kept: list[Hit] = []
    for hit in hits:
        if hit.kind == "cookie-retention":
            key = str(hit.value).lower()
            if key in seen:
                continue
            seen.add(key)
        kept.append(hit)
    return kept


_RULES: tuple[Callable[[list[Hit]], list[Hit]], ...] = (
    _weak, _cookies, _only_functional, _shares, _plugins, _consent, _children, _yes_over_no, _retention,
)  # fmt: skip
