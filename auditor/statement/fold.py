"""A reading copy of a text for phrase matching: lower case, one space, plain quotes, no Markdown marks; with the way back."""

from __future__ import annotations

import re
from dataclasses import dataclass

_PIECES = re.compile(
    r"(?P<space>\s+)|(?P<target>\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))|(?P<mark>\*+|`+|(?<!\w)_(?=[A-Z])|(?<=[.\w])_(?=[\s.,;:]|$)|\[(?=[^\[\]]+\]\())"
    r"|(?P<shy>\u00ad)|(?P<word>[^\s\]*`_\[\u00ad]+)|(?P<rest>.)"
)
_PLAIN = str.maketrans("‘’‚‛`´“”„‟«»‐‑‒–—−\u00a0\u202f", "''''''\"\"\"\"\"\"------  ")


@dataclass(frozen=True)
class Folded:
    """`text` is what to match; `at[i]` is the place in the original of its character i, `at[len]` the original's end."""

    text: str
    at: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original's span of `text[start:end]`."""
        if end <= start:
            return self.at[start], self.at[start]
        return self.at[start], self.at[end - 1] + 1


def fold(text: str) -> Folded:
    """The reading copy of a text. Never longer than the original by more than a few expanding letters."""
    pieces: list[str] = []
    at: list[int] = []
    for match in _PIECES.finditer(text):
        kind = match.lastgroup
        start = match.start()
        if kind == "space":
            if pieces and pieces[-1] != " ":
                pieces.append(" ")
                at.append(start)
        elif kind in {"word", "rest"}:
            folded = match.group().translate(_PLAIN).lower()
            pieces.append(folded)
            if len(folded) == match.end() - start:
                at.extend(range(start, match.end()))
            else:  # a letter whose lower case is longer, e.g. İ
                for offset, letter in enumerate(match.group()):
                    at.extend([start + offset] * len(letter.translate(_PLAIN).lower()))
    if pieces and pieces[-1] == " ":
        pieces.pop()
        at.pop()
    at.append(len(text))
    return Folded("".join(pieces), tuple(at))
