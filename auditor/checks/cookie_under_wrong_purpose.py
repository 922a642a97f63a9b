"""What it looks at: cookies of known trackers that the site's cookie list files under necessary or functional.

Why it matters: what is called necessary is set without asking; a wrong label takes the choice away.

When it is wrong: words for purposes differ, so only words that plainly mean necessary count, and not where the row also speaks of
statistics or advertising; the same name can belong to another product; statistics on the site's own server are left out.

Sources: EDPB cookie-banner taskforce, type I; GDPR 5(1)(a). Bollinger et al. 2022: 8.2 % of sites.
"""

from collections.abc import Iterator

from auditor.evidence import CookieSighting, Evidence, State
from auditor.evidence.answers import unread
from auditor.evidence.language_words import words
from auditor.evidence.tracking import TRACKERS, is_self_hosted, is_sure
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import who
from auditor.model import DeclaredCookie, Severity

CATALOGUE = ("STB-13",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Een bekende volgcookie staat onder een verkeerd doel",
    "en": "A well-known cookie is filed under the wrong purpose",
}
MEANING = {
    "nl": "De cookielijst noemt een volgcookie noodzakelijk of functioneel.",
    "en": "The cookie list calls a tracking cookie necessary or functional.",
}
LAW = "EDPB type I; GDPR 5(1)(a)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.read and not evidence.declared:
        yield unread(evidence, SITE)
        return
    if not any(row.purpose for row in evidence.declared):
        yield not_applicable(SITE, nl="Er is geen cookielijst met doelen.", en="There is no cookie list with purposes.")
        return
    found: dict[str, tuple[DeclaredCookie, list[CookieSighting]]] = {}
    compared = 0
    for s in evidence.cookies:
        row = evidence.declaration(s.name)
        if row is None or not row.purpose or not is_sure(s.label) or s.label.category not in TRACKERS:
            continue
        compared += 1
        if _necessary(row.purpose) and not is_self_hosted(evidence, s.label):
            found.setdefault(row.name, (row, []))[1].append(s)
    for name, (row, seen) in found.items():
        yield fail(
            name,
            seen=seen,
            nl=f"Mogelijke overtreding: de cookielijst noemt {name} “{row.purpose}”, maar die is van {who(seen[0].label)}.",
            en=f"Possible violation: the cookie list calls {name} “{row.purpose}”, but it belongs to {who(seen[0].label)}.",
        )
    if found:
        return
    if compared:
        yield passed(
            SITE,
            nl="Geen geziene volgcookie staat in de lijst als noodzakelijk.",
            en="No tracking cookie that was seen is listed as necessary.",
        )
    else:
        reason = "no tracking cookie with a listed purpose was seen"
        if not evidence.looked(State.BEFORE, "cookie-offered"):
            reason = evidence.why_not(State.BEFORE, "cookie-offered")
        yield undetermined(
            SITE,
            reason,
            nl="Geen volgcookie met een doel in de lijst is gezien.",
            en="No tracking cookie with a purpose in the list was seen.",
        )


def _necessary(purpose: str) -> bool:
    return bool(words("necessary").search(purpose)) and not words("tracking_purpose").search(purpose)
