"""A sighting as the record keeps it: BannerSeen with every control, and a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from playwright.async_api import Error as PlaywrightError

from auditor.browser.choose import words
from auditor.browser.choose.sighting import Pressable, Sighting
from auditor.browser.session import PageSession
from auditor.model import BannerSeen, Control, Failure, Phase

PICTURE_LIMIT_MS = 6000


def control_of(seen: Pressable, layer: int) -> Control:
    """A control for the record. Purpose "other" where a text could be read both ways."""
    x, y, width, height = seen.rect
    return Control(
        text=seen.text,
        purpose="toggle" if seen.toggle else seen.meaning.purpose,
        tag=seen.tag,
        layer=layer,
        x=x,
        y=y,
        width=width,
        height=height,
        in_view=seen.in_view,
        colour=seen.look["colour"],
        background=seen.look["background"],
        font_size_px=seen.look["font_size_px"],
        font_weight=seen.look["font_weight"],
        checked=seen.checked,
        disabled=seen.disabled,
        href=seen.href,
        frame=seen.world.url if seen.world.parent else "",
    )


def controls_of(seen: Sighting, layer: int, without: Iterable[Control] = ()) -> tuple[Control, ...]:
    """The visible controls, but for those that an earlier layer already showed."""
    known = {(c.tag, c.text, c.x, c.y) for c in without}
    made = (control_of(c, layer) for c in seen.controls if c.visible)
    return tuple(c for c in made if (c.tag, c.text, c.x, c.y) not in known)


def banner_seen(session: PageSession, seen: Sighting, platform: str | None) -> BannerSeen:
    """The banner as it stands now, its first layer."""
    x, y, width, height = seen.rect
    return BannerSeen(
        id=session.next_id("b"),
        page=session.page_index,
        frame=seen.world.url,
        t_ms=session.now_ms(),
        phase=Phase.BEFORE,
        found_by="finder",
        platform=platform,
        text=seen.text,
        language=words.language_of([seen.text, *(c.text for c in seen.controls if c.visible)]),
        controls=controls_of(seen, 1),
        x=x,
        y=y,
        width=width,
        height=height,
    )


def with_layer(banner: BannerSeen, seen: Sighting, layer: int) -> BannerSeen:
    """The banner with what a further layer showed."""
    more = controls_of(seen, layer, banner.controls)
    return replace(banner, controls=banner.controls + more, layers_seen=max(banner.layers_seen, layer))


async def with_picture(session: PageSession, banner: BannerSeen) -> BannerSeen:
    """The banner with a screenshot of its place in the view; a picture that fails is noted, not raised."""
    folder = session.screenshots_dir
    if folder is None or banner.x is None or banner.y is None or banner.width is None or banner.height is None:
        return banner
    wide, high = session.plan.viewport
    left, top = max(banner.x - 8, 0), max(banner.y - 8, 0)
    width, height = min(banner.x + banner.width + 8, wide) - left, min(banner.y + banner.height + 8, high) - top
    name = f"{session.plan.choice.value}-{session.plan.repeat}-{banner.id}.png"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        whole = width < 20 or height < 20  # below the fold: the page's view shows more than nothing
        clip = None if whole else {"x": left, "y": top, "width": width, "height": height}
        await session.page.screenshot(path=folder / name, clip=clip, timeout=PICTURE_LIMIT_MS)  # type: ignore[arg-type]
    except (PlaywrightError, OSError) as error:
        session.observe(
            Failure(
                id=session.next_id("x"),
                page=session.page_index,
                frame=banner.frame,
                t_ms=session.now_ms(),
                phase=session.phase,
                where="screenshot",
                reason=str(error).splitlines()[0],
            )
        )
        return banner
    session.screenshots[f"banner-{banner.id}"] = name
    return replace(banner, screenshot=name)
