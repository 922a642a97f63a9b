"""What it looks at: whether a site that tracks shows a consent banner at all, in any of its clean visits.

Why it matters: who follows visitors must ask first; without a banner nothing can have been asked.

When it is wrong: a banner that was not recognised, hides from robots or shows only to some visitors. It is therefore told as
undetermined when a consent platform is at work, when fewer than two visits could look, or when the site turned the
browser away; and where only statistics were seen that the statement calls exempt. Statistics without a number for the
visitor are not counted.

Sources: ePrivacy Directive 5(3); Telecommunicatiewet 11.7a(1). Bouhoula et al. 2024 found missed banners to be the main error
(21.9 % of such findings).
"""

from collections.abc import Iterator, Sequence

from auditor.checks.analytics_cookie_before_choice import advertises
from auditor.evidence import Evidence, Sighting, State
from auditor.evidence.tracking import MEASURING, TRACKERS, hits, subject_of, tracking_cookies
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import listing
from auditor.model import Severity

CATALOGUE = ("PRE-10",)
SEVERITY = Severity.CRITICAL
KLASS = "A"
TITLE = {"nl": "Volgen zonder enige cookiebanner", "en": "Tracking with no consent banner at all"}
MEANING = {
    "nl": "De site volgt bezoekers en vraagt nergens om toestemming.",
    "en": "The site tracks visitors and asks for consent nowhere.",
}
LAW = "ePD 5(3); Tw 11.7a(1)"

FEWEST_COOKIES = 2  # one stray cookie may be a test or a leftover; Bouhoula et al. use the same bound


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.visits:
        reason = evidence.why_not(State.BEFORE)
        yield undetermined(SITE, reason, nl="De site is niet gezien.", en="The site was not seen.")
        return
    if evidence.banners or {"made", "not_offered"} & {v.choice_result.status for v in evidence.visits}:
        keys = [f"{visit.id}/{banner.id}" for visit, banner in evidence.banners[:1]]
        yield passed(SITE, nl="Er is een cookiebanner.", en="There is a consent banner.", evidence=keys)
        return
    cookies = tracking_cookies(evidence, [State.BEFORE], TRACKERS)
    seen: Sequence[Sighting] = (*cookies, *hits(evidence, [State.BEFORE]))
    if len({s.identity for s in cookies}) < FEWEST_COOKIES and len(seen) == len(cookies):
        yield not_applicable(
            SITE,
            nl="Er is geen banner gezien, en ook geen volgen waarvoor die nodig is.",
            en="No banner was seen, nor any tracking that would need one.",
        )
        return
    if doubt := why_uncertain(evidence):
        yield undetermined(
            SITE,
            doubt,
            seen=seen,
            nl="Er wordt gevolgd en er is geen banner gezien, maar dat die er niet is staat niet vast.",
            en="There is tracking and no banner was seen, but it is not certain that there is none.",
        )
        return
    if why_exempt := _claimed_exempt(evidence, seen):
        yield undetermined(
            SITE,
            why_exempt,
            seen=seen,
            nl="Er is geen banner; er is alleen statistiek gezien, en die heeft volgens de verklaring geen toestemming nodig.",
            en="There is no banner; only statistics were seen, which the statement says need no consent.",
        )
        return
    statistics = all(s.label.category in MEASURING for s in seen)
    products = [subject_of(s) for s in seen]
    yield fail(
        SITE,
        seen=seen,
        severity=Severity.HIGH if statistics else Severity.CRITICAL,
        nl=f"Mogelijke overtreding: in {len(evidence.without_banner)} bezoeken was er geen banner, terwijl er werd gevolgd door {listing(products, 'nl')}.",
        en=f"Possible violation: in {len(evidence.without_banner)} visits there was no banner, while {listing(products, 'en')} tracked the visitor.",
    )


def _claimed_exempt(evidence: Evidence, seen: Sequence[Sighting]) -> str | None:
    """Why statistics may go without a banner: the statement claims the exemption and nothing seen rules it out."""
    if any(s.label.category not in MEASURING for s in seen) or any(advertises(evidence, s.label) for s in seen):
        return None
    if evidence.said("no-consent-needed", "analytics") or evidence.said("no-consent-needed", "all"):
        return "only statistics were seen, and the statement calls them exempt; their settings cannot be seen"
    return None


def why_uncertain(evidence: Evidence) -> str | None:
    """Why "no banner" is not proven; None when it is."""
    if evidence.platform_in_use:
        return f"a consent platform is at work ({evidence.platform_in_use}), so a banner may have been missed"
    if any(v.choice_result.status == "click_failed" for v in evidence.visits):
        return "a control was pressed without proof, so there may be a banner"
    if len(evidence.without_banner) < 2:
        return "fewer than two visits looked for a banner"
    return None
