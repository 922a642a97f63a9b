"""Who may import whom: two towers on one ground floor, joined only by the roof."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

GROUND = {"auditor.model", "auditor.artifacts", "auditor.urls", "auditor.cookies", "auditor.languages", "auditor"}
JUDGE = {
    "auditor.statement",
    "auditor.trackers",
    "auditor.checks",
    "auditor.evidence",
    "auditor.audit",
    "auditor.history",
    "reports",
}
OBSERVE = {"auditor.browser"}
ROOF = {
    "auditor.cli",
    "auditor.crawl",
    "auditor.terminal",
    "auditor.reader",
    "auditor.rejudge",
    "auditor.whois",
    "auditor.lists",
    "spiders",
}

# Third-party packages that only one place may know.
ONLY_IN = {
    "bs4": {"auditor.statement"},
    "lxml": {"auditor.statement"},
    "tldextract": {"auditor.urls"},
    "scrapy": {"spiders", "auditor.crawl"},
    "twisted": {"auditor.crawl"},
    "playwright": {"auditor.browser"},
    "pydantic": {"auditor.artifacts"},
    "adblock": {"auditor.trackers"},
    "jinja2": {"reports"},
    "typer": {"auditor.cli"},
    "rich": {"auditor.cli", "auditor.terminal", "auditor.reader"},
}


def _modules() -> Iterator[tuple[str, Path]]:
    for top in ("auditor", "spiders", "reports"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def _imports(path: Path, module: str) -> Iterator[str]:
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            name = ".".join(part for part in (base, node.module or "") if part)
            yield name
            yield from (f"{name}.{alias.name}" for alias in node.names)


def _within(name: str, groups: set[str]) -> bool:
    return any(name == group or name.startswith(f"{group}.") for group in groups)


MODULES = list(_modules())


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _ in MODULES])
def test_a_module_imports_only_what_its_floor_may_know(module: str, path: Path) -> None:
    imports = set(_imports(path, module))
    if module == "auditor.model":
        assert {name.split(".")[0] for name in imports} <= {"__future__", "dataclasses", "enum", "typing"}
    forbidden: set[str] = set()
    if _within(module, GROUND - {"auditor"}):
        forbidden = JUDGE | OBSERVE | ROOF
    elif _within(module, OBSERVE):
        forbidden = JUDGE | ROOF
    elif _within(module, JUDGE):
        forbidden = OBSERVE | ROOF
    wrong = {name for name in imports if _within(name, forbidden)}
    assert not wrong, f"{module} imports {sorted(wrong)}"


@pytest.mark.parametrize(("module", "path"), MODULES, ids=[module for module, _ in MODULES])
def test_a_package_is_known_only_in_its_place(module: str, path: Path) -> None:
    for name in _imports(path, module):
        places = ONLY_IN.get(name.split(".")[0])
        assert places is None or _within(module, places), f"{module} imports {name}, which belongs in {sorted(places)}"


def test_every_module_stands_on_a_floor() -> None:
    floors = GROUND | JUDGE | OBSERVE | ROOF
    assert not [module for module, _ in MODULES if not _within(module, floors)]
