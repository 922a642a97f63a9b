"""Social networks: their widgets, and the pixels that advertise on them."""

from __future__ import annotations

import re

from auditor.model import Category, Label

_PLATFORM = re.compile(
    r"\b(facebook|meta|instagram|linkedin|tiktok|pinterest|twitter|x|snap|snapchat|reddit|xing|addthis|sharethis)\b",
    re.IGNORECASE,
)


def is_social(label: Label) -> bool:
    """A product of a social network. A network's pixel is advertising by purpose and social by owner."""
    if label.category is Category.SOCIAL:
        return True
    names = f"{label.product or ''} | {label.entity or ''}"
    return label.category is Category.ADVERTISING and bool(_PLATFORM.search(names))
