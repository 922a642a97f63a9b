"""Which language a text is in: function words first, a statistical model only where these leave doubt."""

from __future__ import annotations

import re
from collections import defaultdict

READ = ("nl", "en", "de", "fr")
"""Languages whose statements are read."""

# The 30 or so most frequent words that tell each language from its neighbours; Afrikaans, Danish and the others are
# there so that they are not taken for Dutch or German.
_WORDS = {
    "nl": "de het een en van wij uw je op te dat voor met zijn niet worden wordt deze naar bij ook als om aan door wat jouw u hebben heeft kunnen gegevens onze ons geen of",
    "en": "the of and to we your you that for with is are this our will may by as not be or have any which information from when us can",
    "de": "der die und wir ihre sie den von zu das mit für ist nicht werden wird auf bei im des eine einer unsere ihrer daten oder durch auch nach uns zur zum",
    "fr": "le la les et des vous nous de du vos à en un une est sont que qui pour par dans sur votre nos ne pas au aux données ce cette avec",
    "af": "die van en het om te vir jou ons wat is nie sal kan hierdie ook deur op by word jy dit as aan",
    "da": "og at vi til for der af med du den det på ikke er som har kan om din dine vores eller et en oplysninger",
    "sv": "och att vi till för som av med du den det på inte är har kan om din dina våra eller ett en uppgifter",
    "no": "og at vi til for som av med du den det på ikke er har kan om din dine våre eller et en opplysninger",
    "es": "el la los las de que y en un una por con para su sus no se del al nos datos usted es o lo como",
    "it": "il la le di che e in un una per con non si del della dei i suoi dati al è o come nel da gli sono",
    "pt": "o a os as de que e em um uma por com para seu seus não se do da dos dados ao é ou como nos na",
    "pl": "i w na z do się nie że jest lub oraz przez dla od o ich które danych są po za może",
    "lb": "an déi den d vun mir op fir ass net mat dat eis är si gëtt een ginn bei",
    "fy": "de it in en fan wy jo op te dat foar mei is net wurde dizze ek as om oan troch ús",
}
_TABLE: dict[str, list[str]] = {}
for _code, _list in _WORDS.items():
    for _word in _list.split():
        _TABLE.setdefault(_word, []).append(_code)

_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_OTHER_SCRIPT = re.compile(r"[\u0370-\u1aff\u2c00-\ud7ff]")
_SAMPLE = 60_000


def detect(text: str, hint: str | None = None) -> str | None:
    """Two-letter code of the language most of the text is in; None when there is too little to tell.

    `hint` (the document's own declaration) decides only where the words leave it open.
    """
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    others = len(_OTHER_SCRIPT.findall(sample))
    if others > len(_LATIN.findall(sample)):
        return _by_model(sample)
    words = [word.lower() for word in _WORD.findall(sample)]
    scores: defaultdict[str, float] = defaultdict(float)
    for word in words:
        codes = _TABLE.get(word)
        if codes:
            for code in codes:
                scores[code] += 1 / len(codes)
    ranked = sorted(scores.items(), key=lambda entry: -entry[1])[:2]
    if not ranked or len(words) < 4:
        return _hinted(hint)
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    if score >= 3 and score >= 1.35 * second and score / len(words) >= 0.08:
        return best
    if len(words) >= 12:
        guess = _by_model(sample)
        return guess if guess else best
    return _hinted(hint) or best


def _hinted(hint: str | None) -> str | None:
    code = (hint or "").strip().lower()[:2]
    return code if len(code) == 2 and code.isalpha() else None


def _by_model(text: str) -> str | None:
    import py3langid

    code, _ = py3langid.classify(text[:20_000])
    return str(code)
