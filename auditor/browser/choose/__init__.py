"""Find the consent banner, describe it, and make the choice: accept or refuse, proven by its effect.

`make_choice` is the one entry. The order: what a visitor would press at once, then the deeper layers, then the rules of
autoconsent where both failed or no banner was found. Each attempt is verified the same way, whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass

from playwright.async_api import Error as PlaywrightError

from auditor.browser.choose.chooser import Chooser
from auditor.browser.choose.sighting import look
from auditor.browser.choose.worlds import WorldError, Worlds
from auditor.browser.session import PageSession
from auditor.model import BannerSeen, Choice, ChoiceResult

__all__ = ["ChoiceOutcome", "make_choice", "sees_banner"]


@dataclass(frozen=True, kw_only=True)
class ChoiceOutcome:
    """How the choice went, and the banner as it stood before any press. None: no banner was found."""

    result: ChoiceResult
    banner: BannerSeen | None


async def make_choice(session: PageSession, choice: Choice, language: str) -> ChoiceOutcome:
    """Make one choice on the settled page. `language`: of the visitor, settles texts that two languages share.

    With Choice.NONE the banner is only described and nothing is pressed. Never raises for anything a page does.
    """
    result, banner = await Chooser(session=session, choice=choice, language=language).run()
    return ChoiceOutcome(result=result, banner=banner)


async def sees_banner(session: PageSession, language: str) -> bool:
    """One look at the settled page: nothing is waited for, moved or pressed. False also when the page does not answer."""
    worlds = Worlds(session.page)
    try:
        return bool(await look(worlds, language))
    except (WorldError, PlaywrightError):
        return False
    finally:
        await worlds.close()
