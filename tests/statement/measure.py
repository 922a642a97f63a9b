"""Measures the readers on the seeds and the development sets: `python -m tests.statement.measure [--wrong]`.

Prints precision, recall and F1 per kind. The seeds lie beside the checkout and may be absent.
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from auditor.model import Statement
from auditor.statement.dates import read_date
from auditor.statement.declared import read_declared
from auditor.statement.find import find_in_html
from auditor.statement.items import ITEMS, read_items
from auditor.statement.load import load_bytes
from auditor.statement.sentences import sentences

HERE = Path(__file__).parent
SEEDS = HERE.parents[1].parent / "shared" / "seeds"


@dataclass
class Score:
    """Counts of one part; `wrong` says which were missed or too many."""

    hits: int = 0
    extra: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.extra) if self.hits + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def count(self, where: str, found: set[Any], wanted: set[Any]) -> None:
        self.hits += len(found & wanted)
        self.extra += len(found - wanted)
        self.missed += len(wanted - found)
        self.wrong += [f"{where}: too many {value!r}" for value in sorted(found - wanted, key=str)]
        self.wrong += [f"{where}: missed {value!r}" for value in sorted(wanted - found, key=str)]


def seeds() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(name, text, labels) of the seed statements; nothing when they are not there."""
    for path in sorted(SEEDS.glob("*.labels.json")) if SEEDS.is_dir() else ():
        text = path.with_name(path.name.replace(".labels.json", ".txt")).read_text(encoding="utf-8")
        yield path.name[:3], text, json.loads(path.read_text(encoding="utf-8"))


def own(folder: str = "devset_items") -> Iterator[tuple[str, dict[str, Any]]]:
    for path in sorted((HERE / folder).glob("*.toml")):
        yield path.stem, tomllib.loads(path.read_text(encoding="utf-8"))


def statement_of(text: str) -> Statement:
    return load_bytes(text.encode(), url="https://www.example.com/privacy.txt", mime_type="text/plain")


def measure_items() -> dict[str, Score]:
    """Present or not, per item: "seeds", and the own set per language. Items labelled unsure do not count."""
    scores: dict[str, Score] = {}
    for name, text, labels in seeds():
        statement = statement_of(text)
        found = {key for key, item in read_items(statement, sentences(statement)).items() if item.present}
        wanted = {key for key, item in labels["items"].items() if item["present"]}
        scores.setdefault("seeds", Score()).count(name, found, wanted)
    for name, entry in own():
        statement = statement_of(entry["text"])
        unsure = set(entry["unsure"])
        found = {key for key, item in read_items(statement, sentences(statement)).items() if item.present} - unsure
        scores.setdefault(entry["language"], Score()).count(name, found, set(entry["present"]) - unsure)
    return scores


def measure_dates() -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for name, text, labels in seeds():
        _count_date(scores.setdefault("seeds", Score()), name, text, labels["date_of_version"])
    for name, entry in own():
        _count_date(
            scores.setdefault(entry["language"], Score()), name, entry["text"], entry["date_of_version"] or None
        )
    return scores


def _count_date(score: Score, name: str, text: str, wanted: str | None) -> None:
    dated = read_date(statement_of(text))
    score.count(name, {dated.iso} if dated else set(), {wanted} if wanted else set())


def measure_languages() -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for name, text, labels in seeds():
        scores.setdefault("seeds", Score()).count(name, {statement_of(text).language}, {labels["language"]})
    for name, entry in own():
        scores.setdefault(entry["language"], Score()).count(
            name, {statement_of(entry["text"]).language}, {entry["language"]}
        )
    return scores


def declared_samples() -> Iterator[tuple[str, Path, dict[str, float | None]]]:
    """(name, document, cookie -> days) of the samples under declared/."""
    for path in sorted((HERE / "declared").glob("*.json")):
        document = next(other for other in path.parent.glob(f"{path.stem}.*") if other.suffix in {".txt", ".html"})
        yield path.stem, document, json.loads(path.read_text(encoding="utf-8"))["cookies"]


def measure_declared() -> dict[str, Score]:
    """Names with their days, rounded: a right name with a wrong lifetime counts as wrong."""
    score = Score()
    for name, path, wanted in declared_samples():
        mime = "text/html" if path.suffix == ".html" else "text/plain"
        statement = load_bytes(path.read_bytes(), url=f"https://www.example.com/{path.name}", mime_type=mime)
        found = {
            (c.name, None if c.duration_days is None else round(c.duration_days, 1))
            for c in read_declared(statement, sentences(statement))
        }
        score.count(name, found, {(key, None if days is None else round(days, 1)) for key, days in wanted.items()})
    return {"own": score}


def measure_finder() -> dict[str, Score]:
    scores: dict[str, Score] = {}
    for name, page in own("homepages"):
        found = find_in_html(page["html"], page["base"], page["language"])
        score = scores.setdefault(page["language"], Score())
        for role in ("privacy", "cookies", "other"):
            score.count(f"{name} {role}", set(found[role]), set(page[role]))
    return scores


MEASURES = {
    "items": measure_items,
    "dates": measure_dates,
    "language": measure_languages,
    "declared": measure_declared,
    "finder": measure_finder,
}


def main() -> None:
    show_wrong = "--wrong" in sys.argv
    print(f"{'kind':<12}{'part':<8}{'precision':>10}{'recall':>10}{'F1':>8}{'n':>6}")
    for kind, measure in MEASURES.items():
        for part, score in measure().items():
            print(
                f"{kind:<12}{part:<8}{score.precision:>10.3f}{score.recall:>10.3f}{score.f1:>8.3f}{score.hits + score.missed:>6}"
            )
            if show_wrong:
                print("".join(f"    {line}\n" for line in score.wrong), end="")
    assert len(ITEMS) == 23


if __name__ == "__main__":
    main()
