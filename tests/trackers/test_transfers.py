"""The ground for data to leave the EEA, by country and day."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.trackers import catalogue, transfers
from auditor.trackers.transfers import hosting_hint, mechanism_for


@pytest.mark.parametrize("country", ["NL", "nl", "DE", "IS", "NO", "LI", "GR", "EL", "RE", "EU"])
def test_inside_the_eea_there_is_no_transfer(country: str) -> None:
    assert mechanism_for(country).status == "inside"
    assert mechanism_for(country).needs_safeguard is False


@pytest.mark.parametrize(
    ("country", "decision"),
    [
        ("CH", "2000/518/EC"),
        ("GB", "(EU) 2021/1772"),
        ("uk", "(EU) 2021/1772"),
        ("JP", "(EU) 2019/419"),
        ("BR", "(EU) 2026/179"),
    ],
)
def test_a_decision_covers_the_country(country: str, decision: str) -> None:
    found = mechanism_for(country, on=date(2026, 11, 22))
    assert (found.status, found.decision) == ("adequate", decision)


@pytest.mark.parametrize("country", ["CN", "RU", "IN", "AU", "SG", "TR", "ZA", "VN"])
def test_elsewhere_a_safeguard_is_needed(country: str) -> None:
    assert mechanism_for(country).status == "none"
    assert mechanism_for(country).needs_safeguard is True


def test_the_united_states_depend_on_the_company() -> None:
    on = date(2026, 11, 22)
    assert mechanism_for("US", on=on).status == "adequate-in-part"
    assert mechanism_for("US", on=on).needs_safeguard is None
    assert mechanism_for("US", on=on, participant=True).status == "adequate"
    assert mechanism_for("US", on=on, participant=False).status == "none"


def test_the_day_decides() -> None:
    assert mechanism_for("US", on=date(2022, 1, 1)).status == "none"  # between Privacy Shield and its successor
    assert mechanism_for("BR", on=date(2026, 1, 25)).status == "none"
    assert mechanism_for("GB", on=date(2031, 12, 27)).status == "adequate"
    assert mechanism_for("GB", on=date(2031, 12, 28)).status == "none"


@pytest.mark.parametrize("country", [None, "", "?", "Nederland", "N1", "NLD"])
def test_an_unknown_country_is_said_to_be_unknown(country: str | None) -> None:
    assert mechanism_for(country).status == "unknown"
    assert mechanism_for(country).needs_safeguard is None


def test_former_regimes_are_over() -> None:
    assert [(row.name, row.until) for row in transfers.former()] == [
        ("Safe Harbor", date(2015, 10, 6)),
        ("Privacy Shield", date(2020, 7, 16)),
    ]


def test_every_country_of_the_signatures_has_an_answer() -> None:
    for product in catalogue.products():
        assert product.country is None or mechanism_for(product.country).status != "unknown", product.name


@pytest.mark.parametrize(
    ("host", "country"),
    [
        ("bucket.s3.eu-west-1.amazonaws.com", "IE"),
        ("logs-eu-west-1.example.com", "IE"),
        ("app-123.europe-west4.run.app", "NL"),
        ("x.westeurope.cloudapp.azure.com", "NL"),
        ("a.us-east-1.elb.amazonaws.com", "US"),
        ("www.example.com", None),
        ("eu.example.com", None),
        ("", None),
    ],
)
def test_a_cloud_region_is_a_weak_hint(host: str, country: str | None) -> None:
    hint = hosting_hint(host)
    assert (hint.country if hint else None) == country
    assert hint is None or hint.confidence == "weak"
