"""Runs the bench in a real browser and counts: `python -m tests.banners.bench [name …]` prints the table."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playwright.async_api import Browser, async_playwright

from auditor.browser.choose.chooser import Chooser
from auditor.browser.launch import find_browser
from auditor.browser.session import PageSession
from auditor.model import BannerSeen, Choice, ChoiceResult, VisitPlan
from tests.banners.server import BenchServer, Page, pages

AT_ONCE = 8
# Some platforms show nothing to a browser that calls itself headless.
USER_AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36"
FLAGS = ("--disable-blink-features=AutomationControlled", "--disable-gpu")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One page under one choice. pressed: the last thing the page says was chosen; None: nothing."""

    page: Page
    choice: Choice
    result: ChoiceResult
    banner: BannerSeen | None
    did: tuple[str, ...]
    holds: bool | None  # the page's own condition on its state, where it has one
    by: str

    @property
    def expected(self) -> str:
        return {Choice.ACCEPT: self.page.accept, Choice.REFUSE: self.page.refuse}[self.choice]

    @property
    def good(self) -> bool:
        if not self.page.has_banner:
            return self.result.status == "no_banner"
        return self.result.status == self.expected and not self.wrong and self._true()

    def _true(self) -> bool:
        if self.result.status != "made":
            return True
        return self.holds if self.holds is not None else bool(self.did) and self.did[-1] == self.choice.value

    @property
    def wrong(self) -> bool:
        """Something was pressed that may never be: the opposite choice, a hidden copy, paying, another pop-up."""
        harmless = {self.choice.value, "settings"}
        if self.page.accepted and self.choice is Choice.REFUSE and self.result.status == "made" and self.holds is False:
            return True
        return any(what not in harmless for what in self.did)


BOTH = (Choice.ACCEPT, Choice.REFUSE)


async def run(
    chosen: Iterable[Page], *, finder: bool = True, autoconsent: bool = True, choices: Sequence[Choice] = BOTH
) -> list[Row]:
    """Every page under each choice, each in a context of its own, a few at once."""
    build = find_browser()
    limit = asyncio.Semaphore(AT_ONCE)
    with BenchServer() as server:
        flags = [*FLAGS, f"--host-resolver-rules=MAP * 127.0.0.1:{server.port}"]
        if os.getuid() == 0:
            flags.append("--no-sandbox")
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=str(build.executable), args=flags)

            async def one(page: Page, choice: Choice) -> Row:
                async with limit:
                    return await _visit(browser, server, page, choice, finder, autoconsent)

            kept, rows = list(chosen), []
            # A page's visits tell the server under one host: first all of one choice, then of the next.
            for choice in choices:
                rows += await asyncio.gather(*(one(page, choice) for page in kept))
                server.did.clear()
            await browser.close()
    return rows


async def _visit(
    browser: Browser, server: BenchServer, page: Page, choice: Choice, finder: bool, autoconsent: bool
) -> Row:
    context = await browser.new_context(
        viewport={"width": 1366, "height": 768}, locale=page.language, user_agent=USER_AGENT
    )
    plan = VisitPlan(site=page.url, choice=choice, settle_quiet_ms=500, settle_floor_ms=500)
    try:
        tab = await context.new_page()
        session = await PageSession.attach(tab, plan)
        await tab.goto(page.url, wait_until="commit")
        await session.settle()
        chooser = Chooser(
            session=session, choice=choice, language=page.language, use_finder=finder, use_autoconsent=autoconsent
        )
        result, banner = await chooser.run()
        condition = page.accepted if choice is Choice.ACCEPT else page.refused
        holds = bool(await tab.evaluate(condition)) if condition else None
        return Row(
            page=page,
            choice=choice,
            result=result,
            banner=banner,
            did=tuple(server.did.get(page.host, ())),
            holds=holds,
            by="ours" if finder else "autoconsent",
        )
    finally:
        await context.close()


def table(rows: Iterable[Row]) -> str:
    """One line per visit: page, choice, what was expected, what came, how."""
    lines = []
    for row in sorted(rows, key=lambda r: (r.page.folder, r.page.name, r.choice.value)):
        mark = "WRONG" if row.wrong else "ok" if row.good else "MISS"
        lines.append(
            f"{mark:5} {row.page.folder}/{row.page.name:28} {row.choice.value:6} want {row.expected if row.page.has_banner else 'no_banner':12} "
            f"got {row.result.status:12} {row.result.how or ''} {row.result.reason or ''} {row.did if not row.good else ''}"
            f" [{row.banner.platform if row.banner else '-'}] {row.result.ms} ms"
        )
    return "\n".join(lines)


def summary(rows: Iterable[Row]) -> str:
    """Shares per part of the bench and choice."""
    lines = []
    kept = list(rows)
    for folder in dict.fromkeys(row.page.folder for row in kept):
        part = [row for row in kept if row.page.folder == folder]
        text = f"{folder:8} {sum(row.good for row in part)}/{len(part)} as expected, {sum(row.wrong for row in part)} wrong"
        for choice in (Choice.ACCEPT, Choice.REFUSE):
            possible = [row for row in part if row.choice is choice and row.page.has_banner and row.expected == "made"]
            if possible:
                text += f", {choice.value} {sum(row.good for row in possible)}/{len(possible)}"
        lines.append(text)
    return "\n".join(lines)


def main(words: list[str]) -> None:
    """`--autoconsent` runs the pages with autoconsent alone, for comparison."""
    names = [word for word in words if not word.startswith("--")]
    chosen = [page for page in pages() if not names or any(name in f"{page.folder}/{page.name}" for name in names)]
    done = asyncio.run(run(chosen, finder="--autoconsent" not in words))
    print(table(done) + "\n\n" + summary(done))


if __name__ == "__main__":
    main(sys.argv[1:])
