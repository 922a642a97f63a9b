"""Why something could not be measured, in the reader's language: what the machine said, explained where we know it."""

from __future__ import annotations

import re

from reports.words import Words

# Pattern in what a browser, a server or a part of the auditor said -> word key. The first that fits is taken.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (r"ERR_NAME_NOT_RESOLVED|DNS|unknown host|no address|Name or service not known", "unknown-host"),
    (r"ERR_CONNECTION_REFUSED|connection (was )?refused", "connection-refused"),
    (r"ERR_CERT_|ERR_SSL|certificate|SSL", "certificate"),
    (r"ERR_(CONNECTION_)?TIMED_OUT|time(d)? ?out|time limit|Timeout", "too-slow"),
    (r"ERR_TOO_MANY_REDIRECTS|redirect loop|too many redirects", "redirects"),
    (r"ERR_EMPTY_RESPONSE|ERR_CONNECTION_(RESET|CLOSED)|connection (reset|lost|closed)", "connection-lost"),
    (r"ERR_INTERNET_DISCONNECTED|ERR_ADDRESS_UNREACHABLE|ERR_PROXY", "no-network"),
    (r"HTTP 40[13]\b|turned the browser away|captcha|bot wall|blocked by", "turned-away"),
    (r"HTTP 404|HTTP 410", "not-there"),
    (r"HTTP 5\d\d", "server-error"),
    (r"choice '\w+': not_offered", "choice-not-offered"),
    (r"choice '\w+': no_banner", "choice-no-banner"),
    (r"choice '\w+': click_failed", "choice-not-proven"),
    (r"choice '\w+': not_tried|no visit with the choice", "choice-not-tried"),
    (r"no visit was made|not visited|the site was not seen|no visit saw the site", "no-visit"),
    (r"not recorded", "not-recorded"),
    (r"nothing to refuse", "nothing-to-refuse"),
    (r"no statement|statement (was )?not found", "no-statement"),
    (r"the check failed", "check-failed"),
    (r"renderer|memory|crash", "browser-gave-up"),
)


def explain(reason: str, words: Words) -> str | None:
    """The reason in the report's language; None when it is one we have no words for."""
    key = next((key for pattern, key in _PATTERNS if re.search(pattern, reason, re.IGNORECASE)), None)
    return words(f"reason.{key}") if key else None


def word_keys() -> tuple[str, ...]:
    """The word keys a reason can get; each language has them all."""
    return tuple(dict.fromkeys(f"reason.{key}" for _, key in _PATTERNS))
