"""The settle rule on a clock of milliseconds: what ends a wait, and when."""

from __future__ import annotations

import asyncio

from auditor.browser.settle import Activity, Settled


async def settle(activity: Activity, *, quiet_ms: int = 60, floor_ms: int = 60, cap_ms: int = 400) -> Settled:
    return await activity.settle(quiet_ms=quiet_ms, floor_ms=floor_ms, cap_ms=cap_ms)


def run(test) -> Settled:
    async def inside() -> Settled:
        activity = Activity()
        loop = asyncio.get_running_loop()
        test(activity, lambda ms, call, *args: loop.call_later(ms / 1000, call, *args))
        return await settle(activity)

    return asyncio.run(inside())


def test_a_quiet_page_rests_after_the_quiet_time():
    settled = run(lambda activity, at: None)
    assert settled.because == "quiet" and 55 <= settled.after_ms < 200


def test_something_new_begins_the_quiet_time_again():
    settled = run(lambda activity, at: at(50, activity.touch))
    assert settled.because == "quiet" and settled.after_ms >= 105


def test_an_open_request_holds_the_page_until_its_response():
    def test(activity, at):
        activity.opened("a")
        at(150, activity.closed, "a")

    settled = run(test)
    assert settled.because == "quiet" and 205 <= settled.after_ms < 400


def test_a_request_that_is_never_answered_ends_at_the_cap():
    settled = run(lambda activity, at: activity.opened("a"))
    assert settled.because == "cap" and 395 <= settled.after_ms < 600


def test_a_timer_that_is_due_is_waited_for_but_not_beyond_the_cap():
    assert run(lambda activity, at: activity.promise(0.2)).after_ms >= 195
    assert run(lambda activity, at: activity.promise(9.0)).after_ms < 600


def test_a_page_that_never_rests_ends_at_the_cap():
    def test(activity, at):
        for ms in range(0, 900, 20):
            at(ms, activity.touch)

    assert run(test).because == "cap"


def test_a_page_that_is_busy_is_not_quiet():
    def test(activity, at):
        answers = iter([0.3, 0.0])

        async def probe() -> None:
            await asyncio.sleep(next(answers))

        activity.probe = probe

    settled = run(test)
    assert settled.because == "cap" or settled.after_ms >= 360


def test_a_page_that_is_gone_ends_the_wait_at_once():
    settled = run(lambda activity, at: at(10, activity.give_up))
    assert settled.because == "not-settled" and settled.after_ms < 60
