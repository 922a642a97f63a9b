"""Every scenario, for real: crawled with a browser through the world, then judged again from its saved record."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from auditor.artifacts import INDEX_NAME, RECORD_NAME, REPORT_NAME, load_record
from auditor.audit import audit
from auditor.model import SiteRecord, StatementSource
from auditor.trackers import Labeller
from auditor.urls import host_of
from tests.sites.compare import differences
from tests.sites.scenarios import Scenario, scenarios
from tests.world.answers import Request, answer
from tests.world.assets import ensure
from tests.world.seeds import SEEDS
from tests.world.server import World

ALL = scenarios()
OWN = [scenario for scenario in ALL if scenario.uses_seed_statement]
INCOMPLETE = 3
LIMIT_S = 1200


@dataclass(frozen=True, kw_only=True)
class Crawled:
    """One run over all scenarios: records by scenario name."""

    code: int
    words: str
    folder: Path
    records: dict[str, SiteRecord]
    unknown_hosts: frozenset[str]


@pytest.fixture(scope="session")
def labeller() -> Labeller:
    return Labeller()


@pytest.fixture(scope="session")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    ensure()
    out = tmp_path_factory.mktemp("runs")
    with World().start() as world:
        command = [sys.executable, "-m", "auditor.cli", "crawl", "--out", str(out), "--jobs", "2"]
        command += ["--proxy", world.proxy_url, "--ca-file", str(world.ca_file), *(scenario.seed for scenario in ALL)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIMIT_S, check=False)
        unknown = frozenset(world.unknown_hosts)
    (folder,) = list(out.iterdir()) or [out]
    records = {host_of(record.site): record for record in map(load_record, folder.glob(f"*/{RECORD_NAME}"))}
    yield Crawled(
        code=done.returncode,
        words=done.stdout + done.stderr,
        folder=folder,
        records={scenario.name: records[scenario.host] for scenario in ALL if scenario.host in records},
        unknown_hosts=unknown,
    )


def test_the_run_goes_on_past_every_bad_site(crawled: Crawled) -> None:
    assert crawled.code == INCOMPLETE, crawled.words
    assert set(crawled.records) == {scenario.name for scenario in ALL}, crawled.words
    assert (crawled.folder / INDEX_NAME).is_file()
    assert len(list(crawled.folder.glob(f"*/{REPORT_NAME}"))) == len(ALL)


def test_nothing_leaves_the_world(crawled: Crawled) -> None:
    expected = {scenario.host for scenario in ALL if not (scenario.folder / scenario.host).is_dir()}
    assert crawled.unknown_hosts == expected


@pytest.mark.parametrize("scenario", ALL, ids=[scenario.name for scenario in ALL])
def test_a_crawled_site_gives_what_its_scenario_expects(
    crawled: Crawled, labeller: Labeller, scenario: Scenario
) -> None:
    record = crawled.records[scenario.name]
    found = differences(scenario, audit(record, labeller), record)
    assert not found, "\n".join([scenario.why, *found])


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the crawl itself was made with the scenarios' own statements")
@pytest.mark.parametrize("scenario", OWN, ids=[scenario.name for scenario in OWN])
def test_a_site_with_its_own_statement_gives_the_same(crawled: Crawled, labeller: Labeller, scenario: Scenario) -> None:
    record = crawled.records[scenario.name]
    changed = replace(record, sources=tuple(_own(source, scenario) for source in record.sources))
    assert changed != record
    found = differences(scenario, audit(changed, labeller), changed)
    assert not found, "\n".join([scenario.why, *found])


def _own(source: StatementSource, scenario: Scenario) -> StatementSource:
    """The same source as the site serves it where no seed statement is present."""
    if host_of(source.url) != scenario.host or source.status != 200:
        return source
    host = World(only=[scenario.name], seeds=None).hosts[scenario.host]
    request = Request(scheme="https", method="GET", host=scenario.host, target=urlsplit(source.url).path, headers={})
    body = answer(request, host, None).body
    return replace(source, body=body.decode("utf-8"), encoding="text", sha256=hashlib.sha256(body).hexdigest())
