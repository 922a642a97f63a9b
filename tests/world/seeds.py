"""A seed statement as the HTML page it once was: headings, lists, links, paragraphs."""

from __future__ import annotations

import html
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = ROOT.parent / "shared" / "seeds"
"""Where the seed statements lie when they are present; the scenarios' own statements stand in for them otherwise."""

_INLINE = (
    (re.compile(r"\[+([^\[\]]+)\]+\(([^()\s]*)\)\]*"), r'<a href="\2">\1</a>'),
    (re.compile(r"&lt;(https?://[^\s&]+(?:&amp;[^\s&]+)*)&gt;"), r'<a href="\1">\1</a>'),
    (re.compile(r"\*\*([^*\n]+)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"\*([^*\n]+)\*"), r"<em>\1</em>"),
)
_TITLE_LENGTH = 70


def seed_text(name: str, folder: Path | None) -> str | None:
    """Text of the seed statement whose file name starts with `name`; None when it is not present."""
    if folder is None:
        return None
    path = next(iter(sorted(folder.glob(f"{name}*.txt"))), None)
    return path.read_text(encoding="utf-8") if path else None


def to_html(text: str, links: dict[str, str] | None = None) -> str:
    """The statement's text as HTML. `links`: words -> address, made a link where they stand first."""
    parts: list[str] = []
    items: list[str] = []
    for line in _lines(text):
        if line.startswith(("- ", "* ")):
            items.append(f"<li>{_inline(line[2:])}</li>")
            continue
        if items:
            parts.append(f"<ul>\n{chr(10).join(items)}\n</ul>")
            items = []
        parts.append(_block(line))
    if items:
        parts.append(f"<ul>\n{chr(10).join(items)}\n</ul>")
    page = "\n".join(parts)
    for words, address in (links or {}).items():
        page = page.replace(html.escape(words), f'<a href="{html.escape(address)}">{html.escape(words)}</a>', 1)
    return page


def _lines(text: str) -> list[str]:
    """One line per block. A line that breaks off in the middle of a sentence is joined with its continuation."""
    lines: list[str] = []
    for line in text.splitlines():
        stripped = line.strip()
        if lines and stripped[:1].islower() and lines[-1][-1:].isalpha() and not lines[-1].startswith("#"):
            lines[-1] += " " + stripped
        elif stripped:
            lines.append(stripped)
    return lines


def _block(line: str) -> str:
    if marks := re.match(r"(#{1,6}) +(.*)", line):
        level = len(marks[1])
        return f"<h{level}>{_inline(marks[2].strip('* '))}</h{level}>"
    # Text without marks: a short line without an end mark was a heading on the page it came from.
    if len(line) <= _TITLE_LENGTH and re.fullmatch(r"[A-Z][^.:;?!@\d]*", line):
        return f"<h2>{_inline(line.rstrip(','))}</h2>"
    return f"<p>{_inline(line)}</p>"


def _inline(text: str) -> str:
    text = html.escape(text, quote=False)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text
