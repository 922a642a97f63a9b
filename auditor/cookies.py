"""Set-Cookie strings and lifetimes, read as RFC 6265 section 5 does, without the browser's own caps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SECONDS_PER_DAY = 86_400


@dataclass(frozen=True, kw_only=True)
class SetCookie:
    """One parsed Set-Cookie string.

    lifetime_days: None for a session cookie, 0 or less for a deletion, else as the header asked: the browser's cap
    of 400 days is not applied.
    """

    name: str
    value: str
    domain: str | None = None
    path: str | None = None
    secure: bool = False
    http_only: bool = False
    same_site: str | None = None
    partitioned: bool = False
    lifetime_days: float | None = None

    @property
    def deletes(self) -> bool:
        """Whether the string removes the cookie."""
        return self.lifetime_days is not None and self.lifetime_days <= 0


def parse_set_cookie(raw: str, at: datetime) -> SetCookie | None:
    """One Set-Cookie string, as sent or as given to document.cookie; None when it names no cookie.

    `at` (aware, UTC) is when it was set, needed for Expires. Max-Age wins over Expires (RFC 6265 5.3 step 3).
    """
    pair, *attributes = raw.split(";")
    name, separator, value = pair.partition("=")
    if not separator:
        name, value = "", pair
    if not name.strip():
        return None
    found: dict[str, str] = {}
    for attribute in attributes:
        key, _, text = attribute.partition("=")
        found[key.strip().lower()] = text.strip()
    return SetCookie(
        name=name.strip(),
        value=value.strip(),
        domain=found.get("domain", "").lstrip(".").lower() or None,
        path=found.get("path") or None,
        secure="secure" in found,
        http_only="httponly" in found,
        same_site=found.get("samesite") or None,
        partitioned="partitioned" in found,
        lifetime_days=_lifetime_days(found, at),
    )


def _lifetime_days(found: dict[str, str], at: datetime) -> float | None:
    max_age = found.get("max-age", "")
    if max_age.lstrip("-").isdigit():
        return int(max_age) / SECONDS_PER_DAY
    expires = found.get("expires")
    if not expires:
        return None
    try:
        moment = parsedate_to_datetime(expires.replace("-", " "))
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - at).total_seconds() / SECONDS_PER_DAY


def lifetime_days(expires_at: str | None, at: str) -> float | None:
    """Days between two ISO moments, for a cookie in the jar; None for a session cookie."""
    if expires_at is None:
        return None
    gap = datetime.fromisoformat(expires_at) - datetime.fromisoformat(at)
    return gap.total_seconds() / SECONDS_PER_DAY
