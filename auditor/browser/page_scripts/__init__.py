"""Scripts that run in pages. Kept as .js files, read once."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def script(name: str) -> str:
    """The text of `<name>.js`."""
    return resources.files(__name__).joinpath(f"{name}.js").read_text(encoding="utf-8")
