"""`auditor whois`: who is behind an address, a host, a cookie or a storage key, as the labeller sees it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from auditor.model import Label
from auditor.trackers import Labeller
from auditor.urls import host_of

VISITED = "https://visited.invalid/"
"""The site a question is asked from: none that exists, so that every host asked about is a third party."""


class QuestionError(ValueError):
    """A question in none of the four forms."""


def answer(question: str, labeller: Labeller) -> dict[str, Any]:
    """Label of `URL`, `HOST`, `cookie:NAME@HOST` or `storage:KEY@HOST` as plain data. Raises QuestionError."""
    question = question.strip()
    label = _label(question, labeller)
    return {
        "input": question,
        "product": label.product,
        "entity": label.entity,
        "country": label.country,
        "category": label.category.value,
        "tracker": label.tracker,
        "purpose": label.purpose,
        "lifetime_days": label.lifetime_days,
        "source": label.source,
        "rule": label.rule,
        "confidence": label.confidence,
    }


def answers(questions: Iterable[str], labeller: Labeller) -> Iterator[dict[str, Any]]:
    """One answer a line; a line that is no question gets an `error` instead of a label."""
    for question in questions:
        if not question.strip():
            continue
        try:
            yield answer(question, labeller)
        except QuestionError as error:
            yield {"input": question.strip(), "error": str(error)}


def _label(question: str, labeller: Labeller) -> Label:
    kind, colon, rest = question.partition(":")
    if colon and kind in {"cookie", "storage"}:
        name, at, host = rest.rpartition("@")
        if not at or not name or not host:
            raise QuestionError(f"expected {kind}:NAME@HOST, found {question[:200]!r}")
        host = host.strip().lstrip(".").lower()
        if kind == "cookie":
            return labeller.cookie(name, domain=host, site=VISITED)
        return labeller.storage(name, origin=f"https://{host}", site=VISITED)
    address = question if "://" in question else f"https://{question}/"
    if not host_of(address) or any(character.isspace() for character in question):
        raise QuestionError(
            f"expected an address, a host, cookie:NAME@HOST or storage:KEY@HOST, found {question[:200]!r}"
        )
    return labeller.request(address, site=VISITED)
