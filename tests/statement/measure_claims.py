"""Precision and recall of claims and vendors on labelled statements: `python -m tests.statement.measure_claims [-v] [NAME …]`.

Prints per group (seeds, development set, its part kept aside, per language) and per kind, and with -v every miss and extra.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from auditor.statement.claims import read_claims
from auditor.statement.vendors import read_vendors, same_vendor
from tests.statement.samples import DEVSET, SEEDS, Sample, samples

FREE_TEXT = frozenset({"children-under-16"})
"""Kinds whose value is a reader's own words: only the kind is compared."""


@dataclass
class Score:
    """Counts of right, missing and extra; `wrong_polarity` counts extras whose opposite is labelled."""

    right: int = 0
    missing: int = 0
    extra: int = 0
    wrong_polarity: int = 0
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missing) if self.right + self.missing else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def count(self, kind: str, what: str) -> None:
        setattr(self, what, getattr(self, what) + 1)
        self.by_kind.setdefault(kind, Counter())[what] += 1

    def line(self, title: str) -> str:
        return f"{title:32} P {self.precision:.3f}  R {self.recall:.3f}  F1 {self.f1:.3f}  ({self.right} right, {self.missing} missing, {self.extra} extra)"


def _key(kind: str, value: object) -> tuple[str, str]:
    if kind in FREE_TEXT:
        return kind, ""
    return kind, " ".join(str(value).lower().split())


def score_claims(group: Iterable[Sample]) -> Score:
    """Claims by (kind, value) over a group of statements."""
    score = Score()
    for sample in group:
        want = {_key(c["kind"], c["value"]): c["quote"] for c in sample.labels["claims"]}
        have = {_key(c.kind, c.value): c for c in read_claims(sample.statement()).claims}
        for key in sorted(want.keys() | have.keys()):
            if key in want and key in have:
                score.count(key[0], "right")
            elif key in want:
                score.count(key[0], "missing")
                score.notes.append(f"  - {sample.name[:26]:26} {key[0]}={key[1]}: {want[key][:140]!r}")
            else:
                score.count(key[0], "extra")
                opposite = {"yes": "no", "no": "yes", "honoured": "not-honoured", "not-honoured": "honoured"}.get(
                    key[1]
                )
                score.wrong_polarity += opposite is not None and (key[0], opposite) in want
                score.notes.append(
                    f"  + {sample.name[:26]:26} {key[0]}={key[1]} [{have[key].phrase}]: {have[key].quote[:140]!r}"
                )
    return score


def score_vendors(group: Iterable[Sample]) -> Score:
    """Vendors by name with aliases, and whether they are used."""
    score = Score()
    for sample in group:
        want = [(v["name"], v.get("used", True)) for v in sample.labels["vendors"]]
        have = list(read_vendors(sample.statement()))
        left = list(want)
        for vendor in have:
            found = next((w for w in left if same_vendor(w[0], vendor.name) and w[1] == vendor.used), None)
            if found:
                left.remove(found)
                score.count("vendor", "right")
            else:
                score.count("vendor", "extra")
                score.notes.append(
                    f"  + {sample.name[:26]:26} vendor {vendor.name} ({vendor.role}, used={vendor.used}): {vendor.quote[:120]!r}"
                )
        for name, used in left:
            score.count("vendor", "missing")
            score.notes.append(f"  - {sample.name[:26]:26} vendor {name} used={used}")
    return score


def groups() -> dict[str, list[Sample]]:
    """Named groups to report, in order."""
    dev = samples(DEVSET)
    named = {"seeds": list(samples(SEEDS))}
    for code in ("nl", "en", "de", "fr"):
        ours = [s for s in dev if s.language == code]
        named[f"{code} worked on"] = [s for s in ours if not s.aside and not s.labels.get("fresh")]
        named[f"{code} aside"] = [s for s in ours if s.aside]
        named[f"{code} fresh"] = [s for s in ours if s.labels.get("fresh")]
    return {name: group for name, group in named.items() if group}


def main() -> None:
    verbose = "-v" in sys.argv
    wanted = [arg for arg in sys.argv[1:] if not arg.startswith("-")]
    total: dict[str, Counter[str]] = {}
    for name, group in groups().items():
        chosen = [s for s in group if not wanted or any(s.name.startswith(w) or w == name for w in wanted)]
        if not chosen:
            continue
        claims, vendors = score_claims(chosen), score_vendors(chosen)
        print(claims.line(f"{name} ({len(chosen)}) claims") + f" polarity errors {claims.wrong_polarity}")
        if verbose:
            print("\n".join(claims.notes))
        print(vendors.line(f"{name} ({len(chosen)}) vendors"))
        if verbose:
            print("\n".join(vendors.notes))
        for kind, counts in claims.by_kind.items():
            total.setdefault(kind, Counter()).update(counts)
    print(f"{'kind':28} right missing extra")
    for kind, counts in sorted(total.items()):
        print(f"{kind:28} {counts['right']:5} {counts['missing']:7} {counts['extra']:5}")


if __name__ == "__main__":
    main()
