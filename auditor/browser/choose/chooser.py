"""One choice on one page, from the first look to the proof after a reload."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from playwright.async_api import Error as PlaywrightError

from auditor.browser.choose import words
from auditor.browser.choose.autoconsent import Autoconsent, AutoconsentMissing, by_heuristic
from auditor.browser.choose.describe import banner_seen, with_layer, with_picture
from auditor.browser.choose.platforms import platform_of
from auditor.browser.choose.sighting import Pressable, Sighting, look
from auditor.browser.choose.steps import Stop, Trail, Walk
from auditor.browser.choose.verify import Effect, Watch, back
from auditor.browser.choose.worlds import WorldError, Worlds
from auditor.browser.session import PageSession
from auditor.model import BannerSeen, Choice, ChoiceResult, Failure, Phase

LATE_LIMIT_S = 1.6  # after the page had settled; timers set while loading end within the settling itself
_POLL_S = 0.35


@dataclass(kw_only=True)
class Chooser:
    """State of one choice; `run` does all of it."""

    session: PageSession
    choice: Choice
    language: str
    banner: BannerSeen | None = None
    trail: Trail = field(default_factory=Trail)
    late_limit_s: float = LATE_LIMIT_S
    use_finder: bool = True
    use_autoconsent: bool = True
    _autoconsent_asked: bool = False
    _rule_failed: str | None = None  # the rule of autoconsent that found its pop-up and pressed nothing in it
    _runner: Autoconsent | None = None

    async def run(self) -> tuple[ChoiceResult, BannerSeen | None]:
        """The result and the banner. Never raises for anything a page does."""
        self._start_ms = self.session.now_ms()
        self._worlds = Worlds(self.session.page)
        try:
            result = await self._choose()
        except (WorldError, PlaywrightError) as error:
            result = self._failed(f"the page did not answer: {str(error).splitlines()[0]}")
        finally:
            if self._runner is not None:
                await self._runner.stop()
            await self._worlds.close()
        return result, self.banner

    async def _choose(self) -> ChoiceResult:
        seen = await self._find() if self.use_finder else None
        if seen is None:
            return await self._without_sighting()
        platform = await platform_of(await self._worlds.frames())
        self.banner = await with_picture(self.session, banner_seen(self.session, seen, platform))
        if self.choice is Choice.NONE:
            return ChoiceResult(status="not_tried", reason="visit without a choice")
        if self.choice not in {Choice.ACCEPT, Choice.REFUSE}:
            return ChoiceResult(status="not_tried", reason=f"the choice {self.choice.value} is not built yet")
        return await self._attempt(seen)

    # --- finding ---------------------------------------------------------------------------------------

    async def _find(self) -> Sighting | None:
        """The banner; waits a little for a late one, and last moves and scrolls as a visitor would.

        Without a choice nothing is moved: scrolling may itself count as consent on a site.
        """
        deadline = asyncio.get_running_loop().time() + self.late_limit_s
        found = await self._look()
        stamp = await self._worlds.changes()
        if not found and self.use_autoconsent:
            self._runner = await self._start_autoconsent()
        while not found and asyncio.get_running_loop().time() < deadline:
            await asyncio.sleep(_POLL_S)
            now = await self._worlds.changes()
            if now != stamp:
                stamp, found = now, await self._look()
        if not found and self.choice is not Choice.NONE:
            found = await self._after_scroll()
        return found[0] if found else None

    async def _look(self) -> list[Sighting]:
        try:
            return await look(self._worlds, self.language)
        except WorldError:
            self._worlds.forget()  # the page moved on by itself: look at what it is now
            return await look(self._worlds, self.language)

    async def _after_scroll(self) -> list[Sighting]:
        page = self.session.page
        await page.mouse.move(300, 300)
        for _ in range(2):
            await page.mouse.wheel(0, 700)
            await asyncio.sleep(_POLL_S)
            if found := await self._look():
                return found
        return []

    # --- choosing --------------------------------------------------------------------------------------

    async def _attempt(self, seen: Sighting) -> ChoiceResult:
        """The three ways in turn, until one of them has an effect."""
        walk = Walk(
            session=self.session, worlds=self._worlds, choice=self.choice, language=self.language, trail=self.trail
        )
        self.trail.layers.append(seen)
        try:
            decided = await walk.first_layer(seen)
            if not (decided and self._worked()):
                if not decided or not self._effect_seen():
                    decided = await walk.deeper(await self._again(seen)) or decided
                # Last: on the bench one of its rules accepted instead of refusing (a second button opens settings).
                if not self._effect_seen() and await self._known_platform([seen]):
                    return await self._prove("autoconsent")
        except Stop as stop:
            self.trail.reasons.append(str(stop))
            decided = self.trail.pressed
            if not decided and await self._known_platform([seen]):
                return await self._prove("autoconsent")
            if not decided:
                self._note_layers()
                return self._failed("; ".join(self.trail.reasons))
        self._note_layers()
        return await self._prove("finder") if decided else self._no_way(seen)

    async def _again(self, seen: Sighting) -> Sighting:
        """The banner as it stands now: an attempt may have opened or changed it."""
        now = await back(self.session, self._worlds, [seen])
        return now or seen

    def _worked(self) -> bool:
        effect = self.trail.effect
        return effect is not None and effect.gone

    def _effect_seen(self) -> bool:
        effect = self.trail.effect
        return effect is not None and (effect.gone or bool(effect.changed))

    async def _start_autoconsent(self) -> Autoconsent | None:
        """Put autoconsent into the page as it stands; None where that fails (a missing bundle is noted)."""
        runner = Autoconsent(worlds=await self._worlds.frames())
        try:
            await runner.start()
        except AutoconsentMissing as error:
            self._note(str(error))
            return None
        except WorldError as error:
            self.trail.reasons.append(f"autoconsent: {error}")
            return None
        return runner

    async def _known_platform(self, banners: list[Sighting]) -> bool:
        """Let autoconsent answer, if one of its rules sees its pop-up open. True when it reports that it did."""
        if not self.use_autoconsent or self._autoconsent_asked:
            return False
        self._autoconsent_asked = True
        runner = self._runner or await self._start_autoconsent()
        open_popup = await runner.detected() if runner else None
        if runner is None or open_popup is None or not self._may_answer(open_popup[1], banners):
            return False
        self._runner = runner
        watch = Watch(session=self.session, worlds=self._worlds, banners=banners)
        await watch.start()
        was = self.session.phase
        self.session.mark_choice()
        try:
            done, clicks, rule = await runner.act(accept=self.choice is Choice.ACCEPT)
            if not done:
                self._rule_failed = f"autoconsent {rule}: not done"
            effect = await watch.effect()
        finally:
            watch.stop()
        if not done and not effect.gone and not effect.changed:
            if was is Phase.BEFORE:
                self.session.unmark_choice()
            return False
        self.trail.effect, self.trail.pressed = effect, True
        self.trail.clicks += clicks
        self.trail.how = f"autoconsent:{rule}"
        return True

    def _may_answer(self, rule: str, banners: list[Sighting]) -> bool:
        """A guess by words may refuse, but never where we saw controls that cost money or say two things at once."""
        if not by_heuristic(rule):
            return True
        doubtful = any(c.meaning.doubt for seen in banners for c in seen.controls if c.visible)
        return self.choice is Choice.REFUSE and not doubtful

    async def _without_sighting(self) -> ChoiceResult:
        """The finder saw nothing: does a rule of autoconsent see its platform's pop-up?"""
        if self._runner is None and self.use_autoconsent and not self.use_finder:
            self._runner = await self._start_autoconsent()
        open_popup = await self._runner.detected() if self._runner else None
        if open_popup is None:
            return ChoiceResult(status="no_banner", ms=self._ms())
        world, rule = open_popup
        self.banner = BannerSeen(
            id=self.session.next_id("b"),
            page=self.session.page_index,
            frame=world.url,
            t_ms=self.session.now_ms(),
            phase=Phase.BEFORE,
            found_by=f"autoconsent:{rule}",
            platform=None if by_heuristic(rule) else rule,
            text="",
            language=None,
            controls=(),
        )
        if self.choice is Choice.NONE:
            return ChoiceResult(status="not_tried", reason="visit without a choice")
        if await self._known_platform([]):
            return await self._prove("autoconsent")
        return self._failed(
            "; ".join(self.trail.reasons) or self._rule_failed or "autoconsent saw a banner and could not answer it"
        )

    def _note(self, reason: str) -> None:
        """Say in the record that the rules of autoconsent were not there: what they would have found is not known."""
        self.session.observe(
            Failure(
                id=self.session.next_id("x"),
                page=self.session.page_index,
                frame=self.session.page.url,
                t_ms=self.session.now_ms(),
                phase=self.session.phase,
                where="autoconsent",
                reason=reason,
            )
        )

    # --- proof -----------------------------------------------------------------------------------------

    async def _prove(self, by: str) -> ChoiceResult:
        """Turn the effect into a result: gone, stored, not the opposite of what was meant, gone after a reload."""
        effect = self.trail.effect
        self._note_layers()
        if effect is None or not effect.gone:
            return self._failed(f"the banner stayed after {self.trail.how}")
        if not effect.changed and effect.sent is None:
            return self._failed(f"the banner left after {self.trail.how}, but nothing of a choice was stored")
        opposite = "yes" if self.choice is Choice.REFUSE else "no"
        if effect.answer == opposite:
            return self._failed(f"after {self.trail.how} the stored choice reads as the opposite: {effect.answer_key}")
        if not await self.session.reload():
            return self._failed("the page did not come back on a reload, so the choice is not proven")
        self._worlds.forget()
        if await back(self.session, self._worlds, self.trail.layers) is not None:
            return self._failed("the banner came back after a reload")
        how = self.trail.how if by == "autoconsent" else f"finder: {self.trail.how}"
        return ChoiceResult(status="made", how=how, clicks=self.trail.clicks, ms=self._ms(), verified=_proofs(effect))

    def _no_way(self, seen: Sighting) -> ChoiceResult:
        """The banner has no control for this choice, or none that we dare press."""
        doubtful = [c for c in seen.controls if c.usable and c.meaning.doubt and "buying" not in c.meaning.doubt]
        if doubtful and self.choice is Choice.REFUSE:
            return self._failed(f"{doubtful[0].name}: {doubtful[0].meaning.doubt}; not pressed")
        if self.trail.reasons:
            return self._failed("; ".join(self.trail.reasons))
        # A button that we cannot read may be the way: "not offered" would accuse without proof.
        unread = [c for c in seen.controls if _may_decide(c)]
        if unread and self.choice is Choice.REFUSE:
            return self._failed(f"{unread[0].name} is not understood")
        # A rule may know a way that our words do not, unless we understood all that can be pressed.
        unread = [c for c in seen.controls if c.usable and not c.leads_away and c.meaning.purpose == "other"]
        if self._rule_failed and unread:
            return self._failed(f"{self._rule_failed}; {unread[0].name} is not understood")
        paying = words.count_cues("wall", seen.text) and any(c.meaning.doubt for c in seen.controls if c.visible)
        where = "in the first and the further layer" if self.trail.looked_deeper else "in the banner"
        reason = (
            "pay or accept" if paying and self.choice is Choice.REFUSE else f"no control to {self.choice.value} {where}"
        )
        return ChoiceResult(status="not_offered", clicks=self.trail.clicks or None, ms=self._ms(), reason=reason)

    def _failed(self, reason: str) -> ChoiceResult:
        return ChoiceResult(
            status="click_failed",
            how=self.trail.how or None,
            clicks=self.trail.clicks or None,
            ms=self._ms(),
            reason=reason,
        )

    def _note_layers(self) -> None:
        if self.banner is None:
            return
        for depth, layer in enumerate(self.trail.layers[1:], start=2):
            self.banner = with_layer(self.banner, layer, depth)
        del self.trail.layers[1:]

    def _ms(self) -> int:
        return self.session.now_ms() - self._start_ms


def _proofs(effect: Effect) -> tuple[str, ...]:
    stored = tuple(change.words for change in effect.changed[:3])
    sent = (f"told the server: {effect.sent}",) if not stored and effect.sent else ()
    return ("banner gone", *stored, *sent, "gone after reload")


def _may_decide(control: Pressable) -> bool:
    """Whether a control that says nothing we know looks like an answer: a button with a few words, leading nowhere."""
    if not control.usable or control.toggle or control.leads_away or control.meaning.purpose != "other":
        return False
    said = words.words_of(control.text)
    return (
        control.tag in {"button", "input"}
        and not control.meaning.doubt
        and 1 <= len(said) <= 8
        and len("".join(said)) > 2
    )
