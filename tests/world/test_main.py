"""`python -m tests.world` serves until its command ends, and hands its exit code on."""

from __future__ import annotations

import signal
import subprocess
import sys
from urllib.request import ProxyHandler, build_opener

import pytest

from tests.world.__main__ import main


def test_a_command_runs_inside_the_world(packages: None, capfd: pytest.CaptureFixture[str]) -> None:
    look = (
        "import os, sys, urllib.request as u;"
        "assert os.environ['WORLD_PROXY'] == sys.argv[1];"
        "o = u.build_opener(u.ProxyHandler({'http': sys.argv[1]}));"
        "print(o.open('http://www.open-voorbeeld.nl/').status); sys.exit(7)"
    )
    assert main(["--only", "http-only", "--", sys.executable, "-c", look, "{proxy}"]) == 7
    assert capfd.readouterr().out == "200\n"


def test_a_command_that_is_not_there_is_told(packages: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "http-only", "--", "no-such-command-anywhere"]) == 2
    assert "cannot run 'no-such-command-anywhere'" in capsys.readouterr().err


def test_without_a_command_it_tells_where_it_is_and_serves(packages: None) -> None:
    command = [sys.executable, "-m", "tests.world", "--only", "http-only"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as served:
        assert served.stdout is not None
        told = dict(served.stdout.readline().strip().split("=", 1) for _ in range(3))
        assert set(told) == {"WORLD_PORT", "WORLD_CA_FILE", "WORLD_PROXY"}
        opener = build_opener(ProxyHandler({"http": told["WORLD_PROXY"]}))
        assert opener.open("http://www.open-voorbeeld.nl/").status == 200
        served.send_signal(signal.SIGTERM)
        assert served.wait(timeout=10) == 0
