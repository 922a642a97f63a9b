"""Pressing a control as a visitor does: scrolled into view, by a real pointer, at a point that nothing covers."""

from __future__ import annotations

import asyncio

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page

from auditor.browser.choose.sighting import Pressable
from auditor.browser.choose.worlds import WorldError

CLICK_LIMIT_S = 6.0


class PressError(Exception):
    """A control that could not be pressed at all."""


async def press(page: Page, control: Pressable) -> str:
    """Press; "pointer" or, where no point of it can be hit, "script". Raises PressError."""
    try:
        point = await control.world.call("aim", control.number)
        if "why" not in point:
            x, y, scale = await control.world.origin()
            at = (x + point["x"] * scale, y + point["y"] * scale)
            if await _free(control, at):
                await asyncio.wait_for(page.mouse.click(*at), CLICK_LIMIT_S)
                return "pointer"
        return await press_by_script(control)
    except WorldError as error:
        raise PressError(f"{control.name}: {error}") from error
    except TimeoutError as error:
        raise PressError(f"{control.name}: the page did not take the click within {CLICK_LIMIT_S:g} s") from error
    except PlaywrightError as error:
        raise PressError(f"{control.name}: {error.message.splitlines()[0]}") from error


async def press_by_script(control: Pressable) -> str:
    """The element's own click(), for a control that no pointer reaches. Raises PressError or WorldError."""
    if not await control.world.call("clickByScript", control.number):
        raise PressError(f"{control.name}: no longer in the page")
    return "script"


async def _free(control: Pressable, at: tuple[float, float]) -> bool:
    """Whether the frame of the control (and each above it) is what a pointer at this point of the page would hit."""
    world = control.world
    while world.parent is not None:
        x, y, scale = await world.parent.origin()
        if not await world.hit_from_parent((at[0] - x) / scale, (at[1] - y) / scale):
            return False
        world = world.parent
    return True


async def set_toggles(page: Page, toggles: list[Pressable], wanted: bool) -> tuple[int, list[str]]:
    """Bring all switches that can be moved to one position; (presses, names of those that are not known to stand there).

    A drawn switch may show its position only after a first press, so there are two tries.
    """
    pressed, stuck = 0, []
    for toggle in toggles:
        if toggle.disabled:
            continue
        for attempt in (press, _by_script):
            try:
                if await toggle.world.call("checked", toggle.number) == wanted:
                    break
                await attempt(page, toggle)
                pressed += 1
            except (WorldError, PressError):
                continue
        try:
            now = await toggle.world.call("checked", toggle.number)
        except WorldError:
            now = None
        if now != wanted:  # None: it does not say where it stands, so nothing is known
            stuck.append(toggle.name)
    return pressed, stuck


async def _by_script(page: Page, control: Pressable) -> str:
    return await press_by_script(control)
