"""The project as Scrapy's own command sees it, and the doctor before a crawl."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from auditor.artifacts import AUDIT_NAME, RECORD_NAME, REPORT_NAME
from tests.sites.scenarios import scenarios
from tests.world.server import World

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
    )


def test_scrapy_knows_the_spider() -> None:
    assert "site_audit" in run("scrapy", "list").stdout.split()


def test_scrapy_crawls_through_a_proxy_with_an_authority_of_its_own(tmp_path: Path) -> None:
    seed = next(scenario.seed for scenario in scenarios() if scenario.name == "clean")
    with World(only=["clean"]).start() as world:
        arguments = {
            "sites": seed,
            "out": str(tmp_path),
            "pages": "0",
            "proxy": world.proxy_url,
            "ca_file": str(world.ca_file),
        }
        words = [part for name, value in arguments.items() for part in ("-a", f"{name}={value}")]
        done = run("scrapy", "crawl", "site_audit", *words)
    written = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert {"index.html", RECORD_NAME, AUDIT_NAME, REPORT_NAME} <= written, done.stderr
    assert "0 contradictions, 0 possible violations" in done.stderr


def test_the_doctor_finds_this_machine_fit() -> None:
    done = run("auditor.cli", "doctor")
    assert done.returncode == 0, done.stdout
    lines = done.stdout.splitlines()
    assert all(line.startswith("ok") for line in lines)
    for what in ("first-party cookie", "third-party cookie", "storage key", "script call"):
        assert any(what in line for line in lines)


@pytest.mark.parametrize("command", [["doctor"], ["crawl", "https://example.nl"]])
def test_without_a_browser_that_works_nothing_is_measured(command: list[str], tmp_path: Path) -> None:
    out = ["--out", str(tmp_path)] if command[0] == "crawl" else []
    done = run("auditor.cli", *command, "--browser", "/bin/true", *out)
    assert done.returncode == 3
    assert "/bin/true" in done.stdout + done.stderr
    assert not list(tmp_path.rglob(RECORD_NAME))
