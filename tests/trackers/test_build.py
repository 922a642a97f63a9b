"""The data folder: made from the lock file, complete, readable, and made anew when it does not fit."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from auditor.trackers import catalogue, data

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def _built() -> None:
    """The hook itself, for real; it fetches only when the data are missing or older than the lock."""
    subprocess.run([sys.executable, str(ROOT / "hatch_build.py")], check=True, capture_output=True)


def test_the_manifest_fits_the_lock() -> None:
    lock = (ROOT / "package-lock.json").read_bytes()
    assert data.manifest()["lock_sha256"] == hashlib.sha256(lock).hexdigest()


def test_every_file_is_what_the_manifest_says() -> None:
    for name, entry in data.manifest()["files"].items():
        content = (data.FOLDER / name).read_bytes()
        assert entry["sha256"] == hashlib.sha256(content).hexdigest(), name
        assert {"source", "package", "version", "licence", "licence_file"} <= entry.keys()
        assert len((data.FOLDER / entry["licence_file"]).read_text(encoding="utf-8")) > 500


def test_versions_are_those_of_the_lock() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for entry in data.manifest()["files"].values():
        assert lock["node_modules/" + entry["package"]]["version"] == entry["version"]


def test_the_lock_names_no_host() -> None:
    assert not re.search(r'"resolved"|https?://', (ROOT / "package-lock.json").read_text(encoding="utf-8"))


def test_the_data_load() -> None:
    assert len(data.load("entities.json.gz")) > 1500
    assert len(data.load("cookies.json.gz")) > 1500
    rules = data.load("autoconsent.json.gz")
    assert (rules["package"], rules["licence"]) == ("@duckduckgo/autoconsent", "MPL-2.0")
    assert len(rules["rules"]) > 500
    assert (data.FOLDER / "autoconsent.js").stat().st_size > 50_000


def test_the_compiled_signatures_fit_the_files() -> None:
    assert data.load("signatures.json.gz")["digest"] == catalogue.digest()


def test_signatures_read_without_the_build_are_the_same(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    built = catalogue.products()
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    catalogue.products.cache_clear()
    try:
        assert catalogue.products() == built
    finally:
        catalogue.products.cache_clear()


def test_a_missing_file_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(data, "FOLDER", tmp_path)
    with pytest.raises(data.DataMissingError, match=r"python hatch_build\.py"):
        data.load("entities.json.gz")


def test_without_npm_the_hook_says_what_to_do(tmp_path: Path) -> None:
    for name in ("hatch_build.py", "package.json", "package-lock.json"):
        shutil.copy(ROOT / name, tmp_path / name)
    (tmp_path / "auditor/trackers/signatures").mkdir(parents=True)
    done = subprocess.run(
        [sys.executable, "-S", "hatch_build.py"],
        check=False,
        cwd=tmp_path,
        env={"PATH": "/nonexistent"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "expected npm" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "auditor/trackers/data/manifest.json").exists()
