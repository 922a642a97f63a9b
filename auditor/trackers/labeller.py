"""Who is behind a request, a cookie or a storage key, and what it is for.

Sources in order. Requests: signatures, third-party-web, filter list, unknown. Cookies and storage: signatures,
the cookie database, name patterns, the host or script that set it, unknown. Unknown is an honest answer.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Literal

from auditor.model import TRACKING, Category, Label
from auditor.trackers import catalogue, labels, patterns
from auditor.trackers import cookie_database as cookies
from auditor.trackers import entities as third_party_web
from auditor.trackers.address import MAX_HOST, MAX_LENGTH, Address, cut
from auditor.trackers.filter_lists import FilterList
from auditor.trackers.hosts import CompiledRule, HostIndex
from auditor.trackers.labels import UNKNOWN
from auditor.trackers.product import NameRule, Product
from auditor.trackers.values import is_opt_out_value, looks_like_identifier
from auditor.trackers.vendors import VendorNames
from auditor.trackers.wildcards import NamePatterns
from auditor.urls import registrable_domain, site_of

_Named = tuple[Product, NameRule]


class Labeller:
    """All sources behind one door. Makes no network requests; the same input gives the same label.

    filter_list: None for none; `filter_lists.installed()` gives those found on this machine.
    """

    def __init__(self, filter_list: FilterList | None = None) -> None:
        self._all = catalogue.products()
        self._version = catalogue.digest()[:12]
        self._filter_list = filter_list
        self._hosts = HostIndex(self._all)
        self._names = VendorNames(self._all)
        self._entities = third_party_web.Entities(self._names)
        self._cookie_database = cookies.CookieDatabase()
        self._cookies: NamePatterns[_Named] = NamePatterns()
        self._storage: NamePatterns[_Named] = NamePatterns()
        for product in self._all:
            for rule in product.cookies:
                self._cookies.add(rule.name, (product, rule))
            for rule in product.storage:
                self._storage.add(rule.name, (product, rule))
        self._by_rule: dict[CompiledRule, Label] = {}
        self._site_of = lru_cache(maxsize=1024)(site_of)

    @property
    def products(self) -> dict[str, Product]:
        """Every product of the signatures by its name."""
        return {product.name: product for product in self._all}

    @property
    def lists(self) -> dict[str, str]:
        """Source -> version or date, for the report."""
        found = {
            "signatures": self._version,
            "third-party-web": self._entities.version,
            "cookie-database": self._cookie_database.version,
        }
        return found | (self._filter_list.versions if self._filter_list else {})

    def vendor(self, name: str) -> Product | None:
        """The product or company a statement means by a name, under any of its names; None when nobody is known."""
        return self._names.find(name)

    # --- requests

    def request(
        self, req_url: str, *, site: str, resource_type: str = "other", body: str | None = None, method: str = "GET"
    ) -> Label:
        """Label of one request. `site`: address of the visited home page. Never raises for a broken address."""
        address = cut(req_url)
        if address.scheme not in {"http", "https", "ws", "wss"} or not address.host:
            return UNKNOWN
        rule = self._hosts.find(address, body and body[:MAX_LENGTH])
        if rule is not None:
            return self._signature_label(rule)
        return self._by_host(address, resource_type, site) or self._by_list(req_url, site, resource_type) or UNKNOWN

    def _signature_label(self, rule: CompiledRule) -> Label:
        label = self._by_rule.get(rule)
        if label is None:
            label = self._by_rule[rule] = labels.of_request(rule.product, rule.rule, self._version)
        return label

    def _by_host(self, address: Address, resource_type: str, site: str) -> Label | None:
        if registrable_domain(address.host) == self._site_of(site):
            return None
        found = self._entities.find(address.host)
        if not found:
            return None
        pattern, entity = found
        tracker = self._entities.tracker(entity, address, resource_type)
        company, country, aliases = self._entities.company(entity)
        return Label(
            product=entity["name"],
            entity=company,
            country=country,
            category=third_party_web.CATEGORIES.get(entity["category"], Category.OTHER),
            tracker=tracker,
            source=third_party_web.SOURCE,
            version=self._entities.version,
            rule=pattern,
            confidence="likely",
            event="static asset"
            if tracker is False and third_party_web.is_static(address, resource_type)
            else "contact",
            aliases=aliases,
        )

    def _by_list(self, url: str, site: str, resource_type: str) -> Label | None:
        if self._filter_list is None:
            return None
        hit = self._filter_list.match(url, site, resource_type)
        if hit is None:
            return None
        return replace(
            UNKNOWN,
            category=hit.category,
            tracker=True,
            source="filter-list",
            version=hit.version,
            rule=f"{hit.list}: {hit.rule}",
            confidence="likely",
            event="contact",
        )

    # --- cookies and storage

    def cookie(
        self, name: str, *, domain: str, site: str, value: str | None = None, setter_url: str | None = None
    ) -> Label:
        """Label of one cookie. `domain` with or without leading dot; `setter_url`: the nearest script that set it."""
        domain = domain.lstrip(".").lower()[: MAX_HOST + 1]
        label = self._stored(self._cookies, name, domain, site, value, setter_url)
        return labels.opted_out(label) if label.tracker and is_opt_out_value(name, value) else label

    def storage(
        self, key: str, *, origin: str, site: str, value: str | None = None, setter_url: str | None = None
    ) -> Label:
        """Label of one local, session or IndexedDB key."""
        label = self._stored(self._storage, key, cut(origin).host, site, value, setter_url)
        return labels.opted_out(label) if label.tracker and is_opt_out_value(key, value) else label

    def _stored(
        self, rules: NamePatterns[_Named], name: str, domain: str, site: str, value: str | None, setter_url: str | None
    ) -> Label:
        name = name[:512]
        value = value and value[:MAX_LENGTH]
        domain = domain if len(domain) <= MAX_HOST else ""
        setter = self._hosts.find(cut(setter_url), None) if setter_url else None
        if setter is not None and setter.product.category is Category.TAG_MANAGER:
            setter = None  # a tag manager runs other people's code; it says nothing about whose cookie this is
        own = registrable_domain(domain) == self._site_of(site)
        return (
            self._by_name(rules.find(name), domain, own, setter)
            or (self._by_name(self._cookies.find(name), domain, own, setter) if rules is self._storage else None)
            or self._by_database(name, domain, own, setter)
            or _by_pattern(name)
            or self._by_place(domain, own, value)
            or self._by_setter(setter, value)
            or UNKNOWN
        )

    def _by_name(self, found: list[_Named], domain: str, own: bool, setter: CompiledRule | None) -> Label | None:
        best: tuple[int, Product, NameRule] | None = None
        for product, rule in found:
            points = self._agreement(product, rule, domain, own, setter)
            if points is not None and (best is None or points > best[0]):
                best = (points, product, rule)
        if best is None:
            return None
        points, product, rule = best
        return labels.of_name(product, rule, self._version, _confidence(points))

    def _agreement(
        self, product: Product, rule: NameRule, domain: str, own: bool, setter: CompiledRule | None
    ) -> int | None:
        """How well a name rule fits where the cookie stands: None not at all, 0 by its name alone, more is better."""
        if rule.domains:
            if not any(_under(domain, suffix) for suffix in rule.domains):
                return None
            return 3
        if rule.party == "third" and own and setter is None:
            return None
        owner = self._hosts.of_host(domain) if not own else None
        if owner is not None and owner.product.entity == product.entity:
            return 3
        if setter is not None and setter.product.entity == product.entity:
            return 4 if setter.product.name == product.name else 2
        return None if rule.generic else 1

    def _by_database(self, name: str, domain: str, own: bool, setter: CompiledRule | None) -> Label | None:
        rows = self._cookie_database.find(name)
        agreeing = [row for row in rows if self._row_agrees(row, domain, own, setter)]
        if not agreeing and cookies.is_everyday(name):
            return None
        kept = agreeing or [row for row in rows if not row.domains]
        if not kept:
            return None
        # Rows that contradict each other about the purpose tell nothing sure: the harmless one wins, marked weak.
        kinds = {row.category for row in kept}
        row = next((one for one in kept if one.category not in TRACKING), kept[0]) if len(kinds) > 1 else kept[0]
        confidence: Literal["likely", "weak"] = "likely" if agreeing or len(kinds) == 1 else "weak"
        return self._row_label(row, confidence if agreeing else "weak" if cookies.is_short(name) else confidence)

    def _row_agrees(self, row: cookies.CookieRow, domain: str, own: bool, setter: CompiledRule | None) -> bool:
        if not own and any(_under(domain, host) for host in row.domains):
            return True
        if setter is None:
            return False
        known = self._names.find(row.platform) or self._names.find(row.controller)
        return known is not None and known.entity == setter.product.entity

    def _row_label(self, row: cookies.CookieRow, confidence: Literal["likely", "weak"]) -> Label:
        known = self._names.find(row.platform) or self._names.find(row.controller)
        following = row.category in TRACKING
        return Label(
            product=known.name if known else row.platform,
            entity=known.entity if known else row.controller or row.platform,
            country=known.country if known else None,
            category=row.category,
            tracker=(True if confidence == "likely" else None) if following else False,
            source=cookies.SOURCE,
            version=self._cookie_database.version,
            rule=f"{row.platform}: {row.name}",
            confidence=confidence,
            purpose=row.description or None,
            lifetime_days=row.lifetime_days,
            aliases=known.names if known else tuple(dict.fromkeys(filter(None, (row.platform, row.controller)))),
        )

    def _by_place(self, domain: str, own: bool, value: str | None) -> Label | None:
        """An unknown cookie on a known company's domain: that company's, and a tracker if it holds an identifier."""
        if own:
            return None
        owner = self._hosts.of_host(domain)
        if owner is not None:
            return _inferred(self._signature_label(owner), owner.product, f"on {domain}", value)
        found = self._entities.find(domain)
        if not found:
            return None
        label = self._by_host(Address("https", domain, "/", ""), "other", "")
        return label and replace(
            label,
            tracker=looks_like_identifier(value) or None if label.tracker else label.tracker,
            confidence="weak",
            event=None,
        )

    def _by_setter(self, setter: CompiledRule | None, value: str | None) -> Label | None:
        """An unknown first-party cookie written by a known product's script."""
        if setter is None:
            return None
        return _inferred(self._signature_label(setter), setter.product, f"set by {setter.rule.text}", value)


def _inferred(label: Label, product: Product, why: str, value: str | None) -> Label:
    follows = product.category in TRACKING
    return replace(
        label,
        category=product.category,
        tracker=(True if looks_like_identifier(value) else None) if follows else False,
        rule=f"{product.file}: {why}",
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


def _confidence(points: int) -> Literal["sure", "likely", "weak"]:
    return "sure" if points >= 1 else "likely"


def _under(host: str, suffix: str) -> bool:
    return host == suffix or host.endswith("." + suffix)
