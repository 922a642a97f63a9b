"""What it looks at: cookies of advertising, social and recording products that are set, with an identifier in them, before
the visitor has chosen anything, in a clean profile.

Why it matters: reading or writing on a visitor's device for tracking needs consent first.

When it is wrong: a label names the wrong product; a value that looks like an identifier is none; the site treats visitors
from other places or with other tests differently. Opt-out values, consent state, security and load-balancing cookies are
not counted, nor are cookies that the browser refused.

Sources: ePrivacy Directive 5(3); Telecommunicatiewet 11.7a(1); GDPR 4(11) and 6(1)(a). Bollinger et al. 2022 and Bouhoula et
al. 2024 measure the same on a large scale.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.tracking import FOLLOWING, by_subject, doubtful_cookies, tracking_cookies
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Severity

CATALOGUE = ("PRE-01",)
SEVERITY = Severity.CRITICAL
KLASS = "A"
TITLE = {
    "nl": "Advertentie- of volgcookie geplaatst vóór een keuze",
    "en": "Advertising or tracking cookie set before any choice",
}
MEANING = {
    "nl": "Een cookie waarmee een bezoeker gevolgd kan worden, werd geplaatst voordat er iets gekozen was.",
    "en": "A cookie that can follow a visitor was set before anything had been chosen.",
}
LAW = "ePD 5(3); Tw 11.7a(1); GDPR 6(1)(a), 4(11); TDDDG 25(1); LIL 82"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(tracking_cookies(evidence, [State.BEFORE], FOLLOWING))
    for product, seen in found.items():
        names, setter = [s.name for s in seen], next((by for s in seen if (by := evidence.set_by(s))), None)
        yield fail(
            product,
            seen=seen,
            nl=f"Mogelijke overtreding: {who(seen[0].label)} plaatste {listing(names, 'nl')} voordat de bezoeker iets koos"
            + (f", gezet door {setter}." if setter else "."),
            en=f"Possible violation: {who(seen[0].label)} set {listing(names, 'en')} before the visitor chose anything"
            + (f", written by {setter}." if setter else "."),
        )
    doubtful = {
        p: s for p, s in by_subject(doubtful_cookies(evidence, State.BEFORE, FOLLOWING)).items() if p not in found
    }
    for product, weak in doubtful.items():
        yield undetermined(
            product,
            "the owner or purpose of the cookie is not certain",
            seen=weak,
            nl=f"{listing([s.name for s in weak], 'nl')} lijkt een volgcookie, maar van wie of waarvoor is niet zeker.",
            en=f"{listing([s.name for s in weak], 'en')} looks like a tracking cookie, but whose or what for is uncertain.",
        )
    if not found and not doubtful:
        yield nothing_seen(evidence)


def nothing_seen(evidence: Evidence) -> Verdict:
    """PASS with the number of visits, or why it could not be told."""
    kinds = ("cookie-offered", "cookie-held")
    visits = evidence.looked(State.BEFORE, *kinds)
    if not visits:
        reason = evidence.why_not(State.BEFORE, *kinds)
        return undetermined(
            SITE,
            reason,
            nl="Cookies vóór een keuze zijn niet gemeten.",
            en="Cookies before a choice were not measured.",
        )
    if not any(v.conditions.third_party_cookies for v in visits):
        return undetermined(
            SITE,
            "the browser refused third-party cookies",
            nl="Er waren geen bekende volgcookies, maar de browser weigerde cookies van derden.",
            en="There were no known tracking cookies, but the browser refused third-party cookies.",
        )
    return passed(
        SITE,
        nl=f"In {len(visits)} bezoek(en) met een schoon profiel werd vóór een keuze geen bekende volgcookie geplaatst.",
        en=f"In {len(visits)} visit(s) with a clean profile no known tracking cookie was set before a choice.",
    )
