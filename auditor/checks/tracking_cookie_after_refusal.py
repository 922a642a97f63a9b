"""What it looks at: tracking cookies that are set, or written again, on pages loaded after a proven refusal.

Why it matters: a refusal that changes nothing is no choice.

When it is wrong: the refusal was not what the visitor would have pressed (it is verified: banner gone, state changed, still gone
after a reload); the cookie holds the refusal itself or an opt-out value; what was already under way at the click. A cookie
that merely lies there from before is another finding (early-cookie-kept-after-refusal).

Sources: GDPR 6(1)(a) and 7(3); ePrivacy Directive 5(3). Bouhoula et al. 2024 (65.4 % of sites), Bollinger et al. 2022.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.tracking import MEASURING, by_subject, tracking_cookies
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Choice, Severity

CATALOGUE = ("REF-01",)
SEVERITY = Severity.CRITICAL
KLASS = "A"
TITLE = {
    "nl": "Volgcookies geplaatst of gebruikt na weigeren",
    "en": "Tracking cookies set or kept in use after refusing",
}
MEANING = {
    "nl": "De bezoeker weigerde, en toch werd een volgcookie geplaatst of opnieuw geschreven.",
    "en": "The visitor refused, and yet a tracking cookie was set or written again.",
}
LAW = "GDPR 7(3), 6(1)(a); ePD 5(3)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(tracking_cookies(evidence, [State.REFUSED]))
    for product, seen in found.items():
        setter = next((by for s in seen if (by := evidence.set_by(s))), None)
        yield fail(
            product,
            seen=seen,
            severity=Severity.HIGH if seen[0].label.category in MEASURING else Severity.CRITICAL,
            nl=f"Mogelijke overtreding: na weigeren plaatste {who(seen[0].label)} toch {listing([s.name for s in seen], 'nl')}"
            + (f", gezet door {setter}." if setter else "."),
            en=f"Possible violation: after a refusal {who(seen[0].label)} still set {listing([s.name for s in seen], 'en')}"
            + (f", written by {setter}." if setter else "."),
        )
    if not found:
        yield without_finding(
            evidence, ("cookie-offered", "cookie-held"), nl="geen volgcookie geplaatst", en="no tracking cookie was set"
        )


def without_finding(evidence: Evidence, kinds: tuple[str, ...], *, nl: str, en: str) -> Verdict:
    """PASS after a proven refusal that was looked at; not applicable where there is nothing to refuse; else why not.

    nl, en: what did not happen, as "geen volgcookie geplaatst", "no tracking cookie was set".
    """
    visits = evidence.looked(State.REFUSED, *kinds)
    if any(o.phase == "after" for v in visits for o in v.observations):
        return passed(
            SITE,
            nl=f"In {len(visits)} bezoek(en) is na een bewezen weigering {nl}.",
            en=f"In {len(visits)} visit(s) {en} after a proven refusal.",
        )
    statuses = set(evidence.choice_statuses(Choice.REFUSE))
    if statuses and statuses <= {"no_banner", "not_offered"}:
        return not_applicable(
            SITE,
            reason="nothing to refuse",
            nl="Er was niets te weigeren: geen banner, of een banner zonder die mogelijkheid.",
            en="There was nothing to refuse: no banner, or one without that way out.",
        )
    reason = evidence.why_not(State.REFUSED, *kinds) if not visits else "nothing was recorded after the refusal"
    return undetermined(
        SITE,
        reason,
        nl="Wat er na weigeren gebeurt, kon niet worden vastgesteld.",
        en="What happens after a refusal could not be established.",
    )
