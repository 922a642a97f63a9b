"""Why a page did not come, in words a reader of the report understands. Source of the names: Chromium net_error_list.h."""

from __future__ import annotations

_WORDS = (
    ("ERR_NAME_NOT_RESOLVED", "unknown host"),
    ("ERR_CONNECTION_REFUSED", "connection refused"),
    ("ERR_CONNECTION_RESET", "the server broke off the connection"),
    ("ERR_CONNECTION_CLOSED", "the server closed the connection without an answer"),
    ("ERR_CONNECTION_TIMED_OUT", "the server does not answer"),
    ("ERR_TIMED_OUT", "the server does not answer"),
    ("ERR_ADDRESS_UNREACHABLE", "the server cannot be reached"),
    ("ERR_INTERNET_DISCONNECTED", "no network"),
    ("ERR_EMPTY_RESPONSE", "the server sent an empty answer"),
    ("ERR_INVALID_HTTP_RESPONSE", "the server's answer is not HTTP"),
    ("ERR_RESPONSE_HEADERS", "the server's answer has faulty headers"),
    ("ERR_TOO_MANY_REDIRECTS", "redirects without end"),
    ("ERR_CERT_AUTHORITY_INVALID", "invalid certificate: issued by an unknown authority"),
    ("ERR_CERT_COMMON_NAME_INVALID", "invalid certificate: made out to another name"),
    ("ERR_CERT_DATE_INVALID", "invalid certificate: expired or not yet valid"),
    ("ERR_CERT_REVOKED", "invalid certificate: revoked"),
    ("ERR_CERT", "invalid certificate"),
    ("ERR_SSL", "no secure connection possible"),
    ("ERR_TUNNEL_CONNECTION_FAILED", "the proxy refused the connection"),
    ("ERR_PROXY_CONNECTION_FAILED", "the proxy cannot be reached"),
    ("ERR_UNSAFE_PORT", "a port the browser does not use"),
    ("ERR_INVALID_AUTH_CREDENTIALS", "the site asks for a password"),
    ("ERR_INVALID_URL", "not an address"),
    ("ERR_BLOCKED", "blocked by the browser"),
    ("ERR_HTTP2_PROTOCOL_ERROR", "the server's answer is not valid HTTP/2"),
    ("ERR_ABORTED", "the browser gave up the page"),
)
_STATUS = {
    401: "the site asks for a password",
    403: "refused (HTTP 403), perhaps a bot wall",
    404: "not found (HTTP 404)",
    410: "gone (HTTP 410)",
    429: "too many requests (HTTP 429), perhaps a bot wall",
    503: "out of service (HTTP 503), perhaps a bot wall",
}
WEB_PAGE_TYPES = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "text/plain")


def of_navigation(error: str) -> str:
    """A net::ERR_… text in words, with the browser's own name behind it."""
    name = error.removeprefix("net::")
    words = next((words for code, words in _WORDS if name.startswith(code)), "the page did not load")
    return f"{words} ({error})"


def of_status(status: int | None) -> str | None:
    """Why an answer with this status is no page; None when it is one."""
    if status is None or status < 400:
        return None
    return _STATUS.get(status) or f"error answer (HTTP {status})"


def of_type(mime_type: str | None) -> str | None:
    """Why a document of this type is no web page; None when it is one or has no type."""
    if not mime_type or mime_type.lower() in WEB_PAGE_TYPES:
        return None
    return f"not a web page but {mime_type.lower()}"
