"""STB-24, STL-01, STL-03, STL-04, CPL-08, CPL-09a-f, CPL-11, CPL-22: what the text alone decides."""

from __future__ import annotations

import pytest

from auditor.model import Outcome, Severity
from tests.checks.builders import SITE, Scene

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
DOCUMENT = {"statement": UNDETERMINED}

# --- STB-24 ---------------------------------------------------------------------------------------------

AGAINST = "self-contradicting-statement"


NOT_SENT = "Jouw IP-adres wordt nadrukkelijk niet meegegeven."


def ip_statement(text: str) -> Scene:
    scene = Scene().says(text).claim("ga-ip-anonymised", True, NOT_SENT, start=text.index(NOT_SENT), detail="not-sent")
    return scene.claim("transfer-outside-eea", "yes", text[-30:], start=len(text) - 30)


def test_not_passed_on_and_passed_on_contradict() -> None:
    scene = ip_statement(
        f"{NOT_SENT} De informatie wordt met inbegrip van het IP-adres overgebracht naar de Verenigde Staten."
    )
    (verdict,) = scene.judge(AGAINST)
    assert (verdict.outcome, verdict.subject, verdict.claims) == (FAIL, "ip-address", (0, 1))


@pytest.mark.parametrize(
    "more",
    [
        "De informatie wordt niet met inbegrip van het IP-adres overgebracht naar Google.",
        "De informatie wordt overgebracht naar de Verenigde Staten.",
        "x" * 2000 + ". Facturen worden met uw IP-adres opgeslagen in de boekhouding.",
    ],
    ids=["denied", "no-address", "far-away"],
)
def test_other_sentences_on_transfer_do_not_contradict(more: str) -> None:
    assert ip_statement(f"{NOT_SENT} {more}").outcomes(AGAINST) == {"statement": PASS}


@pytest.mark.parametrize(
    ("one", "other", "subject"),
    [
        (("uses-cookies", "no"), ("uses-cookies", "yes"), "cookies"),
        (("only-functional-cookies", True), ("cookie-category", "marketing"), "functional-cookies"),
        (("shares-with-third-parties", "no"), ("shares-with-third-parties", "yes"), "sharing"),
        (("transfer-outside-eea", "no"), ("transfer-outside-eea", "yes"), "transfer"),
    ],
)
def test_opposite_sentences_contradict(one: tuple[str, str | bool], other: tuple[str, str], subject: str) -> None:
    assert Scene().says().claim(*one).claim(*other).outcomes(AGAINST) == {subject: FAIL}


@pytest.mark.parametrize(
    "more",
    [
        {"condition": "consent"},
        {"hedge": "kunnen"},
        {"vendor": "Mailchimp"},
        {"statement": 1},
        {"start": 0},
    ],
)
def test_exceptions_hedges_and_other_scopes_do_not_contradict(more: dict[str, object]) -> None:
    scene = Scene().says().says(role="cookies").claim("shares-with-third-parties", "no")
    scene.claim("shares-with-third-parties", "yes", **more)
    assert scene.outcomes(AGAINST) == {"statement": PASS}


def test_without_a_statement_nothing_contradicts() -> None:
    assert Scene().outcomes(AGAINST) == DOCUMENT


# --- STL-01 ---------------------------------------------------------------------------------------------

SHIELD = "privacy-shield-relied-on"
RELIES = "Google is aangesloten bij het Privacy Shield."


def shield(text: str) -> Scene:
    return (
        Scene()
        .says(text)
        .claim("transfer-mechanism", "privacy-shield", "Privacy Shield", start=text.index("Privacy Shield"))
    )


def test_relying_on_privacy_shield_fails() -> None:
    (verdict,) = shield(RELIES).judge(SHIELD)
    assert (verdict.outcome, verdict.severity, verdict.claims) == (FAIL, Severity.HIGH, (0,))


@pytest.mark.parametrize(
    "text",
    [
        "Het Privacy Shield is door het Hof ongeldig verklaard.",
        "The Privacy Shield was declared invalid by the Court.",
        "Das Privacy Shield wurde vom EuGH für ungültig erklärt.",
        "Le Privacy Shield a été invalidé par la Cour.",
        "Het Data Privacy Framework is de opvolger van het Privacy Shield.",
    ],
)
def test_telling_its_history_is_no_reliance(text: str) -> None:
    assert shield(text).outcomes(SHIELD) == {"Privacy Shield": NOT_APPLICABLE}


def test_another_mechanism_beside_it_makes_it_less_grave() -> None:
    (verdict,) = shield(RELIES).claim("transfer-mechanism", "scc").judge(SHIELD)
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.MEDIUM)


def test_privacy_shield_unsaid_or_unread() -> None:
    assert Scene().says().outcomes(SHIELD) == {"statement": NOT_APPLICABLE}
    assert Scene().outcomes(SHIELD) == DOCUMENT


# --- STL-03, STL-04 -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "outcome", "severity"),
    [
        ("2018-05-07", FAIL, Severity.HIGH),
        ("2018-05-25", FAIL, Severity.LOW),
        ("2024-11-21", FAIL, Severity.LOW),
        ("2024-11-22", PASS, None),
        ("2026-01-01", PASS, None),
        ("2027-01-01", UNDETERMINED, None),
        (None, NOT_APPLICABLE, None),
    ],
)
def test_age_counts_from_the_day_of_the_visit(date: str | None, outcome: Outcome, severity: Severity | None) -> None:
    scene = Scene(date=date).says()
    (verdict,) = scene.judge("outdated-statement")
    assert verdict.outcome is outcome
    assert severity is None or verdict.severity is severity


def test_age_of_an_unread_statement_is_not_known() -> None:
    assert Scene().outcomes("outdated-statement") == DOCUMENT


def test_a_statement_without_a_date_fails_low() -> None:
    (verdict,) = Scene().says().judge("undated-statement")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.LOW)


def test_a_dated_statement_passes() -> None:
    assert Scene(date="2025-01-01").says().outcomes("undated-statement") == {"statement": PASS}
    assert Scene().says().has("date-of-version", "versie 3").outcomes("undated-statement") == {"statement": PASS}


def test_a_date_in_the_metadata_is_not_missing() -> None:
    scene = Scene().says()
    scene.source(SITE + "privacy", "privacy", body='<meta property="article:modified_time" content="2025-03-01T00:00">')
    assert scene.outcomes("undated-statement") == {"statement": NOT_APPLICABLE}


@pytest.mark.parametrize("scene", [Scene(), Scene().says(status="unreadable"), Scene().says(role="cookies")])
def test_a_date_that_may_stand_elsewhere_is_not_missing(scene: Scene) -> None:
    assert scene.outcomes("undated-statement") == DOCUMENT


# --- CPL-08, CPL-09, CPL-11 and the other duties ---------------------------------------------------------

DUTIES = {
    "retention-period-missing": "retention-period",
    "right-of-access-missing": "right-access",
    "right-to-rectification-missing": "right-rectification",
    "right-to-erasure-missing": "right-erasure",
    "right-to-restriction-missing": "right-restriction",
    "right-to-object-missing": "right-object",
    "right-to-portability-missing": "right-portability",
    "complaint-route-missing": "right-complaint-authority",
}


@pytest.mark.parametrize(("check", "item"), DUTIES.items())
def test_a_duty_that_is_met_passes_with_its_quote(check: str, item: str) -> None:
    (verdict,) = Scene().says().has(item, "U kunt dit doen.").judge(check)
    assert (verdict.outcome, verdict.subject) == (PASS, item)
    assert "U kunt dit doen." in verdict.message["nl"]


@pytest.mark.parametrize(("check", "item"), DUTIES.items())
def test_a_duty_that_is_missed_fails(check: str, item: str) -> None:
    assert Scene().says().outcomes(check) == {item: FAIL}


@pytest.mark.parametrize(("check", "item"), DUTIES.items())
@pytest.mark.parametrize(
    "scene",
    [
        Scene(),
        Scene().says(status="language-not-read"),
        Scene().says().says(role="cookies", status="unreadable"),
        Scene().says(role="cookies"),
        Scene().says().source(SITE + "privacy.pdf", "privacy", status=200, failure="too large"),
    ],
    ids=["none", "language", "part-unread", "cookies-only", "source-failed"],
)
def test_a_duty_is_not_missed_in_what_was_not_read(check: str, item: str, scene: Scene) -> None:
    assert scene.outcomes(check) == {item: UNDETERMINED}


@pytest.mark.parametrize(
    ("check", "item", "text"),
    [
        ("right-to-erasure-missing", "right-erasure", "Betrokkenen hebben recht op inzage en gegevenswissing."),
        ("legal-basis-missing", "legal-basis", "Dat is nodig om de overeenkomst met u uit te voeren."),
        ("recipients-missing", "recipients", "Uw gegevens kunnen worden meegedeeld aan notarissen."),
        ("retention-period-missing", "retention-period", "Na een jaar gooi ik de mail weg."),
        ("controller-not-identified", "controller-identity", "Plantenhuis (KvK 00112233), Nieuwstraat 4."),
        ("right-to-object-missing", "right-object", "You have the right to restrict or to object."),
    ],
)
def test_a_wording_nobody_foresaw_is_not_taken_for_silence(check: str, item: str, text: str) -> None:
    scene = Scene().says(f"Privacyverklaring. {text} Tot ziens.")
    verdict = next(v for v in scene.judge(check) if v.subject == item)
    assert verdict.outcome is UNDETERMINED
    assert any(word in verdict.message["nl"] for word in text.split()[:3])
    unsaid = Scene().says("Privacyverklaring. Wij verkopen planten. Tot ziens.")
    assert next(v for v in unsaid.judge(check) if v.subject == item).outcome is FAIL


def test_as_long_as_needed_alone_is_the_lower_grade() -> None:
    text = "Wij bewaren uw gegevens niet langer dan nodig is."
    (verdict,) = Scene().says(text).has("retention-period", text).judge("retention-period-missing")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.LOW)


def test_as_long_as_needed_beside_a_period_passes() -> None:
    text = "Wij bewaren uw gegevens niet langer dan nodig is. Facturen bewaren wij 7 jaar."
    scene = Scene().says(text).has("retention-period", "Wij bewaren uw gegevens niet langer dan nodig is.")
    assert scene.outcomes("retention-period-missing") == {"retention-period": PASS}


# --- CPL-22 ---------------------------------------------------------------------------------------------

REFERS = "referred-document-missing"


def referring(**more: object) -> Scene:
    return (
        Scene()
        .says("Zie ons cookie statement.", **more)
        .claim("refers-to-document", "cookie-statement", "ons cookie statement", start=4)
    )


def test_a_cookie_statement_that_is_not_there_is_missing() -> None:
    scene = referring()
    scene.visit().link(SITE + "contact", "Contact").link(SITE, "Cookies aanpassen")
    (verdict,) = scene.judge(REFERS)
    assert (verdict.outcome, verdict.subject, verdict.claims) == (FAIL, "cookie-statement", (0,))


def test_a_cookie_statement_that_was_read_is_there() -> None:
    assert referring().says(role="cookies").outcomes(REFERS) == {"cookie-statement": PASS}
    assert referring(role="both").outcomes(REFERS) == {"cookie-statement": PASS}


@pytest.mark.parametrize(("status", "expected"), [(404, FAIL), (410, FAIL), (503, UNDETERMINED), (403, UNDETERMINED)])
def test_gone_is_missing_and_refused_is_not(status: int, expected: Outcome) -> None:
    scene = referring().source(SITE + "cookies", "cookies", status=status, failure=f"HTTP {status}")
    scene.visit()
    assert scene.outcomes(REFERS) == {"cookie-statement": expected}


def test_a_link_that_was_seen_but_not_followed_leaves_it_open() -> None:
    scene = referring()
    scene.visit().link(SITE + "cookies", "Cookies")
    assert scene.outcomes(REFERS) == {"cookie-statement": UNDETERMINED}
    scene = referring(links=(("https://group.example.net/cookies", 4, 24),))
    scene.visit()
    assert scene.outcomes(REFERS) == {"cookie-statement": UNDETERMINED}


def test_a_placeholder_link_and_a_settings_link_lead_nowhere() -> None:
    scene = referring(links=(("#", 4, 24),))
    scene.visit().link(SITE + "voorkeuren", "Cookie-instellingen")
    assert scene.outcomes(REFERS) == {"cookie-statement": FAIL}


def test_no_reference_and_no_statement() -> None:
    assert Scene().says().outcomes(REFERS) == {"statement": NOT_APPLICABLE}
    assert Scene().outcomes(REFERS) == DOCUMENT
