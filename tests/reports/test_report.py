"""What a site's report says, on the sample and on records that went wrong."""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.model import Outcome
from reports import site
from reports.sample import sample
from reports.sample.picture import banner_picture
from reports.summary import Group, group_of
from reports.view import anchor
from reports.words import words
from tests.reports.rendered import LANGUAGES, render_changed, request, sample_page, section, text_of, with_observations


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Op twee punten spreekt de site haar eigen verklaring tegen."),
        ("en", "On two points the site contradicts its own statement."),
    ],
)
def test_the_answer_comes_first_and_in_words(language: str, sentence: str) -> None:
    page = sample_page(language)
    assert text_of(section(page, "answer")).startswith(("In het kort " if language == "nl" else "In short ") + sentence)
    assert page.index('id="answer"') < page.index('id="contradictions"') < page.index('id="method"')


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_failed_finding_can_be_linked_to_and_shows_its_sides(language: str) -> None:
    audit, record = sample()
    page = sample_page(language)
    seen = {f"{visit.id}/{one.id}": one for visit in record.visits for one in visit.observations}
    for finding in audit.findings:
        if finding.outcome is not Outcome.FAIL:
            continue
        card = re.search(rf'<div class="point" id="{anchor(finding)}">.*?</article>', page, re.DOTALL)
        assert card, finding.check
        shown = text_of(card.group())
        assert finding.message[language] in shown
        for index in finding.claims:
            assert audit.claims[index].quote in shown
        for key in finding.evidence:
            assert key.partition("/")[0] in shown
            assert f"{words(language).figure(seen[key].t_ms)} ms" in shown
        for key in finding.evidence[:1]:
            assert (getattr(seen[key], "raw", None) or seen[key].url) in shown


def test_a_contradiction_names_who_set_it_from_tag_manager_to_company() -> None:
    shown = text_of(section(sample_page("en"), "contradictions"))
    assert "842 ms after the start of the visit, before any choice (visit none-1)" in shown
    order = [
        "gtm.js?id=GTM-W4T3RL",
        "Google Tag Manager (Google, United States)",
        "fbevents.js",
        "Meta Pixel (Meta, United States)",
    ]
    places = [shown.index(text, shown.index("Set by")) for text in order]
    assert places == sorted(places)
    assert "Seen too none-2: 873 ms, before any choice accept-1: 849 ms, before any choice" in shown


def test_lifetimes_stand_side_by_side() -> None:
    assert "2 years (730 days) the statement says: 1 jaar (365 days)" in text_of(
        section(sample_page("en"), "contradictions")
    )


def test_an_omission_is_not_called_a_contradiction() -> None:
    page = sample_page("en")
    assert "LinkedIn Insight Tag is active" in text_of(section(page, "unmentioned"))
    assert "LinkedIn" not in text_of(section(page, "contradictions"))


def test_a_failed_choice_is_said_at_the_top_and_left_unmeasured_in_the_matrix() -> None:
    page = sample_page("en")
    answer = text_of(section(page, "answer"))
    assert "Behaviour after a refusal is unknown: the click could not be proven to have worked." in answer
    assert "– not measured" in text_of(section(page, "matrix"))


def test_a_site_that_was_not_measured_says_so_first_and_claims_nothing() -> None:
    reason = "net::ERR_NAME_NOT_RESOLVED"
    page = render_changed(
        "en", not_measured=reason, findings=(), statements=(), claims=(), labels={}, vendors=(), declared_cookies=(), items={},
        record={"visits": (), "not_measured": reason},
    )  # fmt: skip
    answer = text_of(section(page, "answer"))
    assert answer.startswith("In short This site was not measured. the site's name does not exist")
    assert reason in answer
    assert "contradicts" not in answer
    assert "Nothing that was measured" not in answer


def test_nothing_found_is_said_as_nothing_measured_not_as_clean() -> None:
    answer = text_of(section(render_changed("en", findings=()), "answer"))
    assert "Nothing that was measured contradicts the site's own statement." in answer


def test_without_a_statement_there_is_no_comparison() -> None:
    page = render_changed("en", findings=(), claims=(), statements=(), vendors=(), declared_cookies=(), items={})
    answer = text_of(section(page, "answer"))
    assert "There was no statement to compare the site's behaviour with." in answer
    assert "No privacy or cookie statement was found." in answer


def test_a_finding_of_an_unknown_check_with_lost_evidence_is_still_told() -> None:
    audit, _ = sample()
    odd = replace(audit.findings[0], check="from-a-later-version", evidence=("gone-1/o1",), claims=(999, 3))
    shown = text_of(section(render_changed("en", findings=(odd,)), "contradictions"))
    assert odd.message["en"] in shown
    assert "No single observation shows this" in shown


def test_the_content_policy_names_exactly_the_style_and_script_of_the_page() -> None:
    page = sample_page("en")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1).replace("&#39;", "'")  # type: ignore[union-attr]
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:;")
    assert not re.search(r"\s(style|on\w+)=", re.sub(r"<(style|script)>.*?</\1>", "", page, flags=re.DOTALL))


def test_two_renderings_are_the_same_bytes() -> None:
    audit, record = sample()
    assert site.render(audit, record, "nl", None) == site.render(audit, record, "nl", None)


def test_the_banner_picture_is_embedded(tmp_path: Path) -> None:
    audit, record = sample()
    (tmp_path / "banner.png").write_bytes(banner_picture())
    page = site.render(audit, record, "en", tmp_path)
    embedded = re.search(r'<img src="data:image/png;base64,([^"]+)"', page).group(1)  # type: ignore[union-attr]
    assert base64.b64decode(embedded) == banner_picture()


def test_a_picture_outside_the_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(banner_picture())
    (tmp_path / "site").mkdir()
    audit, record = sample()
    visits = tuple(
        replace(
            visit,
            observations=tuple(
                replace(one, screenshot="../secret.png") if one.kind == "banner" else one for one in visit.observations
            ),
        )
        for visit in record.visits
    )
    page = site.render(audit, replace(record, visits=visits), "en", tmp_path / "site")
    assert "data:image" not in page
    assert "The picture is not beside this report" in page


def test_a_large_record_stays_under_three_megabytes_and_says_what_it_leaves_out() -> None:
    _, record = sample()
    long = "https://metrics.example.net/collect?" + "&".join(f"p{n}=value-{n}" for n in range(120))
    many = [request(n, f"{long}&n={n}", status=200, body="x" * 4000) for n in range(3000)]
    page = render_changed("nl", record=with_observations(record, *many))
    assert len(page.encode()) < 3_000_000
    assert "2.000 van 3.026 rijen getoond; alle staan in het verslagbestand." in text_of(section(page, "observations"))


def test_groups_without_findings_have_no_heading() -> None:
    audit, _ = sample()
    only = tuple(f for f in audit.findings if group_of(f) is Group.VIOLATION)
    page = render_changed("en", findings=only)
    assert 'id="contradictions"' not in page
    assert 'href="#contradictions"' not in page
