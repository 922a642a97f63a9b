"""The ways to a choice through a banner's own controls: one press, switches and save, or a second layer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Literal

from auditor.browser.choose import words
from auditor.browser.choose.press import PressError, press, press_by_script, set_toggles
from auditor.browser.choose.sighting import Pressable, Sighting, look
from auditor.browser.choose.verify import Effect, Watch
from auditor.browser.choose.worlds import WorldError, Worlds
from auditor.browser.session import PageSession
from auditor.model import Choice

OPEN_LIMIT_S = 4.0
QUICK_LIMIT_S = 1.2  # after a press; a window that is still open then may want one more press
_POLL_S = 0.25
_SURE = 2.0  # strength from which a text alone carries a refusal
_PLAINLY = 2.5  # strength from which the text of a switch says that it refuses; below, it names a category
_MAX_LAYERS = 3


@dataclass(kw_only=True)
class Trail:
    """What was done and seen on the way to a choice."""

    how: str = ""
    clicks: int = 0
    effect: Effect | None = None
    layers: list[Sighting] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    pressed: bool = False  # a deciding control was pressed
    looked_deeper: bool = False


class Stop(Exception):  # noqa: N818 - no error: the walk ends here
    """No way on: the reason for the record."""


@dataclass(kw_only=True)
class Walk:
    """One attempt at a choice through the controls that a visitor sees."""

    session: PageSession
    worlds: Worlds
    choice: Choice
    language: str | None
    trail: Trail

    @property
    def wanted(self) -> str:
        return "accept" if self.choice is Choice.ACCEPT else "refuse"

    async def first_layer(self, banner: Sighting) -> bool:
        """One press, or switches and save, in the layer that shows at once. True when something decided was pressed."""
        direct = self.deciding(banner)
        if direct and not (self._per_purpose(banner) and banner.of("save")):
            await self._decide(banner, direct[0], [])
            return True
        return await self._by_switches(banner)

    async def deeper(self, banner: Sighting) -> bool:
        """Open the settings and choose there. True when something deciding was pressed."""
        layer = banner
        for depth in range(2, _MAX_LAYERS + 1):
            opened = await self._open_settings(layer, depth)
            if opened is None:
                return False
            self.trail.layers.append(opened)
            self.trail.looked_deeper = True
            direct = [c for c in self.deciding(opened) if c.meaning.strength >= _SURE]
            if direct and not (self._per_purpose(opened) and opened.of("save")):
                await self._decide(opened, direct[0], [])
                return True
            if await self._by_switches(opened):
                return True
            if opened.toggles or opened.of("save"):
                self.trail.reasons.append(f"what can be set after {self.trail.how} is not understood")
            layer = opened
        return False

    def deciding(self, banner: Sighting) -> list[Pressable]:
        """Controls that make the choice with one press, best first. None that might do the opposite."""
        found = [c for c in banner.of(self.wanted) if not c.meaning.doubt]
        if self.choice is Choice.REFUSE:
            return [c for c in found if c.meaning.strength >= _SURE] or [
                c for c in found if c.tag in {"button", "input", "a"}
            ]
        return found

    async def _by_switches(self, banner: Sighting) -> bool:
        """Move all switches (or press one of each pair of buttons per purpose), then save."""
        pairs = self._per_purpose(banner)
        if pairs and banner.of("save"):
            for control in pairs:
                await self._press_quietly(control)
            await self._decide(banner, banner.of("save")[0], [f"{len(pairs)} × {pairs[0].name}"])
            return True
        toggles = [t for t in banner.toggles if not t.disabled]
        savers = banner.of("save")
        if self.choice is Choice.REFUSE and not savers and toggles:
            savers = [c for c in banner.of("accept") if words.acknowledges(c.meaning)]
        if not savers and toggles and self.trail.looked_deeper:
            savers = banner.of("close")  # some windows keep what stands when they are closed
        if not savers or (not toggles and not banner.toggles):
            return False
        wanted = self.choice is Choice.ACCEPT
        single = [t for t in toggles if t.group is None]
        contrary = [t for t in single if self._says_no(t)]
        clicks, stuck = await set_toggles(self.session.page, [t for t in single if t not in contrary], wanted)
        if len(contrary) > 1:
            stuck.append(f"{contrary[0].name} and others may refuse when on")
        elif contrary:
            more, failed = await set_toggles(self.session.page, contrary, not wanted)
            clicks, stuck = clicks + more, stuck + failed
        for group in {t.group for t in toggles if t.group is not None}:
            option = self._option([t for t in toggles if t.group == group])
            if option is None:
                stuck.append(f"no option to {self.wanted} among '{group}'")
            elif not option.checked:
                more, failed = await set_toggles(self.session.page, [option], True)
                clicks, stuck = clicks + more, stuck + failed
        self.trail.clicks += clicks
        if stuck and self.choice is Choice.REFUSE:
            self.trail.reasons.append(f"switch would not move: {stuck[0]}")
            return False
        await self._decide(banner, savers[0], [f"{clicks} switches"] if clicks else [])
        return True

    def _per_purpose(self, banner: Sighting) -> list[Pressable]:
        """Equal buttons of the wanted kind, one per purpose, as some second layers have them; [] where there is one."""
        found = self.deciding(banner)
        same = [c for c in found if found and c.text == found[0].text]
        return same if len(same) > 1 else []

    async def _press_quietly(self, control: Pressable) -> None:
        try:
            await press(self.session.page, control)
            self.trail.clicks += 1
        except PressError as error:
            self.trail.reasons.append(str(error))

    def _says_no(self, toggle: Pressable) -> bool:
        """Whether a switch that is on refuses: "I want no tracking cookies", "only necessary cookies"."""
        meaning = words.read(toggle.text, self.language)
        return meaning.purpose == "refuse" and meaning.strength >= _PLAINLY and not words.ends_in_state(toggle.text)

    def _option(self, radios: list[Pressable]) -> Pressable | None:
        """The radio button that says what is wanted: one of several levels."""
        read = [(words.read(r.text, self.language), r) for r in radios]
        fit = [(meaning.strength, r) for meaning, r in read if meaning.purpose == self.wanted]
        if fit:
            return max(fit, key=lambda pair: pair[0])[1]
        state: Literal["on", "off"] = "on" if self.choice is Choice.ACCEPT else "off"
        return next((r for r in radios if words.is_state(r.text, state)), None)  # "Aan" and "Uit" per purpose

    async def _decide(self, banner: Sighting, control: Pressable, steps: list[str]) -> None:
        """The deciding press and its effect. Tries the element's own click() when the pointer had none."""
        watch = Watch(session=self.session, worlds=self.worlds, banners=[*self.trail.layers])
        if not any(banner is layer for layer in watch.banners):
            watch.banners.append(banner)
        await watch.start()
        was_marked = self.trail.pressed
        self.session.mark_choice()
        try:
            how = await press(self.session.page, control)
            self.trail.pressed = True
            self.trail.clicks += 1
            self.trail.how = " > ".join([*([self.trail.how] if self.trail.how else []), *steps, control.name])
            effect = await watch.effect(gone_limit_s=QUICK_LIMIT_S)
            if not effect.gone and not effect.changed and how == "pointer":
                effect = await watch.effect(gone_limit_s=QUICK_LIMIT_S)
                if not effect.gone and not effect.changed:
                    await press_by_script(control)
                    effect = await watch.effect(gone_limit_s=QUICK_LIMIT_S)
            if not effect.gone and (finish := await self._finish(banner, control)) is not None:
                await press(self.session.page, finish)
                self.trail.clicks += 1
                self.trail.how += f" > {finish.name}"
                effect = await watch.effect()
            elif not effect.gone:
                effect = await watch.effect()
            self.trail.effect = effect
        except (PressError, WorldError) as error:
            if not was_marked and not self.trail.pressed:
                self.session.unmark_choice()
            raise Stop(str(error)) from error
        finally:
            watch.stop()

    async def _finish(self, banner: Sighting, pressed: Pressable) -> Pressable | None:
        """What ends a choice that left its window open: "accept all" that only moved the switches wants saving, a
        choice that was stored wants closing. None where the switches do not stand as meant."""
        found = await look(self.worlds, self.language, after=banner)
        if not found:
            return None
        now = max(found, key=lambda s: (_helps(s), s.score))
        wanted = self.choice is Choice.ACCEPT
        if any(t.checked is not wanted for t in now.toggles if not t.disabled and t.group is None):
            return None
        for control in (*now.of("save"), *now.of("close")):
            if control.number != pressed.number:
                return control
        return None

    async def _open_settings(self, banner: Sighting, depth: int) -> Sighting | None:
        """Press a settings control and wait for what it opens; None when there is none or nothing opens."""
        openers = [c for c in banner.of("settings") if not c.leads_away][:3]
        if depth == 2 and not openers:  # "more information" as a button opens the settings on some platforms
            openers = [c for c in banner.of("link") if not c.leads_away and c.tag == "button"][:1]
        away = [c for c in banner.of("settings") if c.leads_away]
        if not openers and away and depth == 2:
            raise Stop(f"the settings are on another page: {away[0].name}")
        for control in openers:
            try:
                await press(self.session.page, control)
            except PressError as error:
                self.trail.reasons.append(str(error))
                continue
            self.trail.clicks += 1
            self.trail.how = " > ".join([*([self.trail.how] if self.trail.how else []), control.name])
            opened = await self._opened(banner)
            if opened is not None:
                return opened
            self.trail.reasons.append(f"nothing opened after {control.name}")
        return None

    async def _opened(self, before: Sighting) -> Sighting | None:
        """The layer that came after a press: a sighting with controls that the one before did not have."""
        deadline = asyncio.get_running_loop().time() + OPEN_LIMIT_S
        candidate: Sighting | None = None
        while asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(_POLL_S)
            try:
                found = await look(self.worlds, self.language, after=before)
            except WorldError:
                self.worlds.forget()
                await self.session.settle()
                continue
            fresh = [s for s in found if s.fingerprint - before.fingerprint]
            best = max(fresh, key=lambda s: (_helps(s), s.score), default=None)
            if best is not None and candidate is not None and best.fingerprint == candidate.fingerprint:
                return best  # two looks alike: it has come to rest
            candidate = best
        return candidate


def _helps(seen: Sighting) -> int:
    return 2 * bool(seen.of("refuse") or seen.of("save")) + bool(seen.toggles)
