"""What it looks at: fields for e-mail address, telephone or name, plain or hashed, in requests to trackers, on a site whose statement says
that data are not linked to a person.

Why it matters: such a field is made to link a visit to a person.

When it is wrong: forms are not filled in or sent, so mostly there is nothing to see, and that proves nothing; an empty field sends
nothing and is not counted.

Sources: GDPR 4(5) and 5(1)(a).
"""

import re
from collections.abc import Iterator

from auditor.evidence import Evidence, RequestSighting, State
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.tracking import by_subject, hits
from auditor.evidence.verdict import Verdict, fail
from auditor.evidence.words import who
from auditor.model import Severity

CATALOGUE = ("STB-26",)
SEVERITY = Severity.HIGH
KLASS = "F"
TITLE = {
    "nl": "“Niet gekoppeld aan uw naam”, maar contactgegevens gaan mee",
    "en": "“Not linked to your name or e-mail” but contact data is sent",
}
MEANING = {
    "nl": "De verklaring zegt dat gegevens niet aan een persoon worden gekoppeld; een volger kreeg een veld dat daarvoor bestaat.",
    "en": "The statement says data are not linked to a person; a tracker was given a field made for that.",
}
LAW = "GDPR 4(5), 5(1)(a)"

# The fields of Meta (ud[em], udff[em]), Google (em, tv.1~em.), TikTok and Pinterest (em, pd[em]) for hashed contact data.
_CONTACT = re.compile(
    r"[?&](ud(ff)?\[(em|ph|fn|ln)\]|ud(ff)?%5B(em|ph|fn|ln)%5D|pd\[em\]|em|sha256_email(_address)?|hashed_email)=[^&]{8,}",
    re.IGNORECASE,
)


def run(evidence: Evidence) -> Iterator[Verdict]:
    claims = [i for i, c in evidence.said("linked-to-identity", "no") if not c.hedge]
    if not claims:
        yield not_said(
            evidence, "dat gegevens niet aan een persoon worden gekoppeld", "that data are not linked to a person"
        )
        return
    found = by_subject(s for s in hits(evidence, State) if _CONTACT.search(_sent(s)))
    if not found:
        yield unseen(evidence, claims, "request")
    for product, seen in found.items():
        yield fail(
            product,
            seen=seen,
            claims=claims,
            nl=f"De site is in strijd met de eigen verklaring: {who(seen[0].label)} kreeg een contactgegeven van de bezoeker mee.",
            en=f"The site contradicts its statement: {who(seen[0].label)} was sent contact data of the visitor.",
        )


def _sent(s: RequestSighting) -> str:
    return f"{s.observation.url}&{s.observation.body or ''}"
