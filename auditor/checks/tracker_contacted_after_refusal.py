"""What it looks at: tracking requests on pages loaded after a proven refusal, with or without a cookie.

Why it matters: the visitor said no, and the visit is told to another company all the same.

When it is wrong: consent pings without a cookie (Google's G100) are contested and told as undetermined, like statistics that keep
no number for a visitor; not counted are the consent platform's own calls, security services, files, and what was under way
at the click.

Sources: ePrivacy Directive 5(3) with EDPB Guidelines 2/2023; GDPR 6. Papadogiannakis et al. 2021.
"""

from collections.abc import Iterator

from auditor.checks.tracking_cookie_after_refusal import without_finding
from auditor.evidence import Evidence, State
from auditor.evidence.tracking import by_subject, consent_pings, cookieless_hits, hits
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import listing, who
from auditor.model import Severity

CATALOGUE = ("REF-02",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {"nl": "Volgers nog benaderd na weigeren", "en": "Trackers still contacted after refusal"}
MEANING = {
    "nl": "De bezoeker weigerde, en toch hoorde een ander bedrijf van het bezoek.",
    "en": "The visitor refused, and yet another company was told of the visit.",
}
LAW = "ePD 5(3), EDPB Guidelines 2/2023; GDPR 6"


def run(evidence: Evidence) -> Iterator[Verdict]:
    found = by_subject(hits(evidence, [State.REFUSED]))
    for product, seen in found.items():
        hosts = [s.host for s in seen]
        yield fail(
            product,
            seen=seen,
            nl=f"Mogelijke overtreding: na weigeren gingen {len(seen)} meting(en) naar {who(seen[0].label)}, via {listing(hosts, 'nl')}.",
            en=f"Possible violation: after a refusal {len(seen)} tracking request(s) went to {who(seen[0].label)}, at {listing(hosts, 'en')}.",
        )
    contested = list(without_number(evidence, State.REFUSED, set(found)))
    yield from contested
    if not found and not contested:
        yield without_finding(
            evidence, ("request",), nl="geen bekend volgverzoek verstuurd", en="no known tracking request was sent"
        )


def without_number(evidence: Evidence, state: State, accused: set[str]) -> Iterator[Verdict]:
    """Contested requests of products that nothing else speaks against: told, never held against the site."""
    nl_when, en_when = _WHEN[state]
    for reason, seen in (
        ("statistics without a number for the visitor may be exempt from consent", cookieless_hits(evidence, [state])),
        (
            "a ping without a cookie while consent is denied: whether it needs consent is contested",
            consent_pings(evidence, [state]),
        ),
    ):
        for product, group in by_subject(seen).items():
            if product in accused:
                continue
            yield undetermined(
                product,
                reason,
                seen=group,
                nl=f"{nl_when} gingen {len(group)} meldingen zonder bezoekersnummer naar {who(group[0].label)}, via {listing([s.host for s in group], 'nl')}.",
                en=f"{en_when} {len(group)} request(s) without a visitor number went to {who(group[0].label)}, at {listing([s.host for s in group], 'en')}.",
            )


_WHEN = {State.BEFORE: ("Vóór een keuze", "Before a choice"), State.REFUSED: ("Na weigeren", "After a refusal")}
