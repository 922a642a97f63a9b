"""What it looks at: the controls of the banner as it stands first: a way to accept without an equal way to refuse.

Why it matters: refusing must be as easy as accepting.

When it is wrong: "only necessary", "continue without accepting", saving with everything off, and a close button that the text calls a
refusal count as refusing; so does a refusal that one click brought about. Where the site sets nothing that needs consent, a
banner that only informs is in order. A language that is not read is undetermined.

Sources: GDPR 4(11) and 7(3)-(4); EDPB cookie-banner taskforce, type A; Autoriteit Persoonsgegevens' rules for cookie banners; CNIL 2020-092.
"""

from collections.abc import Iterator

from auditor.checks.tracker_not_mentioned import social_traces, traces
from auditor.evidence import Evidence, State
from auditor.evidence.banners import first_layer
from auditor.evidence.language_words import words
from auditor.evidence.verdict import SITE, Verdict, fail, not_applicable, passed, undetermined
from auditor.evidence.words import listing
from auditor.languages import codes
from auditor.model import BannerSeen, Choice, Confidence, Severity

CATALOGUE = ("DES-01",)
SEVERITY = Severity.HIGH
KLASS = "A"
TITLE = {
    "nl": "Geen weigerknop op de eerste laag van de banner",
    "en": "No “refuse” on the first layer although “accept” is there",
}
MEANING = {
    "nl": "Accepteren kan meteen, weigeren niet.",
    "en": "One can accept at once, but not refuse.",
}
LAW = "GDPR 7(3)-(4), 4(11); EDPB type A; CNIL 2020-092"


def run(evidence: Evidence) -> Iterator[Verdict]:
    if not evidence.banners:
        yield _without_banner(evidence)
        return
    judged = [(f"{visit.id}/{banner.id}", visit.id, banner) for visit, banner in evidence.banners if banner.controls]
    if not judged:
        yield undetermined(
            SITE,
            "a banner was seen, but its controls could not be described",
            nl="Er is een banner gezien, maar de knoppen ervan konden niet worden beschreven.",
            en="A banner was seen, but its controls could not be described.",
        )
        return
    accepting = [(key, visit, b) for key, visit, b in judged if any(c.purpose == "accept" for c in first_layer(b))]
    keys = [key for key, _, _ in accepting or judged][:6]
    if not accepting:
        yield not_applicable(
            SITE,
            reason="nothing to accept on the first layer",
            nl="De eerste laag van de banner heeft geen accepteerknop.",
            en="The banner's first layer has no accept button.",
        )
    elif refused_in_one_click(evidence) or any(refuses(b) for _, _, b in accepting):
        yield passed(
            SITE,
            evidence=keys,
            nl="Weigeren kan op de eerste laag van de banner.",
            en="One can refuse on the banner's first layer.",
        )
    elif unread := _language_not_read(accepting[0][2]):
        yield undetermined(
            SITE,
            f"the banner's language ({unread}) is not read",
            evidence=keys,
            nl="De taal van de banner wordt niet gelezen.",
            en="The banner's language is not read.",
        )
    elif not (traces(evidence) or social_traces(evidence)):
        yield _nothing_to_consent_to(evidence)
    else:
        buttons = [c.text for c in first_layer(accepting[0][2]) if c.text and c.purpose != "toggle"]
        yield fail(
            SITE,
            evidence=keys,
            confidence=Confidence.CONFIRMED if len({visit for _, visit, _ in accepting}) > 1 else Confidence.SEEN_ONCE,
            nl=f"Mogelijke overtreding: de eerste laag van de banner biedt {listing([f'“{b}”' for b in buttons], 'nl', 6)}, en geen manier om te weigeren.",
            en=f"Possible violation: the banner's first layer offers {listing([f'“{b}”' for b in buttons], 'en', 6)}, and no way to refuse.",
        )


def refuses(banner: BannerSeen) -> bool:
    """Whether the first layer has a control that refuses, by purpose or by its words."""
    controls = first_layer(banner)
    if any(c.purpose == "refuse" for c in controls):
        return True
    toggles = [c for c in controls if c.purpose == "toggle" and not c.disabled]
    if any(c.purpose == "save" for c in controls) and toggles and not any(c.checked for c in toggles):
        return True
    if any(c.purpose == "close" for c in controls) and words("close_is_refusal").search(banner.text):
        return True
    others = [c for c in controls if c.purpose in {"other", "link", "save", "close"}]
    return any(words("refuse").search(c.text.strip()) for c in others)


def refused_in_one_click(evidence: Evidence) -> bool:
    return any(
        v.choice is Choice.REFUSE and v.choice_result.status == "made" and v.choice_result.clicks == 1
        for v in evidence.visits
    )


def _language_not_read(banner: BannerSeen) -> str | None:
    return banner.language if banner.language and banner.language[:2] not in codes() else None


def _nothing_to_consent_to(evidence: Evidence) -> Verdict:
    if not evidence.looked(State.ACCEPTED, "request", "cookie-offered", "cookie-held"):
        return undetermined(
            SITE,
            evidence.why_not(State.ACCEPTED, "request", "cookie-offered", "cookie-held"),
            nl="Er is geen weigerknop, maar ook niet gemeten of er na accepteren iets komt waarvoor toestemming nodig is.",
            en="There is no refuse button, but it was not measured whether anything that needs consent follows accepting.",
        )
    return not_applicable(
        SITE,
        reason="nothing that needs consent was seen",
        nl="Er is geen weigerknop, maar ook niets gezien waarvoor toestemming nodig is.",
        en="There is no refuse button, but nothing was seen that needs consent either.",
    )


def _without_banner(evidence: Evidence) -> Verdict:
    if evidence.without_banner:
        return not_applicable(SITE, nl="Er is geen banner gezien.", en="No banner was seen.")
    reason = evidence.why_not(State.BEFORE) if not evidence.visits else "the banner was not described"
    return undetermined(SITE, reason, nl="De banner is niet beschreven.", en="The banner was not described.")
