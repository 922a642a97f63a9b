"""What it looks at: requests that the browser itself sends to a vendor (Google Analytics unless the sentence names another) of
which the statement says that the IP address is not passed on.

Why it matters: whoever answers a request sees the address it came from; the sentence cannot be true while the browser calls.

When it is wrong: collection through the site's own server hides the address; then nothing is seen and nothing is concluded. "The
address is shortened" is another claim and not meant here.

Sources: Court of Justice C-582/14 (Breyer); GDPR 4(1) and 5(1)(a).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence, RequestSighting
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.naming import names_of, normal
from auditor.evidence.tracking import left_browser
from auditor.evidence.verdict import Verdict, fail
from auditor.evidence.words import listing
from auditor.model import Claim, Severity

CATALOGUE = ("STB-08",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "“Uw IP-adres wordt niet meegegeven”, maar de browser roept de dienst zelf aan",
    "en": "“Your IP address is not passed on” while the browser itself calls the vendor",
}
MEANING = {
    "nl": "Wie een verzoek van de browser ontvangt, ziet altijd het IP-adres.",
    "en": "Whoever receives a request from the browser always sees the IP address.",
}
LAW = "GDPR 4(1), 5(1)(a); Breyer C-582/14"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = [(i, c) for i, c in evidence.said("ga-ip-anonymised") if c.detail == "not-sent" and not c.hedge]
    if not said:
        yield not_said(evidence, "dat het IP-adres niet wordt meegegeven", "that the IP address is not passed on")
        return
    for index, claim in said:
        seen = [s for s in evidence.requests if evidence.is_third_party(s) and left_browser(s) and _of(claim, s)]
        if not seen:
            yield unseen(evidence, [index], "request")
            continue
        vendor = claim.vendor or "Google Analytics"
        hosts = [s.host for s in seen]
        yield fail(
            vendor,
            seen=sorted(seen, key=lambda s: s.label.tracker is not True),
            claims=[index],
            nl=f"De site is in strijd met de eigen verklaring: de browser riep {listing(hosts, 'nl')} zelf aan, en gaf {vendor} zo het IP-adres.",
            en=f"The site contradicts its statement: the browser itself called {listing(hosts, 'en')}, and so gave {vendor} the IP address.",
        )


def _of(claim: Claim, s: RequestSighting) -> bool:
    """Whether a request goes to the vendor that the sentence is about."""
    if s.label.confidence == "weak":
        return False
    vendor = normal(claim.vendor or "Google Analytics")
    return vendor in names_of(s.label) or (vendor == "google" and normal(s.label.entity or "") == "google")
