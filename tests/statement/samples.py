"""Labelled statements for measuring: the development set beside this file and, where present, the seed statements."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from auditor.model import Statement, StatementSource
from auditor.statement.load import load

DEVSET = Path(__file__).parent / "devset"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@dataclass(frozen=True)
class Sample:
    """One statement with what a reader found in it."""

    name: str
    text: str
    labels: dict[str, Any]

    @property
    def aside(self) -> bool:
        return bool(self.labels.get("aside"))

    @property
    def language(self) -> str:
        return str(self.labels["language"])

    def statement(self) -> Statement:
        return as_statement(self.text, self.name)


def as_statement(text: str, name: str = "sample") -> Statement:
    """A text as the reader gets it from a file."""
    source = StatementSource(
        url=f"file:///{name}.txt", requested=name, role="privacy", found_by="given", fetched_at="2026-01-01T00:00:00Z", via="file",
        status=None, mime_type="text/plain", sha256=None, body=text,
    )  # fmt: skip
    return load(source)


@cache
def samples(folder: Path) -> tuple[Sample, ...]:
    """All labelled statements of a folder, by name; empty when the folder is not there."""
    found = []
    for labels in sorted(folder.glob("*.labels.json")) if folder.is_dir() else []:
        name = labels.name.removesuffix(".labels.json")
        text = (folder / f"{name}.txt").read_text(encoding="utf-8")
        found.append(Sample(name, text, json.loads(labels.read_text(encoding="utf-8"))))
    return tuple(found)
