"""Our matching of filter lists against a second engine, npm @ghostery/adblocker, on the same lists and requests."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from auditor.trackers import filter_lists, lists_store
from auditor.trackers.filter_lists import InstalledLists
from tests.trackers.list_requests import Asked, requests_of, requests_of_our_own
from tests.world.assets import MODULES, ensure

ORACLE = Path(__file__).with_name("oracle.mjs")
RULES_OF_EACH_LIST = 3000
AGREEMENT = 0.999


@pytest.fixture(scope="module")
def lists() -> dict[str, Path]:
    """Both lists of this machine; they are not ours to ship, so a machine may have none."""
    found = {state.name: state.path for state in lists_store.status() if state.path is not None}
    if len(found) < len(lists_store.ORIGINS):
        pytest.skip("no filter lists here: `auditor data update`, or Debian's webext-ublock-origin-firefox")
    return found


@pytest.fixture(scope="module")
def asked(lists: dict[str, Path]) -> list[Asked]:
    """Over ten thousand different requests, each an address both engines can read."""
    made = [row for path in lists.values() for row in requests_of(path, RULES_OF_EACH_LIST)]
    return sorted({row for row in [*made, *requests_of_our_own()] if row.url.isascii() and " " not in row.url})


def ours(lists: dict[str, Path], asked: list[Asked]) -> list[str | None]:
    """List that blocks, by our own matching."""
    matcher = InstalledLists({f"{name}.txt": path for name, path in lists.items()})
    hits = (matcher.match(row.url, row.site, row.type) for row in asked)
    return [hit.list if hit else None for hit in hits]


def theirs(lists: dict[str, Path], asked: list[Asked]) -> list[str | None]:
    """List that blocks, by the second engine."""
    ensure()
    node = shutil.which("node")
    if node is None:
        pytest.skip("no node here, which runs the second engine")
    given = json.dumps({"lists": {name: str(path) for name, path in lists.items()}, "rows": asked})
    # Beside the packages, since node looks for them from the script's folder upwards.
    script = MODULES.parent / "trackers" / ORACLE.name
    done = subprocess.run([node, str(script)], input=given, capture_output=True, text=True, check=True)
    found: list[str | None] = json.loads(done.stdout)
    return found


def test_both_engines_agree(lists: dict[str, Path], asked: list[Asked], capsys: pytest.CaptureFixture[str]) -> None:
    assert filter_lists.installed() is not None
    assert len({row.url for row in asked}) >= 10_000
    pairs = list(zip(asked, ours(lists, asked), theirs(lists, asked), strict=True))
    differing = [(*row, we, they) for row, we, they in pairs if we != they]
    blocked = sum(we is not None for _, we, _ in pairs)
    with capsys.disabled():
        print(f"\n{len(pairs):,} requests, {blocked:,} blocked, {len(differing)} differ", end=" ")
    assert blocked > len(pairs) / 4
    assert len(differing) <= (1 - AGREEMENT) * len(pairs), "\n".join(map(str, differing[:60]))
