"""What it looks at: contacts with advertising and social companies whose parent sits outside the European Economic Area, while the
statement says nothing at all about transfers.

Why it matters: visitors must be told that data leave the area and what protects them there.

When it is wrong: a European subsidiary or server may be what is meant, so the message speaks of the owner; statistics and other
processors are left out; a part that could not be read may hold it (then undetermined).

Sources: GDPR 13(1)(f).
"""

from collections.abc import Iterator

from auditor.checks.tracker_not_mentioned import social_traces, traces
from auditor.evidence import Evidence, Sighting
from auditor.evidence.answers import unread, why_not_missing
from auditor.evidence.countries import EEA
from auditor.evidence.social import is_social
from auditor.evidence.tracking import subject_of
from auditor.evidence.verdict import STATEMENT, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import listing
from auditor.model import Category, Severity

CATALOGUE = ("TRF-01",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {
    "nl": "Gegevens naar een bedrijf van buiten de EER, en de verklaring zwijgt erover",
    "en": "Data goes to a vendor outside the EEA, statement silent on transfers",
}
MEANING = {
    "nl": "Een ontvanger heeft een eigenaar buiten de EER; de verklaring zegt niets over doorgifte.",
    "en": "A recipient has an owner outside the EEA; the statement says nothing of transfers.",
}
LAW = "GDPR 13(1)(f)"


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.read:
        yield unread(evidence)
        return
    outside = outside_eea(evidence)
    names = [subject_of(s) for s in outside]
    if not outside:
        yield not_applicable(
            STATEMENT,
            nl="Er is geen advertentie- of sociaal bedrijf van buiten de EER gezien.",
            en="No advertising or social company from outside the EEA was seen.",
        )
    elif speaks_of_transfers(evidence):
        yield passed(STATEMENT, nl="De verklaring spreekt over doorgifte.", en="The statement speaks of transfers.")
    elif missing := why_not_missing(evidence):
        yield undetermined(
            STATEMENT,
            missing,
            seen=outside,
            nl=f"{listing(names, 'nl')} heeft een eigenaar buiten de EER; of de verklaring doorgifte noemt, staat niet vast.",
            en=f"{listing(names, 'en')} has an owner outside the EEA; whether the statement speaks of transfers is uncertain.",
        )
    else:
        yield fail(
            STATEMENT,
            seen=outside,
            nl=f"Mogelijke overtreding: de eigenaar van {listing(names, 'nl')} zit buiten de EER, en de verklaring zegt niets over doorgifte.",
            en=f"Possible violation: the owner of {listing(names, 'en')} sits outside the EEA, and the statement says nothing of transfers.",
        )


def outside_eea(evidence: Evidence) -> list[Sighting]:
    """Tracking by companies that use data for their own ends and whose parent sits outside the EEA."""
    return [
        s
        for s in (*traces(evidence), *social_traces(evidence))
        if s.label.country
        and s.label.country not in EEA
        and (s.label.category is Category.ADVERTISING or is_social(s.label))
    ]


def speaks_of_transfers(evidence: Evidence) -> bool:
    item = evidence.item("third-country-transfer")
    claims = (*evidence.said("transfer-outside-eea"), *evidence.said("transfer-mechanism"))
    return bool(claims) or (item is not None and item.present)
