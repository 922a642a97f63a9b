"""What it looks at: identifying cookies of statistics services set before any choice. It is graver when the same owner's
advertising features are at work, for then no exemption for statistics is plausible.

Why it matters: Dutch law exempts statistics with little or no effect on privacy, French law a measured configuration, German
law none by statute; all others need consent first.

When it is wrong: the account may be set so that the exemption holds, which cannot be seen from outside; statistics software
that the site runs itself is told as undetermined, not as a fault.

Sources: Telecommunicatiewet 11.7a(3)(b); CNIL audience-measurement exemption; TDDDG 25(2); ePrivacy Directive 5(3).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.tracking import MEASURING, by_subject, hits, identifies, is_self_hosted, is_sure, tracking_cookies
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Category, Label, Severity

CATALOGUE = ("PRE-02",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Statistiekcookie geplaatst vóór een keuze",
    "en": "Analytics cookie set before any choice",
}
MEANING = {
    "nl": "Een cookie voor bezoekstatistieken met een eigen nummer per bezoeker werd geplaatst voordat er iets gekozen was.",
    "en": "A cookie for statistics with a number per visitor was set before anything had been chosen.",
}
LAW = "Tw 11.7a(3)(b); ePD 5(3); TDDDG 25(2); CNIL audience-measurement exemption"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(tracking_cookies(evidence, [State.BEFORE], MEASURING))
    for product, seen in found.items():
        ads = advertises(evidence, seen[0].label)
        nl = (
            ", met advertentiefuncties van dezelfde eigenaar"
            if ads
            else "; of een uitzondering voor statistiek geldt, hangt af van de instellingen"
        )
        en = (
            ", with advertising features of the same owner"
            if ads
            else "; whether an exemption for statistics holds depends on its settings"
        )
        yield fail(
            product,
            seen=seen,
            severity=Severity.HIGH if ads else Severity.MEDIUM,
            nl=f"Mogelijke overtreding: {who(seen[0].label)} plaatste {listing([s.name for s in seen], 'nl')} vóór een keuze{nl}.",
            en=f"Possible violation: {who(seen[0].label)} set {listing([s.name for s in seen], 'en')} before a choice{en}.",
        )
    own = by_subject(
        s
        for s in evidence.cookies
        if s.state is State.BEFORE and is_sure(s.label) and is_self_hosted(evidence, s.label) and identifies(s.value)
    )
    for product, seen in own.items():
        yield undetermined(
            product,
            "statistics on the site's own domain may be exempt; its settings cannot be seen",
            seen=seen,
            nl=f"{product} op het eigen domein plaatste {listing([s.name for s in seen], 'nl')}; dit kan zonder toestemming mogen.",
            en=f"{product} on the site's own domain set {listing([s.name for s in seen], 'en')}; this may be exempt from consent.",
        )
    if found or own:
        return
    visits = evidence.looked(State.BEFORE, "cookie-offered", "cookie-held")
    if visits:
        yield passed(
            SITE,
            nl=f"In {len(visits)} bezoek(en) werd vóór een keuze geen bekende statistiekcookie geplaatst.",
            en=f"In {len(visits)} visit(s) no known analytics cookie was set before a choice.",
        )
    else:
        reason = evidence.why_not(State.BEFORE, "cookie-offered", "cookie-held")
        yield undetermined(
            SITE,
            reason,
            nl="Cookies vóór een keuze zijn niet gemeten.",
            en="Cookies before a choice were not measured.",
        )


def advertises(evidence: Evidence, label: Label) -> bool:
    """Whether the same owner's advertising was contacted before the choice too."""
    ads = hits(evidence, [State.BEFORE], frozenset({Category.ADVERTISING}))
    return any(s.label.entity is not None and s.label.entity == label.entity for s in ads)
