"""Labels of requests: signatures, then third-party-web, then a filter list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from auditor.model import Category, Label
from auditor.trackers import labels
from auditor.trackers.address import MAX_LENGTH, Address, cut
from auditor.trackers.entities import CATEGORIES, SOURCE, Entities, is_static
from auditor.trackers.filter_lists import FilterList
from auditor.trackers.hosts import CompiledRule, HostIndex
from auditor.trackers.labels import UNKNOWN
from auditor.trackers.product import Product
from auditor.trackers.vendors import VendorNames
from auditor.urls import registrable_domain, site_of

_SCHEMES = frozenset({"http", "https", "ws", "wss"})

site_domain = lru_cache(maxsize=1024)(site_of)
"""Registrable domain of the visited site, remembered: it is asked for at every request."""


class RequestLabels:
    """What is known about addresses."""

    def __init__(
        self, products: Sequence[Product], version: str, names: VendorNames, filter_list: FilterList | None
    ) -> None:
        self.hosts = HostIndex(products)
        self.entities = Entities(names)
        self._version = version
        self._filter_list = filter_list
        self._by_rule: dict[CompiledRule, Label] = {}

    def label(self, url: str, *, site: str, resource_type: str, body: str | None) -> Label:
        """Label of one request; UNKNOWN for what is no web address."""
        address = cut(url)
        if address.scheme not in _SCHEMES or not address.host:
            return UNKNOWN
        rule = self.hosts.find(address, body and body[:MAX_LENGTH])
        if rule is not None:
            return self.of_rule(rule)
        third = registrable_domain(address.host) != site_domain(site)
        label = self.of_host(address, resource_type) if third else None
        if label is not None and label.tracker is not None:
            return label
        return self._of_list(label or UNKNOWN, url, site, resource_type) or label or UNKNOWN

    def of_rule(self, rule: CompiledRule) -> Label:
        """The label of a signature's rule, always the same object."""
        label = self._by_rule.get(rule)
        if label is None:
            label = self._by_rule[rule] = labels.of_request(rule.product, rule.rule, self._version)
        return label

    def of_host(self, address: Address, resource_type: str) -> Label | None:
        """What third-party-web says; None where it does not know the host."""
        found = self.entities.find(address.host)
        if not found:
            return None
        pattern, entity = found
        tracker = self.entities.tracker(entity, address, resource_type)
        company, country, aliases = self.entities.company(entity)
        return Label(
            product=entity["name"],
            entity=company,
            country=country,
            category=CATEGORIES.get(entity["category"], Category.OTHER),
            tracker=tracker,
            source=SOURCE,
            version=self.entities.version,
            rule=pattern,
            confidence="likely",
            event="static asset" if tracker is False and is_static(address, resource_type) else "contact",
            aliases=aliases,
        )

    def _of_list(self, known: Label, url: str, site: str, resource_type: str) -> Label | None:
        """What a filter list adds to what is known of the owner: that it is a tracker, by which rule."""
        hit = self._filter_list and self._filter_list.match(url[:MAX_LENGTH], site, resource_type)
        if not hit:
            return None
        return replace(
            known,
            category=hit.category if known.category in {Category.UNKNOWN, Category.OTHER} else known.category,
            tracker=True,
            source="filter-list",
            version=hit.version,
            rule=f"{hit.list}: {hit.rule}",
            confidence="likely",
            event="contact",
        )
