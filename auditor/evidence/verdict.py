"""What a check answers, and the few ways to say it. A check yields verdicts; `auditor.audit` makes findings of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from auditor.evidence.sightings import CookieSighting, Sighting, stack_of
from auditor.model import Confidence, Outcome, Severity

MOST_EVIDENCE = 12
"""More observations than a reader looks at; the record holds the rest."""

SITE = "site"
STATEMENT = "statement"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """One answer about one subject. severity None: the check's own."""

    outcome: Outcome
    subject: str
    message: dict[str, str]
    severity: Severity | None = None
    confidence: Confidence = Confidence.DOCUMENT
    evidence: tuple[str, ...] = ()
    claims: tuple[int, ...] = ()
    reason: str | None = None


def fail(
    subject: str,
    *,
    nl: str,
    en: str,
    seen: Sequence[Sighting] = (),
    claims: Iterable[int] = (),
    severity: Severity | None = None,
    confidence: Confidence | None = None,
    evidence: Sequence[str] = (),
) -> Verdict:
    """A possible violation or a contradiction. Confidence follows from the visits, or it is the document's own."""
    return Verdict(
        outcome=Outcome.FAIL,
        subject=subject,
        message={"nl": nl, "en": en},
        severity=severity,
        confidence=confidence or (confidence_of(seen) if seen else Confidence.DOCUMENT),
        evidence=tuple(evidence) or strongest(seen),
        claims=tuple(dict.fromkeys(claims)),
    )


def passed(
    subject: str,
    *,
    nl: str,
    en: str,
    claims: Iterable[int] = (),
    seen: Sequence[Sighting] = (),
    evidence: Sequence[str] = (),
    confidence: Confidence = Confidence.DOCUMENT,
) -> Verdict:
    """Looked at, and in order. Only where the check is decidable and there is proof that we looked."""
    return Verdict(
        outcome=Outcome.PASS,
        subject=subject,
        message={"nl": nl, "en": en},
        confidence=confidence_of(seen) if seen else confidence,
        evidence=tuple(evidence) or strongest(seen),
        claims=tuple(dict.fromkeys(claims)),
    )


def undetermined(
    subject: str,
    reason: str,
    *,
    nl: str,
    en: str,
    claims: Iterable[int] = (),
    seen: Sequence[Sighting] = (),
    evidence: Sequence[str] = (),
    severity: Severity | None = None,
) -> Verdict:
    """Could not be told; `reason` says what was missing, in English, in a few words."""
    return Verdict(
        outcome=Outcome.UNDETERMINED,
        subject=subject,
        message={"nl": nl, "en": en},
        severity=severity,
        confidence=confidence_of(seen) if seen else Confidence.DOCUMENT,
        evidence=tuple(evidence) or strongest(seen),
        claims=tuple(dict.fromkeys(claims)),
        reason=reason,
    )


def not_applicable(subject: str, *, nl: str, en: str, reason: str | None = None, claims: Iterable[int] = ()) -> Verdict:
    """The question does not arise on this site."""
    return Verdict(
        outcome=Outcome.NOT_APPLICABLE,
        subject=subject,
        message={"nl": nl, "en": en},
        claims=tuple(dict.fromkeys(claims)),
        reason=reason,
    )


def confidence_of(seen: Sequence[Sighting]) -> Confidence:
    """Confirmed when clean profiles agree: two visits or more."""
    return Confidence.CONFIRMED if len({s.visit.id for s in seen}) >= 2 else Confidence.SEEN_ONCE


def strongest(seen: Sequence[Sighting]) -> tuple[str, ...]:
    """Keys of the observations that show it best: those with a known writer first, in the order given else, and each visit
    once before any twice."""
    ranked = sorted(seen, key=_weakness)
    turns: dict[str, int] = {}
    order = []
    for s in ranked:
        turns[s.visit.id] = turns.get(s.visit.id, -1) + 1
        order.append((turns[s.visit.id], s.key))
    return tuple(dict.fromkeys(key for _, key in sorted(order, key=lambda pair: pair[0])))[:MOST_EVIDENCE]


def _weakness(s: Sighting) -> int:
    if isinstance(s, CookieSighting) and s.held:
        return 2
    return 0 if stack_of(s.observation) or (isinstance(s, CookieSighting)) else 1
