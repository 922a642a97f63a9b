"""Requests made from the rules of a filter list: what a rule should catch, and what lies just beside it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from auditor.trackers import catalogue

SITE = "https://www.winkel.example.com/"
TYPES = (
    "script",
    "image",
    "xmlhttprequest",
    "stylesheet",
    "font",
    "media",
    "subdocument",
    "ping",
    "websocket",
    "other",
)
SEEN = Path(__file__).with_name("seen.tsv")


class Asked(NamedTuple):
    """One request: address, page it is asked from, resource type in the words of filter lists."""

    url: str
    site: str
    type: str


def requests_of(path: Path, count: int, seed: int = 11) -> list[Asked]:
    """`count` rules of a list, evenly chosen, each with what it catches and two near misses."""
    chance = random.Random(seed)
    rules = [line for line in path.read_text(encoding="utf-8").splitlines() if _is_network_rule(line)]
    return [asked for rule in chance.sample(rules, min(count, len(rules))) for asked in _of_rule(rule, chance)]


def requests_of_our_own() -> list[Asked]:
    """The addresses of the signatures' examples and of seen.tsv, asked for as a script and as a picture."""
    texts = [text for product in catalogue.products() for text in (*product.match, *product.no_match)]
    texts += [line.partition("\t")[0] for line in SEEN.read_text(encoding="utf-8").splitlines()]
    return [Asked(text, SITE, kind) for text in texts if text.startswith("http") for kind in ("script", "image")]


def _is_network_rule(line: str) -> bool:
    return bool(line) and line[0] not in "![" and "##" not in line and "#@#" not in line and "#?#" not in line


def _of_rule(rule: str, chance: random.Random) -> Iterator[Asked]:
    pattern, _, options = rule.removeprefix("@@").partition("$")
    if pattern.startswith("/") and pattern.endswith("/") and len(pattern) > 1:
        return  # a regular expression: no address can be read off it
    url = _address(pattern)
    words = options.split(",")
    kind = next((word for word in words if word in TYPES), chance.choice(TYPES))
    domains = next((word.removeprefix("domain=") for word in words if word.startswith("domain=")), "").split("|")
    inside = next((name for name in domains if name and name[0] != "~" and "*" not in name), None)
    site = f"https://www.{inside}/" if inside else SITE
    yield Asked(url, site, kind)
    yield Asked(url, SITE, chance.choice(TYPES))
    yield Asked(_beside(url, chance), site, kind)


def _address(pattern: str) -> str:
    """An address that a pattern without options describes."""
    ends = pattern.endswith("|")
    text = pattern.removesuffix("|").replace("*", "x")
    text = text.removesuffix("^") if text.endswith("^") else text
    text = text.replace("^", "/")
    if text.startswith("||"):
        rest = text[2:].lstrip("./")
        return f"https://{rest}" if "/" in rest or ends else f"https://{rest}/x/y.js?a=1"
    if text.startswith("|"):
        return text[1:]
    if "://" in text:
        return f"https://{text.partition('://')[2]}"
    return f"https://host.example.net/{text.lstrip('/')}"


def _beside(url: str, chance: random.Random) -> str:
    """The address with one sign more somewhere after the scheme."""
    place = chance.randrange(8, len(url) + 1)
    return f"{url[:place]}{chance.choice('qz7-')}{url[place:]}"
