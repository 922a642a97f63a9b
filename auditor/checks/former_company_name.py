"""What it looks at: companies and products under a name that they no longer have: Google Inc., Facebook Inc. and Ireland, Twitter Inc.,
Universal Analytics, Google+, AddThis, XING AG.

Why it matters: a visitor who wants to turn to the recipient must know who it is.

When it is wrong: an old nickname is still common speech; so only full former names count, and the finding is low.

Sources: GDPR 5(1)(d) and 13(1)(e); Google LLC since 2017, Meta Platforms since 2021-2022, X Corp. since 2023.
"""

import re
from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import Verdict, fail
from auditor.model import Confidence, Severity

CATALOGUE = ("STL-05",)
SEVERITY = Severity.LOW
KLASS = "D"
TITLE = {
    "nl": "Noemt een bedrijf of product onder een oude naam",
    "en": "Names companies or products that no longer exist under that name",
}
MEANING = {
    "nl": "De verklaring gebruikt een bedrijfs- of productnaam die niet meer bestaat.",
    "en": "The statement uses a company or product name that no longer exists.",
}
LAW = "GDPR 13(1)(e), 5(1)(d)"

_FORMER = {
    "Google Inc.": (r"Google,? Inc\b", "Google LLC / Google Ireland"),
    "Facebook Inc.": (r"Facebook,? Inc\b", "Meta Platforms, Inc."),
    "Facebook Ireland": (r"Facebook Ireland\b", "Meta Platforms Ireland"),
    "Twitter Inc.": (r"Twitter,? (Inc|International)\b", "X Corp. / X Internet"),
    "Universal Analytics": (r"Universal Analytics\b", "Google Analytics 4"),
    "Google+": (r"Google ?\+(?!\w)|Google Plus\b", "—"),
    "AddThis": (r"AddThis\b", "—"),
    "XING AG": (r"XING AG\b", "New Work SE"),
}
AROUND = 120


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = False
    for name, (pattern, now) in _FORMER.items():
        quote = _sentence(evidence, pattern)
        if quote is None:
            continue
        found = True
        nl = f"; nu {now}" if now != "—" else "; dat bestaat niet meer"
        en = f"; now {now}" if now != "—" else "; it no longer exists"
        yield fail(
            name,
            confidence=Confidence.DOCUMENT,
            nl=f"De verklaring noemt {name}{nl} (“{quote}”).",
            en=f"The statement names {name}{en} (“{quote}”).",
        )
    if not found:
        yield not_said(evidence, "dat een oude bedrijfsnaam geldt", "that a former company name holds")


def _sentence(evidence: Evidence, pattern: str) -> str | None:
    """The words around a former name, unless they tell of its history."""
    for i in evidence.read:
        text = evidence.statements[i].text
        for match in re.finditer(pattern, text):
            around = text[max(0, match.start() - AROUND) : match.end() + AROUND]
            if not words("history").search(around):
                return " ".join(text[max(0, match.start() - 40) : match.end() + 40].split())
    return None
