"""What it looks at: pairs of sentences in one document that cannot both be true: no cookies and cookies; only functional cookies and
marketing cookies; nothing shared and shared without condition; no transfer outside the EEA and a transfer; the IP address
not passed on and passed on with the rest.

Why it matters: a reader cannot tell which sentence holds.

When it is wrong: exceptions in another paragraph and different scopes (shop, newsletter) can make both true, so only unhedged
and unconditional sentences about the same vendor count. Published tools found many contradictions that were none, which is
why the list of pairs is short.

Sources: GDPR 12(1). Andow et al. 2019 (PolicyLint); Cui et al. 2023 (PoliGraph) on its false alarms.
"""

from collections.abc import Iterator
from itertools import product as pairs_of

from auditor.evidence import Evidence
from auditor.evidence.answers import unread
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

# subject, what one sentence says, what the other says: (kind, value, detail or None)
_PAIRS = (
    ("cookies", ("uses-cookies", "no", None), ("uses-cookies", "yes", None)),
    ("functional-cookies", ("only-functional-cookies", "true", None), ("cookie-category", "marketing", None)),
    ("sharing", ("shares-with-third-parties", "no", None), ("shares-with-third-parties", "yes", None)),
    ("transfer", ("transfer-outside-eea", "no", None), ("transfer-outside-eea", "yes", None)),
    ("ip-address", ("ga-ip-anonymised", "true", "not-sent"), ("ga-ip-sent", "true", None)),
    ("ip-address", ("ga-ip-anonymised", "true", "not-sent"), ("ga-ip-anonymised", "no", None)),
    ("ip-address", ("ga-ip-anonymised", "true", "not-sent"), ("ga-ip-anonymised", "false", None)),
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
            yield _verdict(subject, *match)
    if not told:
        yield passed(
            STATEMENT,
            nl="Onder de zinnen die gelezen zijn, is geen paar dat elkaar zeker tegenspreekt.",
            en="Among the sentences that were read there is no pair that surely contradicts itself.",
        )


def _saying(evidence: Evidence, what: tuple[str, str, str | None]) -> list[tuple[int, Claim]]:
    kind, value, detail = what
    return [
        (i, c)
        for i, c in evidence.said(kind, value)
        if (detail is None or c.detail == detail) and not c.hedge and not c.condition
    ]


def _same_scope(one: Claim, other: Claim) -> bool:
    apart = one.end <= other.start or other.end <= one.start
    return one.statement == other.statement and one.vendor == other.vendor and apart


def _verdict(subject: str, one: tuple[int, Claim], other: tuple[int, Claim]) -> Verdict:
    a, b = _short(one[1].quote), _short(other[1].quote)
    return fail(
        subject,
        claims=[one[0], other[0]],
        confidence=Confidence.DOCUMENT,
        nl=f"De verklaring is in strijd met zichzelf: “{a}” tegenover “{b}”.",
        en=f"The statement contradicts itself: “{a}” against “{b}”.",
    )


def _short(quote: str) -> str:
    return quote if len(quote) <= 160 else quote[:157] + "…"
