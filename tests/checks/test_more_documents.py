"""STL-02, -05, -07, -08, TRF-02, CPL-01 to -07 and -10, SIG-02, DES-16."""

from __future__ import annotations

import pytest

from auditor.model import Confidence, Outcome, Severity
from tests.checks.builders import Scene, button

FAIL, PASS, UNDETERMINED, NOT_APPLICABLE = Outcome.FAIL, Outcome.PASS, Outcome.UNDETERMINED, Outcome.NOT_APPLICABLE
UNSAID, UNREAD = {"statement": NOT_APPLICABLE}, {"statement": UNDETERMINED}

LAW, NAME, HARBOR = "repealed-law-cited", "former-company-name", "safe-harbor-relied-on"
CLAUSES, GROUND, SAFEGUARD = "replaced-clauses-cited", "transfer-on-invalid-mechanism", "safeguard-missing"


@pytest.mark.parametrize(
    "check",
    [
        LAW,
        NAME,
        HARBOR,
        CLAUSES,
        GROUND,
        SAFEGUARD,
        "do-not-track-ignored",
        "consent-by-use",
        "withdrawal-of-consent-missing",
    ],
)
def test_nothing_said_and_nothing_read(check: str) -> None:
    assert Scene().says("Wij verkopen fietsen.").outcomes(check) == UNSAID
    assert Scene().outcomes(check) == UNREAD


def citing(value: str, text: str) -> Scene:
    return Scene().says(text).claim("cites-law", value, value, start=text.index(value))


def test_a_repealed_law_fails_and_its_history_does_not() -> None:
    assert citing("Wbp", "Wij werken volgens de Wbp.").outcomes(LAW) == {"Wbp": FAIL}
    assert citing("Wbp", "De AVG vervangt de Wbp.").outcomes(LAW) == UNSAID
    assert citing("AVG", "Wij werken volgens de AVG.").outcomes(LAW) == UNSAID


def test_the_old_word_for_an_agreement_is_not_the_new_one() -> None:
    assert Scene().says("Wij sloten een bewerkersovereenkomst.").outcomes(LAW) == {"bewerkersovereenkomst": FAIL}
    assert Scene().says("Wij sloten een verwerkersovereenkomst.").outcomes(LAW) == UNSAID
    assert Scene().says("Een verwerkersovereenkomst (voorheen bewerkersovereenkomst).").outcomes(LAW) == UNSAID


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Google Analytics is een dienst van Google Inc. te Californië.", "Google Inc."),
        ("Facebook Ireland Ltd, Dublin", "Facebook Ireland"),
        ("Twitter Inc., 1355 Market Street", "Twitter Inc."),
        ("Wij gebruiken Universal Analytics.", "Universal Analytics"),
        ("Deel ons op Google+.", "Google+"),
    ],
)
def test_former_names_fail_low(text: str, name: str) -> None:
    (verdict,) = Scene().says(text).judge(NAME)
    assert (verdict.outcome, verdict.subject, verdict.severity) == (FAIL, name, Severity.LOW)


@pytest.mark.parametrize(
    "text", ["Google LLC", "Google Incubator", "Meta (voorheen Facebook Inc.)", "Facebook en Twitter"]
)
def test_present_names_nicknames_and_history_are_in_order(text: str) -> None:
    assert Scene().says(text).outcomes(NAME) == UNSAID


def test_safe_harbor_relied_on_and_remembered() -> None:
    scene = (
        Scene()
        .says("Doorgifte volgens Safe Harbor.")
        .claim("transfer-mechanism", "safe-harbor", "Safe Harbor", start=19)
    )
    assert scene.outcomes(HARBOR) == {"Safe Harbor": FAIL}
    scene = (
        Scene()
        .says("Safe Harbor is ongeldig verklaard.")
        .claim("transfer-mechanism", "safe-harbor", "Safe Harbor", start=0)
    )
    assert scene.outcomes(HARBOR) == {"Safe Harbor": NOT_APPLICABLE}


def test_old_clause_numbers_fail_and_bare_model_clauses_do_not() -> None:
    assert Scene().says("op grond van besluit 2010/87/EU").outcomes(CLAUSES) == {"2010/87": FAIL}
    assert Scene().says("op grond van modelcontracten").claim("transfer-mechanism", "scc").outcomes(CLAUSES) == UNSAID
    assert Scene().says("2021/914 vervangen door, eerder 2010/87/EU").outcomes(CLAUSES) == UNSAID


def test_only_an_invalid_ground_fails_and_a_second_valid_one_passes() -> None:
    scene = (
        Scene().says("Google: Privacy Shield.").claim("transfer-mechanism", "privacy-shield", "Privacy Shield", start=8)
    )
    assert scene.outcomes(GROUND) == {"statement": FAIL}
    assert scene.claim("transfer-mechanism", "scc").outcomes(GROUND) == {"statement": PASS}


def test_contracts_for_transfers_beside_an_invalid_mechanism_are_for_a_person() -> None:
    text = "Google: Privacy Shield. Voor zulke overdrachten hebben wij contractuele afspraken gemaakt."
    scene = Scene().says(text).claim("transfer-mechanism", "privacy-shield", "Privacy Shield", start=8)
    assert scene.outcomes(GROUND) == {"statement": UNDETERMINED}


def test_a_transfer_without_a_safeguard() -> None:
    said = ("transfer-outside-eea", "yes")
    assert Scene().says().claim(*said).outcomes(SAFEGUARD) == {"statement": FAIL}
    assert Scene().says().claim(*said).claim("transfer-mechanism", "dpf").outcomes(SAFEGUARD) == {"statement": PASS}
    assert Scene().says().claim(*said, hedge="kunnen").outcomes(SAFEGUARD) == {"statement": UNDETERMINED}
    assert Scene().says(role="cookies").claim(*said).outcomes(SAFEGUARD) == {"statement": UNDETERMINED}


DUTIES = {
    "controller-not-identified": ("controller-identity", "controller-contact"),
    "purposes-missing": ("purposes",),
    "legal-basis-missing": ("legal-basis",),
    "recipients-missing": ("recipients",),
}


@pytest.mark.parametrize(("check", "items"), DUTIES.items())
def test_duties_met_missed_and_unread(check: str, items: tuple[str, ...]) -> None:
    assert Scene().says().has_everything().outcomes(check) == dict.fromkeys(items, PASS)
    assert Scene().says().outcomes(check) == dict.fromkeys(items, FAIL)
    assert Scene().outcomes(check) == dict.fromkeys(items, UNDETERMINED)


def test_an_officer_is_not_everyones_duty() -> None:
    check = "protection-officer-not-named"
    assert Scene().says().outcomes(check) == {"dpo-contact": NOT_APPLICABLE}
    assert Scene().says().has("dpo-contact").outcomes(check) == {"dpo-contact": PASS}
    assert Scene().outcomes(check) == {"dpo-contact": UNDETERMINED}


def test_legitimate_interest_must_be_named_where_it_is_relied_on() -> None:
    check, item = "legitimate-interest-not-named", "legitimate-interest-named"
    scene = Scene().says().has("legal-basis", values=("consent", "legitimate-interest"))
    assert scene.outcomes(check) == {item: FAIL}
    assert scene.has(item).outcomes(check) == {item: PASS}
    assert Scene().says().has("legal-basis", values=("consent",)).outcomes(check) == UNSAID


def test_consent_must_be_withdrawable_where_it_is_relied_on() -> None:
    check, item = "withdrawal-of-consent-missing", "right-withdraw-consent"
    assert Scene().says().has("legal-basis", values=("consent",)).outcomes(check) == {item: FAIL}
    assert Scene().says().claim("consent-before", "marketing").outcomes(check) == {item: FAIL}
    assert Scene().says().claim("consent-before", "marketing").has(item).outcomes(check) == {item: PASS}
    scene = Scene().says().claim("consent-before", "marketing").claim("withdraw-consent-cookies", True)
    assert scene.outcomes(check) == {item: PASS}
    assert Scene().says(role="cookies").claim("consent-before", "marketing").outcomes(check) == {item: UNDETERMINED}


def test_ignoring_do_not_track_is_low() -> None:
    (verdict,) = Scene().says().claim("dnt", "not-honoured", polarity="denied").judge("do-not-track-ignored")
    assert (verdict.outcome, verdict.severity) == (FAIL, Severity.LOW)
    assert Scene().says().claim("dnt", "honoured").outcomes("do-not-track-ignored") == UNSAID


def test_use_is_no_consent_and_terms_are_another_thing() -> None:
    check = "consent-by-use"
    assert Scene().says().claim("implied-consent", True, "Door verder te surfen gaat u akkoord.").outcomes(check) == {
        "implied-consent": FAIL
    }
    scene = Scene().says().claim("consent-by-use", True, "Door gebruik gaat u akkoord met de algemene voorwaarden.")
    assert scene.outcomes(check) == {"consent-by-use": UNDETERMINED}


@pytest.mark.parametrize(
    "text",
    [
        "Wij gebruiken cookies. Door verder te surfen gaat u hiermee akkoord.",
        "Cookies! Als u doorgaat, stemt u met het gebruik daarvan in.",
        "By continuing to browse this site you agree to our use of cookies.",
        "Durch die weitere Nutzung stimmen Sie der Verwendung von Cookies zu.",
        "En poursuivant votre navigation, vous acceptez les cookies.",
    ],
)
def test_a_banner_that_takes_going_on_as_consent_fails_with_its_words(text: str) -> None:
    scene = Scene().says()
    for choice in ("none", "accept"):
        scene.visit(choice).banner(button("OK", "accept"), text=text)
    (verdict,) = scene.judge("consent-by-use")
    assert (verdict.outcome, verdict.subject, verdict.confidence) == (FAIL, "banner", Confidence.CONFIRMED)
    assert "“" in verdict.message["nl"]


def test_the_banners_words_on_the_statements_page_are_not_the_statements() -> None:
    words = "Door verder te surfen gaat u akkoord."
    scene = Scene().says().claim("implied-consent", True, words)
    scene.visit().banner(button("OK", "accept"), text=f"Cookies! {words}")
    assert scene.outcomes("consent-by-use") == {"banner": FAIL}


@pytest.mark.parametrize(
    "text",
    [
        "Door op Aanvaarden te klikken stemt u in met alle cookies.",
        "Verder gaan zonder te accepteren kan ook.",
        "By clicking Accept you agree to our use of cookies.",
    ],
)
def test_a_banner_that_asks_for_a_click_does_not(text: str) -> None:
    scene = Scene().says()
    scene.visit().banner(button("OK", "accept"), text=text)
    assert FAIL not in scene.outcomes("consent-by-use").values()
