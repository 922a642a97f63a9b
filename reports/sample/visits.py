"""The sample's visits: a shop with a tag manager that lets a pixel loose before any choice, and a refusal that fails."""

from __future__ import annotations

from itertools import count
from typing import Any

from auditor.model import (
    BannerSeen,
    Choice,
    ChoiceResult,
    Conditions,
    Control,
    CookieHeld,
    CookieOffered,
    Failure,
    Navigation,
    Observation,
    Phase,
    RequestSent,
    ScriptCalled,
    StackFrame,
    StorageWritten,
    Visit,
)

SITE = "https://www.fietsenhuis.example.org/"
PAGES = (SITE, f"{SITE}fietsen", f"{SITE}reparatie", f"{SITE}privacy")
STARTED = "2026-11-22T09:30:00+00:00"
GTM = "https://www.googletagmanager.com/gtm.js?id=GTM-W4T3RL"
FBEVENTS = "https://connect.facebook.net/en_US/fbevents.js"
GTAG = "https://www.googletagmanager.com/gtag/js?id=G-5XK0SAMPLE"
PIXEL = (
    "https://www.facebook.com/tr/?id=402881&ev=PageView&dl=https%3A%2F%2Fwww.fietsenhuis.example.org%2F&rl=&if=false"
)
HIT = (
    "https://region1.google-analytics.com/g/collect?v=2&tid=G-5XK0SAMPLE&gtm=45je6b10&_p=1763803801&cid=1203984711.1763803801"
    "&ul=nl-nl&sr=1366x768&dl=https%3A%2F%2Fwww.fietsenhuis.example.org%2F&dt=Fietsenhuis%20Waterland&en=page_view&_ee=1"
)
LINKEDIN = "https://px.ads.linkedin.com/collect/?pid=771204&fmt=js"


class _Log:
    """Collects the observations of one visit and numbers them."""

    def __init__(self) -> None:
        self.all: list[Observation] = []
        self._numbers = count(1)

    def add(self, kind: type[Any], t_ms: int, phase: Phase = Phase.BEFORE, page: int = 0, **more: Any) -> None:
        number = next(self._numbers)
        self.all.append(kind(id=f"o{number}", page=page, frame=PAGES[page], t_ms=t_ms, phase=phase, **more))


def visits() -> tuple[Visit, ...]:
    """No choice twice, accepted, and a refusal that could not be proven."""
    return (
        _visit("none-1", Choice.NONE, ChoiceResult(status="not_tried", reason="visit without choice"), _loose()),
        _visit("none-2", Choice.NONE, ChoiceResult(status="not_tried", reason="visit without choice"), _loose(31)),
        _visit("accept-1", Choice.ACCEPT, _MADE, _accepted()),
        _visit("refuse-1", Choice.REFUSE, _FAILED, _loose(12)),
    )


def _visit(name: str, choice: Choice, result: ChoiceResult, log: _Log) -> Visit:
    return Visit(
        id=name,
        site=SITE,
        choice=choice,
        repeat=int(name[-1]),
        pages=PAGES,
        conditions=_CONDITIONS,
        choice_result=result,
        failure=None,
        recorded=("request", "cookie-offered", "cookie-held", "storage", "script-call", "link", "banner", "navigation"),
        observations=tuple(log.all),
        screenshots={"page-0": f"{name}-page-0.png"},
        duration_ms=18_420 + len(log.all) * 37,
    )


def _loose(later: int = 0) -> _Log:
    """What happens before any choice."""
    log = _Log()
    log.add(
        Navigation, 310 + later, requested=SITE, url=SITE, status=200, title="Fietsenhuis Waterland", language="nl",
        settled_after_ms=2130,
    )  # fmt: skip
    log.add(RequestSent, 12 + later, url=SITE, resource_type="document", status=200, mime_type="text/html")
    log.add(CookieOffered, 240 + later, via="http", raw="PHPSESSID=8c1fsm2k; path=/; HttpOnly", url=SITE, request="o2")
    log.add(RequestSent, 260 + later, url=f"{SITE}theme/style.css", resource_type="stylesheet", status=200)
    log.add(RequestSent, 288 + later, url=GTM, resource_type="script", status=200, initiator=(_frame(SITE),))
    log.add(
        RequestSent,
        512 + later,
        url=FBEVENTS,
        resource_type="script",
        status=200,
        initiator=(_frame(GTM), _frame(SITE)),
    )
    log.add(
        CookieOffered, 842 + later, via="script",
        raw=f"_fbp=fb.1.17638038{later:02d}842.50911477{later:02d}; path=/; domain=.fietsenhuis.example.org; max-age=7776000; samesite=lax",
        url=SITE, stack=(_frame(FBEVENTS, "setCookie", 21), _frame(GTM, "", 480)),
    )  # fmt: skip
    log.add(
        RequestSent, 861 + later, url=PIXEL, resource_type="image", status=200,
        initiator=(_frame(FBEVENTS, "send", 40), _frame(GTM, "", 480)),
    )  # fmt: skip
    log.add(
        RequestSent, 905 + later, url=LINKEDIN, resource_type="script", status=200, initiator=(_frame(GTM, "", 512),)
    )
    log.add(
        StorageWritten,
        930 + later,
        area="local",
        origin=SITE[:-1],
        key="_li_seen",
        value="1763803801",
        stack=(_frame(LINKEDIN),),
    )
    log.add(
        ScriptCalled, 951 + later, api="navigator.sendBeacon", detail=PIXEL[:60], stack=(_frame(FBEVENTS, "send", 44),)
    )
    log.add(CookieHeld, 2400 + later, **_held("PHPSESSID", "8c1fsm2k", None))
    log.add(CookieHeld, 2400 + later, **_held("_fbp", "fb.1.1763803801842.50911477", "2027-02-20T09:30:01+00:00"))
    log.add(BannerSeen, 1900 + later, **_banner())
    if later == 12:
        log.add(Failure, 9100, where="choice", reason="button 'Weigeren' pressed, the banner stayed")
    return log


def _accepted() -> _Log:
    log = _loose(7)
    after = Phase.AFTER
    log.add(
        CookieOffered,
        3300,
        after,
        via="script",
        raw="cc_cookie=%7B%22level%22%3A%5B%22ads%22%5D%7D; max-age=15552000; path=/",
        url=SITE,
    )
    log.add(RequestSent, 3480, after, url=GTAG, resource_type="script", status=200, initiator=(_frame(GTM, "", 88),))
    log.add(
        CookieOffered, 3710, after, via="script",
        raw="_ga=GA1.1.1203984711.1763803801; path=/; expires=Tue, 21 Nov 2028 09:30:03 GMT; domain=fietsenhuis.example.org",
        url=SITE, stack=(_frame(GTAG, "Cu", 311), _frame(GTM, "", 88)),
    )  # fmt: skip
    log.add(
        RequestSent,
        3802,
        after,
        url=HIT,
        method="POST",
        resource_type="ping",
        status=204,
        initiator=(_frame(GTAG, "Cu", 311),),
    )
    log.add(CookieHeld, 6100, after, **_held("_ga", "GA1.1.1203984711.1763803801", "2028-11-21T09:30:03+00:00"))
    return log


def _held(name: str, value: str, expires_at: str | None) -> dict[str, Any]:
    return {
        "name": name, "value": value, "domain": ".fietsenhuis.example.org", "path": "/", "expires_at": expires_at,
        "http_only": name == "PHPSESSID", "secure": False, "same_site": "Lax",
    }  # fmt: skip


def _banner() -> dict[str, Any]:
    return {
        "found_by": "finder", "platform": "vanilla-cookieconsent", "language": "nl", "x": 0, "y": 620, "width": 1366, "height": 148,
        "text": "Wij gebruiken cookies om de webwinkel te laten werken en om u elders reclame te tonen.",
        "screenshot": "banner.png",
        "controls": (
            Control(
                text="Alles accepteren", purpose="accept", tag="button", x=1010, y=660, width=180, height=48, in_view=True,
                colour="#ffffff", background="#0a6b3d", font_size_px=16, font_weight="700",
            ),
            Control(
                text="Weigeren", purpose="refuse", tag="a", x=1220, y=676, width=70, height=18, in_view=True,
                colour="#8a8a8a", background="#ffffff", font_size_px=12, font_weight="400",
            ),
            Control(text="Marketing", purpose="toggle", tag="input", layer=2, checked=True, in_view=False),
        ),
    }  # fmt: skip


def _frame(url: str, function: str = "", line: int | None = None) -> StackFrame:
    return StackFrame(url=url, function=function, line=line)


_MADE = ChoiceResult(
    status="made", how="finder: button 'Alles accepteren'", clicks=1, ms=640,
    verified=("banner gone", "cookie cc_cookie changed", "gone after reload"),
)  # fmt: skip
_FAILED = ChoiceResult(
    status="click_failed",
    how="finder: link 'Weigeren'",
    clicks=1,
    ms=5210,
    reason="the banner was still there after the click",
)
_CONDITIONS = Conditions(
    browser="chromium 156.0.8078.79",
    flags=("--disable-blink-features=AutomationControlled", "--lang=nl-NL"),
    third_party_cookies=True,
    user_agent="Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
    locale="nl-NL",
    timezone="Europe/Amsterdam",
    viewport=(1366, 768),
    started_at=STARTED,
)
