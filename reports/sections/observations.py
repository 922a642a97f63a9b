"""All that was seen, in tables: cookies, requests by company, every request, storage, script calls, the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from auditor.model import (
    ConsentSignal,
    CookieHeld,
    CookieOffered,
    FormFound,
    Label,
    RequestSent,
    ScriptCalled,
    StorageWritten,
)
from auditor.urls import host_of, registrable_domain
from reports.seen import Seen
from reports.table import Cell, Table, mono, number, plain, table
from reports.view import SiteView
from reports.words import Words

STATES = ("before", "refuse", "accept", "withdraw", "partial", "unknown")
_SHOWN = (RequestSent, CookieOffered, CookieHeld, StorageWritten, ScriptCalled, ConsentSignal, FormFound)


def gather(view: SiteView) -> dict[str, object]:
    """The tables, and the kinds that no table shows with their numbers: nothing is left out in silence."""
    seen = list(view.sightings.all())
    site = registrable_domain(host_of(view.record.site))
    requests = [s for s in seen if isinstance(s.it, RequestSent)]
    tables = (
        _cookies(seen, view.words),
        _companies(requests, site, view.words),
        _requests(requests, site, view.words),
        _storage(seen, view.words),
        _calls(seen, view.words),
        _signals(seen, view.words),
        _forms(seen, view.words),
    )
    others = Counter(s.it.kind for s in seen if not isinstance(s.it, _SHOWN))
    return {"tables": tuple(t for t in tables if t.total), "others": sorted(others.items())}


def _cookies(seen: Iterable[Seen], words: Words) -> Table:
    groups: dict[tuple[str, str], list[Seen]] = {}
    for s in seen:
        if isinstance(s.it, CookieOffered | CookieHeld):
            groups.setdefault((s.name, _cookie_domain(s)), []).append(s)
    columns = (
        "name",
        "domain",
        "who",
        "purpose",
        "states",
        "lifetime",
        "set-by",
        "raw",
        "refused-by-browser",
        "visits",
    )
    return table("cookies", columns, (_cookie_row(n, d, group, words) for (n, d), group in groups.items()))


def _cookie_row(name: str, domain: str, group: list[Seen], words: Words) -> tuple[Cell, ...]:
    offers = [s for s in group if isinstance(s.it, CookieOffered)]
    label = _best(group)
    days = max((s.lifetime[1] or 0.0 for s in (offers or group) if s.lifetime[0]), default=None)
    raw = next((s.it.raw for s in offers if isinstance(s.it, CookieOffered)), "")
    reasons = dict.fromkeys(r for s in offers if isinstance(s.it, CookieOffered) for r in s.it.blocked_reasons)
    return (
        mono(name),
        mono(domain),
        plain(who(label, words)),
        plain(words.named("category", label.category) if label else words("word.unknown")),
        _states(group, words),
        number(days, words.duration(days or None) if days is not None else ""),
        mono(next((by for s in group if (by := set_by(s))), words("word.unattributed"))),
        mono(raw),
        plain(", ".join(reasons)),
        _visits(group),
    )


def _companies(requests: list[Seen], site: str, words: Words) -> Table:
    groups: dict[str, list[Seen]] = {}
    for s in requests:
        groups.setdefault(_company(s, site, words), []).append(s)
    columns = (
        "company",
        "country",
        "products",
        "purpose",
        "requests",
        *(f"state-{s}" for s in STATES[:3]),
        "hosts",
        "visits",
    )
    return table(
        "companies", columns, (_company_row(n, g, words) for n, g in sorted(groups.items(), key=lambda i: -len(i[1])))
    )


def _company_row(name: str, group: list[Seen], words: Words) -> tuple[Cell, ...]:
    labels = [s.label for s in group if s.label]
    states = Counter(s.state for s in group)
    return (
        plain(name),
        plain(", ".join(dict.fromkeys(words.named("country", label.country) for label in labels if label.country))),
        plain(", ".join(dict.fromkeys(label.product for label in labels if label.product))),
        plain(", ".join(dict.fromkeys(words.named("category", label.category) for label in labels))),
        number(len(group), words.figure(len(group))),
        *(number(states[state], words.figure(states[state])) for state in STATES[:3]),
        mono(", ".join(dict.fromkeys(s.name for s in group))),
        _visits(group),
    )


def _requests(requests: list[Seen], site: str, words: Words) -> Table:
    # When rows must be left out, those of the site itself go first and those of trackers last.
    ranked = sorted(requests, key=lambda s: (not (s.label and s.label.tracker), _own(s, site)))
    columns = ("visit", "moment", "state", "who", "address", "type", "answer", "asked-by")
    return table("requests", columns, (_request_row(s, words) for s in ranked))


def _request_row(seen: Seen, words: Words) -> tuple[Cell, ...]:
    it = seen.it
    if not isinstance(it, RequestSent):
        raise TypeError(f"expected a request, found {it.kind}")
    return (
        plain(seen.visit.id),
        number(it.t_ms, f"{words.figure(it.t_ms)} ms"),
        plain(words(f"state.{seen.state}")),
        plain(who(seen.label, words)),
        mono(it.url if it.method == "GET" else f"{it.method} {it.url}"),
        plain(it.resource_type),
        plain(it.failure or (it.status if it.status is not None else words("word.no-answer"))),
        mono(set_by(seen) or ""),
    )


def _storage(seen: Iterable[Seen], words: Words) -> Table:
    rows = [
        (
            mono(s.it.key), mono(s.it.value if s.it.value is not None else words("word.not-readable")),
            plain(words.named("area", s.it.area)), mono(s.it.origin), plain(who(s.label, words)),
            plain(words(f"state.{s.state}")), mono(set_by(s) or words("word.unattributed")), plain(s.visit.id),
        )
        for s in seen if isinstance(s.it, StorageWritten)
    ]  # fmt: skip
    return table("storage", ("name", "value", "area", "origin", "who", "state", "set-by", "visit"), rows)


def _calls(seen: Iterable[Seen], words: Words) -> Table:
    rows = [
        (
            mono(s.it.api), mono(s.it.detail or ""), mono(set_by(s) or words("word.unattributed")), plain(who(s.label, words)),
            plain(words(f"state.{s.state}")), number(s.it.t_ms, f"{words.figure(s.it.t_ms)} ms"), plain(s.visit.id),
        )
        for s in seen if isinstance(s.it, ScriptCalled)
    ]  # fmt: skip
    return table("calls", ("api", "detail", "asked-by", "who", "state", "moment", "visit"), rows)


def _signals(seen: Iterable[Seen], words: Words) -> Table:
    rows = [
        (plain(s.it.system), mono(s.it.detail), plain(words(f"state.{s.state}")), number(s.it.t_ms, f"{words.figure(s.it.t_ms)} ms"),
         plain(s.visit.id))
        for s in seen if isinstance(s.it, ConsentSignal)
    ]  # fmt: skip
    return table("signals", ("system", "detail", "state", "moment", "visit"), rows)


def _forms(seen: Iterable[Seen], words: Words) -> Table:
    rows = dict.fromkeys(
        (mono(s.page or ""), mono(f"{s.it.method} {s.it.action}"), mono(", ".join(s.it.fields)))
        for s in seen
        if isinstance(s.it, FormFound)
    )
    return table("forms", ("page", "target", "fields"), rows)


def who(label: Label | None, words: Words) -> str:
    """Product, company and country of a label in one line; the word for unknown where there is none."""
    if label is None or not (label.product or label.entity):
        return words("word.tracker-unknown-owner") if label and label.tracker else words("word.unknown")
    country = words.named("country", label.country) if label.country else None
    behind = ", ".join(part for part in (label.entity if label.entity != label.product else None, country) if part)
    name = label.product or label.entity or ""
    return f"{name} ({behind})" if behind else name


def set_by(seen: Seen) -> str | None:
    """Host of the nearest script, else of the answer that carried the cookie; None when unattributed."""
    if seen.chain:
        return host_of(seen.chain[-1].url) or seen.chain[-1].url
    if isinstance(seen.it, CookieOffered) and seen.it.via == "http":
        return host_of(seen.it.url)
    return None


def _cookie_domain(seen: Seen) -> str:
    host = ""
    if isinstance(seen.it, CookieHeld):
        host = seen.it.domain.lstrip(".")
    elif isinstance(seen.it, CookieOffered):
        host = (seen.cookie.domain if seen.cookie else None) or host_of(seen.it.url)
    return registrable_domain(host) if host else ""


def _best(group: list[Seen]) -> Label | None:
    labels = [s.label for s in group if s.label]
    return max(labels, key=lambda label: (label.tracker is True, label.product is not None), default=None)


def _company(seen: Seen, site: str, words: Words) -> str:
    if _own(seen, site):
        return words("word.the-site-itself")
    label = seen.label
    return (label.entity or label.product if label else None) or registrable_domain(seen.name) or words("word.unknown")


def _own(seen: Seen, site: str) -> bool:
    return isinstance(seen.it, RequestSent) and registrable_domain(host_of(seen.it.url)) in {site, ""}


def _states(group: list[Seen], words: Words) -> Cell:
    states = {s.state for s in group}
    return plain(", ".join(words(f"state.{state}") for state in STATES if state in states))


def _visits(group: list[Seen]) -> Cell:
    return plain(", ".join(dict.fromkeys(s.visit.id for s in group)))
