"""What it looks at: sentences of the statement or the banner that take visiting, browsing on or using the service as agreement.

Why it matters: silence and going on are not consent; it must be given by a clear act.

When it is wrong: agreement to terms of use is another thing and is left to a person; a sentence about former practice.

Sources: GDPR 4(11) and recital 32; Court of Justice C-673/17 (Planet49).
"""

from collections.abc import Iterator

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said
from auditor.evidence.language_words import words
from auditor.evidence.verdict import Verdict, fail, undetermined
from auditor.model import Claim, Confidence, Severity

CATALOGUE = ("DES-16",)
SEVERITY = Severity.HIGH
KLASS = "D"
TITLE = {
    "nl": "Gebruik van de site geldt als toestemming",
    "en": "Text claims consent by use",
}
MEANING = {
    "nl": "De verklaring ziet verder surfen of gebruik als toestemming.",
    "en": "The statement takes browsing on or use as consent.",
}
LAW = "GDPR 4(11), rec. 32; Planet49 C-673/17"

_KINDS = ("implied-consent", "consent-by-use")


def run(evidence: Evidence) -> Iterator[Verdict]:
    said = {kind: _in_statement(evidence, kind) for kind in _KINDS}
    on_banner = list(_of_banner(evidence))
    yield from on_banner
    if not any(said.values()):
        if on_banner:
            return
        yield not_said(evidence, "dat gebruik als toestemming geldt", "that use counts as consent")
        return
    for kind, claims in said.items():
        if not claims:
            continue
        if kind == "consent-by-use" and all(_of_terms(claim) for _, claim in claims):
            yield undetermined(
                kind,
                "the sentence may be about terms of use only",
                claims=[i for i, _ in claims],
                nl="De zin kan over gebruiksvoorwaarden gaan en niet over gegevens of cookies.",
                en="The sentence may be about terms of use and not about data or cookies.",
            )
            continue
        yield fail(
            kind,
            claims=[i for i, _ in claims],
            confidence=Confidence.DOCUMENT,
            nl="Mogelijke overtreding: de verklaring laat gebruik of verder surfen als toestemming gelden.",
            en="Possible violation: the statement takes use or browsing on as consent.",
        )


def _in_statement(evidence: Evidence, kind: str) -> tuple[tuple[int, Claim], ...]:
    """What the statement itself says: a page's text may hold the banner's words too."""
    banners = [" ".join(banner.text.split()) for _, banner in evidence.banners]
    return tuple(
        (i, claim)
        for i, claim in evidence.said(kind, True)
        if not any(" ".join(claim.quote.split()) in text for text in banners)
    )


def _of_banner(evidence: Evidence) -> Iterator[Verdict]:
    """One verdict when a banner says so itself, with its words."""
    found = [
        (visit.id, f"{visit.id}/{banner.id}", " ".join(match[0].split()))
        for visit, banner in evidence.banners
        if (match := words("going_on_agrees").search(banner.text))
    ]
    if not found:
        return
    seen = len({visit for visit, _, _ in found})
    quote = found[0][2]
    yield fail(
        "banner",
        evidence=[key for _, key, _ in found],
        confidence=Confidence.CONFIRMED if seen > 1 else Confidence.SEEN_ONCE,
        nl=f"Mogelijke overtreding: de banner laat gebruik of verder surfen als toestemming gelden: “{quote}”.",
        en=f"Possible violation: the banner takes use or browsing on as consent: “{quote}”.",
    )


def _of_terms(claim: Claim) -> bool:
    return bool(words("terms").search(claim.quote)) and not words("cookies").search(claim.quote)
