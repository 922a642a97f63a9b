"""Which inner pages of a site to look at: few, and of different kinds."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from auditor.model import LinkSeen
from auditor.urls import host_of, site_of, without_fragment

_FILE = re.compile(
    r"\.(pdf|docx?|xlsx?|pptx?|zip|gz|tar|rar|7z|exe|dmg|apk|msi|jpe?g|png|gif|svg|webp|avif|ico|mp[34]|m4a|wav|avi|mov|webm|ics|vcf"
    r"|csv|xml|rss|atom|json|txt|epub|css|js|woff2?)$",
    re.IGNORECASE,
)
# Pages that end a session, change something or leave the site. Words of nl, en, de, fr.
_AVOID = re.compile(
    r"log-?out|sign-?out|afmelden|uitloggen|abmelden|ausloggen|deconnexion|unsubscribe|uitschrijven|abbestellen|desabonner"
    r"|add-to-cart|remove|delete|verwijder|loeschen|supprimer|/feed/?$|/rss/?$|wp-admin|wp-login|wp-json|xmlrpc|/cdn-cgi/|download"
    r"|[?&](action|add|do|replytocom|share|print)=",
    re.IGNORECASE,
)
# Kinds of pages that load different things: forms, maps, players, baskets, search. Earlier is better.
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(words, re.IGNORECASE))
    for kind, words in (
        ("contact", r"contact|kontakt|nous-joindre|bereikbaar|route|vestiging|locat|standort|filiale"),
        (
            "product",
            r"product|produkt|produit|shop|winkel|store|boutique|artikelen|assortiment|sortiment|catalog|aanbod|angebot|offer|tarie|prijs|preis|prix|pricing",
        ),
        (
            "article",
            r"nieuws|news|blog|artikel|article|actua|verhalen|stories|magazin|aktuell|presse|press|agenda|event|evenement|veranstalt",
        ),
        (
            "form",
            r"aanmeld|inschrijv|registr|sign-?up|subscribe|nieuwsbrief|newsletter|anmeld|inscri|afspraak|termin|rendez-vous|book|boek|reserv|offerte|quote|devis|demo",
        ),
        ("search", r"zoek|search|suche|recherche|\?s=|\?q="),
        ("service", r"dienst|service|leistung|oploss|solution|behandel|werkwijze|hulp|help|support|faq|klantenservice"),
        ("about", r"over-|about|ueber|uber-|a-propos|qui-sommes|team|organisatie|wie-zijn|missie|mission"),
        ("job", r"vacature|werken-bij|job|career|karriere|carriere|emploi|stellen"),
        ("account", r"login|inlog|account|mijn|konto|compte|anmelden"),
    )
)


def choose_pages(home: str, links: Iterable[LinkSeen], n: int, must_see: Sequence[str] = ()) -> tuple[str, ...]:
    """At most `n` addresses for the inner pages of a visit, in a fixed order; `must_see` first and always included.

    Same registrable domain (the same host preferred), different kinds and first path segments preferred. Pure.
    """
    chosen: list[str] = []
    taken = {_key(home)}
    for url in must_see:
        if _key(url) not in taken:
            chosen.append(without_fragment(url))
            taken.add(_key(url))
    candidates = _candidates(home, links, taken)
    groups = {_group(url) for url in chosen}
    while candidates and len(chosen) < n:
        best = min(candidates, key=lambda candidate: _rank(candidate, groups, home))
        candidates.remove(best)
        chosen.append(best.url)
        groups |= {_group(best.url), f"kind:{_kind(best)}"}
    return tuple(chosen)


def _candidates(home: str, links: Iterable[LinkSeen], taken: set[str]) -> list[LinkSeen]:
    site, seen, found = site_of(home), set(taken), []
    for link in links:
        url = link.url
        key = _key(url)
        if not url.startswith(("http://", "https://")) or key in seen or site_of(url) != site:
            continue
        if _FILE.search(urlsplit(url).path) or _AVOID.search(url):
            continue
        seen.add(key)
        found.append(link)
    return found


def _rank(link: LinkSeen, groups: set[str], home: str) -> tuple[int, int, int, int, int, int, str]:
    """Smaller is better. The last part makes the order independent of the page's."""
    kind = _kind(link)
    order = next((number for number, (name, _) in enumerate(_KINDS) if name == kind), len(_KINDS))
    return (
        host_of(link.url).removeprefix("www.") != host_of(home).removeprefix("www."),
        not link.visible,
        f"kind:{kind}" in groups if kind else 1,
        _group(link.url) in groups,
        order,
        # A page deep in the site differs more from the home page than an overview; very deep ones are rare kinds.
        abs(_depth(link.url) - 2),
        link.url,
    )


def _kind(link: LinkSeen) -> str:
    path = urlsplit(link.url)
    place = f"{path.path}?{path.query}"
    for name, pattern in _KINDS:
        if pattern.search(place):
            return name
    return next((name for name, pattern in _KINDS if pattern.search(link.text)), "")


def _group(url: str) -> str:
    """Host and first path segment: pages in one group are likely of one kind."""
    segments = _segments(url)
    return f"{host_of(url)}/{segments[0] if segments else ''}"


def _depth(url: str) -> int:
    return len(_segments(url))


def _segments(url: str) -> list[str]:
    """Path segments without a leading language code."""
    segments = [segment for segment in urlsplit(url).path.lower().split("/") if segment]
    return (
        segments[1:]
        if segments and re.fullmatch(r"[a-z]{2}(-[a-z]{2})?", segments[0]) and len(segments) > 1
        else segments
    )


def _key(url: str) -> str:
    """Two addresses with one key are one page: scheme, www., trailing slash and fragment do not matter."""
    parts = urlsplit(without_fragment(url))
    path = re.sub(r"/(index|default|home)\.(html?|php|aspx?)$", "/", parts.path).rstrip("/")
    query = re.sub(r"(^|&)(utm_[a-z]+|gclid|fbclid|ref)=[^&]*", "", parts.query).lstrip("&")
    return f"{(parts.hostname or '').removeprefix('www.')}{path}?{query}"
