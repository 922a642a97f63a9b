"""Which links of a site lead to its statements: by their words, their address and where they stand. The words are data."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal
from urllib.parse import unquote, urlsplit

from auditor import languages
from auditor.statement.html_links import base_of, page_links
from auditor.urls import absolute, host_of, registrable_domain, site_of, without_fragment

Role = Literal["privacy", "cookies", "both", "other"]

THRESHOLD = 0.5
"""Links below are not taken for a statement. Set on the link samples of tests/statement/links."""

# Hosts whose own statements, and whose explanations of cookies or the law, sites link to.
_FOREIGN = re.compile(
    r"(?:^|\.)(?:google|youtube|facebook|meta|instagram|linkedin|twitter|x|pinterest|tiktok|snapchat|whatsapp|microsoft|apple|mozilla|opera|adobe|cloudflare|hotjar|mailchimp|intuit|paypal|stripe|"
    r"mollie|klarna|cookiebot|cookieyes|complianz|cookiedatabase|onetrust|usercentrics|cookiefirst|wordpress|automattic|wix|squarespace|shopify|vimeo|spotify|soundcloud|hubspot|salesforce|zendesk|autoriteitpersoonsgegevens|"
    r"gegevensbeschermingsautoriteit|cnil|youronlinechoices|allaboutcookies|aboutcookies|cookiesandyou|cookiechoices|veiliginternetten|consumentenbond|rijksoverheid|wetten\.overheid|eur-lex\.europa|privacyshield|networkadvertising|"
    r"aboutads|trustpilot|kiyoh|feedbackcompany|webwinkelkeur|avg|hcaptcha|addthis|sharethis|matomo|wikipedia|amazon|bing|yahoo|reddit|t)\.(?:com|nl|eu|org|be|de|fr|io|gov|net|ie|co|me|europa\.eu|overheid\.nl|info|app)$"
)
_HOSTED = re.compile(
    r"iubenda\.com/privacy-policy|termly\.io/document|privacypolicies\.com|termsfeed\.com|drive\.google\.com|docs\.google\.com|dropbox(?:usercontent)?\.com|privacy-?policy\.|cookiedeclaration|legal(?:text|i)\.|trustedshops|haendlerbund|sharepoint\.com|cdn\.shopify\.com/.*\.pdf|juridox"
)
_ARTICLE = re.compile(
    r"/(?:blogs?|nieuws|nieuwsberichten|news|actueel|actualiteiten?|actualites?|aktuelles|artikelen?|articles?|berichten|posts?|magazine|kennisbank|kennis|knowledge|insights?|inspiratie|producten?|products?|produkte?|produits?|shop|webshop|winkel|collections?|category|categorie|"
    r"tags?|diensten?|services?|leistungen|dienstleistungen|prestations|oplossingen|solutions|vacatures?|jobs|careers|cursus(?:sen)?|trainingen|opleidingen|events?|agenda|recepten?|recipes?|rezepte?|recettes?|podcasts?|wiki|forum|themas?|topics?|dossiers?|expertises?|rechtsgebieden|kompetenzen|expertise)/"
    r"|/20[12]\d/|/p/\d|-\d{5,}(?:\.html)?$",
)
_DOCUMENT_WORDS = re.compile(
    r"(?:verklaring|beleid|statement|policy|notice|reglement|erklarung|erklaerung|hinweise?|politique|declaration|charte)"
)
_PLACES = {"footer": 0.15, "banner": 0.12, "nav": 0.05, "header": 0.05, "other": 0.05, "aside": 0.02, "main": 0.0}


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A page that may be a statement. `score` is 0 to 1, higher is surer; `why` says what decided."""

    url: str
    role: Role
    score: float
    why: str


@dataclass(frozen=True)
class _Words:
    code: str
    strong: dict[str, tuple[str, ...]]
    weak: dict[str, frozenset[str]]
    filler: frozenset[str]
    empty: frozenset[str]
    settings: tuple[str, ...]
    unlike: tuple[str, ...]
    paths: tuple[str, ...]


@cache
def _words() -> tuple[_Words, ...]:
    found = []
    for code in languages.codes():
        table: dict[str, Any] = languages.load(code).get("links", {})
        if not table:
            continue
        found.append(
            _Words(
                code=code,
                strong={role: tuple(map(_squash, table[role])) for role in ("both", "privacy", "cookies", "other")},
                weak={
                    "privacy": frozenset(map(_squash, table["weak_privacy"])),
                    "cookies": frozenset(map(_squash, table["weak_cookies"])),
                },
                filler=frozenset(_plain(word) for word in table["filler"]),
                empty=frozenset(_plain(word) for word in table["empty"]),
                settings=tuple(_plain(word) for word in table["settings"]),
                unlike=tuple(_plain(word) for word in table["unlike"]),
                paths=tuple(table["paths"]),
            )
        )
    return tuple(found)


def rank_links(links: Iterable[tuple[str, str, str]], base: str, language: str = "nl") -> list[Candidate]:
    """The links that lead to a statement, surest first, one per address.

    links: (address, text, place as in `LinkSeen`). `language` is the visitor's: of a statement in several languages the
    one in this language comes first.
    """
    best: dict[str, Candidate] = {}
    for href, text, place in links:
        candidate = _judge(href, text, place, base, language)
        if candidate is None:
            continue
        key = without_fragment(candidate.url).rstrip("/").lower() if "#/" not in candidate.url else candidate.url
        held = best.get(key)
        best[key] = candidate if held is None else _merged(held, candidate)
    return sorted(best.values(), key=lambda c: (-c.score, len(c.url), c.url))


def well_known(base: str, language: str = "nl") -> list[Candidate]:
    """Addresses to try when no link leads to a statement, in the order of the visitor's language."""
    found: dict[str, Candidate] = {}
    for words in sorted(_words(), key=lambda w: w.code != language):
        if words.code not in {language, "en"}:
            continue
        for path in words.paths:
            url = absolute(base, f"/{path}")
            if url and url not in found:
                role = _role_of(_squash(path), words) or ("cookies" if "cookie" in path else "privacy")
                found[url] = Candidate(url=url, role=role, score=0.3, why="well-known path")
    return list(found.values())


def from_sitemap(xml: str, base: str, language: str = "nl") -> list[Candidate]:
    """Statements among the addresses of a sitemap."""
    addresses = re.findall(r"<loc>\s*(?:<!\[CDATA\[)?\s*([^<\]\s]+)", xml[:5_000_000])
    found = rank_links(((address.replace("&amp;", "&"), "", "other") for address in addresses), base, language)
    return [replace(candidate, why=f"sitemap: {candidate.why}") for candidate in found]


def sitemaps_in(text: str, base: str) -> list[str]:
    """Addresses of further sitemaps in a robots.txt or a sitemap index."""
    named = re.findall(r"(?im)^\s*sitemap:\s*(\S+)", text) + re.findall(r"<sitemap>\s*<loc>\s*([^<\s]+)", text)
    return [url for url in dict.fromkeys(absolute(base, href) for href in named) if url]


def find_in_html(html: str, base: str, language: str = "nl") -> dict[str, list[str]]:
    """What `auditor find` answers: absolute addresses per role, best first. A statement on both stands in both lists."""
    declared = base_of(html)
    root = (absolute(base, declared) or base) if declared else base
    found = rank_links(page_links(html), root, language)
    result: dict[str, list[str]] = {"privacy": [], "cookies": [], "other": []}
    for candidate in found:
        for role in ("privacy", "cookies") if candidate.role == "both" else (candidate.role,):
            result[role].append(candidate.url)
    return result


def _merged(held: Candidate, other: Candidate) -> Candidate:
    best, second = (held, other) if held.score >= other.score else (other, held)
    roles = {best.role, second.role} - {"other"}
    if len(roles) == 2:
        return replace(best, role="both", url=without_fragment(best.url) if "#/" not in best.url else best.url)
    return best


def _judge(href: str, text: str, place: str, base: str, language: str) -> Candidate | None:
    url = absolute(base, href)
    if url is None or href.strip() in {"#", ""} or url.rstrip("#") == base.rstrip("#"):
        return None
    words = _plain(text)
    if _is_foreign(url, base):
        return None
    path = _path(url, base)
    best: Candidate | None = None
    for table in _words():
        candidate = _judge_in(
            table, url=url, words=words, path=path, place=place, base=base, language=language, text=text
        )
        if candidate is not None and (best is None or candidate.score > best.score):
            best = candidate
    return best


def _judge_in(
    table: _Words, *, url: str, words: str, path: str, place: str, base: str, language: str, text: str
) -> Candidate | None:
    squashed, squashed_path = _squash(words), _squash(path)
    by_text, by_path = _role_of(squashed, table), _role_of(squashed_path, table)
    tokens = [token for token in re.split(r"[^a-z0-9&]+", words) if token]
    weak_text = None if by_text else _weak_role(tokens, table)
    last = [segment for segment in path.split("/") if segment][-1:] or [""]
    weak_path = (
        None
        if by_path
        else _weak_role([t for t in re.split(r"[^a-z0-9]+", re.sub(r"\.\w{2,5}$", "", last[0])) if t], table)
    )
    if len(tokens) > 12 and by_text:
        by_text = None
    role, score, why = _weigh(by_text, weak_text, by_path, weak_path, words=words, tokens=tokens, empty=table.empty)
    if role is None or _turned_away(words, path, by_text, by_path, table):
        return None
    if role == "other" and (by_path in {"privacy", "cookies", "both"}) and not by_text:
        role = by_path
    score += _PLACES.get(place, 0.0)
    score += 0.05 if site_of(url) == site_of(base) else 0.0
    article = bool(_ARTICLE.search(path + "/")) and not re.search(r"/uploads/|\.pdf$", path)
    if article:
        score -= 0.5 if not (by_text and by_text != "other" and place in {"footer", "banner"}) else 0.15
    if place == "main" and not by_text and len(tokens) > 4:
        score -= 0.2
    if len(tokens) > 8:
        score -= 0.15
    score += _language_bonus(url, base, language, table.code, bool(by_text))
    if score < THRESHOLD:
        return None
    label = f"{place} link {text.strip()!r}" if text.strip() else f"address {path!r}"
    return Candidate(url=url, role=role, score=round(max(0.0, min(score, 1.0)), 3), why=f"{label}: {why}")


def _weigh(
    by_text: Role | None,
    weak_text: Role | None,
    by_path: Role | None,
    weak_path: Role | None,
    *,
    words: str,
    tokens: list[str],
    empty: frozenset[str],
) -> tuple[Role | None, float, str]:
    """Role, score before place and language, and what decided."""
    path_role = by_path or weak_path
    path_bonus = 0.2 if by_path and by_path != "other" else (0.1 if weak_path else 0.0)
    if by_text:
        role = by_text
        if role == "other" and path_role in {"privacy", "cookies", "both"} and by_path:
            role = path_role
        return role, 0.65 + path_bonus, "named in the text"
    if weak_text:
        role = "both" if path_role == "both" else weak_text
        return role, 0.5 + path_bonus, "the text says little else"
    silent = not words or words in empty or not re.search(r"[a-z]", words)
    if by_path:
        if silent:
            return by_path, 0.55, "named in the address"
        return by_path, 0.5 if len(tokens) <= 6 and by_path != "other" else 0.35, "named in the address"
    if weak_path and silent:
        return weak_path, 0.45, "the address says little else"
    return None, 0.0, ""


def _role_of(squashed: str, table: _Words) -> Role | None:  # noqa: PLR0911 - guard clauses, one answer each
    if not squashed:
        return None
    if any(name in squashed for name in table.strong["both"]):
        return "both"
    privacy = any(name in squashed for name in table.strong["privacy"])
    cookies = any(name in squashed for name in table.strong["cookies"])
    if privacy and cookies:
        return "both"
    if privacy:
        return "both" if "cookie" in squashed else "privacy"
    if cookies:
        return "both" if any(word in squashed for word in table.weak["privacy"] if len(word) > 5) else "cookies"
    if any(
        squashed == name or (name in squashed and len(squashed) <= len(name) + 12) for name in table.strong["other"]
    ):
        return (
            "both"
            if "cookie" in squashed and "privacy" in squashed
            else ("privacy" if any(word in squashed for word in table.weak["privacy"] if len(word) > 5) else "other")
        )
    return None


def _weak_role(tokens: list[str], table: _Words) -> Role | None:
    """A role when the words are privacy or cookie words and filler only."""
    if not tokens or len(tokens) > 6:
        return None
    joined = "".join(tokens)
    privacy = any(token in table.weak["privacy"] for token in tokens) or joined in table.weak["privacy"]
    cookies = any(token in table.weak["cookies"] for token in tokens)
    known = table.weak["privacy"] | table.weak["cookies"] | table.filler
    if not (privacy or cookies):
        return None
    if joined not in table.weak["privacy"] and any(token not in known for token in tokens):
        return None
    return "both" if privacy and cookies else ("privacy" if privacy else "cookies")


def _turned_away(words: str, path: str, by_text: Role | None, by_path: Role | None, table: _Words) -> bool:
    """A button for choices, or something else that carries the word."""
    both = f"{words} {path.replace('/', ' ').replace('-', ' ').replace('_', ' ')}"
    if any(word in words for word in table.settings) and not (
        by_text and _DOCUMENT_WORDS.search(_squash(words)) and len(words.split()) <= 8
    ):
        return True
    document = by_text in {"privacy", "cookies", "both"} and bool(_DOCUMENT_WORDS.search(_squash(words)))
    if not document and any(re.search(rf"\b{re.escape(word)}", both) for word in table.unlike):
        return not (
            by_path in {"privacy", "cookies", "both"}
            and bool(_DOCUMENT_WORDS.search(_squash(path)))
            and len(words.split()) <= 3
        )
    return words.endswith("?") and len(words.split()) > 3 and not by_path


def _is_foreign(url: str, base: str) -> bool:
    host = host_of(url)
    if site_of(url) == site_of(base) or _HOSTED.search(url.lower()):
        return False
    return bool(_FOREIGN.search(registrable_domain(host)) or _FOREIGN.search(host))


def _path(url: str, base: str) -> str:
    parts = urlsplit(url)
    path = _plain(unquote(parts.path), keep="/.-_")
    if parts.query and re.search(
        r"privacy|cookie|datenschutz|confidential|pagina|page|slug|^p=", parts.query, re.IGNORECASE
    ):
        path += "/" + _plain(unquote(parts.query.split("=", 1)[-1]), keep="/.-_")
    if parts.fragment and (
        len(path) <= 1 or parts.fragment.startswith(("/", "!")) or without_fragment(url) == without_fragment(base)
    ):
        path += "/" + _plain(unquote(parts.fragment), keep="/.-_")
    return path


def _language_bonus(url: str, base: str, language: str, code: str, by_text: bool) -> float:
    """A little more for the visitor's language, a little less for a page marked as another one's."""
    path = urlsplit(url).path.lower()
    marked = re.search(
        r"(?:^|/)(nl|en|de|fr|es|it|pl|pt|da|sv)(?:[-_][a-z]{2})?(?:/|$)|[?&]lang=(\w\w)",
        path + ("?" + urlsplit(url).query if urlsplit(url).query else ""),
    )
    found = (marked.group(1) or marked.group(2)) if marked else None
    if found:
        return 0.06 if found == language else -0.06
    return 0.02 if by_text and code == language else 0.0


def _plain(text: str, keep: str = "") -> str:
    """Lower case, without accents, one space."""
    lowered = unicodedata.normalize("NFKD", text.lower().replace("ß", "ss"))
    plain = "".join(letter for letter in lowered if not unicodedata.combining(letter))
    return " ".join(plain.split())


def _squash(text: str) -> str:
    """Letters and digits only; "&" and "+" read as the language's "and" would be."""
    return re.sub(r"[^a-z0-9]", "", _plain(text))
