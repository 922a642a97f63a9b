"""Mistakes in a scenario folder are told with their place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world.hosts import Host, WorldError, find_hosts


def test_two_scenarios_cannot_own_one_host(tmp_path: Path) -> None:
    for name in ("standins", "one/a.nl", "two/a.nl"):
        (tmp_path / name).mkdir(parents=True)
    with pytest.raises(WorldError, match=r"host a\.nl stands in .*one and in .*two"):
        find_hosts(tmp_path / "standins", [tmp_path / "one", tmp_path / "two"])


def test_a_scenario_may_add_to_a_stand_in(tmp_path: Path) -> None:
    for name in ("standins/tags.example.com", "one/tags.example.com"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / f"{name.split('/')[0]}.js").write_text("1", encoding="utf-8")
    (tmp_path / "standins/tags.example.com/_headers.json").write_text('{"/tag.js": {"body": "all"}}', encoding="utf-8")
    (tmp_path / "one/tags.example.com/_headers.json").write_text('{"/tag.js?id=1": {"body": "own"}}', encoding="utf-8")
    host = find_hosts(tmp_path / "standins", [tmp_path / "one"])["tags.example.com"]
    assert host.file("/one.js") and host.file("/standins.js")
    assert (host.rule("/tag.js", "id=1").body, host.rule("/tag.js", "id=2").body) == ("own", "all")


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ('{"/a": {"statsu": 404}}', "'statsu' is not known"),
        ('{"/a": {"status": "404"}}', "'status' is not known or of the wrong type"),
        ('{"/a": ', "expected JSON in"),
        ("[]", "found list"),
    ],
)
def test_a_wrong_rule_is_told(tmp_path: Path, rules: str, words: str) -> None:
    (tmp_path / "_headers.json").write_text(rules, encoding="utf-8")
    with pytest.raises(WorldError, match=words):
        Host(name="a.nl", roots=(tmp_path,)).rule("/a", "")
