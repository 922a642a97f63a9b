"""The bench of banners in a real browser: found, accepted, refused, and never the wrong press.

Prints the table (`-s` shows it); `python -m tests.banners.bench` runs parts of it. The held-out pages are counted
apart: they were written before any tuning and must not be tuned to.
"""

from __future__ import annotations

import asyncio
from functools import cache

import pytest

from auditor.model import Choice
from tests import npm
from tests.banners.bench import Row, run, summary, table
from tests.banners.server import HERE, pages

FOUND, ACCEPTED, REFUSED = 0.99, 0.98, 0.95


@cache
def rows() -> tuple[Row, ...]:
    npm.ensure(HERE)
    done = tuple(asyncio.run(run(pages())))
    print("\n" + table(done) + "\n\n" + summary(done))
    return done


def banners() -> list[Row]:
    return [row for row in rows() if row.page.has_banner]


def missed(kept: list[Row]) -> str:
    return table(row for row in kept if not row.good)


def test_banners_are_found() -> None:
    found = [row for row in banners() if row.banner is not None]
    assert len(found) >= FOUND * len(banners()), table(row for row in banners() if row.banner is None)


def test_other_popups_are_no_banners() -> None:
    others = [row for row in rows() if not row.page.has_banner]
    assert others and all(row.result.status == "no_banner" for row in others), missed(others)
    assert not any(row.did for row in others), table(row for row in others if row.did)


@pytest.mark.parametrize(("choice", "least"), [(Choice.ACCEPT, ACCEPTED), (Choice.REFUSE, REFUSED)])
def test_the_choice_is_made_where_there_is_a_way(choice: Choice, least: float) -> None:
    possible = [row for row in banners() if row.choice is choice and row.expected == "made"]
    assert sum(row.good for row in possible) >= least * len(possible), missed(possible)


def test_what_cannot_be_chosen_is_said() -> None:
    impossible = [row for row in banners() if row.expected != "made"]
    assert impossible and all(row.good for row in impossible), missed(impossible)


def test_nothing_wrong_is_ever_pressed() -> None:
    wrong = [row for row in rows() if row.wrong]
    assert not wrong, table(wrong)


def test_made_is_proven_by_effect() -> None:
    for row in banners():
        if row.result.status == "made":
            assert row.result.verified[0] == "banner gone" and row.result.verified[-1] == "gone after reload"
            assert len(row.result.verified) >= 3


def test_controls_are_described() -> None:
    seen = next(row.banner for row in banners() if row.page.name == "nl-three-buttons")
    assert seen is not None and seen.language == "nl"
    purposes = {control.purpose: control for control in seen.controls}
    assert {"accept", "refuse", "settings", "link"} <= purposes.keys()
    accept = purposes["accept"]
    assert accept.in_view and accept.width and accept.height and accept.colour and accept.background


def test_the_second_layer_is_described() -> None:
    seen = next(
        row.banner for row in banners() if row.page.name == "nl-two-step-switches" and row.choice is Choice.REFUSE
    )
    assert seen is not None and seen.layers_seen == 2
    toggles = [control for control in seen.controls if control.purpose == "toggle"]
    assert [(t.checked, t.disabled) for t in toggles] == [(True, True), (True, False), (True, False)]
    assert all(t.layer == 2 for t in toggles)


def test_without_a_choice_nothing_is_pressed() -> None:
    rows()  # skips without a browser
    some = [page for page in pages() if page.name in {"nl-three-buttons", "de-shadow-open", "nl-plain"}]
    for row in asyncio.run(run(some, choices=(Choice.NONE,))):
        assert row.did == ()
        assert row.result.status == ("not_tried" if row.page.has_banner else "no_banner")
        assert (row.banner is not None) == row.page.has_banner
