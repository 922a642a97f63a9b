"""Text from a site can say anything and do nothing."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from auditor.model import SiteAudit, SiteRecord
from reports import index, site
from reports.html import web
from reports.sample import sample
from reports.summary import Counts
from tests.reports.rendered import request, with_observations

EVIL = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}{n}{0}%s",
    "\u202egnp.exe\u2066 مرحبا",
    "\x00\x07\x1b[31m\ud800",
    "x" * 10_000,
    "-->]]><!--",
)


class Tags(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def poisoned(evil: str) -> tuple[SiteAudit, SiteRecord]:
    """The sample with one text in every place that a site, a list or a record can fill."""
    audit, record = sample()
    said = replace(
        audit.statements[0],
        text=evil + audit.statements[0].text,
        title=evil,
        url=evil,
        found_by=evil,
        sha256=evil,
        blocks=(),
    )
    claims = tuple(
        replace(c, quote=evil, start=0, end=len(evil), value=evil, hedge=evil, condition=evil) for c in audit.claims
    )
    audit = replace(
        audit, site=evil, host=evil, run=evil, tool_version=evil, statements=(said,), claims=claims, lists={evil: evil},
        findings=tuple(replace(f, message={"en": evil}, reason=evil, subject=evil, catalogue=(*f.catalogue, evil)) for f in audit.findings),
        vendors=tuple(replace(v, name=evil, entity=evil, quote=evil, role=evil) for v in audit.vendors),
        declared_cookies=tuple(replace(d, name=evil, provider=evil, purpose=evil, duration=evil) for d in audit.declared_cookies),
        items={kind: replace(item, quote=evil) for kind, item in audit.items.items()} | {evil: replace(audit.items["purposes"], quote=evil)},
        labels={k: replace(v, product=evil, entity=evil, country=evil) for k, v in audit.labels.items()},
    )  # fmt: skip
    fields = (
        "raw",
        "url",
        "key",
        "value",
        "api",
        "detail",
        "text",
        "name",
        "reason",
        "where",
        "title",
        "domain",
        "platform",
        "screenshot",
    )
    visits = tuple(
        replace(
            visit,
            pages=(evil,) * 4,
            failure=None,
            choice_result=replace(visit.choice_result, how=evil, reason=evil, verified=(evil,)),
            conditions=replace(visit.conditions, browser=evil, user_agent=evil, flags=(evil,)),
            observations=tuple(
                replace(one, **{name: evil for name in fields if hasattr(one, name)}) for one in visit.observations
            ),
        )
        for visit in record.visits
    )
    record = replace(record, site=evil, host=evil, run=evil, search=(evil,), visits=visits)
    return audit, replace(record, **with_observations(record, request(1, evil, body=evil, failure=evil)))


@pytest.mark.parametrize("evil", EVIL, ids=lambda text: ascii(text[:24]))
def test_no_text_becomes_markup(evil: str) -> None:
    page = site.render(*poisoned(evil), "en", None)
    page.encode("utf-8")
    found, clean = Tags(), Tags()
    found.feed(page)
    clean.feed(site.render(*poisoned("harmless"), "en", None))
    assert found.tags.count("script") == 1
    assert set(found.tags) <= set(clean.tags) | {"details", "summary", "i"}  # long text folds
    assert [
        name for name, _ in found.attributes if name.startswith("on") or name in {"style", "srcdoc", "action"}
    ] == []


@pytest.mark.parametrize("evil", EVIL, ids=lambda text: ascii(text[:24]))
def test_links_lead_to_web_addresses_or_into_the_page_only(evil: str) -> None:
    found = Tags()
    found.feed(site.render(*poisoned(evil), "nl", None))
    targets = [value or "" for name, value in found.attributes if name in {"href", "src"}]
    assert [
        target for target in targets if not target.startswith(("#", "https://", "http://", "data:image/png;base64,"))
    ] == []


def test_direction_marks_and_control_characters_are_shown_not_obeyed() -> None:
    page = site.render(*poisoned("\u202egnp.exe\x00"), "en", None)
    assert "\u202e" not in page
    assert "\x00" not in page
    assert "⟨U+202E⟩gnp.exe⟨U+0000⟩" in page


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:x", "data:text/html,x", "file:///etc/passwd", "//example.org", "",
     "https://", "http://[", "https://example.org/\n", "vbscript:x", "blob:https://example.org/1", None],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert web(url) is None


@pytest.mark.parametrize("evil", EVIL, ids=lambda text: ascii(text[:24]))
def test_the_overview_escapes_too(evil: str) -> None:
    row = index.IndexRow(
        host=evil, site=evil, report=evil, counts=Counts(contradictions=1), not_measured=None, seconds=1.0, top={"en": evil},
        language=evil,
    )  # fmt: skip
    found = Tags()
    found.feed(index.render([row, replace(row, not_measured=evil)], evil, "en"))
    assert found.tags.count("script") == 1
    assert "img" not in found.tags
    assert [v for n, v in found.attributes if n == "href" and ":" in (v or "")] == []
