"""What a page stored about the choice: which changes may hold consent, and whether they say yes or no.

Only changes that came with the click count: many platforms write their keys before anyone has chosen.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

from auditor.browser.choose.platforms import stored_names

Answer = Literal["yes", "no", "mixed", "unclear"]

_NAMES = re.compile(
    r"cookie|consent|gdpr|dsgvo|rgpd|(?:^|[^a-z])(?:avg|cmp|tcf|gpp|ccpa|cc)(?:[^a-z]|$)|privacy|opt-?(?:in|out)|toestemming"
    r"|akkoord|einwilligung|zustimmung|banner|notice|accept|reject|declin|agree|permission|tracking-?(?:choice|allowed)",
    re.I,
)
_VALUES = re.compile(
    r"accept|reject|declin|den(?:y|ied)|grant|consent|refus|necessary|essential|functional|marketing|analytic|statistic"
    r"|weiger|akkoord|ablehn|opt-?(?:in|out)|dismiss",
    re.I,
)
# Names under which trackers keep ids: a change there proves what the page did with a choice, not that it kept one.
_TRACKERS = re.compile(
    r"^(?:_ga|_gid|_gat|_gcl|_fb[pc]|_hj|_pk_|_clck|_clsk|_uet|_tt_|_ttp|_pin_|_scid|mp_|ph_|ajs_|amplitude|AMP_|hubspotutk"
    r"|__hs|_dc_gtm|IDE|test_cookie|MUID|li_|lidc|bcookie|NID|_li_|_sp_|_shopify|_y$|_s$|optimizely|_vwo|intercom|__cf|cf_)",
    re.I,
)
_PAIR = re.compile(
    r"[\"']?([A-Za-z][\w.\- ]{0,60}?)[\"']?\s*[:=]\s*[\"']?"
    r"(true|false|1|0|yes|no|allow(?:ed)?|deny|denied|granted|on|off|accepted|rejected|accept|reject|wait)(?![\w])",
    re.I,
)
_ONS = frozenset(["true", "1", "yes", "allow", "allowed", "granted", "on", "accepted", "accept"])
_TRACKING_NAME = re.compile(
    r"market|statist|analy|advert|target|social|perform|track|ad_?storage|ad_?user|ad_?person|C000[2-9]|measure|profil"
    r"|remarket|publicit|werbung|personali[sz]ation|thirdparty|third_party|retarget",
    re.I,
)
_NEUTRAL_NAME = re.compile(
    r"necess|essen|funct|techni|requir|security|noodzak|notwendig|timestamp|stamp|date|time|version|revision|id$|confirmed"
    r"|interact|closed|dismiss|explicit|valid|show|saved|geo|lang|ver$|method|utc|region|expires|hosts?$|C0001|landing|isGpc|browserGpc|consented|preference|comfort",
    re.I,
)
_YES = re.compile(
    r"(?:accepted?(?:[-_ ]?all)?|all(?:ow(?:ed)?(?:[-_ ]?all)?)?|granted|agreed?|opt-?in|consented|akkoord|full)", re.I
)
_NO = re.compile(
    r"(?:reject(?:ed)?(?:[-_ ]?all)?|refused?|den(?:y|ied)(?:[-_ ]?all)?|declined?|disallow(?:ed)?|opt-?out|none"
    r"|(?:only[-_ ]?)?(?:necessary|essential|functional|minimal)(?:[-_ ]?only)?|weigeren?|geweigerd|disagreed?)",
    re.I,
)
_LIST = re.compile(
    r"[\"']?(?:accepted_?)?(?:categories|level|groups|types|purposes|accepted|allowed|consents?)[\"']?\s*[:=]\s*\[([^\]]*)\]",
    re.I,
)
_TCF = re.compile(r"^C[A-Za-z0-9_-]{20,}(?:\.[A-Za-z0-9_-]+)*$")


@dataclass(frozen=True, kw_only=True)
class StateChange:
    """A stored key that came, went or got another value. key: "cookie name@domain"."""

    key: str
    before: str | None
    after: str | None

    @property
    def name(self) -> str:
        return self.key.split(" ", 1)[-1].rsplit("@", 1)[0]

    @property
    def words(self) -> str:
        """For the record: "cookie CookieConsent set"."""
        what = "set" if self.before is None else "removed" if self.after is None else "changed"
        return f"{self.key.rsplit('@', 1)[0]} {what}"


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[StateChange]:
    keys = sorted(before.keys() | after.keys())
    return [
        StateChange(key=key, before=before.get(key), after=after.get(key))
        for key in keys
        if before.get(key) != after.get(key)
    ]


def of_consent(found: Iterable[StateChange]) -> list[StateChange]:
    """Changes that may hold the choice, the surest first: a platform's own key, a telling name, a telling value."""
    ranked = [(rank, change) for change in found if (rank := _rank(change)) is not None]
    return [change for _, change in sorted(ranked, key=lambda pair: pair[0])]


def _rank(change: StateChange) -> int | None:
    if stored_names().fullmatch(change.name):
        return 0
    if _TRACKERS.match(change.name):
        return None
    if _NAMES.search(change.name):
        return 1
    if change.after is not None and _VALUES.search(_plain(change.after)):
        return 2
    # A site's own key with a short value ("melding=1"), written together with the click.
    if change.after is not None and len(change.after) <= 40 and change.key.split(" ", 1)[0] != "session":
        return 3
    return None


def answer_of(found: Iterable[StateChange]) -> tuple[Answer, str | None]:
    """What the changed keys say, and the key that says it. "yes" and "no" only where the value leaves no doubt."""
    verdicts = [(read_value(change.after), change) for change in found if change.after is not None and _speaks(change)]
    clear = [(answer, change) for answer, change in verdicts if answer != "unclear"]
    if not clear:
        return "unclear", None
    answers = {answer for answer, _ in clear}
    answer: Answer = clear[0][0] if len(answers) == 1 else "mixed"
    return answer, clear[0][1].key.rsplit("@", 1)[0]


def _speaks(change: StateChange) -> bool:
    rank = _rank(change)
    return rank is not None and rank <= 2


def read_value(value: str) -> Answer:
    """yes: everything named is allowed; no: everything but the necessary is denied; mixed: some of each."""
    text = _plain(value).strip()
    bare = text.strip("\"' ")
    if _YES.fullmatch(bare):
        return "yes"
    if _NO.fullmatch(bare):
        return "no"
    if _TCF.match(bare) and (tcf := _tcf(bare)):
        return tcf
    named = {name.strip(): word.casefold() in _ONS for name, word in _PAIR.findall(text) if word.casefold() != "wait"}
    tracking = {name: on for name, on in named.items() if _TRACKING_NAME.search(name)}
    if tracking:
        return _sum(tracking.values())
    lists = [part for part in _LIST.findall(text) if part.strip()]
    if lists:
        return _sum_lists(lists)
    others = [on for name, on in named.items() if not _NEUTRAL_NAME.search(name)]
    return _sum(others) if len(others) > 1 else "unclear"


def _sum(values: Iterable[bool]) -> Answer:
    flags = set(values)
    if not flags:
        return "unclear"
    return "mixed" if len(flags) == 2 else ("yes" if flags.pop() else "no")


def _sum_lists(lists: list[str]) -> Answer:
    names = re.findall(r"[\w-]+", " ".join(lists))
    if any(_TRACKING_NAME.search(name) for name in names):
        return "yes"
    return "no" if names and all(_NEUTRAL_NAME.search(name) for name in names) else "unclear"


def _plain(value: str) -> str:
    """Percent-decoded up to twice, base64 of JSON opened."""
    text = unquote(unquote(value))[:8192]
    if re.fullmatch(r"ey[A-Za-z0-9+/_-]{8,}={0,2}", text):
        try:
            return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_").decode()
        except (binascii.Error, UnicodeDecodeError):
            return text
    return text


def _tcf(text: str) -> Answer | None:
    """Purposes 2-10 of a TCF v2 string (IAB, consent string format v2: PurposesConsent at bit 152)."""
    core = text.split(".", maxsplit=1)[0]
    try:
        raw = base64.urlsafe_b64decode(core + "=" * (-len(core) % 4))
    except (binascii.Error, ValueError):
        return None
    bits = "".join(f"{byte:08b}" for byte in raw)
    if len(bits) < 176 or int(bits[:6], 2) != 2:
        return None
    purposes = bits[152:162]
    return "no" if "1" not in purposes else ("yes" if "0" not in purposes[1:4] else "mixed")
