"""What it looks at: cookies of known products that no row of the site's cookie lists covers, where such a list is there.

Why it matters: a list that leaves cookies out gives visitors a wrong picture of what they agree to.

When it is wrong: a name with a changing part (wildcards, stems and placeholders in the list are honoured); the list in a part that
could not be read; cookies of the consent platform, of bot defence and of load balancing are left out, and a cookie of
unknown purpose is told as undetermined, for it may be one of those.

Sources: GDPR 4(11) and 13; Court of Justice C-673/17 (Planet49). Bollinger et al. 2022: 82.5 % of sites.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from auditor.evidence import CookieSighting, Evidence, State
from auditor.evidence.answers import unread
from auditor.evidence.naming import names_of, normal
from auditor.evidence.tracking import TRACKERS, identifies, is_sure
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import who
from auditor.model import Category, Label, Severity

CATALOGUE = ("STB-11",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Een cookie die niet in de cookielijst staat",
    "en": "A cookie is set that the cookie list does not declare",
}
MEANING = {
    "nl": "De site heeft een lijst van cookies, maar deze cookie ontbreekt daarin.",
    "en": "The site has a list of cookies, but this one is not on it.",
}
LAW = "GDPR 13, 4(11); Planet49 C-673/17"

FEWEST_ROWS = 2  # one named cookie in running text is an example, not a list
SHORTEST_PROSE = 8  # words: a row of so many that gives neither provider nor purpose is a sentence with examples
SHORTEST_STEM = 6  # characters before a changing part that are enough to know a name by
_LEFT_OUT = frozenset({Category.CONSENT_PLATFORM, Category.SECURITY, Category.HOSTING, Category.PAYMENT})


def run(evidence: Evidence) -> Iterator[Verdict]:
    platform = any(row.source == "platform" for row in evidence.declared)
    if not evidence.read and not platform:
        yield unread(evidence, SITE)
        return
    if not platform and not _is_list(evidence):
        yield not_applicable(SITE, nl="Er is geen cookielijst gevonden.", en="No cookie list was found.")
        return
    groups: dict[str, list[CookieSighting]] = {}
    for s in evidence.cookies:
        if s.label.category not in _LEFT_OUT and not _listed(evidence, s):
            groups.setdefault(stable_name(s.name), []).append(s)
    for name, seen in groups.items():
        yield _verdict(evidence, name, seen)
    if groups:
        return
    visits = evidence.looked(State.BEFORE, "cookie-offered", "cookie-held")
    if visits:
        yield passed(
            SITE, nl="Elke geziene cookie staat in de cookielijst.", en="Every cookie seen is on the cookie list."
        )
    else:
        reason = evidence.why_not(State.BEFORE, "cookie-offered", "cookie-held")
        yield undetermined(SITE, reason, nl="Cookies zijn niet gemeten.", en="Cookies were not measured.")


def _verdict(evidence: Evidence, name: str, seen: list[CookieSighting]) -> Verdict:
    label = seen[0].label
    if evidence.unread:
        reason: str | None = f"part of the statement could not be read ({evidence.unread[0]})"
    elif label.confidence == "weak" or label.source == "none" or label.tracker is None:
        reason = "what the cookie is for is not known; it may need no declaration"
    else:
        reason = None
    owner = f" ({who(label)})" if who(label) else ""
    if reason:
        return undetermined(
            name,
            reason,
            seen=seen,
            nl=f"{name}{owner} staat niet in de cookielijst die gelezen is.",
            en=f"{name}{owner} is not on the cookie list that was read.",
        )
    follows = is_sure(label) and label.category in TRACKERS and any(identifies(s.value) for s in seen)
    rows = len(evidence.declared)
    return fail(
        name,
        seen=seen,
        severity=Severity.HIGH if follows else Severity.MEDIUM,
        nl=f"Mogelijke overtreding: de cookielijst telt {rows} regels, maar {name}{owner} staat er niet in.",
        en=f"Possible violation: the cookie list has {rows} rows, but {name}{owner} is not on it.",
    )


def _is_list(evidence: Evidence) -> bool:
    """Whether the cookies that the statement names make a list, and not examples in a sentence or two."""
    rows = {
        (row.statement, row.start, row.end)
        for row in evidence.declared
        if row.provider or row.purpose or len(row.quote.split()) < SHORTEST_PROSE
    }
    return len(rows) >= FEWEST_ROWS


def _listed(evidence: Evidence, s: CookieSighting) -> bool:
    """By its own name, by a row that gives the product's name instead, or anywhere in the text: a list may be laid out in a
    way that was not understood."""
    if evidence.declaration(s.name) is not None or _row_names(evidence) & _names(s.label):
        return True
    pattern = _in_text(s.name)
    return pattern is not None and any(pattern.search(evidence.statements[i].text) for i in evidence.read)


@lru_cache(maxsize=1024)
def _in_text(name: str) -> re.Pattern[str] | None:
    """The name as it would stand in a text; None when it could be a common word."""
    stem, star, _ = stable_name(name).partition("*")
    if star:
        return re.compile(rf"(?<![\w-]){re.escape(stem)}") if len(stem) >= SHORTEST_STEM else None
    if len(name) < 3 or (name.isalpha() and (name.islower() or name.istitle())):
        return None
    return re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")


def _row_names(evidence: Evidence) -> set[str]:
    return {normal(row.name) for row in evidence.declared}


def _names(label: Label) -> frozenset[str]:
    return names_of(label) if label.product else frozenset()


def stable_name(name: str) -> str:
    """A cookie's name without the part that changes from site to site or visit to visit (`_ga_AB12CD` -> `_ga_*`)."""
    name = re.sub(r"(?<=[_.-])(?=[A-Z0-9]*\d)[A-Z0-9]{6,}$", "*", name)
    name = re.sub(r"(?<=[_.-])[0-9a-f]{8,}(-[0-9a-f]{4,})*", "*", name, flags=re.IGNORECASE)
    name = re.sub(r"\.\d+\.[0-9a-f]{4}$", ".*", name)
    return re.sub(r"\d{5,}", "*", name)
