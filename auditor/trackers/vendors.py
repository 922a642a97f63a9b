"""Which product a statement means by a name: product names, former names, company names, with or without trimmings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace

from auditor.model import Category
from auditor.trackers.product import Product

# Words around a name that do not change who is meant.
_TRIMMINGS = frozenset(
    [
        "the",
        "de",
        "het",
        "inc",
        "llc",
        "ltd",
        "limited",
        "bv",
        "nv",
        "gmbh",
        "ag",
        "se",
        "sa",
        "sas",
        "sarl",
        "srl",
        "plc",
        "corp",
        "corporation",
        "company",
        "co",
        "ab",
        "aps",
        "oy",
        "oü",
        "ireland",
        "europe",
        "european",
        "international",
        "emea",
        "technologies",
        "group",
        "holding",
        "cookie",
        "cookies",
        "pixel",
        "pixels",
        "tag",
        "tags",
        "script",
        "scripts",
        "plugin",
        "plugins",
        "plug",
        "in",
        "button",
        "buttons",
        "knop",
        "knoppen",
        "widget",
        "service",
        "services",
        "dienst",
        "software",
        "tool",
        "tracking",
        "platform",
        "com",
        "nl",
        "be",
        "eu",
        "io",
        "net",
        "org",
    ]
)
_NOT_WORD = re.compile(r"[^\w+&]+")


def fold(name: str) -> str:
    """A name for comparison: no case, accents, punctuation; `Meta-pixel` -> `meta pixel`."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()
    return " ".join(_NOT_WORD.sub(" ", plain.replace("'", "").replace(".", "")).split())


class VendorNames:
    """Names to products. A product's own names win over company names; a company's name gives a product of that
    name and category OTHER, since the statement did not say which product it means."""

    def __init__(self, products: Iterable[Product]) -> None:
        self._exact: dict[str, Product] = {}
        self._company: dict[str, Product] = {}
        products = tuple(products)
        for product in products:
            for name in (product.name, *product.aliases):
                self._exact.setdefault(fold(name), product)
            for name in product.entity_aliases:
                if name != product.parent:
                    self._company.setdefault(fold(name), product)
        for product in products:
            if product.parent:
                self._company.setdefault(fold(product.parent), product)

    def find(self, name: str) -> Product | None:
        """The product meant, or None. Long texts are no names."""
        if len(name) > 120:
            return None
        for key in _readings(name):
            if key in self._exact:
                return self._exact[key]
            if key in self._company:
                return _company(self._company[key])
        return None


def _company(product: Product) -> Product:
    """The company behind a product, as something a statement can name."""
    if product.name == product.entity:
        return product
    return replace(
        product,
        name=product.entity,
        category=Category.OTHER,
        aliases=(),
        names=product.entity_aliases,
        requests=(),
        cookies=(),
        storage=(),
        match=(),
        no_match=(),
    )


def _readings(name: str) -> Iterator[str]:
    """Ways to read a name, from as written to stripped: whole, without brackets, sides of a slash, in brackets."""
    outside = re.sub(r"\([^)]*\)", " ", name)
    inside = re.findall(r"\(([^)]*)\)", name)
    sides = re.split(r"\s*[/|,]\s*|\s+(?:formerly|voorheen|ehemals|anciennement|aka)\s+", outside)
    for text in (name, outside, *sides, *inside):
        folded = fold(text)
        if not folded:
            continue
        yield folded
        yield from _stripped(folded)


def _stripped(folded: str) -> Iterator[str]:
    words = folded.split()
    while len(words) > 1 and words[-1] in _TRIMMINGS:
        words.pop()
        yield " ".join(words)
    while len(words) > 1 and words[0] in _TRIMMINGS:
        words.pop(0)
        yield " ".join(words)
    # "hotjar.com" folds to "hotjarcom"
    for ending in ("com", "nl", "io", "eu", "net", "be", "de", "fr"):
        if len(words) == 1 and words[0].endswith(ending) and len(words[0]) - len(ending) >= 4:
            yield words[0][: -len(ending)]
