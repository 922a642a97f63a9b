"""What it looks at: pairs of sentences in one document that cannot both be true: no cookies and cookies; only functional cookies and
marketing cookies; nothing shared and shared without condition; no transfer outside the EEA and a transfer; the IP address
not passed on and passed on with the rest.

Why it matters: a reader cannot tell which sentence holds.

When it is wrong: exceptions in another paragraph and different scopes (shop, newsletter) can make both true, so only unhedged
and unconditional sentences about the same vendor count. Published tools found many contradictions that were none, which is
why the list of pairs is short.

Sources: GDPR 12(1). Andow et al. 2019 (PolicyLint); Cui et al. 2023 (PoliGraph) on its false alarms.
"""

import re
from collections.abc import Iterator
from itertools import product as pairs_of

from auditor.evidence import Evidence
from auditor.evidence.answers import not_said, unread
from auditor.evidence.language_words import words
from auditor.evidence.verdict import STATEMENT, Verdict, fail, passed
from auditor.model import Claim, Confidence, Severity

CATALOGUE = ("STB-24",)
SEVERITY = Severity.MEDIUM
KLASS = "D"
TITLE = {"nl": "De verklaring spreekt zichzelf tegen", "en": "The statement contradicts itself"}
MEANING = {
    "nl": "Twee zinnen in de verklaring kunnen niet allebei waar zijn.",
    "en": "Two sentences of the statement cannot both be true.",
}
LAW = "GDPR 12(1)"

# subject, what one sentence says, what the other says: (kind, value)
_PAIRS = (
    ("cookies", ("uses-cookies", "no"), ("uses-cookies", "yes")),
    ("functional-cookies", ("only-functional-cookies", "true"), ("cookie-category", "marketing")),
    ("sharing", ("shares-with-third-parties", "no"), ("shares-with-third-parties", "yes")),
    ("transfer", ("transfer-outside-eea", "no"), ("transfer-outside-eea", "yes")),
)


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.read:
        yield unread(evidence)
        return
    told: set[str] = set()
    for subject, one, other in _PAIRS:
        found = list(pairs_of(_saying(evidence, one), _saying(evidence, other)))
        match = next(((a, b) for a, b in found if _same_scope(a[1], b[1])), None)
        if match and subject not in told:
            told.add(subject)
            (i, a), (j, b) = match
            yield _verdict(subject, (i, a.quote), (j, b.quote))
    if ip := _ip_address(evidence):
        told.add("ip-address")
        yield ip
    if not told and evidence.without_phrases:
        yield not_said(evidence, "dat iets tegelijk wel en niet zo is", "that something is so and not so")
    elif not told:
        yield passed(
            STATEMENT,
            nl="Onder de zinnen die gelezen zijn, is geen paar dat elkaar zeker tegenspreekt.",
            en="Among the sentences that were read there is no pair that surely contradicts itself.",
        )


NEAR = 1500
"""Characters within which a sentence on the IP address is taken to speak of the same service."""


def _ip_address(evidence: Evidence) -> Verdict | None:
    """ "The IP address is not passed on" against "transferred including the IP address", of the same service."""
    for index, claim in evidence.said("ga-ip-anonymised", True):
        if claim.detail != "not-sent" or claim.hedge or claim.condition:
            continue
        text = evidence.statements[claim.statement].text
        for match in re.finditer(r"[^.!?\n]+[.!?]?", text):
            start, end, sentence = match.start(), match.end(), match.group().strip()
            near = max(start - claim.end, claim.start - end) <= NEAR
            apart = end <= claim.start or claim.end <= start
            if near and apart and words("ip_sent").search(sentence) and not words("denial").search(sentence):
                others = [
                    i for i, c in enumerate(evidence.claims) if c.statement == claim.statement and _over(c, start, end)
                ]
                return _verdict("ip-address", (index, claim.quote), (others[0] if others else index, sentence))
    return None


def _over(claim: Claim, start: int, end: int) -> bool:
    return claim.start < end and start < claim.end


def _saying(evidence: Evidence, what: tuple[str, str]) -> list[tuple[int, Claim]]:
    kind, value = what
    return [(i, c) for i, c in evidence.said(kind, value) if not c.hedge and not c.condition]


def _same_scope(one: Claim, other: Claim) -> bool:
    apart = one.end <= other.start or other.end <= one.start
    return one.statement == other.statement and one.vendor == other.vendor and apart


def _verdict(subject: str, one: tuple[int, str], other: tuple[int, str]) -> Verdict:
    a, b = _short(one[1]), _short(other[1])
    return fail(
        subject,
        claims=[one[0], other[0]],
        confidence=Confidence.DOCUMENT,
        nl=f"De verklaring is in strijd met zichzelf: “{a}” tegenover “{b}”.",
        en=f"The statement contradicts itself: “{a}” against “{b}”.",
    )


def _short(quote: str) -> str:
    return quote if len(quote) <= 160 else quote[:157] + "…"
