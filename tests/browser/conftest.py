"""One browser and one event loop for all browser tests."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from auditor.browser.launch import Browsers, find_browser
from tests.browser.local_sites import LocalSites
from tests.browser.planted import SITES


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session")
def browsers(runner: asyncio.Runner) -> Iterator[Browsers]:
    opened = Browsers(find_browser())
    runner.run(opened.__aenter__())
    yield opened
    runner.run(opened.__aexit__(None, None, None))


@pytest.fixture(scope="session")
def local_sites() -> Iterator[LocalSites]:
    sites = LocalSites(SITES).start()
    yield sites
    sites.stop()
