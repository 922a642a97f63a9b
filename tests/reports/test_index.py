"""The overview of a run."""

from __future__ import annotations

import re

import pytest

from reports import index
from reports.sample import sample
from reports.summary import counts
from tests.reports.rendered import text_of


def rows() -> list[index.IndexRow]:
    audit, _ = sample()
    measured = index.IndexRow.of(
        host="www.fietsenhuis.example.org",
        site=audit.site,
        report="www.fietsenhuis.example.org/report.html",
        counts=counts(audit),
        not_measured=None,
        audit=audit,
        seconds=161.2,
    )
    failed = index.IndexRow.of(
        host="nergens.example.net",
        site="https://nergens.example.net/",
        report=None,
        counts=None,
        not_measured="net::ERR_NAME_NOT_RESOLVED",
        audit=None,
        seconds=0.4,
    )
    return [measured, failed]


@pytest.mark.parametrize(
    ("language", "summary", "top"),
    [
        (
            "en",
            "Two sites were visited. One contradicts its own statement",
            "The statement says that marketing cookies",
        ),
        (
            "nl",
            "Er zijn twee sites bezocht. Eén spreekt op minstens één punt",
            "De verklaring zegt dat marketingcookies",
        ),
    ],
)
def test_the_run_is_summed_up_in_words_with_the_gravest_finding_of_each_site(
    language: str, summary: str, top: str
) -> None:
    shown = text_of(index.render(rows(), "2026-11-22-a", language))
    assert summary in shown
    assert top in shown


def test_a_site_that_was_not_measured_has_its_reason_and_no_numbers() -> None:
    page = index.render(rows(), "2026-11-22-a", "en")
    row = re.search(r'<tr class="unmeasured-row">.*?</tr>', page, re.DOTALL).group()  # type: ignore[union-attr]
    assert (
        "Not measured: the site's name does not exist or cannot be found now (net::ERR_NAME_NOT_RESOLVED)"
        in text_of(row).replace("( ", "(").replace(" )", ")")
    )
    assert re.findall(r'data-v="(\d+)"', row) == []
    assert "<a " not in row


def test_each_report_is_linked_relative_to_the_overview() -> None:
    assert 'href="www.fietsenhuis.example.org/report.html"' in index.render(rows(), "r", "en")


def test_an_empty_run_and_a_run_with_nothing_measured_say_so() -> None:
    assert "zero sites" not in index.render([], "r", "en")
    assert "No sites were visited." in text_of(index.render([], "r", "en"))
    only_failed = text_of(index.render(rows()[1:], "r", "en"))
    assert "One site was visited." in only_failed
    assert "contradict" not in only_failed.partition("A finding is")[0].partition("In short")[2]


def test_a_thousand_sites_make_a_small_page() -> None:
    assert len(index.render(rows() * 500, "r", "nl").encode()) < 2_000_000
