"""The controls of a banner's first layer, and colours as the browser writes them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.evidence.index import Evidence
from auditor.model import BannerSeen, Control

_RGB = re.compile(r"rgba?\(\s*([\d.]+)[\s,]+([\d.]+)[\s,]+([\d.]+)(?:[\s,/]+([\d.]+)(%)?)?\s*\)")
_HEX = re.compile(r"#([0-9a-f]{6})([0-9a-f]{2})?$", re.IGNORECASE)
OPAQUE = 0.1
"""Below this opacity a background is as good as none."""

Colour = tuple[float, float, float]


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Accept and refuse as they stand side by side on one banner's first layer; `key` is the banner's."""

    key: str
    accept: Control
    refuse: Control


def first_layer(banner: BannerSeen) -> list[Control]:
    """What can be pressed at once: first layer, not disabled, with a size where the size is known."""
    return [c for c in banner.controls if c.layer == 1 and not c.disabled and c.width != 0 and c.height != 0]


def pairs(evidence: Evidence) -> list[Pair]:
    """One pair for each banner whose first layer has both."""
    found = []
    for visit, banner in evidence.banners:
        controls = first_layer(banner)
        accept = next((c for c in controls if c.purpose == "accept"), None)
        refuse = next((c for c in controls if c.purpose == "refuse"), None)
        if accept and refuse:
            found.append(Pair(key=f"{visit.id}/{banner.id}", accept=accept, refuse=refuse))
    return found


def rgb(text: str | None) -> tuple[Colour, float] | None:
    """Red, green, blue (0-255) and opacity (0-1) of a CSS colour; None when it is not one we read."""
    if not text:
        return None
    if text.strip() == "transparent":
        return (0.0, 0.0, 0.0), 0.0
    if match := _RGB.search(text):
        red, green, blue = (float(part) for part in match.group(1, 2, 3))
        alpha = float(match.group(4)) / (100 if match.group(5) else 1) if match.group(4) else 1.0
        return (red, green, blue), alpha
    if match := _HEX.search(text.strip()):
        value = match.group(1)
        red, green, blue = (float(int(value[i : i + 2], 16)) for i in (0, 2, 4))
        return (red, green, blue), int(match.group(2), 16) / 255 if match.group(2) else 1.0
    return None


def is_filled(control: Control) -> bool:
    """Whether a control has a background of its own."""
    colour = rgb(control.background)
    return colour is not None and colour[1] > OPAQUE


def distance(one: str | None, other: str | None) -> float | None:
    """Largest difference over red, green and blue; None where a colour is not known or lets the page shine through."""
    a, b = rgb(one), rgb(other)
    if a is None or b is None or a[1] <= OPAQUE or b[1] <= OPAQUE:
        return None
    return max(abs(x - y) for x, y in zip(a[0], b[0], strict=True))


def contrast(text: str | None, background: str | None) -> float | None:
    """Contrast ratio of WCAG 2.1 (1 to 21); None where a colour is not known."""
    a, b = rgb(text), rgb(background)
    if a is None or b is None or b[1] <= OPAQUE:
        return None
    light, dark = sorted((_luminance(a[0]), _luminance(b[0])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    parts = [c / 255 for c in colour]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
