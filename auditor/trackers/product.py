"""What a signature file says, as classes: entity, product, and the rules by which a product is known.

The file format, field by field, stands in signatures/README.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from auditor.model import TRACKING, Category


class SignatureError(Exception):
    """A signature file that cannot be used: expected, found, where."""


class RequestRule(NamedTuple):
    """One pattern of addresses. All given conditions must hold; None holds always.

    hosts: domain suffixes on label borders; `google.*` stands for any public suffix; empty: any host.
    path, query, body: regular expressions, searched (anchor with ^ and $); query without '?'. The path of a rule
    without hosts begins each of its alternatives with `/` or `^/`.
    A named tuple, since thousands are made at every start.
    """

    hosts: tuple[str, ...]
    path: str | None = None
    query: str | None = None
    body: str | None = None
    event: str = "contact"
    tracking: bool | None = False  # whether such a request follows the visitor in itself; None: cannot be told
    category: Category | None = None  # None: the product's

    @property
    def text(self) -> str:
        """How the rule is written in evidence."""
        parts = ["|".join(self.hosts) or "*", self.path or ""]
        parts += [f"?{self.query}" if self.query else "", f" body {self.body}" if self.body else ""]
        return "".join(parts)


class NameRule(NamedTuple):
    """One cookie or storage name; `*` stands for any run of characters, also none.

    domains: empty: the visited site's or any; else the cookie's domain must lie under one of them.
    generic: a name that others use too; without an agreeing domain or setter it decides nothing.
    """

    name: str
    category: Category
    tracking: bool
    purpose: str = ""
    days: float | None = None
    party: str | None = None  # "first", "third", None: either
    domains: tuple[str, ...] = ()
    generic: bool = False


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product of an entity, with every name a statement may give it."""

    name: str
    entity: str
    parent: str | None
    country: str | None  # seat of the parent, ISO 3166-1 alpha-2
    category: Category
    file: str
    aliases: tuple[str, ...] = ()  # other and former names of the product
    entity_aliases: tuple[str, ...] = ()  # names of the company: entity, its other names, its parent
    dpf: str | None = None  # day on which participation in the Data Privacy Framework was looked up; None: not known
    privacy: str | None = None
    opt_out: str | None = None
    cookieless: bool = False
    requests: tuple[RequestRule, ...] = ()
    cookies: tuple[NameRule, ...] = ()
    storage: tuple[NameRule, ...] = ()
    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()  # examples that are no tracking
    names: tuple[str, ...] = field(default=())  # product names, then company names


def products_of(file: str, tables: Mapping[str, Any]) -> tuple[Product, ...]:
    """The products of one parsed file. Raises SignatureError naming file and product."""
    try:
        entity = tables["entity"]
        return tuple(_product(file, entity, table) for table in tables["product"])
    except (KeyError, TypeError, ValueError) as error:
        raise SignatureError(f"signatures/{file}: {error!r}; compare with signatures/README.md") from error


def _product(file: str, entity: Mapping[str, Any], table: Mapping[str, Any]) -> Product:
    category = Category(table["category"])
    aliases = _texts(table, "aliases")
    company = _unique((entity["name"], *_texts(entity, "aliases"), *filter(None, [entity.get("parent")])))
    return Product(
        name=table["name"],
        entity=entity["name"],
        parent=entity.get("parent"),
        country=entity.get("country"),
        category=category,
        file=file,
        aliases=aliases,
        entity_aliases=company,
        dpf=entity.get("dpf"),
        privacy=table.get("privacy", entity.get("privacy")),
        opt_out=table.get("opt_out", entity.get("opt_out")),
        cookieless=bool(table.get("cookieless", False)),
        requests=tuple(_request_rule(rule) for rule in table.get("requests", ())),
        cookies=tuple(rule for row in table.get("cookies", ()) for rule in _name_rules(row, category)),
        storage=tuple(rule for row in table.get("storage", ()) for rule in _name_rules(row, category)),
        match=_texts(table, "match"),
        no_match=_texts(table, "no_match"),
        harmless=_texts(table, "harmless"),
        names=_unique((table["name"], *aliases, *company)),
    )


def _request_rule(row: Mapping[str, Any]) -> RequestRule:
    category = row.get("category")
    return RequestRule(
        hosts=_texts(row, "host"),
        path=row.get("path"),
        query=row.get("query"),
        body=row.get("body"),
        event=row.get("event", "contact"),
        tracking=_tracking(row.get("tracking", False)),
        category=Category(category) if category else None,
    )


def _tracking(value: bool | str) -> bool | None:
    if value == "unsure":
        return None
    if not isinstance(value, bool):
        raise TypeError(f"tracking: expected true, false or 'unsure', found {value!r}")
    return value


def _name_rules(row: Mapping[str, Any], of_product: Category) -> tuple[NameRule, ...]:
    category = Category(row["category"]) if "category" in row else of_product
    return tuple(
        NameRule(
            name=name,
            category=category,
            tracking=row.get("tracking", category in TRACKING),
            purpose=row.get("purpose", ""),
            days=row.get("days"),
            party=row.get("party"),
            domains=_texts(row, "domain"),
            generic=row.get("generic", False),
        )
        for name in _texts(row, "name")
    )


def _texts(table: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value = table.get(key, ())
    return (value,) if isinstance(value, str) else tuple(str(one) for one in value)


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
