"""Which consent platform a page uses, by the marks in platforms.toml; the names under which platforms keep a choice."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from auditor.browser.choose.worlds import FrameWorld, WorldError, send

_LOOK = """(paths) => paths.filter((path) => {
  try {
    return path.split('.').reduce((at, name) => (at == null ? undefined : at[name]), window) !== undefined;
  } catch (error) { return false; }
})"""


@dataclass(frozen=True, kw_only=True)
class Platform:
    name: str
    elements: tuple[str, ...]
    objects: tuple[str, ...]  # dotted paths from the page's global object
    stored: tuple[str, ...]


@cache
def platforms() -> tuple[Platform, ...]:
    text = resources.files(__package__).joinpath("platforms.toml").read_text(encoding="utf-8")
    return tuple(
        Platform(
            name=each["name"],
            elements=tuple(each["elements"]),
            objects=tuple(each["objects"]),
            stored=tuple(each["stored"]),
        )
        for each in tomllib.loads(text)["platform"]
    )


@cache
def stored_names() -> re.Pattern[str]:
    """Matches the full name of a key in which a known platform keeps the choice."""
    names = sorted({name for each in platforms() for name in each.stored})
    return re.compile("|".join(re.escape(name).replace(r"\*", ".*") for name in names))


async def platform_of(worlds: list[FrameWorld]) -> str | None:
    """Name of the platform in the page, by its elements, else by its script objects; None: unknown."""
    selectors = [selector for each in platforms() for selector in each.elements]
    present: set[str] = set()
    for world in worlds[:6]:
        try:
            present |= set(await world.call("matches", selectors))
        except WorldError:
            continue
    by_element = [each.name for each in platforms() if present.intersection(each.elements)]
    if by_element:
        return by_element[0]
    objects = await _objects(worlds[0], [path for each in platforms() for path in each.objects])
    by_object = [each.name for each in platforms() if objects.intersection(each.objects)]
    return by_object[0] if by_object else None


async def _objects(main: FrameWorld, paths: list[str]) -> set[str]:
    """Which of the paths exist in the page's own script world; only names are read, nothing is called."""
    try:
        answer = await send(
            main.session, "Runtime.evaluate", {"expression": f"({_LOOK})({json.dumps(paths)})", "returnByValue": True}
        )
    except WorldError:
        return set()
    value = answer["result"].get("value")
    return {path for path in value if path in paths} if isinstance(value, list) else set()
