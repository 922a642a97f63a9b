"""Labels of cookies and storage keys: by name and place, by the cookie database, by telling names, by who set them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from auditor.model import TRACKING, Category, Label
from auditor.trackers import labels, patterns
from auditor.trackers.address import MAX_HOST, MAX_LENGTH, Address, cut
from auditor.trackers.cookie_database import SOURCE, CookieDatabase, CookieRow, is_everyday, is_short
from auditor.trackers.hosts import CompiledRule
from auditor.trackers.labels import UNKNOWN
from auditor.trackers.product import NameRule, Product
from auditor.trackers.request_labels import RequestLabels, site_domain
from auditor.trackers.values import is_opt_out_value, looks_like_identifier
from auditor.trackers.vendors import VendorNames
from auditor.trackers.wildcards import NamePatterns
from auditor.urls import registrable_domain

_Named = tuple[Product, NameRule]
_MAX_NAME = 512


class Place(NamedTuple):
    """Where something is kept and who put it there.

    own: on the visited site's registrable domain. owner: the known company of a foreign domain. setter: the product
    whose script wrote it; None also for a tag manager, which runs other people's code.
    """

    domain: str
    own: bool
    owner: CompiledRule | None
    setter: CompiledRule | None


class StoredLabels:
    """What is known about names of cookies and storage keys."""

    def __init__(self, products: Sequence[Product], version: str, names: VendorNames, requests: RequestLabels) -> None:
        self.database = CookieDatabase()
        self._version = version
        self._names = names
        self._requests = requests
        self._cookies: NamePatterns[_Named] = NamePatterns()
        self._keys: NamePatterns[_Named] = NamePatterns()
        for product in products:
            for rule in product.cookies:
                self._cookies.add(rule.name, (product, rule))
            for rule in product.storage:
                self._keys.add(rule.name, (product, rule))

    def place(self, domain: str, site: str, setter_url: str | None) -> Place:
        """The place of a cookie or key."""
        domain = domain if len(domain) <= MAX_HOST else ""
        own = registrable_domain(domain) == site_domain(site)
        setter = self._requests.hosts.find(cut(setter_url), None) if setter_url else None
        if setter is not None and setter.product.category is Category.TAG_MANAGER:
            setter = None
        return Place(domain, own, None if own else self._requests.hosts.of_host(domain), setter)

    def label_cookie(self, name: str, place: Place, value: str | None) -> Label:
        """Label of one cookie."""
        name = name[:_MAX_NAME]
        return self._finish(self._by_signature(self._cookies, name, place), name, place, value)

    def label_key(self, key: str, place: Place, value: str | None) -> Label:
        """Label of one storage key; cookie names count too, since scripts keep the same thing in both."""
        key = key[:_MAX_NAME]
        found = self._by_signature(self._keys, key, place) or self._by_signature(self._cookies, key, place)
        return self._finish(found, key, place, value)

    def _finish(self, found: Label | None, name: str, place: Place, value: str | None) -> Label:
        value = value and value[:MAX_LENGTH]
        label = (
            found
            or self._by_database(name, place)
            or _by_pattern(name)
            or self._by_domain(place, value)
            or self._by_setter(place, value)
            or UNKNOWN
        )
        return labels.opted_out(label) if label.tracker and is_opt_out_value(name, value) else label

    # --- signatures

    def _by_signature(self, rules: NamePatterns[_Named], name: str, place: Place) -> Label | None:
        best: tuple[int, Product, NameRule] | None = None
        for product, rule in rules.find(name):
            points = _agreement(product, rule, place)
            if points is not None and (best is None or points > best[0]):
                best = (points, product, rule)
        return labels.of_name(best[1], best[2], self._version, "sure") if best else None

    # --- the cookie database

    def _by_database(self, name: str, place: Place) -> Label | None:
        rows = self.database.find(name)
        agreeing = [row for row in rows if self._row_agrees(row, place)]
        if not agreeing and is_everyday(name):
            return None
        kept = agreeing or [row for row in rows if not row.domains]
        if not kept:
            return None
        # Rows that contradict each other about the purpose tell nothing sure: the harmless one wins, marked weak.
        kinds = {row.category for row in kept}
        row = next((one for one in kept if one.category not in TRACKING), kept[0])
        sure = len(kinds) == 1 and (bool(agreeing) or not is_short(name))
        return self._row_label(row, "likely" if sure else "weak")

    def _row_agrees(self, row: CookieRow, place: Place) -> bool:
        if not place.own and any(_under(place.domain, host) for host in row.domains):
            return True
        known = self._known(row) if place.setter else None
        return known is not None and place.setter is not None and known.entity == place.setter.product.entity

    def _known(self, row: CookieRow) -> Product | None:
        return self._names.find(row.platform) or self._names.find(row.controller)

    def _row_label(self, row: CookieRow, confidence: Literal["likely", "weak"]) -> Label:
        known = self._known(row)
        follows = row.category in TRACKING
        return Label(
            product=known.name if known else row.platform,
            entity=known.entity if known else row.controller or row.platform,
            country=known.country if known else None,
            category=row.category,
            tracker=(True if confidence == "likely" else None) if follows else False,
            source=SOURCE,
            version=self.database.version,
            rule=f"{row.platform}: {row.name}",
            confidence=confidence,
            purpose=row.description or None,
            lifetime_days=row.lifetime_days,
            aliases=known.names if known else tuple(dict.fromkeys(filter(None, (row.platform, row.controller)))),
        )

    # --- inference

    def _by_domain(self, place: Place, value: str | None) -> Label | None:
        """An unknown cookie on a known company's domain: that company's, and a tracker if it holds an identifier."""
        if place.owner is not None:
            return _inferred(self._requests.of_rule(place.owner), place.owner, f"on {place.domain}", value)
        label = None if place.own else self._requests.of_host(Address("https", place.domain, "/", ""), "other")
        if label is None:
            return None
        tracker = (looks_like_identifier(value) or None) if label.tracker else label.tracker
        return replace(label, tracker=tracker, confidence="weak", event=None)

    def _by_setter(self, place: Place, value: str | None) -> Label | None:
        """An unknown first-party cookie written by a known product's script."""
        if place.setter is None:
            return None
        return _inferred(self._requests.of_rule(place.setter), place.setter, f"set by {place.setter.rule.text}", value)


def _agreement(product: Product, rule: NameRule, place: Place) -> int | None:
    """How well a name rule fits where the name was seen: None not at all, 1 by its name alone, more is better."""
    if rule.domains:
        return 3 if any(_under(place.domain, suffix) for suffix in rule.domains) else None
    if place.owner is not None and place.owner.product.entity == product.entity:
        return 3
    if place.setter is not None and place.setter.product.entity == product.entity:
        return 4 if place.setter.product.name == product.name else 2
    return None if rule.generic or (rule.party == "third" and place.own) else 1


def _inferred(label: Label, rule: CompiledRule, why: str, value: str | None) -> Label:
    follows = rule.product.category in TRACKING
    return replace(
        label,
        category=rule.product.category,
        tracker=(True if looks_like_identifier(value) else None) if follows else False,
        rule=f"{rule.product.file}: {why}",
        confidence="weak",
        event=None,
        purpose=None,
    )


def _by_pattern(name: str) -> Label | None:
    found = patterns.find(name)
    if found is None:
        return None
    return replace(
        UNKNOWN,
        category=found.category,
        tracker=False,
        source=patterns.SOURCE,
        rule=found.name,
        confidence=found.confidence,
        purpose=found.purpose,
    )


def _under(host: str, suffix: str) -> bool:
    return host == suffix or host.endswith("." + suffix)
