"""What it looks at: cookies on another company's domain that the cookie list gives to the site itself.

Why it matters: a cookie on another domain is that company's to read, on every site it is built into.

When it is wrong: a cookie on the site's own domain set by another company's script has two answers, and either is accepted; only a row
that plainly says "own" or names the site for a cookie elsewhere counts.

Sources: GDPR 13(1)(e). Bollinger et al. 2022 on stated and real parties.
"""

from collections.abc import Iterator

from auditor.evidence import CookieSighting, Evidence, State
from auditor.evidence.answers import unread
from auditor.evidence.language_words import words
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import who
from auditor.model import DeclaredCookie, Severity
from auditor.urls import registrable_domain, site_of

CATALOGUE = ("STB-14",)
SEVERITY = Severity.LOW
KLASS = "A"
TITLE = {"nl": "Genoemde aanbieder klopt niet", "en": "Stated provider differs from the real one"}
MEANING = {
    "nl": "De cookielijst noemt de site zelf als aanbieder van een cookie op een ander domein.",
    "en": "The cookie list names the site itself as provider of a cookie on another domain.",
}
LAW = "GDPR 13(1)(e)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.read and not evidence.declared:
        yield unread(evidence, SITE)
        return
    if not any(row.provider for row in evidence.declared):
        yield not_applicable(
            SITE, nl="Er is geen cookielijst met aanbieders.", en="There is no cookie list with providers."
        )
        return
    found: dict[str, tuple[DeclaredCookie, list[CookieSighting]]] = {}
    for s in evidence.cookies:
        rows = [row for row in evidence.declared if row.name == s.name and row.provider]
        if rows and evidence.is_third_party(s) and all(_own(row, s) for row in rows):
            found.setdefault(s.name, (rows[0], []))[1].append(s)
    for name, (row, seen) in found.items():
        domain = registrable_domain(seen[0].domain)
        yield fail(
            name,
            seen=seen,
            nl=f"De cookielijst noemt “{row.provider}” als aanbieder van {name}, maar die staat op {domain} ({who(seen[0].label) or domain}).",
            en=f"The cookie list names “{row.provider}” as provider of {name}, but it is on {domain} ({who(seen[0].label) or domain}).",
        )
    if found:
        return
    if evidence.looked(State.BEFORE, "cookie-offered", "cookie-held"):
        yield passed(SITE, nl="Geen genoemde aanbieder is weerlegd.", en="No stated provider was disproved.")
    else:
        reason = evidence.why_not(State.BEFORE, "cookie-offered", "cookie-held")
        yield undetermined(SITE, reason, nl="Cookies zijn niet gemeten.", en="Cookies were not measured.")


def _own(row: DeclaredCookie, s: CookieSighting) -> bool:
    provider = (row.provider or "").casefold()
    site = site_of(s.visit.site)
    return site in provider or bool(words("own").search(provider))
