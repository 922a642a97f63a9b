"""The words of the report in one language, with numbers, dates and durations as that language writes them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

LANGUAGES = ("nl", "en")


class WordsError(Exception):
    """A language or a text that the report does not have: expected, found, where."""


@dataclass(frozen=True)
class Words:
    """Texts of one language. `texts` is flat: "answer.title" -> text; a text may hold {named} places."""

    language: str
    texts: dict[str, str]
    numbers: tuple[str, ...]
    months: tuple[str, ...]

    def __call__(self, key: str, **values: object) -> str:
        """The text for a key. With `n`, "key.one" or "key.other" is taken where it exists; {n} gives n in words.

        Raises WordsError when there is no such text: a missing word must break a test, not a sentence.
        """
        count = values.get("n")
        if isinstance(count, int):
            key = self._counted(key, count)
            values |= {"n": self.number(count), "N": self.number(count).capitalize()}
        if key not in self.texts:
            raise WordsError(
                f"expected a text for {key!r}, found none in reports/languages/{self.language}.toml; add it"
            )
        text = self.texts[key]
        # Only our own text is a format string; what is filled in is never read again.
        return text.format(**values) if values else text

    def _counted(self, key: str, count: int) -> str:
        for form in ("zero",) if count == 0 else ("one",) if count == 1 else ():
            if f"{key}.{form}" in self.texts:
                return f"{key}.{form}"
        return f"{key}.other" if f"{key}.other" in self.texts else key

    def named(self, table: str, name: str) -> str:
        """The word for a name of the vocabulary; the name itself, without hyphens, for one that is newer than the words."""
        return self.texts.get(f"{table}.{name}") or name.replace("-", " ").replace("_", " ")

    def claim(self, kind: str, detail: str | None) -> str:
        """What a claim says; some kinds say something else with a detail (the IP address masked, or not sent at all)."""
        return self.texts.get(f"claim.{kind}-{detail}") or self.named("claim", kind)

    def number(self, count: int) -> str:
        """Up to twelve in words, then in figures with the language's thousands mark."""
        return self.numbers[count] if 0 <= count < len(self.numbers) else self.figure(count)

    def figure(self, count: int) -> str:
        mark = self.texts["format.thousands"]
        return f"{count:,}".replace(",", mark)

    def date(self, moment: str | None, *, time: bool = True) -> str:
        """An ISO moment as "22 November 2026, 01:13 UTC"; the text as given when it is not one, a dash for None."""
        if not moment:
            return self.texts["format.none"]
        try:
            when = datetime.fromisoformat(moment)
        except ValueError:
            return moment
        day = f"{when.day} {self.months[when.month - 1]} {when.year}"
        return f"{day}, {when:%H:%M} UTC" if time and "T" in moment else day

    def duration(self, days: float | None) -> str:
        """A lifetime in the unit a reader expects; None is a session cookie."""
        if days is None:
            return self("duration.session")
        if days <= 0:
            return self("duration.deleted")
        if days < 1:
            return self._minutes(round(days * 1440))
        # A year and a month as cookie makers count them: 365 and 30 days, a few hours of rounding allowed.
        for unit, size in (("years", 365.0), ("months", 30.0)):
            count = days / size
            if count >= 0.99 and abs(count - round(count)) < 0.02:
                return self._amount(unit, round(count), round(days))
        return self._amount("days", round(days), None)

    def _minutes(self, minutes: int) -> str:
        if minutes >= 60 and minutes % 60 == 0:
            return self._amount("hours", minutes // 60, None)
        return self._amount("minutes", minutes, None) if minutes else self("duration.seconds")

    def _amount(self, unit: str, count: int, days: int | None) -> str:
        form = "one" if count == 1 else "other"
        text = f"{self.figure(count)} {self.texts[f'duration.{unit}.{form}']}"
        return (
            text
            if days is None or unit == "days"
            else f"{text} ({self.figure(days)} {self.texts['duration.days.other']})"
        )


@cache
def words(language: str) -> Words:
    """The words for "nl" or "en". Raises WordsError for another language."""
    if language not in LANGUAGES:
        raise WordsError(f"expected a report language {' or '.join(LANGUAGES)}, found {language!r}; give one of these")
    tables = _file(language) | _file(f"{language}.vocabulary")
    numbers, months = tuple(tables["format"].pop("numbers")), tuple(tables["format"].pop("months"))
    return Words(language=language, texts=dict(_flat(tables)), numbers=numbers, months=months)


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads(resources.files("reports").joinpath("languages", f"{name}.toml").read_text("utf-8"))


def _flat(table: dict[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for key, value in table.items():
        pairs += _flat(value, f"{prefix}{key}.") if isinstance(value, dict) else [(f"{prefix}{key}", str(value))]
    return pairs
