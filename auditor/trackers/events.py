"""What a hit told the other side, in plain words: "page address, page title, visitor id (cid), screen size".

Read from the parameters that each vendor documents or uses in its own script; events.toml lists them. Values are never
shown here, only what kind of thing was sent, apart from the few that a check needs (property, event, consent state).
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from auditor.trackers.address import MAX_LENGTH, Address, cut

_MAX_FIELDS = 400


@dataclass(frozen=True, kw_only=True)
class Hit:
    """One decoded hit.

    anonymise_ip: the aip parameter of Universal Analytics; None where the vendor knows no such parameter (GA4).
    gcs, gcd: Google's consent parameters as sent; None when absent.
    """

    kind: str  # "Google Analytics 4", "Meta Pixel" …
    property_id: str | None  # measurement id, pixel id, site id
    event: str | None  # "page_view", "Purchase" …
    sent: tuple[str, ...]  # kinds of data, in the order of events.toml
    anonymise_ip: bool | None = None
    gcs: str | None = None
    gcd: str | None = None

    @property
    def analytics_granted(self) -> bool | None:
        """Consent for analytics as the hit says (gcs=G1xy: x advertising, y analytics); None: not said."""
        return _granted(self.gcs, 3)

    @property
    def ads_granted(self) -> bool | None:
        """Consent for advertising as the hit says; None: not said."""
        return _granted(self.gcs, 2)


@dataclass(frozen=True, kw_only=True)
class _Kind:
    name: str
    host: re.Pattern[str]
    path: re.Pattern[str]
    needs: tuple[str, ...]
    starts: dict[str, str]  # parameter -> how its value must begin
    properties: tuple[str, ...]
    event: tuple[str, ...]
    sent: tuple[tuple[re.Pattern[str], str], ...]
    anonymise_ip: str | None


def describe_hit(url: str, body: str | None = None) -> str | None:
    """What the request sent, in words; None when it is no hit that we can read. Never raises."""
    hit = decode(url, body)
    return ", ".join(hit.sent) if hit and hit.sent else None


def decode(url: str, body: str | None = None) -> Hit | None:
    """The hit in a request, or None when its kind is not known. Never raises."""
    address = cut(url)
    if not address.host:
        return None
    kinds = [kind for kind in _kinds() if kind.host.search(address.host) and kind.path.search(address.path)]
    if not kinds:
        return None
    fields = dict(_fields(address, body))
    for kind in kinds:
        begins = all(fields.get(name, "").startswith(text) for name, text in kind.starts.items())
        if begins and all(name in fields for name in kind.needs):
            return _hit(kind, fields)
    return None


def _hit(kind: _Kind, fields: Mapping[str, str]) -> Hit:
    sent = [words for expression, words in kind.sent if any(map(expression.fullmatch, fields))]
    return Hit(
        kind=kind.name,
        property_id=_first(fields, kind.properties),
        event=_first(fields, kind.event),
        sent=tuple(dict.fromkeys(sent)),
        anonymise_ip=(fields.get(kind.anonymise_ip) in {"1", "true"}) if kind.anonymise_ip else None,
        gcs=fields.get("gcs"),
        gcd=fields.get("gcd"),
    )


def _first(fields: Mapping[str, str], names: Iterable[str]) -> str | None:
    return next((fields[name][:100] for name in names if name in fields), None)


def _granted(gcs: str | None, place: int) -> bool | None:
    if not gcs or not re.fullmatch(r"G1[01-]{2}", gcs) or gcs[place] == "-":
        return None
    return gcs[place] == "1"


def _fields(address: Address, body: str | None) -> Iterator[tuple[str, str]]:
    """Parameters with a value, from path (`;a=b`), query and body; nested JSON as `context.page.url`."""
    for text in (address.path.partition(";")[2].replace(";", "&"), address.query):
        yield from _form(text)
    if not body:
        return
    text = body[: MAX_LENGTH * 2].strip()
    if text[:1] in "{[":
        yield from _json_fields(text)
        return
    for line in text.splitlines()[:20]:
        for name, value in _form(line):
            yield name, value
            if name == "data":  # Mixpanel: JSON, plain or in base64
                yield from _json_fields(value if value[:1] in "{[" else _from_base64(value))


def _form(text: str) -> Iterator[tuple[str, str]]:
    try:
        pairs = parse_qsl(text, max_num_fields=_MAX_FIELDS)
    except ValueError:  # more fields than a hit has
        return
    yield from pairs


def _from_base64(text: str) -> str:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=None, validate=False).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return ""


def _json_fields(text: str) -> Iterator[tuple[str, str]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        # A shortened body: the names are still there.
        yield from ((name, "…") for name in re.findall(r'"([\w$.-]{1,60})"\s*:\s*[^\s,}]', text)[:_MAX_FIELDS])
        return
    stack: list[tuple[str, Any, int]] = [("", value, 0)]
    count = 0
    while stack and count < _MAX_FIELDS:
        name, item, depth = stack.pop()
        if isinstance(item, dict) and depth < 8:
            stack += [(f"{name}.{key}" if name else str(key), inner, depth + 1) for key, inner in item.items()]
        elif isinstance(item, list) and depth < 8:
            stack += [(name, inner, depth + 1) for inner in item[:50]]
        elif item not in (None, ""):
            count += 1
            yield name, str(item)


@cache
def _kinds() -> tuple[_Kind, ...]:
    tables = tomllib.loads(Path(__file__).with_name("events.toml").read_text(encoding="utf-8"))["hit"]
    return tuple(
        _Kind(
            name=table["name"],
            host=re.compile(table["host"]),
            path=re.compile(table["path"]),
            needs=tuple(table.get("needs", ())),
            starts=table.get("starts", {}),
            properties=tuple(table.get("property", ())),
            event=tuple(table.get("event", ())),
            sent=tuple((re.compile(expression), words) for words, expression in table["sent"].items()),
            anonymise_ip=table.get("anonymise_ip"),
        )
        for table in tables
    )
