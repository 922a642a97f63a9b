"""What it looks at: trackers seen on the site, whatever the choice, whose product, company and address appear nowhere in the
statement, its cookie list or the banner.

Why it matters: who receives data must be told, by name or at least by kind.

When it is wrong: a name the reader does not know as an alias; a name in a part that could not be read (then undetermined); a
tracker put in by someone else than the site (so one that only one of several like visits saw is undetermined). When only
the kind of service is named together with third parties, or the owner for something else, the finding is low.

Sources: GDPR 13(1)(e) and 5(1)(a); Court of Justice C-673/17 (Planet49). Libert 2018: under 15 % of flows are disclosed.
"""

from collections.abc import Iterable, Iterator, Sequence

from auditor.evidence import Evidence, RequestSighting, Sighting, State
from auditor.evidence.answers import unread
from auditor.evidence.social import is_social
from auditor.evidence.tracking import by_subject, cookieless_hits, hits, social_contacts, tracking_cookies
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import who
from auditor.model import Severity
from auditor.urls import registrable_domain

CATALOGUE = ("STB-01",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Een volger die de verklaring niet noemt",
    "en": "A tracker is active that the statement does not mention",
}
MEANING = {
    "nl": "Een bedrijf ontvangt gegevens van bezoekers, maar de verklaring noemt het niet.",
    "en": "A company receives visitors' data, but the statement does not mention it.",
}
LAW = "GDPR 13(1)(e), 5(1)(a); Planet49 C-673/17; Tw 11.7a(1)(a)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    groups = {p: s for p, s in by_subject(traces(evidence)).items() if not is_social(s[0].label)}
    yield from unmentioned(evidence, groups)


def traces(evidence: Evidence) -> tuple[Sighting, ...]:
    """Hits and cookies of known trackers in every state."""
    return (*hits(evidence, State), *cookieless_hits(evidence, State), *tracking_cookies(evidence, State))


def social_traces(evidence: Evidence) -> tuple[Sighting, ...]:
    social = (s for s in traces(evidence) if is_social(s.label))
    return (*social, *social_contacts(evidence, State))


def unmentioned(evidence: Evidence, groups: dict[str, tuple[Sighting, ...]]) -> Iterator[Verdict]:
    """A verdict for each product: not mentioned, mentioned by kind only, or named."""
    if not evidence.read:
        yield unread(evidence, SITE)
        return
    if not groups:
        yield nothing(evidence)
    for product, seen in groups.items():
        yield _verdict(evidence, product, seen)


def nothing(evidence: Evidence) -> Verdict:
    if evidence.looked(State.BEFORE, "request"):
        return not_applicable(SITE, nl="Er is geen bekende volger gezien.", en="No known tracker was seen.")
    reason = evidence.why_not(State.BEFORE, "request")
    return undetermined(SITE, reason, nl="Verzoeken zijn niet gemeten.", en="Requests were not measured.")


def _verdict(evidence: Evidence, product: str, seen: Sequence[Sighting]) -> Verdict:
    label = seen[0].label
    naming = evidence.names.of(label, _domains(seen))
    if naming.grade == "named":
        return passed(product, seen=seen, nl=f"De verklaring noemt {product}.", en=f"The statement names {product}.")
    if doubt := _doubt(evidence, seen) or _MENTIONED.get(naming.grade):
        return undetermined(
            product,
            doubt,
            seen=seen,
            nl=f"{who(label)} is gezien en niet in de gelezen tekst gevonden, maar dat is niet genoeg om het te zeggen.",
            en=f"{who(label)} was seen and not found in the text that was read, but that is not enough to say so.",
        )
    nl, en = _WORDS[naming.grade]
    return fail(
        product,
        seen=seen,
        claims=naming.claims,
        severity=Severity.HIGH if naming.grade == "no" else Severity.LOW,
        nl=f"Mogelijke overtreding: {who(label)} is actief op de site; {nl}.",
        en=f"Possible violation: {who(label)} is active on the site; {en}.",
    )


_MENTIONED = {"mentioned": "the owner's name stands in the text, but not as a service in use"}
_WORDS = {
    "no": ("de verklaring noemt dit bedrijf niet", "the statement does not mention this company"),
    "category": (
        "de verklaring noemt alleen de soort dienst en derden, geen naam",
        "the statement names only the kind of service and third parties, no company",
    ),
    "owner": (
        "de verklaring noemt de eigenaar alleen voor een andere dienst",
        "the statement names the owner only for another service",
    ),
}


def _doubt(evidence: Evidence, seen: Sequence[Sighting]) -> str | None:
    if evidence.unread:
        return f"part of the statement could not be read ({evidence.unread[0]})"
    if not any(evidence.statements[i].role != "other" for i in evidence.read):
        return "no privacy or cookie statement was found"
    visits = {s.visit.id for s in seen}
    if len(visits) == 1 and len(_chances(evidence, seen)) > 1:
        return "seen in one of several like visits only"
    return None


def _chances(evidence: Evidence, seen: Iterable[Sighting]) -> set[str]:
    """Visits that loaded the same pages in the same state, and so could have seen it."""
    states, pages = {s.state for s in seen}, {s.page_url for s in seen}
    return {
        s.visit.id
        for s in evidence.requests
        if s.state in states and s.page_url in pages and s.observation.resource_type == "document"
    }


def _domains(seen: Sequence[Sighting]) -> set[str]:
    return {registrable_domain(s.host) for s in seen if isinstance(s, RequestSighting)}
