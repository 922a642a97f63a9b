"""Answers that several checks give in the same words: nothing said, nothing seen, an information duty met or missed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from auditor.evidence import Evidence, State
from auditor.evidence.language_words import words
from auditor.evidence.verdict import SITE, STATEMENT, Verdict, fail, not_applicable, passed, undetermined
from auditor.model import Confidence, Severity

PROVES_NOTHING = "not seen, which proves nothing"


def unread(evidence: Evidence, subject: str = STATEMENT) -> Verdict:
    """For checks that need a statement where none was read."""
    return undetermined(
        subject,
        evidence.why_unread,
        nl="Er kon geen verklaring worden gelezen.",
        en="No statement could be read.",
    )


def not_said(evidence: Evidence, nl: str, en: str) -> Verdict:
    """For checks on a claim that is not there. `nl`, `en`: what is not said, as "dat …", "that …"."""
    if not evidence.read:
        return unread(evidence)
    if evidence.without_phrases:
        return undetermined(
            STATEMENT,
            f"claims in the language '{evidence.without_phrases}' are not read",
            nl="Wat de verklaring zegt, kon in deze taal niet worden gelezen.",
            en="What the statement says could not be read in this language.",
        )
    if evidence.unread:
        return undetermined(
            STATEMENT,
            f"part of the statement could not be read ({evidence.unread[0]})",
            nl=f"In wat gelezen kon worden staat niet {nl}, maar een deel van de verklaring kon niet worden gelezen.",
            en=f"What could be read does not say {en}, but part of the statement could not be read.",
        )
    return not_applicable(STATEMENT, nl=f"De verklaring zegt niet {nl}.", en=f"The statement does not say {en}.")


def unseen(evidence: Evidence, claims: Iterable[int], *kinds: str) -> Verdict:
    """For claims that seeing can disprove and not seeing cannot prove."""
    visits = evidence.looked(State.BEFORE, *kinds)
    reason = PROVES_NOTHING if visits else evidence.why_not(State.BEFORE, *kinds)
    return undetermined(
        SITE,
        reason,
        claims=claims,
        nl="Er is niets gezien dat de verklaring tegenspreekt; dat bewijst niet dat zij klopt."
        if visits
        else "Het gedrag van de site is niet gemeten.",
        en="Nothing was seen that contradicts the statement; that does not prove it right."
        if visits
        else "The site's behaviour was not measured.",
    )


def duty(
    evidence: Evidence, item: str, *, nl: str, en: str, severity: Severity | None = None, subject: str | None = None
) -> Iterator[Verdict]:
    """Whether the statement addresses a topic. `nl`, `en`: the topic with its article, as "het recht op inzage".

    Missing is only said when a privacy statement was read and no part of the statement stayed unread.
    """
    subject = subject or item
    found = evidence.item(item)
    if found is not None and found.present:
        yield passed(
            subject,
            nl=f"De verklaring noemt {nl}" + (f": “{_short(found.quote)}”." if found.quote else "."),
            en=f"The statement names {en}" + (f": “{_short(found.quote)}”." if found.quote else "."),
        )
        return
    if missing := why_not_missing(evidence):
        yield undetermined(
            subject,
            missing,
            nl=f"Of de verklaring {nl} noemt, kon niet worden vastgesteld.",
            en=f"Whether the statement names {en} could not be established.",
        )
        return
    if found is None:
        yield undetermined(
            subject,
            f"the topic '{item}' was not looked for",
            nl=f"Naar {nl} is niet gezocht.",
            en=f"{en.capitalize()} was not looked for.",
        )
        return
    if words_there := _words_of_topic(evidence, item):
        yield undetermined(
            subject,
            "words of this topic stand in the text, in a form that was not understood",
            nl=f"Of de verklaring {nl} noemt, moet een mens lezen: er staat “{words_there}”.",
            en=f"Whether the statement names {en} is for a person to read: it says “{words_there}”.",
        )
        return
    yield fail(
        subject,
        severity=severity,
        confidence=Confidence.DOCUMENT,
        nl=f"Mogelijke overtreding: in de verklaring lijkt {nl} te ontbreken.",
        en=f"Possible violation: {en} was not found in the statement.",
    )


def _words_of_topic(evidence: Evidence, item: str) -> str | None:
    """Words with which a text may well speak of the topic though no phrase of the reader fits; None: there are none.

    A missing duty is a grave thing to say; a wording nobody foresaw must not be taken for silence.
    """
    for i in evidence.read:
        text = evidence.statements[i].text
        if match := words(f"hint-{item}").search(text):
            start = max(text.rfind(" ", 0, max(match.start() - 20, 0)), text.rfind("\n", 0, match.start())) + 1
            after = re.compile(r"\w*(?:[^\S\n]\S+){0,3}").match(text, match.end())
            return _short(" ".join(text[start : after.end() if after else match.end()].split()))
    return None


def why_not_missing(evidence: Evidence) -> str | None:
    """Why a topic that was not found may stand elsewhere; None when the whole statement was read."""
    if not evidence.read:
        return evidence.why_unread
    if evidence.unread:
        return f"part of the statement could not be read ({evidence.unread[0]})"
    if not evidence.privacy_read:
        return "only a cookie statement or another document was read, no privacy statement"
    return None


def _short(quote: str) -> str:
    return quote if len(quote) <= 160 else quote[:157] + "…"
