"""What it looks at: whether the site answers on plain http without sending the visitor on to https, serves its pages over http, or
has forms that send over http.

Why it matters: what goes over http can be read and changed on the way.

When it is wrong: a closed port 80 is in order; a first redirect that leads to https only later is told as undetermined; a browser's
preload list can hide it from visitors.

Sources: GDPR 32(1)(a). The test of internet.nl looks at the same.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.evidence import Evidence, State
from auditor.evidence.verdict import SITE, Verdict, fail, passed, undetermined
from auditor.model import Confidence, FormFound, Severity
from auditor.urls import absolute, is_third_party

CATALOGUE = ("SEC-01",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {"nl": "Site niet (altijd) via HTTPS", "en": "Site not (always) on HTTPS"}
MEANING = {
    "nl": "Bezoekers kunnen op de site terechtkomen zonder versleutelde verbinding.",
    "en": "Visitors can end up on the site without an encrypted connection.",
}
LAW = "GDPR 32(1)(a)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    verdict = plain_pages(evidence) or plain_forms(evidence) or probed(evidence)
    yield verdict or undetermined(
        SITE,
        "the host was not asked over plain http" if evidence.visits else evidence.why_not(State.BEFORE),
        nl="Of de site altijd https gebruikt, kon niet worden vastgesteld.",
        en="Whether the site always uses https could not be established.",
    )


def plain_pages(evidence: Evidence) -> Verdict | None:
    """Pages of the site that a visit ended up on over http."""
    loads = [
        (v, o)
        for v in evidence.visits
        for o in v.observations
        if o.kind == "navigation" and o.url.startswith("http://") and not is_third_party(o.url, v.site)
    ]
    if not loads:
        return None
    visits = {v.id for v, _ in loads}
    url = loads[0][1].url
    return fail(
        SITE,
        evidence=[f"{v.id}/{o.id}" for v, o in loads][:6],
        confidence=Confidence.CONFIRMED if len(visits) > 1 else Confidence.SEEN_ONCE,
        nl=f"Mogelijke overtreding: de browser kreeg {url} zonder versleuteling en werd niet naar https gestuurd.",
        en=f"Possible violation: the browser was given {url} without encryption and was not sent on to https.",
    )


def plain_forms(evidence: Evidence) -> Verdict | None:
    forms = [(v, o) for v in evidence.visits for o in v.observations if isinstance(o, FormFound) and _asks_over_http(o)]
    if not forms:
        return None
    return fail(
        SITE,
        evidence=[f"{v.id}/{o.id}" for v, o in forms][:6],
        confidence=Confidence.CONFIRMED if len({v.id for v, _ in forms}) > 1 else Confidence.SEEN_ONCE,
        nl=f"Mogelijke overtreding: een formulier stuurt zijn invoer zonder versleuteling naar {forms[0][1].action}.",
        en=f"Possible violation: a form sends what is entered without encryption to {forms[0][1].action}.",
    )


def _asks_over_http(form: FormFound) -> bool:
    return form.action.startswith("http://") and any(
        not f.startswith(("hidden", "submit", "button")) for f in form.fields
    )


def probed(evidence: Evidence) -> Verdict | None:
    """What the host answers on plain http; None when it was not asked or its answer tells nothing."""
    probe = next(
        (p for p in evidence.record.probes if p.url.startswith("http://") and urlsplit(p.url).path in {"", "/"}), None
    )
    if probe is None:
        return None
    if probe.status is None:
        seen = any(page.startswith("https://") for v in evidence.visits for page in v.pages)
        only = passed(SITE, nl="De site antwoordt alleen via https.", en="The site answers over https only.")
        return only if seen else None
    target = absolute(probe.url, probe.location) if probe.location else None
    if 300 <= probe.status < 400 and target:
        return _redirected(probe.url, target)
    if 200 <= probe.status < 300:
        return fail(
            SITE,
            confidence=Confidence.CONFIRMED,  # an answer of the server, not of one visit
            nl=f"Mogelijke overtreding: {probe.url} antwoordt met {probe.status} en stuurt niet door naar https.",
            en=f"Possible violation: {probe.url} answers with {probe.status} and does not redirect to https.",
        )
    return None


def _redirected(url: str, target: str) -> Verdict:
    if target.startswith("https://"):
        return passed(SITE, nl=f"{url} stuurt door naar {target}.", en=f"{url} redirects to {target}.")
    return undetermined(
        SITE,
        "plain http redirects to another http address; where that leads was not asked",
        nl=f"{url} stuurt door naar {target}; waar dat eindigt is niet nagegaan.",
        en=f"{url} redirects to {target}; where that ends was not asked.",
    )
