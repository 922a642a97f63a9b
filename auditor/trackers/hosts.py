"""Which request rules can match a host: an index by domain suffix, so that a request tries a handful of rules only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

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
        self.any_host: list[CompiledRule] = []
        self._known: dict[str, tuple[CompiledRule, ...]] = {}
        for product in products:
            for rule in product.requests:
                self._add(CompiledRule(product, rule))

    def _add(self, rule: CompiledRule) -> None:
        if not rule.rule.hosts:
            self.any_host.append(rule)
        for host in rule.rule.hosts:
            self._by_suffix.setdefault(host, []).append(rule)

    def find(self, address: Address, body: str | None) -> CompiledRule | None:
        """The rule that decides, or None."""
        for rule in self._candidates(address.host):
            if rule.matches(address, body):
                return rule
        for rule in self.any_host:
            if rule.matches(address, body):
                return rule
        return None

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


def _suffixes(host: str) -> Iterable[tuple[str, ...]]:
    """`www.google.nl` -> (itself, `www.google.*`), (`google.nl`, `google.*`), down to two labels.

    It goes on below the registrable domain, since companies own public suffixes too (`x.blob.core.windows.net`).
    """
    if not host or len(host) > 253:
        return
    base = registrable_domain(host)
    name = base.partition(".")[0]
    labels = host.split(".")
    depth = len(labels) - base.count(".") - 1
    for start in range(max(1, len(labels) - 1)):
        suffix = ".".join(labels[start:])
        yield (suffix, ".".join([*labels[start:depth], name, "*"])) if start <= depth else (suffix,)
