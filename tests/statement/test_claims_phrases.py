"""Every phrase entry reads its own `says` sentences and none of its `silent` ones, in every language that has phrases."""

from __future__ import annotations

import pytest

from auditor import languages
from auditor.model import Block, Statement
from auditor.statement.claims import find_hits
from auditor.statement.phrases import Phrase, book, kinds
from auditor.statement.units import document

CODES = [code for code in languages.codes() if "claims" in languages.load(code)]
PHRASES = [phrase for code in CODES for phrase in book(code).phrases]


def _statement(example: str, code: str) -> Statement:
    """An example: "Heading | Sentence. Sentence." or a single sentence."""
    heading, bar, body = example.partition(" | ")
    if not bar:
        heading, body = "", example
    text = f"{heading}\n\n{body}" if heading else body
    blocks = (Block(type="heading", start=0, end=len(heading), level=2),) if heading else ()
    blocks += (Block(type="paragraph", start=len(text) - len(body), end=len(text)),)
    return Statement(
        url="", role="privacy", found_by="", fetched_at="", sha256=None, language=code, title=None, text=text, blocks=blocks
    )  # fmt: skip


def _fires(phrase: Phrase, example: str) -> bool:
    code = phrase.name.split("/")[0]
    return any(hit.phrase.name == phrase.name for hit in find_hits(book(code), document(_statement(example, code))))


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.name)
def test_says_what_it_should(phrase: Phrase) -> None:
    missed = [example for example in phrase.says if not _fires(phrase, example)]
    assert not missed, f"{phrase.name} does not read: {missed}"


@pytest.mark.parametrize("phrase", [p for p in PHRASES if p.silent], ids=lambda phrase: phrase.name)
def test_is_silent_where_it_should_be(phrase: Phrase) -> None:
    wrong = [example for example in phrase.silent if _fires(phrase, example)]
    assert not wrong, f"{phrase.name} reads: {wrong}"


@pytest.mark.parametrize("code", CODES)
def test_every_listed_kind_has_a_phrase(code: str) -> None:
    have = {phrase.kind for phrase in book(code).phrases}
    wanted = {kind for kind, (_, seen) in kinds().items() if seen != "no"}
    assert not wanted - have, f"{code}: no phrase for {sorted(wanted - have)}"
