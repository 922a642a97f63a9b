"""What it looks at: hits of Universal Analytics without the flag that shortens the address (aip=1), on a site whose statement says that
addresses are anonymised.

Why it matters: the flag is what the sentence promises, and it is visible in every hit.

When it is wrong: Google Analytics 4 has no such flag and does not keep addresses, so the sentence is dated but not false: no finding. The
address reaches Google in transit either way. A hit through the site's own server is not seen.

Sources: GDPR 5(1)(a); the Dutch authority's former manual for Google Analytics, step 2.
"""

import re
from collections.abc import Iterator

from auditor.evidence import Evidence, RequestSighting
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.tracking import left_browser
from auditor.evidence.verdict import Verdict, fail, not_applicable, passed
from auditor.model import Severity

CATALOGUE = ("STB-07",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "“IP-adressen worden geanonimiseerd”, maar het kenmerk ontbreekt",
    "en": "“IP addresses are anonymised” but the flag is missing",
}
MEANING = {
    "nl": "De verklaring zegt dat Google IP-adressen anonimiseert; de meting vraagt daar niet om.",
    "en": "The statement says Google anonymises IP addresses; the measurement does not ask for it.",
}
LAW = "GDPR 5(1)(a)"

PRODUCT = "Google Analytics"
_UNIVERSAL = re.compile(r"[?&]tid=UA-", re.IGNORECASE)
_FLAG = re.compile(r"[?&]aip=(1|true)(&|$)", re.IGNORECASE)


def run(evidence: Evidence) -> Iterator[Verdict]:
    claims = [i for i, c in evidence.said("ga-ip-anonymised", True) if c.detail != "not-sent" and not c.hedge]
    if not claims:
        yield not_said(evidence, "dat IP-adressen worden geanonimiseerd", "that IP addresses are anonymised")
        return
    hits = [s for s in evidence.requests if s.label.product == PRODUCT and s.label.tracker is True and left_browser(s)]
    old = [s for s in hits if _UNIVERSAL.search(_sent(s))]
    bare = [s for s in old if not _FLAG.search(_sent(s))]
    if bare:
        yield fail(
            PRODUCT,
            seen=bare,
            claims=claims,
            nl=f"De site is in strijd met de eigen verklaring: {len(bare)} van {len(old)} metingen gingen zonder anonimisering (aip=1) naar Google.",
            en=f"The site contradicts its statement: {len(bare)} of {len(old)} hits went to Google without anonymisation (aip=1).",
        )
    elif old:
        yield passed(
            PRODUCT,
            seen=old,
            claims=claims,
            nl="Elke meting vroeg Google het IP-adres te anonimiseren.",
            en="Every hit asked Google to anonymise the IP address.",
        )
    elif hits:
        yield not_applicable(
            PRODUCT,
            claims=claims,
            reason="Google Analytics 4 has no such flag",
            nl="Google Analytics 4 bewaart geen IP-adressen; de zin is verouderd, niet onjuist.",
            en="Google Analytics 4 does not keep IP addresses; the sentence is dated, not false.",
        )
    else:
        yield unseen(evidence, claims, "request")


def _sent(s: RequestSighting) -> str:
    """Address and body together, for parameters may stand in either."""
    return f"{s.observation.url}&{s.observation.body or ''}"
