"""The filter lists' cache: fetched by ETag, never replaced by something worse, sound after a broken file."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from auditor.trackers import Labeller, filter_lists, lists_store
from auditor.trackers.lists_store import Fetched, ListState, UpdateResult

SITE = "https://www.example.org/"


def a_list(count: int, title: str = "EasyPrivacy") -> bytes:
    rules = "\n".join(f"||host{number}.example^" for number in range(count))
    return f"[Adblock Plus 2.0]\n! Title: {title}\n! Version: 20260101{count:04}\n{rules}\n".encode()


class Server:
    """Answers every list with one content, and says 304 to the ETag of what it holds."""

    def __init__(self, body: bytes, **answer: object) -> None:
        self.body = body
        self.answer = answer
        self.asked: list[Mapping[str, str]] = []

    def __call__(self, url: str, headers: Mapping[str, str]) -> Fetched:
        self.asked.append(headers)
        etag = hashlib.sha256(self.body).hexdigest()[:8]
        if headers.get("If-None-Match") == etag:
            return Fetched(status=304)
        return Fetched(**{"status": 200, "body": self.body, "headers": {"ETag": etag}, **self.answer})  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache on a machine without the Debian package."""
    monkeypatch.setenv("AUDITOR_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(lists_store, "_DEBIAN", ())
    return tmp_path / "lists"


def update(server: Server, **options: bool) -> UpdateResult:
    return lists_store.update(server, {"easyprivacy"}, **options)[0]


def now() -> ListState:
    return next(state for state in lists_store.status() if state.name == "easyprivacy")


def test_without_lists_they_are_missing() -> None:
    assert [state.place for state in lists_store.status()] == ["missing", "missing"]
    assert filter_lists.installed() is None
    assert "easylist" not in Labeller.with_installed_lists().lists


def test_a_fetched_list_is_kept_with_its_origin() -> None:
    result = update(Server(a_list(1000)))
    assert (result.outcome, result.state) == ("updated", now())
    state = now()
    assert (state.place, state.entries, state.version) == ("cache", 1000, "202601011000")
    assert state.sha256 == hashlib.sha256(a_list(1000)).hexdigest()
    assert state.etag
    assert state.fetched_at
    assert state.path is not None
    assert state.path.read_bytes() == a_list(1000)


def test_the_labeller_uses_what_was_fetched() -> None:
    pytest.importorskip("adblock")
    update(Server(a_list(1000)))
    labeller = Labeller.with_installed_lists()
    label = labeller.request("https://host77.example/x.js", site=SITE, resource_type="script")
    assert (label.tracker, label.source, label.rule) == (True, "filter-list", "easyprivacy: ||host77.example^")
    assert labeller.lists["easyprivacy"] == "202601011000"


def test_an_unchanged_list_is_not_sent_again() -> None:
    server = Server(a_list(1000))
    update(server)
    assert update(server).outcome == "unchanged"
    assert [bool(headers.get("If-None-Match")) for headers in server.asked] == [False, True]


def test_a_changed_list_replaces_the_old_one_and_leaves_no_litter(cache: Path) -> None:
    for count in (1000, 1100, 1200, 1300):
        assert update(Server(a_list(count))).outcome == "updated"
    assert now().entries == 1300
    assert len(list(cache.glob("easyprivacy-*.txt"))) == 2  # and the one before, for a run that reads it now
    assert list(cache.glob(".new-*")) == []


BAD = {
    "an error page": Server(a_list(1001), status=503),
    "no network": Server(a_list(1001), failure="connection refused", status=0),
    "a web page": Server(b"<!doctype html><title>! Title: moved</title>" + b"<p>text</p>\n" * 2000),
    "nothing": Server(b""),
    "a heading only": Server(a_list(3)),
    "other bytes": Server(b"[Adblock Plus 2.0]\n\xff\xfe" * 2000),
    "absurdly shorter": Server(a_list(590)),
    "cut short": Server(a_list(900), headers={"Content-Length": "999999"}),
}


@pytest.mark.parametrize("server", BAD.values(), ids=BAD.keys())
def test_a_bad_answer_changes_nothing(server: Server) -> None:
    update(Server(a_list(1000)))
    before = now()
    result = update(server)
    assert (result.outcome, result.state) == ("kept", before)
    assert "expected" in result.reason
    assert now() == before


def test_a_fetcher_that_fails_changes_nothing() -> None:
    def broken(url: str, headers: Mapping[str, str]) -> Fetched:
        raise TimeoutError("no answer in 30 s")

    results = lists_store.update(broken)
    assert [(result.name, result.outcome) for result in results] == [("easyprivacy", "kept"), ("easylist", "kept")]
    assert "no answer in 30 s" in results[0].reason


def test_a_shorter_list_is_taken_when_forced() -> None:
    update(Server(a_list(2000)))
    assert update(Server(a_list(700)), force=True).outcome == "updated"
    assert now().entries == 700


@pytest.mark.parametrize("damage", [b"", b"<html>", b"\x00" * 50])
def test_a_damaged_copy_is_left_aside_and_fetched_anew(cache: Path, damage: bytes) -> None:
    server = Server(a_list(1000))
    path = update(server).state.path
    assert path is not None
    path.write_bytes(damage)
    state = now()
    assert state.place == "missing"
    assert state.problem is not None
    assert "auditor data update" in state.problem
    assert update(server).outcome == "updated"
    assert (now().place, now().problem) == ("cache", None)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"file": "../../etc/passwd"}', '{"file": null}'])
def test_a_damaged_state_file_is_no_crash(cache: Path, text: str) -> None:
    update(Server(a_list(1000)))
    (cache / "easyprivacy.json").write_text(text, encoding="utf-8")
    assert now().place == "missing"
    assert now().problem


def test_the_system_copy_serves_where_nothing_was_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "webext/assets/thirdparties/easylist"
    place.mkdir(parents=True)
    (place / "easyprivacy.txt").write_bytes(a_list(1000).replace(b"202601011000", b"%timestamp%"))
    monkeypatch.setattr(lists_store, "_DEBIAN", (str(tmp_path),))
    assert now().place == "system"
    assert (now().version or "").startswith("file of 20")
    assert update(Server(a_list(400))).outcome == "kept"
    assert update(Server(a_list(1000))).state.place == "cache"


def test_the_listing_names_origin_licence_and_hash_of_everything() -> None:
    update(Server(a_list(1000)))
    names = [state.name for state in lists_store.listing()]
    assert {"signatures", "third-party-web", "Open Cookie Database", "autoconsent", "easylist"} <= set(names)
    for state in lists_store.listing():
        assert state.origin
        assert state.licence
        assert state.place == "missing" or (state.sha256 and state.version)
