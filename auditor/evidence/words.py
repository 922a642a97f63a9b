"""How messages speak: lists of names, lifetimes, and who stands behind a product, in Dutch and English."""

from __future__ import annotations

from collections.abc import Iterable

from auditor.model import Label

_AND = {"nl": "en", "en": "and"}
_MORE = {"nl": "nog {}", "en": "{} more"}
_UNITS = {
    "nl": (("jaar", "jaar", 365.0), ("maand", "maanden", 30.4), ("dag", "dagen", 1.0), ("uur", "uur", 1 / 24)),
    "en": (("year", "years", 365.0), ("month", "months", 30.4), ("day", "days", 1.0), ("hour", "hours", 1 / 24)),
}
_SESSION = {"nl": "een sessie", "en": "a session"}


def listing(names: Iterable[str], language: str, most: int = 4) -> str:
    """Names in a row: "a, b en c"; beyond `most` the rest is counted."""
    unique = list(dict.fromkeys(names))
    if len(unique) > most:
        unique = [*unique[:most], _MORE[language].format(len(unique) - most)]
    if len(unique) < 2:
        return "".join(unique)
    return f"{', '.join(unique[:-1])} {_AND[language]} {unique[-1]}"


def lifetime(days: float, language: str) -> str:
    """A lifetime as one would say it: "2 jaar", "13 maanden", "30 dagen"; 0 is a session."""
    if days <= 0:
        return _SESSION[language]
    for one, many, size in _UNITS[language]:
        count = days / size
        if count >= 0.95 or size < 1:
            whole = round(count, 1)
            text = (
                f"{whole:.0f}" if whole == int(whole) else f"{whole:.1f}".replace(".", "," if language == "nl" else ".")
            )
            return f"{text} {one if text == '1' else many}"
    return f"{days} d"


def who(label: Label) -> str:
    """A product with its company and country: "Meta Pixel (Meta, US)"."""
    behind = ", ".join(x for x in (label.entity if label.entity != label.product else None, label.country) if x)
    name = label.product or label.entity or ""
    return f"{name} ({behind})" if behind and name else name
