"""Lifetimes as statements word them, in days: "2 jaar", "13 maanden", "einde sessie", "30 Minuten", "1 an", "P1Y"."""

from __future__ import annotations

import re

_UNITS: tuple[tuple[str, float], ...] = (
    (r"milliseconden|milliseconds?|millisekunden|millisecondes?|ms", 1 / 86_400_000),
    (r"seconden?|secondes?|seconds?|sekunden?|secs?|sec|sek", 1 / 86_400),
    (r"minuten|minuut|minutes?|minuuten|mins?|min", 1 / 1440),
    (r"uren|uur|hours?|stunden?|heures?|hrs?|std|u|h", 1 / 24),
    (r"dagen|dag|days?|tagen|tage|tag|jours?|werkdagen|d", 1.0),
    (r"weken|week|weeks?|wochen|woche|semaines?|wk", 7.0),
    (r"maanden|maand|mnd|months?|monaten|monate|monats|monat|mois|mnth|mo", 365.25 / 12),
    (r"jaren|jaar|jr|years?|yrs?|jahren|jahre|jahres|jahr|ann[ée]es?|ans?|yr|y|j|a", 365.0),
)
_UNIT = "|".join(f"(?P<u{index}>{names})" for index, (names, _) in enumerate(_UNITS))
_WORDS = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien twintig",
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig",
    "fr": "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt",
}
_NUMBERS: dict[str, float] = {
    word: float(value) for words in _WORDS.values() for value, word in enumerate(words.split())
}
_NUMBERS |= {
    "één": 1.0,
    "eén": 1.0,
    "eine": 1.0,
    "einen": 1.0,
    "einem": 1.0,
    "einer": 1.0,
    "eines": 1.0,
    "une": 1.0,
    "an": 1.0,
    "a": 1.0,
    "dertig": 30.0,
    "thirty": 30.0,
    "dreißig": 30.0,
}
_NUMBERS |= {
    "trente": 30.0,
    "vierentwintig": 24.0,
    "vierundzwanzig": 24.0,
    "twenty-four": 24.0,
    "vingt-quatre": 24.0,
    "zesentwintig": 26.0,
    "half": 0.5,
    "halb": 0.5,
    "halbes": 0.5,
    "demi": 0.5,
}
_NUMBERS |= {
    "sixty": 60.0,
    "zestig": 60.0,
    "ninety": 90.0,
    "negentig": 90.0,
    "sechzig": 60.0,
    "neunzig": 90.0,
    "twenty-six": 26.0,
    "anderhalf": 1.5,
    "anderthalb": 1.5,
}
_NUMBER = (
    r"(?P<number>\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+(?:[.,]\d+)?|(?<![\w-])(?:"
    + "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
    + r")(?![\w-]))"
)
_AMOUNT = re.compile(
    _NUMBER
    + r"\s*(?:\(\s*(?:\d+|[a-zé]+)\s*\)\s*)?(?:volle |hele |full |vollen? )?-?\s*(?:"
    + _UNIT
    + r")\b\.?(?:\(?[ens]{1,2}\))?",
    re.IGNORECASE,
)
_HALF = re.compile(
    r"\b(?P<lead>half|halb(?:es)?|demi|six-month)[- ]?(?P<unit>jaar|jahr|year|uur|stunde|hour|heure|ann[ée]e)",
    re.IGNORECASE,
)
_SESSION = re.compile(
    r"\bsess(?:ie|ion)|\bsitzung|\bend of (?:the )?(?:browser|visit|session)|(?:sluit|sluiten|afsluit|afsluiten|gesloten)[^.]{0,30}browser|browser[^.]{0,40}(?:sluit|sluiten|afsluit|gesloten|close|schlie|geschlossen|ferm)"
    r"|\bclos(?:e|ing)[^.]{0,20}browser|fermeture[^.]{0,20}navigateur|navigateur[^.]{0,20}ferm|schließen[^.]{0,20}browser|tot (?:het )?einde (?:van )?(?:het )?bezoek",
    re.IGNORECASE,
)
_FOR_EVER = re.compile(
    r"\bpersist|\bperman?ent|\bonbeperkt|\bblijvend|\bunbegrenzt|\bunbeschränkt|\bdauerhaft|\bnever\b|\bnooit\b|\bnie\b|\bjamais\b|\bunlimited|\billimit|\bindefinite|local ?storage|\blokale opslag",
    re.IGNORECASE,
)
_ISO = re.compile(r"^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")


def duration_days(text: str, language: str | None = None) -> float | None:
    """Days of the longest lifetime the text gives; 0 for a session, None when it gives none or says "persistent".

    A month counts 365.25/12 days, a year 365. Several amounts joined by "en"/"and" ("1 jaar en 1 maand", "1 year 24
    days") are added. `language` settles words that differ between languages ("an" is a year in French, one in English).
    """
    words = " ".join(text.replace("\u00a0", " ").split()).strip()
    if iso := _iso(words):
        return iso
    amounts = [
        (match.start(), match.end(), value)
        for match in _AMOUNT.finditer(words)
        if (value := _value(match, language)) is not None
    ]
    if amounts:
        return max(_joined(words, amounts))
    half = _HALF.search(words)
    if half:
        return {"j": 182.5, "y": 182.5, "a": 182.5}.get(half.group("unit")[0].lower(), 1 / 48)
    if _SESSION.search(words):
        return 0.0
    if _FOR_EVER.search(words):
        return None
    return _bare(words, language)


def is_persistent(text: str) -> bool:
    """Whether a lifetime is worded as without end ("persistent", "onbeperkt")."""
    return bool(_FOR_EVER.search(text))


def session_span(text: str) -> tuple[int, int] | None:
    """Where a text says that something lasts for the session ("sessie", "zodra u de browser sluit"); None where it does not."""
    match = _SESSION.search(text)
    return match.span() if match else None


def amounts(text: str, language: str | None = None) -> list[tuple[int, int, float]]:
    """(start, end, days) of every amount of time in the text, in order."""
    return [(m.start(), m.end(), value) for m in _AMOUNT.finditer(text) if (value := _value(m, language)) is not None]


def _value(match: re.Match[str], language: str | None) -> float | None:
    word = match.group("number").lower()
    index = next(i for i in range(len(_UNITS)) if match.group(f"u{i}"))
    unit = match.group(f"u{index}").lower()
    if word in _NUMBERS:
        if word in {"an", "a"} and (language or "en") != "en":
            return None
        if len(unit) == 1:
            return None  # "een u": a word, not a unit
        number = _NUMBERS[word]
    else:
        number = _digits(word)
    if unit in {"a", "an", "ans", "année", "années", "annee", "annees"} and language not in {"fr", None}:
        return None
    if unit in {"a", "u", "d", "j", "y", "h", "mo"} and not word[:1].isdigit():
        return None
    return number * _UNITS[index][1]


def _digits(word: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", word):
        return float(re.sub(r"[.,]", "", word))
    return float(word.replace(",", "."))


_JOINT = re.compile(r"\s*(?:,|en|and|und|et|&|\+)?\s*")


def _joined(words: str, amounts: list[tuple[int, int, float]]) -> list[float]:
    """Amounts with adjoining ones added, larger unit first ("1 jaar en 1 maand")."""
    sums: list[float] = []
    last_end, last_value = -1, 0.0
    for start, end, value in amounts:
        if sums and value < last_value and _JOINT.fullmatch(words, last_end, start):
            sums[-1] += value
        else:
            sums.append(value)
        last_end, last_value = end, value
    return sums


_UNIT_ONLY = re.compile(
    r"^(?:een|één|1|ein(?:e)?|un(?:e)?|a|an|one)?\s*(?P<unit>dag|week|maand|jaar|uur|day|month|year|hour|tag|woche|monat|jahr|stunde|jour|semaine|mois|an|heure)$",
    re.IGNORECASE,
)


def _bare(words: str, language: str | None) -> float | None:
    found = _UNIT_ONLY.match(words.strip(" ."))
    if not found:
        return None
    return duration_days(f"1 {found.group('unit')}", "fr" if found.group("unit").lower() == "an" else language)


def _iso(words: str) -> float | None:
    found = _ISO.match(words)
    if not found or not any(found.groups()):
        return None
    factors = (365.0, 365.25 / 12, 7.0, 1.0, 1 / 24, 1 / 1440, 1 / 86_400)
    return sum(int(value) * factor for value, factor in zip(found.groups(), factors, strict=True) if value)
