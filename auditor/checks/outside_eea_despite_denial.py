"""What it looks at: tracking contacts with companies whose parent sits outside the European Economic Area, on a site whose statement
says that data stay inside it.

Why it matters: the visitor is told of a protection that the site's own pages do not give.

When it is wrong: a European subsidiary may be the contract partner and a server may stand in Europe; that is why the message speaks of
the owner's seat, not of a server, and why a sentence with a condition or a hedge is undetermined. Not seeing such contacts
proves nothing.

Sources: GDPR 13(1)(f) and 44-46.
"""

from collections.abc import Iterator

from auditor.checks.tracker_not_mentioned import social_traces, traces
from auditor.evidence import Evidence
from auditor.evidence.answers import not_said, unseen
from auditor.evidence.countries import EEA
from auditor.evidence.tracking import by_subject
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.evidence.words import who
from auditor.model import Severity

CATALOGUE = ("STB-18",)
SEVERITY = Severity.HIGH
KLASS = "F"
TITLE = {
    "nl": "“Uw gegevens blijven in de EU”, maar bedrijven van daarbuiten ontvangen ze",
    "en": "“Your data stays in the EU/EEA” but vendors from elsewhere receive it",
}
MEANING = {
    "nl": "De verklaring ontkent doorgifte; een bedrijf met een moeder buiten de EER ontvangt gegevens.",
    "en": "The statement denies transfers; a company with a parent outside the EEA receives data.",
}
LAW = "GDPR 13(1)(f), 44-46"


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = [(i, c) for i, c in evidence.said("transfer-outside-eea", "no") if not c.vendor]
    if not said:
        yield not_said(evidence, "dat gegevens in de EER blijven", "that data stay in the EEA")
        return
    index, claim = said[0]
    found = by_subject(
        s for s in (*traces(evidence), *social_traces(evidence)) if s.label.country and s.label.country not in EEA
    )
    if not found:
        yield unseen(evidence, [index], "request")
    doubt = "the sentence is hedged or conditional" if claim.hedge or claim.condition else None
    if evidence.said("transfer-outside-eea", "yes"):
        doubt = "the statement says elsewhere that data leave the EEA"
    for product, seen in found.items():
        name = who(seen[0].label)
        if doubt:
            yield undetermined(
                product,
                doubt,
                seen=seen,
                claims=[index],
                nl=f"{name} ontvangt gegevens; of dat in strijd is met de verklaring, is aan een mens.",
                en=f"{name} receives data; whether that contradicts the statement is for a person to judge.",
            )
            continue
        yield fail(
            product,
            seen=seen,
            claims=[index],
            nl=f"De site is in strijd met de eigen verklaring: die zegt dat gegevens in de EER blijven, maar {name} heeft een eigenaar daarbuiten.",
            en=f"The site contradicts its statement: that says data stay in the EEA, but {name} has an owner outside it.",
        )
