"""What it looks at: first-party tracking cookies set before the choice that are still in the jar, with the same value, on a page loaded
after a proven refusal.

Why it matters: a refusal should end what began too early; a cookie left behind goes along with every request.

When it is wrong: a cookie that is written again after the refusal is another finding (tracking-cookie-after-refusal); cookies of other domains cannot be removed by the site and are left out; a value that was reset to an opt-out is
another value; removal that comes late is missed.

Sources: GDPR 5(1)(a), 7(3) and 17. Kancherla et al. 2024: 57.5 % do not delete after revocation.
"""

from collections.abc import Iterator

from auditor.checks.tracking_cookie_after_refusal import without_finding
from auditor.evidence import CookieSighting, Evidence, State
from auditor.evidence.tracking import TRACKERS, by_subject, identifies, is_self_hosted, is_sure, tracking_cookies
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable
from auditor.evidence.words import listing, who
from auditor.model import Severity

CATALOGUE = ("REF-03",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "Te vroege volgcookies blijven staan na weigeren",
    "en": "Tracking cookies set too early are not removed on refusal",
}
MEANING = {
    "nl": "Een volgcookie van vóór de keuze stond er na weigeren nog, met dezelfde waarde.",
    "en": "A tracking cookie from before the choice was still there after a refusal, with the same value.",
}
LAW = "GDPR 5(1)(a), 7(3), 17"


def run(evidence: Evidence) -> Iterator[Verdict]:
    before = {(s.visit.id, *s.identity, s.value) for s in evidence.cookies if s.state is State.BEFORE}
    kept = [
        s
        for s in evidence.cookies
        if s.state is State.REFUSED
        and s.held
        and _is_own_tracker(evidence, s)
        and (s.visit.id, *s.identity, s.value) in before
    ]
    in_use = {s.identity for s in tracking_cookies(evidence, [State.REFUSED])}
    last = [s for s in kept if s.observation.t_ms == _last_look(evidence, s) and s.identity not in in_use]
    for product, seen in by_subject(last).items():
        yield fail(
            product,
            seen=seen,
            nl=f"Mogelijke overtreding: {listing([s.name for s in seen], 'nl')} van {who(seen[0].label)} bleef na weigeren staan.",
            en=f"Possible violation: {listing([s.name for s in seen], 'en')} of {who(seen[0].label)} stayed after a refusal.",
        )
    if last:
        return
    if any(s.identity in in_use for s in kept):
        yield not_applicable(
            SITE,
            nl="Wat van vóór de keuze bleef staan, werd na weigeren opnieuw geplaatst; dat is een andere bevinding.",
            en="What stayed from before the choice was set anew after the refusal; that is another finding.",
        )
    else:
        yield without_finding(
            evidence,
            ("cookie-held",),
            nl="geen eigen volgcookie van vóór de keuze blijven staan",
            en="no first-party tracking cookie of before the choice was left",
        )


def _is_own_tracker(evidence: Evidence, s: CookieSighting) -> bool:
    return (
        is_sure(s.label)
        and s.label.category in TRACKERS
        and identifies(s.value)
        and not evidence.is_third_party(s)
        and not is_self_hosted(evidence, s.label)
    )


def _last_look(evidence: Evidence, s: CookieSighting) -> int:
    """When the jar was last looked into in this visit: what was gone by then was removed."""
    return max(c.observation.t_ms for c in evidence.cookies if c.held and c.visit.id == s.visit.id)
