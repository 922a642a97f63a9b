"""What it looks at: requests to a social network's pixel or plug-in (Facebook, Instagram, LinkedIn, TikTok, Pinterest, X, Snap …)
before any choice, its scripts included.

Why it matters: a site that builds in a network's code answers together with it for what the network gets, and needs consent.

When it is wrong: a picture or font from the network's servers, a plain link, a self-hosted icon or a share link is no plug-in
and is not counted; a label may name the wrong product.

Sources: Court of Justice C-40/17 (Fashion ID); ePrivacy Directive 5(3); GDPR 13 and 26.
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.tracking import by_subject, social_contacts
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Category, Severity

CATALOGUE = ("PRE-04",)
SEVERITY = Severity.CRITICAL
KLASS = "A"
TITLE = {
    "nl": "Pixel of knop van een sociaal netwerk maakt contact vóór een keuze",
    "en": "Social-media pixel or plug-in contacts the platform before any choice",
}
MEANING = {
    "nl": "Een sociaal netwerk hoorde van dit bezoek voordat er iets gekozen was.",
    "en": "A social network learned of this visit before anything had been chosen.",
}
LAW = "Fashion ID C-40/17; ePD 5(3); GDPR 26, 13"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(social_contacts(evidence, [State.BEFORE]))
    for product, seen in found.items():
        pixel = any(s.label.category is Category.ADVERTISING for s in seen)
        hosts = [s.host for s in seen]
        yield fail(
            product,
            seen=sorted(seen, key=lambda s: s.label.tracker is not True),
            severity=Severity.CRITICAL if pixel else Severity.HIGH,
            nl=f"Mogelijke overtreding: {who(seen[0].label)} werd vóór een keuze benaderd via {listing(hosts, 'nl')}.",
            en=f"Possible violation: {who(seen[0].label)} was contacted before a choice at {listing(hosts, 'en')}.",
        )
    if found:
        return
    visits = evidence.looked(State.BEFORE, "request")
    if visits:
        yield passed(
            SITE,
            nl=f"In {len(visits)} bezoek(en) werd vóór een keuze geen sociaal netwerk benaderd.",
            en=f"In {len(visits)} visit(s) no social network was contacted before a choice.",
        )
    else:
        reason = evidence.why_not(State.BEFORE, "request")
        yield undetermined(
            SITE,
            reason,
            nl="Verzoeken vóór een keuze zijn niet gemeten.",
            en="Requests before a choice were not measured.",
        )
