"""Hosts, registrable domains, first and third parties. The only module that knows the public suffix list."""

from __future__ import annotations

from functools import cache, lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin, urlsplit

if TYPE_CHECKING:
    import tldextract


@cache
def _extract() -> tldextract.TLDExtract:
    """The list that comes with the package, so that two runs agree and nothing goes online.

    Private suffixes (github.io, myshopify.com) count as the browser counts them: their customers are not one party.
    Made at first use: the package loads an HTTP client that nobody here needs, half of the time of every start.
    """
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


def host_of(url: str) -> str:
    """Lower-case host of an address, without port; '' when it has none (data:, about:, broken)."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".").lower()
    except ValueError:
        return ""


@lru_cache(maxsize=65536)
def registrable_domain(host: str) -> str:
    """Registrable domain (eTLD+1) of a host; the host itself where there is none (addresses, localhost, .test)."""
    host = host.strip(".[]").lower()
    try:
        ip_address(host)
    except ValueError:
        return _extract()(host).top_domain_under_public_suffix or host
    return host


def site_of(url: str) -> str:
    """Registrable domain of an address; '' when it has no host."""
    host = host_of(url)
    return registrable_domain(host) if host else ""


def is_third_party(url: str, site: str) -> bool:
    """Whether an address belongs to another registrable domain than the site's address. Addresses without host: no."""
    other = site_of(url)
    return bool(other) and other != site_of(site)


def absolute(base: str, href: str) -> str | None:
    """Absolute http(s) address of a link; None for mailto:, javascript:, data: and broken ones."""
    try:
        url = urljoin(base, href.strip())
        scheme = urlsplit(url).scheme
    except ValueError:
        return None
    return url if scheme in {"http", "https"} and host_of(url) else None


def without_fragment(url: str) -> str:
    """The address up to '#'."""
    return urldefrag(url).url
