"""What a stored value is: an identifier that can follow a visitor, or a setting. By shape alone, so only a hint;
the several clean profiles of one audit are the proof (same within a profile, different across them)."""

from __future__ import annotations

import math
import re
from collections import Counter
from urllib.parse import unquote

_OPT_OUT_VALUES = frozenset(
    [
        "optout",
        "opt-out",
        "opt_out",
        "opted_out",
        "opted-out",
        "optedout",
        "denied",
        "refused",
        "reject",
        "rejected",
        "disallow",
        "disabled",
        "no-consent",
        "noconsent",
        "non-consent",
        "notracking",
        "donottrack",
    ]
)
_OFF = frozenset({"0", "-1", "no", "nee", "false", "off", "none", "null", "undefined", "n", "nok"})
_OPT_OUT_NAME = re.compile(r"opt.?out|no.?track|dnt|disable|ga-disable", re.IGNORECASE)
_PIECE = re.compile(r"[A-Za-z0-9+_-]{8,}")
_UUID = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}", re.IGNORECASE)
_GA = re.compile(r"\b\d{6,10}\.\d{9,10}\b")
_TIME = re.compile(r"1[4-9]\d{8}(\d{3})?")
_WORDS = re.compile(r"[a-z]+([_-][a-z]+)*|[A-Z]+([_-][A-Z]+)*|[A-Z]?[a-z]+([A-Z][a-z]+)*")
_VERSION_OR_DATE = re.compile(r"v?\d+([.-]\d+)+|\d{4}-\d\d-\d\d.*")


def is_opt_out_value(name: str, value: str | None) -> bool:
    """Whether the value says "do not follow me": IDE=OPT_OUT, uid=0, …; an empty value counts too.

    None (the value was not recorded) does not.
    """
    if value is None:
        return False
    text = unquote(value).strip().strip('"').lower()
    if text in _OPT_OUT_VALUES or text in _OFF or not text:
        return True
    return _OPT_OUT_NAME.search(name) is not None and text in {"1", "true", "yes", "on"}


def looks_like_identifier(value: str | None) -> bool:
    """Whether the value can tell one visitor from a million others.

    Long enough, irregular enough, and not a time, a date, words, a version or a plain setting.
    """
    if value is None or len(value) < 8:
        return False
    text = unquote(value[:4096])
    if _UUID.search(text) or _GA.search(text):
        return True
    return any(_is_random(piece) for piece in _PIECE.findall(text))


def identifier_pieces(value: str | None) -> frozenset[str]:
    """The parts of a value that could tell visitors apart: UUIDs, Google's visitor numbers, other irregular pieces.

    Times, dates, words and versions are none; nor are pieces under eight characters.
    """
    if not value:
        return frozenset()
    text = unquote(value[:4096])
    found = [match[0] for expression in (_UUID, _GA) for match in expression.finditer(text)]
    return frozenset([*found, *(piece for piece in _PIECE.findall(text) if _is_random(piece))])


def _is_random(piece: str) -> bool:
    """At least 32 bits by letter entropy, with digits among letters or long enough to be no word."""
    if _TIME.fullmatch(piece) or _WORDS.fullmatch(piece) or _VERSION_OR_DATE.fullmatch(piece):
        return False
    if piece.isdigit():
        return len(piece) >= 9 and len(set(piece)) > 3
    if not any(sign.isdigit() for sign in piece) and len(piece) < 16:
        return False
    counts = Counter(piece)
    bits = -sum(count * math.log2(count / len(piece)) for count in counts.values())
    return bits >= 24
