"""Pages that hold everything they need: escaped by default, one file, no request, a content policy that enforces it."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from reports.reasons import explain
from reports.words import Words

# Characters that change how the text around them is read (bidirectional controls) or that no page may hold (C0, C1 and
# lone surrogates, which cannot be written as UTF-8) are shown by their number.
_HIDDEN = {code: f"\N{MATHEMATICAL LEFT ANGLE BRACKET}U+{code:04X}\N{MATHEMATICAL RIGHT ANGLE BRACKET}" for code in (
    *range(0x00, 0x09), *range(0x0B, 0x0D), *range(0x0E, 0x20), *range(0x7F, 0xA0), 0x200E, 0x200F,
    *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, *range(0xD800, 0xE000),
)}  # fmt: skip


def page(template: str, words: Words, **values: Any) -> str:
    """Render a page template with its style, script and content policy. The result can be written as UTF-8."""
    style, script = asset("report.css"), asset("report.js")
    text = (
        _environment()
        .get_template(template)
        .render(
            w=words,
            style=Markup(style),  # noqa: S704 - our own file, never text from a site
            script=Markup(script),  # noqa: S704
            policy=policy(style, script),
            explain=lambda reason: explain(reason, words),
            **values,
        )
    )
    # Over the whole page, so that no place can forget it. Our own style, script and words hold none of these.
    return text.translate(_HIDDEN)


def policy(style: str, script: str) -> str:
    """The content policy: nothing from anywhere but this style, this script and embedded pictures."""
    return (
        f"default-src 'none'; img-src data:; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def web(url: str | None) -> str | None:
    """The address when it is safe to link to (http or https with a host), else None."""
    if not url or any(character.isspace() or ord(character) < 32 for character in url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:
        return None


def short(text: str, limit: int = 80) -> str:
    """The text with its middle left out when it is longer than the limit."""
    if len(text) <= limit:
        return text
    tail = limit // 4
    return f"{text[: limit - tail - 1]}…{text[-tail:]}"


def relative(path: str) -> str:
    """A path below the page's own folder as an address; it cannot name a scheme or a host."""
    return percent(path.lstrip("/"), safe="/", errors="replace")


@cache
def asset(name: str) -> str:
    """The text of our own style or script file."""
    return resources.files("reports").joinpath("assets", name).read_text("utf-8").replace("\r\n", "\n")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports", "sections"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"web": web, "short": short, "relative": relative}
    return environment
