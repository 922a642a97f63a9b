"""What it looks at: a reference in the statement to a cookie or privacy statement ("see our cookie statement") that leads nowhere: no
such document was found on the site, or its address answers "gone".

Why it matters: what visitors must be told stands in a document that they cannot read.

When it is wrong: a link that was lost when the text was taken out, or a document that the search missed; so where a link to it was
seen but not followed, it is undetermined. A document that is one with the statement is no missing one.

Sources: GDPR 12(1).
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import Verdict, fail, passed, undetermined
from auditor.model import Claim, Confidence, LinkSeen, Severity
from auditor.urls import absolute, without_fragment

CATALOGUE = ("CPL-22",)
SEVERITY = Severity.MEDIUM
KLASS = "A"
TITLE = {
    "nl": "De verklaring verwijst naar een document dat er niet is",
    "en": "Statement refers to another document that is missing",
}
MEANING = {
    "nl": "De verklaring verwijst naar een cookie- of privacyverklaring die niet te vinden is.",
    "en": "The statement refers to a cookie or privacy statement that cannot be found.",
}
LAW = "GDPR 12(1)"

_ROLES = {"cookie-statement": ("cookies", "both"), "privacy-statement": ("privacy", "both")}
_NAMES = {
    "cookie-statement": ("een cookieverklaring", "a cookie statement"),
    "privacy-statement": ("een privacyverklaring", "a privacy statement"),
}


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = [(i, c) for i, c in evidence.said("refers-to-document") if str(c.value) in _ROLES and not c.vendor]
    if not said:
        yield not_said(evidence, "dat er nog een document is", "that there is another document")
        return
    for index, claim in said:
        yield _verdict(evidence, index, claim)


def _verdict(evidence: Evidence, index: int, claim: Claim) -> Verdict:
    value = str(claim.value)
    nl, en = _NAMES[value]
    if _found(evidence, claim):
        return passed(
            value,
            claims=[index],
            nl=f"De verklaring verwijst naar {nl}, en die is er.",
            en=f"The statement refers to {en}, and it is there.",
        )
    if doubt := _doubt(evidence, claim):
        return undetermined(
            value,
            doubt,
            claims=[index],
            nl=f"De verklaring verwijst naar {nl}; of die er is, kon niet worden vastgesteld.",
            en=f"The statement refers to {en}; whether it is there could not be established.",
        )
    return fail(
        value,
        claims=[index],
        confidence=Confidence.DOCUMENT,
        nl=f"De verklaring verwijst naar {nl}, maar die is op de site niet gevonden.",
        en=f"The statement refers to {en}, but it was not found on the site.",
    )


def _found(evidence: Evidence, claim: Claim) -> bool:
    """Whether a document of that role was read; a statement that is both may refer to itself."""
    return any(evidence.statements[i].role in _ROLES[str(claim.value)] for i in evidence.read)


def _doubt(evidence: Evidence, claim: Claim) -> str | None:
    """Why the document may be there all the same; None when there is no sign of it."""
    roles = _ROLES[str(claim.value)]
    for source in evidence.record.sources:
        gone = source.status in {404, 410} or (source.failure or "").startswith("empty")
        if source.role in roles and source.failure and not gone and "well-known" not in source.found_by:
            return f"the document could not be read ({source.url}: {source.failure})"
    for i, statement in enumerate(evidence.statements):
        if (
            statement.role in roles
            and statement.status in {"unreadable", "language-not-read"}
            and i not in evidence.read
        ):
            return f"the document could not be read ({statement.url}: {statement.reason or statement.status})"
    if not evidence.record.search and not evidence.record.visits:
        return "the site was not searched for it"
    return _link_not_followed(evidence, claim)


def _link_not_followed(evidence: Evidence, claim: Claim) -> str | None:
    statement = evidence.statements[claim.statement]
    known = {without_fragment(source.url) for source in evidence.record.sources}
    known |= {without_fragment(source.requested) for source in evidence.record.sources} | {
        without_fragment(statement.url)
    }
    for address, start, end in statement.links:
        url = absolute(statement.url, address)
        if start < claim.end and claim.start < end and url and without_fragment(url) not in known:
            return f"the link in the sentence was not followed ({url})"
    if str(claim.value) == "cookie-statement":
        for link in _links(evidence):
            text = f"{link.text} {urlsplit(link.url).path}"
            named = words("cookies").search(text) and not words("cookie_settings").search(text)
            if named and without_fragment(link.url) not in known and urlsplit(link.url).path not in {"", "/"}:
                return f"a link was seen that may lead to it ({link.url})"
    return None


def _links(evidence: Evidence) -> Iterator[LinkSeen]:
    for visit in evidence.visits:
        yield from (o for o in visit.observations if isinstance(o, LinkSeen))
