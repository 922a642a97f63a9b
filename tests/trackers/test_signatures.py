"""Every example in every signature file: what it must match, must not match, and what is no tracking."""

from __future__ import annotations

import re

import pytest

from auditor.model import Label
from auditor.trackers import Labeller, Product, catalogue
from auditor.trackers.hosts import _branches

SITE = "https://www.example.com/"
PRODUCTS = catalogue.products()


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller()


def label_of(labeller: Labeller, example: str) -> Label:
    """Label of `https://…`, `cookie:NAME@DOMAIN` (domain: the site's own when left out) or `storage:KEY`."""
    kind, _, rest = example.partition(":")
    if kind == "cookie":
        name, _, domain = rest.partition("@")
        return labeller.cookie(name, domain=domain or "www.example.com", site=SITE)
    if kind == "storage":
        return labeller.storage(rest, origin="https://www.example.com", site=SITE)
    return labeller.request(example, site=SITE)


def examples(field: str) -> list[object]:
    return [
        pytest.param(product, example, id=f"{product.name}-{example}"[:100])
        for product in PRODUCTS
        for example in getattr(product, field)
    ]


@pytest.mark.parametrize(("product", "example"), examples("match"))
def test_example_matches_its_product(labeller: Labeller, product: Product, example: str) -> None:
    label = label_of(labeller, example)
    assert (label.product, label.entity) == (product.name, product.entity), label.rule


@pytest.mark.parametrize(("product", "example"), examples("no_match"))
def test_example_does_not_match(labeller: Labeller, product: Product, example: str) -> None:
    assert label_of(labeller, example).product != product.name


@pytest.mark.parametrize(("product", "example"), examples("harmless"))
def test_example_is_no_tracking(labeller: Labeller, product: Product, example: str) -> None:
    label = label_of(labeller, example)
    assert label.product == product.name
    assert label.tracker is False


def test_every_product_has_an_example() -> None:
    assert [product.name for product in PRODUCTS if not product.match] == []


def test_product_names_are_unique() -> None:
    names = [product.name for product in PRODUCTS]
    assert sorted(names) == sorted(set(names))


def test_every_expression_compiles() -> None:
    for product in PRODUCTS:
        for rule in product.requests:
            for expression in (rule.path, rule.query, rule.body):
                re.compile(expression or "")


def test_paths_on_any_host_begin_with_a_slash() -> None:
    """hosts.py sorts requests out by one expression that begins so."""
    wrong = [
        (product.name, branch)
        for product in PRODUCTS
        for rule in product.requests
        if not rule.hosts
        for branch in _branches(rule.path or "")
        if not branch.startswith(("/", "^/"))
    ]
    assert wrong == []


def test_rules_on_any_host_have_a_condition() -> None:
    assert [p.name for p in PRODUCTS for rule in p.requests if not rule.hosts and not (rule.path or rule.query)] == []


def test_countries_are_codes() -> None:
    assert {p.country for p in PRODUCTS if p.country and not re.fullmatch(r"[A-Z]{2}", p.country)} == set()
