"""Labels made once per rule and shared: 50,000 requests a second leave no time to build one each."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from auditor.model import Category, Label
from auditor.trackers.product import NameRule, Product, RequestRule

UNKNOWN = Label(
    product=None,
    entity=None,
    country=None,
    category=Category.UNKNOWN,
    tracker=None,
    source="none",
    version="",
    rule="",
    confidence="weak",
)

SIGNATURES = "signatures"


def of_request(product: Product, rule: RequestRule, version: str) -> Label:
    """The label that a signature gives a request."""
    return Label(
        product=product.name,
        entity=product.entity,
        country=product.country,
        category=rule.category or product.category,
        tracker=rule.tracking,
        source=SIGNATURES,
        version=version,
        rule=f"{product.file}: {rule.text}",
        event=rule.event,
        aliases=product.names,
        cookieless=product.cookieless,
    )


def of_name(product: Product, rule: NameRule, version: str, confidence: Literal["sure", "likely", "weak"]) -> Label:
    """The label that a signature gives a cookie or storage key."""
    return Label(
        product=product.name,
        entity=product.entity,
        country=product.country,
        category=rule.category,
        tracker=rule.tracking,
        source=SIGNATURES,
        version=version,
        rule=f"{product.file}: {rule.name}",
        confidence=confidence,
        purpose=rule.purpose or None,
        lifetime_days=rule.days,
        aliases=product.names,
    )


def opted_out(label: Label) -> Label:
    """The same cookie, holding an opt-out: a setting, not a tracker."""
    return replace(label, category=Category.PREFERENCES, tracker=False, purpose="opt-out, no identifier")
