"""What it looks at: whether the statement gives a date or version anywhere in its text.

Why it matters: without a date nobody can tell which text held when, or whether it was looked after.

When it is wrong: the date stands in the page's metadata only (looked for, and then not counted as missing), or in a part that could not
be read.

Sources: GDPR 12(1), with the Working Party's guidelines on transparency (WP260).
"""

import re
from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import why_not_missing
from auditor.evidence.verdict import STATEMENT, Verdict, fail, not_applicable, passed, undetermined
from auditor.model import Confidence, Severity

CATALOGUE = ("STL-04",)
SEVERITY = Severity.LOW
KLASS = "D"
TITLE = {"nl": "Geen datum of versie", "en": "No date or version"}
MEANING = {
    "nl": "Aan de verklaring is niet te zien van wanneer zij is.",
    "en": "The statement does not show from when it is.",
}
LAW = "GDPR 12(1) (WP260)"

_METADATA = re.compile(
    r"(article:(modified|published)_time|dateModified|datePublished|last-modified)[\"'\s:=content]+\d{4}-\d\d",
    re.IGNORECASE,
)


def run(evidence: Evidence) -> Iterator[Verdict]:
    item = evidence.item("date-of-version")
    if evidence.date_of_version or (item is not None and item.present):
        when = evidence.date_of_version or (item.quote if item else "")
        yield passed(STATEMENT, nl=f"De verklaring heeft een datum: {when}.", en=f"The statement has a date: {when}.")
        return
    if missing := why_not_missing(evidence):
        yield undetermined(
            STATEMENT,
            missing,
            nl="Of de verklaring een datum heeft, kon niet worden vastgesteld.",
            en="Whether the statement has a date could not be established.",
        )
        return
    urls = {evidence.statements[i].url for i in evidence.read}
    if any(_METADATA.search(s.body or "") for s in evidence.record.sources if s.url in urls and s.encoding == "text"):
        yield not_applicable(
            STATEMENT,
            reason="a date stands in the page's metadata",
            nl="De datum staat alleen in de gegevens van de pagina, niet in de tekst.",
            en="The date stands only in the page's metadata, not in the text.",
        )
        return
    yield fail(
        STATEMENT,
        confidence=Confidence.DOCUMENT,
        nl="In de verklaring is geen datum of versie gevonden.",
        en="No date or version was found in the statement.",
    )
