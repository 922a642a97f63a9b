"""Which request rules can match a host: an index by domain suffix, so that a request tries a handful of rules only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from auditor.model import Category
from auditor.trackers.address import Address
from auditor.trackers.product import Product, RequestRule
from auditor.urls import registrable_domain


class CompiledRule:
    """A request rule with its product; its expressions are compiled at first use."""

    def __init__(self, product: Product, rule: RequestRule) -> None:
        self.product = product
        self.rule = rule
        self.bare = rule.path is None and rule.query is None and rule.body is None

    @cached_property
    def _path(self) -> re.Pattern[str]:
        return re.compile(self.rule.path or "")

    @cached_property
    def _query(self) -> re.Pattern[str]:
        return re.compile(self.rule.query or "")

    @cached_property
    def _body(self) -> re.Pattern[str]:
        return re.compile(self.rule.body or "")

    def matches(self, address: Address, body: str | None) -> bool:
        """Whether path, query and body fit; the host has been looked at."""
        rule = self.rule
        if self.bare:
            return True
        if rule.path is not None and not self._path.search(address.path):
            return False
        if rule.query is not None and not self._query.search(address.query):
            return False
        return rule.body is None or (body is not None and self._body.search(body) is not None)


class HostIndex:
    """Rules by host. For one request: longest host suffix first, conditions before bare hosts, then file order."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._by_suffix: dict[str, list[CompiledRule]] = {}
        self._any_host: list[CompiledRule] = []
        self._known: dict[str, tuple[CompiledRule, ...]] = {}
        for product in products:
            for rule in product.requests:
                self._add(CompiledRule(product, rule))

    def _add(self, rule: CompiledRule) -> None:
        if not rule.rule.hosts:
            self._any_host.append(rule)
        for host in rule.rule.hosts:
            self._by_suffix.setdefault(host, []).append(rule)

    def find(self, address: Address, body: str | None) -> CompiledRule | None:
        """The rule that decides, or None."""
        for rule in self._candidates(address.host):
            if rule.matches(address, body):
                # What stands on rented servers may be anybody's, so a known endpoint says more than the host.
                rented = rule.bare and rule.product.category is Category.HOSTING
                return (self._of_any_host(address, body) if rented else None) or rule
        return self._of_any_host(address, body)

    def _of_any_host(self, address: Address, body: str | None) -> CompiledRule | None:
        """Rules without a host: a tracker's script or endpoint on the site's own domain."""
        may_fit = self._any_host_path.search(address.path) is not None
        for rule in self._any_host if may_fit else self._without_path:
            if rule.matches(address, body):
                return rule
        return None

    @cached_property
    def _without_path(self) -> list[CompiledRule]:
        return [rule for rule in self._any_host if rule.rule.path is None]

    @cached_property
    def _any_host_path(self) -> re.Pattern[str]:
        """One expression that every path of the rules without host satisfies, tried first: nearly no request has one.

        It begins with a plain slash, which the engine looks for by itself; that made it five times as fast.
        """
        branches = [branch for rule in self._any_host for branch in _branches(rule.rule.path or "")]
        return re.compile("/(?:" + "|".join(branch.removeprefix("^").removeprefix("/") for branch in branches) + ")")

    def of_host(self, host: str) -> CompiledRule | None:
        """A rule of the product that owns this host, for cookies: a rule for the bare host, else any for it."""
        rules = self._candidates(host)
        return next((rule for rule in rules if rule.bare), rules[0] if rules else None)

    def _candidates(self, host: str) -> tuple[CompiledRule, ...]:
        found = self._known.get(host)
        if found is None:
            if len(self._known) > 100_000:  # hostile pages make hosts without end
                self._known.clear()
            found = self._known[host] = tuple(self._collect(host))
        return found

    def _collect(self, host: str) -> Iterable[CompiledRule]:
        for suffixes in _suffixes(host):
            rules = [rule for suffix in suffixes for rule in self._by_suffix.get(suffix, ())]
            yield from (rule for rule in rules if not rule.bare)
            yield from (rule for rule in rules if rule.bare)


def _branches(expression: str) -> Iterable[str]:
    """The alternatives of an expression at its top level: `a|b(c|d)` -> `a`, `b(c|d)`. Nothing for ''."""
    depth, start = 0, 0
    skip = False
    for place, sign in enumerate(expression):
        if skip or sign == "\\":
            skip = not skip
        elif sign in "([":
            depth += 1
        elif sign in ")]":
            depth -= 1
        elif sign == "|" and depth == 0:
            yield expression[start:place]
            start = place + 1
    if expression:
        yield expression[start:]


def _suffixes(host: str) -> Iterable[tuple[str, ...]]:
    """`www.google.nl` -> (itself, `www.google.*`), (`google.nl`, `google.*`), down to two labels.

    It goes on below the registrable domain, since companies own public suffixes too (`x.blob.core.windows.net`).
    """
    if not host:
        return
    base = registrable_domain(host)
    name = base.partition(".")[0]
    labels = host.split(".")
    depth = len(labels) - base.count(".") - 1
    for start in range(max(1, len(labels) - 1)):
        suffix = ".".join(labels[start:])
        yield (suffix, ".".join([*labels[start:depth], name, "*"])) if start <= depth else (suffix,)
