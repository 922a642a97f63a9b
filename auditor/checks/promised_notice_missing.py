"""What it looks at: whether a cookie notice that the statement promises appears in any visit with a clean profile.

Why it matters: visitors rely on the notice to learn of cookies and to choose.

When it is wrong: a notice that was not recognised, hides from robots, or shows only where cookies start. So it is undetermined when a
consent platform is at work, when fewer than two visits looked, when the site turned the browser away, or when the visits
met no cookie at all.

Sources: GDPR 5(1)(a) and 13; Telecommunicatiewet 11.7a.
"""

from collections.abc import Iterator

from auditor.checks.tracking_without_banner import why_uncertain
from auditor.evidence import Evidence, State
from auditor.evidence.answers import not_said
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.model import Category, Confidence, Severity

CATALOGUE = ("STB-06",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Beloofde cookiemelding verschijnt niet",
    "en": "Statement promises a cookie notice on the first visit; none appears",
}
MEANING = {
    "nl": "De verklaring zegt dat er bij het eerste bezoek een melding komt; die is er niet.",
    "en": "The statement says a notice appears on the first visit; there is none.",
}
LAW = "GDPR 5(1)(a), 13; Tw 11.7a"

_QUIET = frozenset({Category.SECURITY, Category.HOSTING, Category.CONSENT_PLATFORM})


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = evidence.said("consent-banner", True)
    if not said:
        yield not_said(evidence, "dat er een cookiemelding komt", "that a cookie notice appears")
        return
    claims = [i for i, _ in said]
    if not evidence.visits:
        reason = evidence.why_not(State.BEFORE)
        yield undetermined(SITE, reason, claims=claims, nl="De site is niet gezien.", en="The site was not seen.")
        return
    if evidence.banners or {"made", "not_offered"} & {v.choice_result.status for v in evidence.visits}:
        keys = [f"{visit.id}/{banner.id}" for visit, banner in evidence.banners[:1]]
        yield passed(
            SITE, claims=claims, nl="De beloofde melding verschijnt.", en="The promised notice appears.", evidence=keys
        )
        return
    doubt = why_uncertain(evidence) or _nothing_to_tell(evidence)
    if doubt:
        yield undetermined(
            SITE,
            doubt,
            claims=claims,
            nl="De beloofde melding is niet gezien, maar dat zij er niet is staat niet vast.",
            en="The promised notice was not seen, but it is not certain that there is none.",
        )
        return
    visits = evidence.without_banner
    yield fail(
        SITE,
        claims=claims,
        confidence=Confidence.CONFIRMED,
        evidence=[key for v in visits if (key := _home(v.id, evidence))] or [],
        nl=f"De site is in strijd met de eigen verklaring: in {len(visits)} bezoeken met een schoon profiel verscheen de beloofde melding niet.",
        en=f"The site contradicts its statement: in {len(visits)} visits with a clean profile the promised notice did not appear.",
    )


def _home(visit_id: str, evidence: Evidence) -> str | None:
    """Key of the home page's load in a visit: the page on which the notice should have been."""
    visit = next(v for v in evidence.visits if v.id == visit_id)
    return next((f"{visit.id}/{o.id}" for o in visit.observations if o.kind == "navigation"), None)


def _nothing_to_tell(evidence: Evidence) -> str | None:
    if not any(s.label.category not in _QUIET for s in evidence.cookies):
        return "no cookie was seen, and the notice may come only where cookies start"
    return None
