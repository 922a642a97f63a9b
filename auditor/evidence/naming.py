"""Whether a statement names what was seen: names, aliases, owners, addresses, and cookie names with wildcards."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Literal

from auditor.evidence.social import is_social
from auditor.model import Category, Claim, DeclaredCookie, Label, VendorNamed

Grade = Literal["named", "owner", "mentioned", "category", "no"]
"""named: product or owner said to be used; owner: only another kind of product of the same owner is named; mentioned: the
owner's name stands in the text, but not as a service in use; category: the kind of service and third parties are named,
no company; no: nothing."""

_LEGAL = re.compile(
    r"[,\s]+(inc|llc|l\.l\.c|ltd|limited|b\.?v|n\.?v|gmbh|ag|corp|corporation|plc|s\.?a|s\.?a\.?s|se|ab|oy|as"
    r"|ireland|international|platforms|technologies|europe|netherlands|nederland)\.?(?=[,\s]|$)",
    re.IGNORECASE,
)
_NOT_WORD = re.compile(r"[^\w+&]+")
# "Google Chrome" in the help on browser settings names a browser, not a recipient.
_OWNER_USE = r"(?!\s+(?!Ireland|Inc|LLC|Ltd|Limited|Corp|B\.?V|GmbH|Platforms|Analytics|Ads\b)[A-Z])"
_TRACKING_ROLES = frozenset({"analytics", "advertising", "social", "session-recording", "tag-manager", "other"})


@lru_cache(maxsize=8192)
def normal(name: str) -> str:
    """A name for comparing: lower case, without legal form and punctuation ("Google Ireland Ltd." -> "google")."""
    stripped = _LEGAL.sub("", name)
    return _NOT_WORD.sub(" ", (stripped or name).casefold()).strip()


def names_of(label: Label) -> frozenset[str]:
    """Every normalised name of a product."""
    return frozenset(normal(name) for name in (label.product, *label.aliases) if name)


@dataclass(frozen=True, kw_only=True)
class Naming:
    """How a statement speaks of a vendor: the grade and the claims and vendors that show it."""

    grade: Grade
    claims: tuple[int, ...] = ()
    vendors: tuple[int, ...] = ()
    denied: bool = False  # named as a service that is not used


class Names:
    """What the read statements (and the banner's own words) say about vendors."""

    def __init__(
        self,
        *,
        vendors: tuple[VendorNamed, ...],
        declared: tuple[DeclaredCookie, ...],
        claims: tuple[Claim, ...],
        texts: Iterable[str],
    ) -> None:
        self._vendors = vendors
        self._declared = declared
        self._claims = claims
        self._texts = tuple(texts)
        self._denied = tuple(vendor.quote for vendor in vendors if not vendor.used)
        self._known: dict[tuple[str | None, str | None, Category, frozenset[str]], Naming] = {}

    def of(self, label: Label, domains: Iterable[str] = ()) -> Naming:
        """The naming of a label's product; `domains` are the registrable domains it was seen at."""
        key = (label.product, label.entity, label.category, frozenset(domains))
        if key not in self._known:
            self._known[key] = self._find(label, key[3])
        return self._known[key]

    def _find(self, label: Label, domains: frozenset[str]) -> Naming:
        names = names_of(label)
        denied = any(normal(v.name) in names for v in self._vendors if not v.used)
        exact = tuple(i for i, v in enumerate(self._vendors) if v.used and normal(v.name) in names)
        owner = tuple(i for i, v in enumerate(self._vendors) if v.used and self._same_owner(v, label))
        bare = _owner_words(label)
        spelled = {name for name in (label.product, *label.aliases) if name} - bare
        if exact or self._provider_named(label, names) or (not denied and self._in_text(spelled, domains)):
            return Naming(grade="named", vendors=exact or owner, denied=False)
        if any(self._owner_counts(self._vendors[i], label) for i in owner):
            return Naming(grade="named", vendors=owner, denied=denied)
        if owner:
            return Naming(grade="owner", vendors=owner, denied=denied)
        if not denied and self._in_text(bare, ()):
            return Naming(grade="mentioned")
        claims = self._category_claims(label)
        return Naming(grade="category" if claims else "no", claims=claims, denied=denied)

    @staticmethod
    def _same_owner(vendor: VendorNamed, label: Label) -> bool:
        if not label.entity:
            return False
        owner = normal(label.entity)
        return owner in {normal(vendor.name), normal(vendor.entity or vendor.name)}

    @staticmethod
    def _owner_counts(vendor: VendorNamed, label: Label) -> bool:
        """Naming the owner as such, or another product that follows visitors, tells who receives the data.

        A map or a font of the same owner does not tell that it measures visits.
        """
        return normal(vendor.name) == normal(label.entity or "") or vendor.role in _TRACKING_ROLES

    def _provider_named(self, label: Label, names: frozenset[str]) -> bool:
        owner = normal(label.entity) if label.entity else None
        providers = {normal(cookie.provider) for cookie in self._declared if cookie.provider}
        return bool(providers & names) or owner in providers

    def _in_text(self, names: Iterable[str], domains: Iterable[str]) -> bool:
        """Whether one of the names or addresses stands in the text, be it in a link or a list."""
        patterns = [_word(name) for name in names if len(name) >= 3] + [
            _word(domain) for domain in domains if "." in domain
        ]
        return any(pattern.search(text) for text in self._without_denials for pattern in patterns)

    @cached_property
    def _without_denials(self) -> tuple[str, ...]:
        """The texts without the sentences that say a service is not used."""
        texts = self._texts
        for quote in self._denied:
            texts = tuple(text.replace(quote, " ") for text in texts)
        return texts

    def _category_claims(self, label: Label) -> tuple[int, ...]:
        """Claims that name the kind of service together with third parties; () when either is missing."""
        social = self._saying(_CATEGORY_WORDS[Category.SOCIAL]) if is_social(label) else ()
        if social:
            return social  # "social media" names the third parties by itself
        kind, third = self._saying(_CATEGORY_WORDS.get(label.category, frozenset())), self._saying(_THIRD)
        return (*kind[:2], *third[:1]) if kind and third else ()

    def _saying(self, kinds: frozenset[tuple[str, str]]) -> tuple[int, ...]:
        return tuple(i for i, c in enumerate(self._claims) if _said(c) & kinds)


_THIRD = frozenset(
    {
        ("third-party-cookies", "yes"),
        ("shares-with-third-parties", "yes"),
        ("shares-with-third-parties", "only-processors"),
    }
)
_ADS = frozenset({("cookie-category", "marketing"), ("targeted-advertising", "yes"), ("tracking-across-sites", "yes")})
_STATISTICS = frozenset({("cookie-category", "analytics"), ("keeps-statistics", "true")})
_CATEGORY_WORDS: dict[Category, frozenset[tuple[str, str]]] = {
    Category.ADVERTISING: _ADS,
    Category.ANALYTICS: _STATISTICS,
    Category.SESSION_RECORDING: frozenset({("session-recording", "yes")}),
    Category.SOCIAL: frozenset({("cookie-category", "social"), ("social-plugins", "unnamed")}),
}


def _said(claim: Claim) -> frozenset[tuple[str, str]]:
    return frozenset({(claim.kind, str(claim.value).lower())})


def _owner_words(label: Label) -> frozenset[str]:
    """Bare company names ("Google", "Facebook"), which a text may mention without saying that this product is used."""
    first = {name.split()[0] for name in (label.product, *label.aliases) if name and " " in name}
    single = {name for name in (*label.aliases, label.entity or "") if name and " " not in name}
    return frozenset(name for name in single if name != label.product and (name == label.entity or name in first))


@lru_cache(maxsize=8192)
def _word(name: str) -> re.Pattern[str]:
    """The name as whole words. A single word keeps its case ("Meta" is a company, "meta" is not) and does not begin a
    longer name ("Google Chrome" in help on browsers)."""
    if " " in name or "." in name:
        return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])", re.IGNORECASE)
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?!\w){_OWNER_USE}")


# --- cookie names ------------------------------------------------------------------------------------

_PLACEHOLDER = re.compile(r"\\\*|<[^>]*>|\\<[^>]*?\\>|\\\[[^\]]*\\\]|\\\{[^}]*\\\}|(?:x{3,}|X{3,})|\\\#|\.\.\.|…|#")


LONGEST_NAME = 256
"""Characters of a declared cookie name that count; no real one comes near."""


@lru_cache(maxsize=4096)
def cookie_pattern(name: str) -> re.Pattern[str]:
    """A declared cookie name as a pattern: `_ga_*`, `_ga_<container-id>`, `_pk_id.#`, `_hjSession_{site}`."""
    text = _PLACEHOLDER.sub("\0", re.escape(name.strip().strip("'\"`")[:LONGEST_NAME]))
    first, *rest = re.split("\0+", text)
    if not rest:
        return re.compile(f"(?i:{first})$")
    # Each piece between wildcards at its first place only, as fnmatch does: a hostile name must not make matching slow.
    *pieces, last = rest
    return re.compile(f"(?is:{first}{''.join(f'(?>.*?{piece})' for piece in pieces)}.*{last})$")


def declares(declared: str, name: str) -> bool:
    """Whether a declared name covers an observed one.

    A declared stem covers its numbered kin (`_ga` and `_ga_AB12`, `_pk_id` and `_pk_id.1.1fff`): a list that gives the
    stem has told of the cookie.
    """
    if not declared.strip():
        return False
    if cookie_pattern(declared).match(name[:LONGEST_NAME]):
        return True
    stem = declared.strip().rstrip("*").casefold()
    rest = name.casefold().removeprefix(stem)
    return (
        len(stem) >= 3
        and rest != name.casefold()
        and (stem[-1] in "_-." or rest[:1] in set("_-."))
        and (stem[-1] in "_-." or any(ch.isdigit() for ch in rest))
    )
