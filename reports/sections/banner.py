"""The banner as it stood before any click, with its picture; the home page's picture where none was found."""

from __future__ import annotations

import base64
import re
from pathlib import Path

from auditor.model import BannerSeen, Visit
from reports.view import SiteView

LARGEST_PICTURE = 1_500_000  # bytes: more would make the report heavy to mail
_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"RIFF": "image/webp"}
_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}|rgba?\([0-9., %/]{5,40}\)")


def gather(view: SiteView) -> dict[str, object]:
    """The first banner seen with its picture, the visits in which one was seen, and those in which none was."""
    visits = [visit for visit in view.record.visits if visit.failure is None]
    seen = [(visit, one) for visit in visits for one in visit.observations if isinstance(one, BannerSeen)]
    visit, banner = _best(seen) if seen else (None, None)
    with_banner = {v.id for v, _ in seen}
    name = banner.screenshot if banner else next((v.screenshots.get("page-0") for v in visits), None)
    picture, why_not = embed(view.folder, name)
    return {
        "banner": banner,
        "visit": visit,
        "seen_in": tuple(dict.fromkeys(v.id for v, _ in seen)),
        # A visit whose banner recorder was not in place says nothing about a banner.
        "not_seen_in": tuple(v.id for v in visits if v.id not in with_banner and "banner" in v.recorded),
        "picture": picture,
        "picture_name": name,
        "why_not": why_not,
    }


def embed(folder: Path | None, name: str | None) -> tuple[str | None, str | None]:
    """(data address of a picture beside the record, None) or (None, word key of why there is none)."""
    if folder is None or not name:
        return None, "no-picture"
    path = folder / name
    # The name comes out of a saved file: it may not lead out of the folder.
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return None, "picture-missing"
    data = path.read_bytes()
    kind = next((kind for start, kind in _TYPES.items() if data.startswith(start)), None)
    if kind is None:
        return None, "picture-missing"
    if len(data) > LARGEST_PICTURE:
        return None, "picture-large"
    return f"data:{kind};base64,{base64.b64encode(data).decode()}", None


def colour(text: str | None) -> str | None:
    """A colour as the browser gave it, or None: nothing else from a site may stand in an attribute that paints."""
    return text if text and _COLOUR.fullmatch(text) else None


def _best(seen: list[tuple[Visit, BannerSeen]]) -> tuple[Visit, BannerSeen]:
    """The banner that tells most: with a picture and with the most controls."""
    return max(seen, key=lambda pair: (pair[1].screenshot is not None, len(pair[1].controls)))
