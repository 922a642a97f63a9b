"""Trackers in the site's own clothes: hits of a known product sent to the site's own domain, and its script from there.

Told by what is sent (measurement id with visitor id) and by the script's shape (container id in the address), so that
renamed paths are found too. Software that sites run themselves, such as Matomo, is no disguise and not reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from auditor.model import RequestSent
from auditor.trackers.techniques.view import Technique, View, evidence, requests


class Payload(NamedTuple):
    """Parameters that only this product sends together; each value must match in full."""

    product: str
    entity: str
    needs: dict[str, str]


PAYLOADS = (
    Payload("Google Analytics 4", "Google", {"v": "2", "tid": r"G-[A-Z0-9]{5,12}", "cid": r"[\d.]{8,40}|[\w.-]{16,}"}),
    Payload(
        "Universal Analytics", "Google", {"v": "1", "tid": r"UA-\d{4,10}-\d{1,4}", "cid": r"[\w.-]{8,}", "t": r"\w+"}
    ),
    Payload("Meta Pixel", "Meta", {"id": r"\d{14,17}", "ev": r"[A-Za-z]\w+", "dl": r"https?:.+"}),
    Payload("TikTok Pixel", "ByteDance", {"sdkid": r"[A-Z0-9]{20}", "event": r".+"}),
)

_SCRIPTS = (
    ("Google Tag Manager", "Google", re.compile(r"[?&]id=GTM-[A-Z0-9]{4,9}(?:&|$)")),
    ("Google tag", "Google", re.compile(r"[?&]id=(?:G-[A-Z0-9]{6,12}|AW-\d{6,12}|DC-\d{6,10})(?:&|$)")),
    ("Meta Pixel", "Meta", re.compile(r"/(?:[a-z]{2}_[A-Z]{2}/fbevents\.js|signals/config/\d{14,17})(?:[?]|$)")),
)


def find(view: View) -> Iterator[Technique]:
    """One technique per product and kind; the products of the site's own company are left out."""
    own = view.label_of(f"https://{view.site}/", "document").entity
    return (one for one in _seen(view) if own not in one.parties)


def _seen(view: View) -> Iterator[Technique]:
    for visit in view.visits:
        for request in requests(visit):
            if not view.is_own(request.url):
                continue
            if request.resource_type == "script":
                found = next(((name, who) for name, who, shape in _SCRIPTS if shape.search(request.url)), None)
                if found:
                    yield Technique(
                        kind="proxied-script",
                        subject=found[0],
                        parties=(view.entity(found[1]),),
                        detail=f"the script of {found[0]} comes from the site's own domain",
                        evidence=evidence(visit, request),
                    )
            elif payload := _payload(request):
                yield Technique(
                    kind="server-side-tagging",
                    subject=payload.product,
                    parties=(view.entity(payload.entity),),
                    detail=f"hits of {payload.product} go to the site's own domain",
                    evidence=evidence(visit, request),
                    confidence="sure",
                )


def _payload(request: RequestSent) -> Payload | None:
    fields = dict(_fields(request))
    return next(
        (one for one in PAYLOADS if all(re.fullmatch(want, fields.get(name, "")) for name, want in one.needs.items())),
        None,
    )


def _fields(request: RequestSent) -> Iterator[tuple[str, str]]:
    texts = [urlsplit(request.url).query]
    if request.body and request.body[:1] not in "{[":
        texts += request.body.splitlines()[:1]
    for text in texts:
        try:
            yield from parse_qsl(text[:8192], max_num_fields=200)
        except ValueError:
            continue
