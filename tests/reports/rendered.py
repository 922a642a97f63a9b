"""The sample rendered, and ways to look at what a page holds."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import cache
from typing import Any

from auditor.model import Phase, RequestSent, SiteRecord, Visit
from reports import site
from reports.sample import sample

LANGUAGES = ("nl", "en")


@cache
def sample_page(language: str) -> str:
    audit, record = sample()
    return site.render(audit, record, language, None)


def render_changed(language: str = "en", *, record: dict[str, Any] | None = None, **audit_changes: Any) -> str:
    """The sample's report after changes to its audit and record."""
    audit, kept = sample()
    return site.render(replace(audit, **audit_changes), replace(kept, **(record or {})), language, None)


def with_observations(record: SiteRecord, *observations: Any) -> dict[str, Any]:
    """Record fields in which the first visit saw these too."""
    first, *others = record.visits
    grown: Visit = replace(first, observations=(*first.observations, *observations))
    return {"visits": (grown, *others)}


def request(number: int, url: str, **more: Any) -> RequestSent:
    place = "https://www.fietsenhuis.example.org/"
    return RequestSent(id=f"r{number}", page=0, frame=place, t_ms=number, phase=Phase.BEFORE, url=url, **more)


def section(page: str, name: str) -> str:
    """The HTML of one section, by its id."""
    return re.search(rf'<section id="{name}".*?(?=<section id=|</main>)', page, re.DOTALL).group()  # type: ignore[union-attr]


def text_of(markup: str) -> str:
    """What a reader sees of a piece of HTML, on one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())
