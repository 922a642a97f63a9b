"""Which part of a page is the consent banner: every candidate of every frame, read and weighed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from auditor.browser.choose import words
from auditor.browser.choose.words import Meaning
from auditor.browser.choose.worlds import FrameWorld, WorldError, Worlds, closed_roots

THRESHOLD = 5.0  # weighed on the bench in tests/banners: real banners score 6.5 and more, other pop-ups below 4
_TYPED = frozenset({"email", "tel", "text", "password", "textarea", "number", "date"})
_NAME_HINTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "refuse",
        re.compile(r"reject|refuse|decline|deny|disagree|disallow|weiger|ablehn|refus(?:e|er)\b|necessary-?only"),
    ),
    ("accept", re.compile(r"accept|agree|allow|akkoord|zustimm|consent-?(?:give|yes)|opt-?in")),
    ("settings", re.compile(r"settings|preferences|customi[sz]e|manage|options|instellingen")),
    ("close", re.compile(r"(?:^|[\s_-])(?:close|dismiss|sluit\w*)|[a-z]Close\b")),
)
_STRONG_NAME = re.compile(
    r"cookie|consent|gdpr|onetrust|didomi|usercentrics|cmplz|klaro|tarteaucitron|axeptio|iubenda", re.I
)


@dataclass(frozen=True, kw_only=True)
class Pressable:
    """One control of a banner: where it is and what it means. `number` addresses it in its frame's finder."""

    world: FrameWorld = field(repr=False)
    number: int
    text: str
    tag: str
    meaning: Meaning
    toggle: bool
    visible: bool
    in_view: bool
    disabled: bool
    checked: bool | None
    group: str | None  # radio buttons: the name they share
    leads_away: bool  # a link to another document
    href: str | None
    rect: tuple[float, float, float, float]  # in the page's viewport
    look: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.tag} '{' '.join(self.text.split())[:60]}'"

    @property
    def usable(self) -> bool:
        return self.visible and not self.disabled


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """What we take for a banner."""

    world: FrameWorld = field(repr=False)
    number: int
    manner: str  # dialog, fixed, sticky, absolute, static, frame
    text: str
    names: str
    rect: tuple[float, float, float, float]
    controls: tuple[Pressable, ...]
    score: float

    def of(self, purpose: str) -> list[Pressable]:
        """Usable controls of a purpose, the clearest first."""
        found = [c for c in self.controls if c.usable and not c.toggle and c.meaning.purpose == purpose]
        return sorted(found, key=lambda c: (-c.meaning.strength, c.leads_away, not c.in_view))

    @property
    def deciding(self) -> list[int]:
        """Numbers of the controls whose going shows that the banner went."""
        return [c.number for purpose in ("accept", "refuse", "save", "settings") for c in self.of(purpose)]

    @property
    def toggles(self) -> list[Pressable]:
        return [c for c in self.controls if c.toggle and c.visible]

    @property
    def fingerprint(self) -> frozenset[tuple[str, str, bool | None]]:
        """What a visitor can press in it: changes when another layer opens."""
        return frozenset((c.tag, c.text, c.toggle or None) for c in self.controls if c.visible)


async def look(page_worlds: Worlds, language: str | None, *, after: Sighting | None = None) -> list[Sighting]:
    """Banners on the page as it stands, the likeliest first.

    `after`: the layer whose settings were opened, so that switches and names of categories count as cues. Closed
    shadow roots are opened only when nothing else is found: that costs a copy of the whole document.
    Raises WorldError when the main frame does not answer.
    """
    frames = await page_worlds.frames()
    found = [s for world in frames for s in await _in_frame(world, language, after, ())]
    if found:
        return sorted(found, key=lambda s: -s.score)
    for world in frames:
        try:
            roots = await closed_roots(world)
        except WorldError:
            continue
        if roots:
            found += await _in_frame(world, language, after, roots)
    return sorted(found, key=lambda s: -s.score)


async def _in_frame(
    world: FrameWorld, language: str | None, after: Sighting | None, roots: tuple[str, ...]
) -> list[Sighting]:
    cue, hint = words.page_patterns()
    deeper = after is not None
    if deeper:
        cue += "|" + words.CATEGORY_WORDS
    also = [after.number] if after is not None and after.world is world else []
    floats = world.layered or bool(_STRONG_NAME.search(world.names))
    options = {"cue": cue, "hint": hint, "frameLayered": floats, "deeper": deeper, "also": also}
    try:
        survey = await world.call("survey", options, objects=roots)
        x, y, scale = await world.origin()
    except WorldError:
        if world.parent is None:
            raise
        return []
    found = []
    for raw in survey["candidates"]:
        sighting = _weigh(world, raw, (x, y, scale), language, floats, deeper)
        if sighting.score >= THRESHOLD:
            found.append(sighting)
    return found


def _weigh(
    world: FrameWorld,
    raw: dict[str, Any],
    origin: tuple[float, float, float],
    language: str | None,
    floats: bool,
    deeper: bool,
) -> Sighting:
    controls = tuple(_pressable(world, each, origin, language) for each in raw["controls"])
    sighting = Sighting(
        world=world,
        number=raw["i"],
        manner=raw["manner"],
        text=raw["text"],
        names=raw["names"] + " " + world.names,
        rect=_place(raw["rect"], origin),
        controls=controls,
        score=0,
    )
    score = _score(sighting, raw, floats, deeper)
    return Sighting(**{**sighting.__dict__, "score": score})


def _score(seen: Sighting, raw: dict[str, Any], floats: bool, deeper: bool) -> float:
    """Points for what banners have and others lack; see THRESHOLD. 0 where a banner is out of the question."""
    accept, refuse, settings, save = (seen.of(p) for p in ("accept", "refuse", "settings", "save"))
    close = seen.of("close")
    floating = floats or seen.manner in {"dialog", "fixed", "sticky", "frame"}
    edge = raw["atTop"] or raw["atBottom"]
    strong, weak = words.count_cues("strong", seen.text), words.count_cues("weak", seen.text)
    named = bool(_STRONG_NAME.search(seen.names))
    decides = bool(accept or refuse or save) or (deeper and bool(seen.toggles))
    if not decides and not (close and strong and (floating or edge)):
        return 0
    if strong and not (weak or refuse or settings or named or deeper or words.count_cues("use", seen.text)):
        return 0  # cookies to eat
    if not (strong or weak >= 2 or (named and (weak or accept or refuse)) or deeper):
        return 0
    if not floating and raw["inContent"] and not edge and not (named and refuse and (settings or save)):
        return 0  # a placeholder for a film or map, or an article about cookies
    score = min(strong, 1) * 3.0 + min(weak, 3) * 0.8 + named * 1.5
    score += 2 if floating else (1.5 if edge else 0.5 if seen.manner == "absolute" else -2)
    score += 2 * bool(accept) + 2 * bool(refuse) + 1 * bool(settings) + 1 * bool(save) + 0.5 * bool(close)
    score += 0.5 * bool(seen.toggles) + (1.5 if deeper and seen.toggles else 0)
    return score - _against(seen, raw, floating, bool(refuse or settings or save), named)


def _against(seen: Sighting, raw: dict[str, Any], floating: bool, layered_choice: bool, named: bool) -> float:
    """Points against: forms to fill in, words of other pop-ups, placeholders of embedded media, whole page parts."""
    against = 0.0
    typed = _TYPED.intersection(raw["inputs"])
    if "password" in typed:
        against += 5
    elif typed:
        against += 4 if not layered_choice else 1
    others = words.count_cues("other_popups", seen.text)
    strong = words.count_cues("strong", seen.text)
    if others and not (strong and layered_choice):
        against += min(others, 3) * (1.0 if strong else 2.0)
    if not floating and words.count_cues("placeholder", seen.text) and not layered_choice:
        against += 4
    plain_links = sum(1 for c in seen.controls if c.visible and c.leads_away and c.meaning.purpose in {"other", "link"})
    if plain_links > 12 and not named:
        against += 4
    return against


def _pressable(
    world: FrameWorld, raw: dict[str, Any], origin: tuple[float, float, float], language: str | None
) -> Pressable:
    text = raw["text"] or raw["label"]
    return Pressable(
        world=world,
        number=raw["i"],
        text=text,
        tag=raw["role"] if raw["role"] in {"switch", "checkbox"} else raw["tag"],
        meaning=words.OTHER if raw["toggle"] else meaning_of(raw, language),
        toggle=raw["toggle"],
        visible=raw["visible"],
        in_view=raw["inView"],
        disabled=raw["disabled"],
        checked=raw["checked"],
        group=raw["group"],
        leads_away=_leads_away(raw),
        href=raw["href"],
        rect=_place(raw["rect"], origin),
        look={
            "colour": raw["colour"],
            "background": raw["background"],
            "font_size_px": raw["fontSize"],
            "font_weight": raw["fontWeight"],
        },
    )


def meaning_of(raw: dict[str, Any], language: str | None) -> Meaning:  # noqa: PLR0911 - a list of rules
    """What a control means by its text, else by its label, else (weakly) by its own name in the page's code."""
    by_text = words.read(raw["text"], language)
    by_label = words.read(raw["label"], language) if raw["label"] != raw["text"] else words.OTHER
    if {by_text.purpose, by_label.purpose} == {"accept", "refuse"}:
        return Meaning(purpose="other", doubt="its text and its label say opposite things")
    if by_text.purpose == "close" and by_label.purpose == "refuse":
        return by_label  # a cross labelled "continue without accepting"
    if by_text.purpose != "other" or by_text.doubt:
        return by_text
    if by_label.purpose != "other" or by_label.doubt:
        return by_label
    if raw["tag"] == "a" and _leads_away(raw):
        return words.OTHER
    if len(words.words_of(raw["text"])) > 6:
        return words.OTHER
    hints = [purpose for purpose, pattern in _NAME_HINTS if pattern.search(raw["hint"].casefold())]
    if not hints or {"accept", "refuse"} <= set(hints):
        return words.OTHER
    return Meaning(purpose=hints[0], strength=0.8, known=0.3)  # type: ignore[arg-type]


def _leads_away(raw: dict[str, Any]) -> bool:
    href = (raw["ownHref"] or "").strip()
    return bool(href) and not href.startswith(("#", "javascript:")) and raw["tag"] == "a" and raw["role"] != "button"


def _place(rect: list[float], origin: tuple[float, float, float]) -> tuple[float, float, float, float]:
    x, y, scale = origin
    return (
        round(x + rect[0] * scale, 1),
        round(y + rect[1] * scale, 1),
        round(rect[2] * scale, 1),
        round(rect[3] * scale, 1),
    )
