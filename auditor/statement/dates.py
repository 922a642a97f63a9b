"""The date of the version: "laatst gewijzigd op 1 juni 2018", "Versie 2.1 – mei 2023", a date line under the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from auditor.model import Statement

_MONTHS = (
    "januari january januar jänner janvier jan",
    "februari february februar feber février fevrier feb févr",
    "maart march märz mars mrt mar mär",
    "april avril apr avr",
    "mei may mai",
    "juni june juin jun",
    "juli july juillet jul juil",
    "augustus august août aout aug",
    "september septembre sept sep",
    "oktober october octobre okt oct",
    "november novembre nov",
    "december dezember décembre decembre dec dez déc",
)
_MONTH = {name: number for number, names in enumerate(_MONTHS, start=1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTH, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w.])(?:(?P<d1>\d{{1,2}})(?:e|er|st|nd|rd|th|ste|de)?\.?\s*(?:of\s+)?(?P<m1>{_NAMES})\.?,?\s+(?:van\s+)?(?P<y1>(?:19|20)\d\d)"
    rf"|(?P<m2>{_NAMES})\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    rf"|(?P<y3>20\d\d|199\d)[-/.](?P<m3>\d{{1,2}})[-/.](?P<d3>\d{{1,2}})"
    rf"|(?P<d4>\d{{1,2}})\s?(?P<s4>[-/.])\s?(?P<m4>\d{{1,2}})\s?(?P=s4)\s?(?P<y4>(?:19|20)\d\d|\d\d)(?!\d|\.\d)"
    rf"|(?P<m5>{_NAMES})\.?,?\s+(?:van\s+)?(?P<y5>(?:19|20)\d\d)"
    rf"|(?<!\d[-/.])(?P<m6>0?[1-9]|1[0-2])[/-](?P<y6>20\d\d)"
    rf"|(?P<d7>\d{{1,2}})-(?P<m7>{_NAMES})-(?P<y7>(?:19|20)?\d\d)"
    rf")(?!\w)",
    re.IGNORECASE,
)
_CUE = re.compile(
    r"laatst(?:e|elijk)?\s*(?:keer\s*|maal\s*)?(?:gewijzigd|bijgewerkt|aangepast|herzien|geactualiseerd|geüpdatet|ge-?update?t|geupdate|bewerkt|wijziging|aanpassing|herziening|update|versie|bewerking|actualisatie|gepubliceerd|gecontroleerd|opgesteld)"
    r"|(?:gewijzigd|bijgewerkt|aangepast|herzien|geactualiseerd|vastgesteld|opgesteld|gepubliceerd|opgemaakt|geüpdatet|geldig|goedgekeurd)\s*(?:op|d\.d\.|per|sinds|vanaf|:|in|te|door|tot)"
    r"|\bversie(?:datum|nummer)?\b|ingangsdatum|datum(?:\s+(?:van\s+)?(?:ingang|inwerkingtreding|laatste|publicatie|wijziging|vaststelling|versie))?\s*:|publicatiedatum|wijzigingsdatum|inwerkingtreding|in werking(?: getreden)?|van kracht|treedt in|\bd\.d\.|\bdd\.?\s|\bper\s*:?\s*$|\bsinds\b|deze (?:privacy|cookie)?\s*-?(?:verklaring|statement|policy|beleid)[^.]{0,40}\bvan\b"
    r"|last\s+(?:updated|modified|revised|reviewed|amended|changed|update|revision|edited|review)|updated\s*(?:on|:)|effective(?:\s+(?:date|as of|from|since|on))?|revised|version(?:\s+of|\s+date)?\b|date\s+of\s+(?:last|issue|publication|this)|as of\b|dated\b|in force"
    r"|\bstand\b|zuletzt\s+(?:aktualisiert|geändert|überarbeitet|angepasst)|letzte\s+(?:aktualisierung|änderung|anpassung)|aktualisiert\s*am|fassung|gültig\s*(?:ab|seit)|geändert\s*am|in kraft|datum\b|aktuell gültig"
    r"|dernière\s+(?:mise\s+à\s+jour|modification|révision|version|actualisation)|mise?s?\s+à\s+jour|modifiée?\s+le|version\s+(?:du|de|en)|en\s+vigueur|date\s+d[e']|\bentrée en vigueur|applicable\s+(?:depuis|à compter)|màj\b|\bau\s*$",
    re.IGNORECASE,
)
# The date belongs to a law, a deadline, a copyright line or an event, not to the text.
_NOT = re.compile(
    r"©|copyright|\(c\)\s*20|\bavg\b|verordening|\bgdpr\b|\bdsgvo\b|\brgpd\b|\b(?:cookie|privacy|telecommunicatie|nieuwe |europese |eu[- ])?wet\b|wetgeving|\blaw\b|regulation|gesetz|\bloi\b|règlement|richtlijn|directive|richtlinie|privacy shield|uitspraak|arrest|besluit van|commission|commissie|urteil|beschluss|geboren|evenement|nieuws"
    r"|privacywet|uitvoeringsbesluit|decision|adequa|angemessenheit|until|tot en met|\bl\s\d{3}\b|publicatieblad|official journal|\bj\.?o\.?\b",
    re.IGNORECASE,
)
_OWN = re.compile(
    r"laatst|gewijzigd|bijgewerkt|aangepast|herzien|versie|ingangsdatum|last|updated|effective|revised|version|stand|zuletzt|letzte|aktualisiert|fassung|dernière|mise à jour|vigueur|vastgesteld|opgesteld|d\.d\.",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DatedVersion:
    """`iso` is the date; where only a month is given, its first day. `quote == text[start:end]`."""

    iso: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Found:
    iso: str
    start: int
    end: int
    score: float


def read_date(statement: Statement) -> DatedVersion | None:
    """The date of the version, None when the text gives none. Law dates, copyright years and dates of events do not count."""
    text = statement.text
    best: _Found | None = None
    for found in _scored(text):
        if best is None or found.score > best.score or (found.score == best.score and found.iso > best.iso):
            best = found
    if best is None:
        return None
    start, end = _line(text, best.start, best.end)
    return DatedVersion(best.iso, text[start:end], start, end)


def dates_in(text: str) -> Iterator[tuple[str, int, int]]:
    """(ISO date, start, end) of every date written out in a text; impossible dates are left out."""
    for start, end in _windows(text):
        for match in _DATE.finditer(text, start, end):
            iso = _iso(match)
            if iso:
                yield iso, match.start(), match.end()


_YEAR = re.compile(r"(?:19|20)\d\d|\d\s?[-/.]\s?\d\d(?!\d)")


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of the text around years: looking for dates there alone costs a tenth."""
    held: tuple[int, int] | None = None
    for match in _YEAR.finditer(text):
        window = (max(0, match.start() - 30), min(len(text), match.end() + 12))
        if held and window[0] <= held[1]:
            held = (held[0], window[1])
        else:
            if held:
                yield held
            held = window
    if held:
        yield held


def _scored(text: str) -> Iterator[_Found]:
    length = max(1, len(text))
    for iso, start, end in dates_in(text):
        before = _before(text, start)
        line_start, line_end = _line(text, start, end)
        line = text[line_start:line_end]
        rest = line.replace(text[start:end], "")
        cued = bool(
            _CUE.search(before[-90:])
            or re.match(
                r"[\s\W]*(?:\(?(?:laatste? (?:wijziging|update|versie)|version|versie)\b)",
                text[end : end + 40],
                re.IGNORECASE,
            )
        )
        excluded = bool(_NOT.search(before[-70:]) or _NOT.search(_behind(text, end)))
        if cued and excluded:
            # "De AVG is op 25 mei 2018 van kracht" against "Deze verklaring is laatst aangepast op … i.v.m. de AVG"
            excluded = not _OWN.search(before[-45:])
        if excluded:
            continue
        if cued:
            yield _Found(iso, start, end, 3.0 + (0.5 if _OWN.search(before[-60:]) else 0.0))
        elif (
            len(rest.split()) <= 4
            and not re.search(r"\d{3,}", rest)
            and (start < 0.08 * length + 150 or end > 0.94 * length - 100)
        ):
            # a line of its own under the title or at the very end ("Rotterdam, juni 2009")
            yield _Found(iso, start, end, 2.0 if start < 0.08 * length + 150 else 1.5)


# "25 mei 2018 is de nieuwe privacywet van kracht": the law is the subject of the sentence that the date opens.
_ABOUT_LAW = re.compile(
    r"\s*,?\s*(?:is|zijn|geldt|gelden|trad|treedt|ist|gilt|est|a|applies|became|came)\b", re.IGNORECASE
)


def _behind(text: str, end: int) -> str:
    """What stands behind a date and may say that it is another thing's: 25 characters, the rest of the clause after a verb."""
    if not _ABOUT_LAW.match(text, end):
        return text[end : end + 25]
    return re.split(r"[.;:\n]", text[end : end + 70], maxsplit=1)[0]


def _before(text: str, start: int) -> str:
    """What stands before in the same sentence or line, and the line above when the date opens its line."""
    line_start = text.rfind("\n", 0, start) + 1
    piece = text[line_start:start]
    if len(piece.strip(" *_#-|:()")) < 3:
        above = text[max(0, line_start - 80) : line_start].rstrip()
        piece = above[above.rfind("\n") + 1 :] + " " + piece
    cut = max(piece.rfind(". "), piece.rfind("! "), piece.rfind("? "))
    if cut >= 0 and not re.search(r"\b(?:d\.d|bijv|nr|v|art|no|vers)\.?\s*$", piece[:cut], re.IGNORECASE):
        piece = piece[cut + 1 :]
    return piece


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or line around a date, at most 200 characters."""
    left = (
        max(
            text.rfind("\n", 0, start),
            text.rfind(". ", 0, start) + 1
            if text.rfind(". ", 0, start) >= 0 and not text[:start].endswith("d.d. ")
            else -1,
        )
        + 1
    )
    right = text.find("\n", end)
    right = len(text) if right < 0 else right
    stop = text.find(". ", end, right)
    right = stop + 1 if stop >= 0 else right
    if right - left > 200:
        left, right = max(left, start - 90), min(right, end + 40)
    while left < start and text[left].isspace():
        left += 1
    while right > end and text[right - 1].isspace():
        right -= 1
    return left, right


def _iso(match: re.Match[str]) -> str | None:
    for index in range(1, 8):
        year = match.group(f"y{index}")
        if year:
            break
    else:
        return None
    month_text = match.group(f"m{index}").lower()
    month = _MONTH.get(month_text) or (int(month_text) if month_text.isdigit() else 0)
    day = int(match.group(f"d{index}")) if index not in {5, 6} else 1
    full = int(year) if len(year) == 4 else 2000 + int(year)
    if index in {4} and month > 12 >= day:  # 05/25/2018
        month, day = day, month
    try:
        return date(full, month, day).isoformat() if 1995 <= full <= 2100 else None
    except ValueError:
        return None
