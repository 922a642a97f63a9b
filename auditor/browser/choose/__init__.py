"""Find the consent banner, describe it, and make the choice: accept or refuse, proven by its effect.

`make_choice` is the one entry. The order: what a visitor would press at once, then the deeper layers, then the rules of
autoconsent where both failed or no banner was found. Each attempt is verified the same way, whoever made it.
"""

from __future__ import annotations

from dataclasses import dataclass

from auditor.browser.choose.chooser import Chooser
from auditor.browser.session import PageSession
from auditor.model import BannerSeen, Choice, ChoiceResult

__all__ = ["ChoiceOutcome", "make_choice"]


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
