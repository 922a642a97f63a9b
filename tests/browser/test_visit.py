"""Visits to planted sites in a real Chromium: what is recorded, and what becomes of sites that misbehave."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from auditor.browser.launch import Browsers
from auditor.browser.visit import visit
from auditor.model import (
    BannerSeen,
    Choice,
    ConsentSignal,
    CookieHeld,
    CookieOffered,
    Failure,
    FormFound,
    LinkSeen,
    Navigation,
    Phase,
    RequestSent,
    ScriptCalled,
    StorageWritten,
    Visit,
    VisitPlan,
)
from tests.browser.local_sites import LocalSites, closed_port
from tests.browser.planted import SITES

AT_ONCE = 4
VISITED = [name for name in SITES if name not in {"middle", "inner", "elsewhere", "third", "asking"}]
CHANGES = {
    "huge": {"max_bytes": 2_000_000},
    "storm": {"max_requests": 100},
    "silent": {"time_limit_s": 4.0},
    "signals": {"dnt": True, "gpc": True, "language": "nl"},
    "late": {"settle_quiet_ms": 1000, "settle_floor_ms": 1000, "settle_cap_ms": 6000},
    "links": {"pages": ("{site}contact", "{site}folder.pdf")},
    "dialogs": {"pages": ("{site}next",)},
}


def of(visit: Visit, kind: type, **wanted: object) -> list:
    """Observations of one class whose fields have the wanted values."""
    return [o for o in visit.observations if isinstance(o, kind) and all(getattr(o, k) == v for k, v in wanted.items())]


def paths(visit: Visit) -> list[str]:
    return [o.url.split("/", 3)[3] for o in of(visit, RequestSent)]


@pytest.fixture(scope="session")
def visits(runner: asyncio.Runner, browsers: Browsers, local_sites: LocalSites, tmp_path_factory) -> dict[str, Visit]:
    """All planted sites visited without a choice, a few at once."""
    shots = str(tmp_path_factory.mktemp("shots"))
    turn = asyncio.Semaphore(AT_ONCE)

    async def one(name: str) -> Visit:
        site = local_sites.url(name)
        plan = VisitPlan(
            site=site,
            choice=Choice.NONE,
            pages=(),
            screenshots_dir=shots,
            settle_quiet_ms=500,
            settle_floor_ms=500,
            settle_cap_ms=2500,
            time_limit_s=40,
        )
        changes = {
            k: tuple(p.format(site=site) for p in v) if k == "pages" else v for k, v in CHANGES.get(name, {}).items()
        }
        async with turn:
            return await visit(browsers, replace(plan, **changes), keep_html=lambda url: url.endswith("/contact"))

    async def every() -> dict[str, Visit]:
        return dict(zip(VISITED, await asyncio.gather(*map(one, VISITED)), strict=True))

    return runner.run(every())


def failing(runner: asyncio.Runner, browsers: Browsers, site: str) -> str:
    seen = runner.run(visit(browsers, VisitPlan(site=site, choice=Choice.NONE, pages=(), time_limit_s=20)))
    assert seen.choice_result.status == "not_tried"
    return seen.failure or ""


# --- what a page does


def test_timers_up_to_five_seconds_are_waited_for(visits):
    seen = visits["late"]
    assert of(seen, StorageWritten, key="at2500")
    assert of(seen, CookieOffered, raw="at4900=1")
    assert "at4900" in paths(seen)
    assert of(seen, Navigation)[0].settled_because in {"quiet", "cap"}


def test_frames_in_frames_of_other_sites_are_recorded(visits):
    seen = visits["nested"]
    assert {o.name for o in of(seen, CookieHeld)} == {"m", "i"}
    assert of(seen, CookieOffered, via="script")[0].frame.startswith("http://inner.")
    assert of(seen, StorageWritten, key="deep")[0].origin.startswith("http://inner.")
    assert "deep" in paths(seen)


def test_workers_of_all_sorts_are_recorded_from_their_first_request(visits):
    assert {"from-worker", "from-second-worker", "from-shared-worker"} <= set(paths(visits["workers"]))


def test_a_service_worker_is_recorded_and_its_cookie_is_in_the_jar(visits):
    seen = visits["service"]
    (asked,) = [o for o in of(seen, RequestSent) if o.url.endswith("/from-service-worker")]
    assert asked.initiator_type == "service-worker"
    assert of(seen, CookieHeld, name="by_sw")


def test_each_hop_of_a_redirect_keeps_its_own_status_and_cookies(visits):
    seen = visits["redirects"]
    hops = of(seen, RequestSent, resource_type="document")
    assert [hop.status for hop in hops] == [302, 301, 307, 200]
    assert [hop.redirected_from for hop in hops] == [None, hops[0].id, hops[1].id, hops[2].id]
    offered = {o.raw: o.request for o in of(seen, CookieOffered) if o.raw.startswith("hop")}
    assert offered == {f"hop{n}=1": hops[n - 1].id for n in (1, 2, 3, 4)}
    assert seen.pages[0].endswith("/end")
    first, second = [o for o in of(seen, RequestSent) if "pixel" in o.url]
    assert (first.status, second.redirected_from) == (302, first.id)


def test_cookies_are_recorded_raw_with_their_refusals_and_writers(visits, local_sites):
    seen = visits["cookies"]
    tag = local_sites.url("cookies", "/tag.js")
    http = {o.raw: o.blocked_reasons for o in of(seen, CookieOffered, via="http")}
    assert http["secret=1; HttpOnly; Max-Age=86400"] == ()
    assert http["foreign=1; Domain=example.org"] == ("InvalidDomain",)
    assert http["lax=1; SameSite=Lax"] in {("SameSiteLax",), ("SchemefulSameSiteLax",)}
    script = {o.raw.split("=")[0]: o for o in of(seen, CookieOffered, via="script")}
    assert set(script) == {"by_tag", "by_eval", "by_timer", "by_store"}
    assert {o.stack[0].url for o in script.values()} == {tag}
    assert (script["by_tag"].stack[0].function, script["by_tag"].stack[0].line) == ("plant", 1)
    held = {o.name: o for o in of(seen, CookieHeld)}
    assert set(held) == {"plain", "secret", "by_tag", "by_eval", "by_timer", "by_store", "tp"}
    assert held["secret"].http_only and held["secret"].expires_at and held["plain"].expires_at is None
    assert held["tp"].domain == "third.localhost"


def test_a_request_names_the_script_that_asked_and_the_cookies_it_carried(visits, local_sites):
    (asked,) = [o for o in of(visits["cookies"], RequestSent) if o.url.endswith("/asked-by-tag.gif")]
    assert asked.initiator[0].url == local_sites.url("cookies", "/tag.js")
    assert {"plain", "secret", "by_tag"} <= set(asked.cookies_sent)


def test_storage_is_recorded_once_by_call_and_by_property(visits):
    seen = of(visits["storage"], StorageWritten)
    found = sorted((o.area, o.key, o.value) for o in seen)
    assert found == [
        ("cache", "store", None),
        ("indexeddb", "base", None),
        ("local", "assigned", "b"),
        ("local", "called", "a"),
        ("local", "called", "a2"),
        ("local", "from_srcdoc", "1"),
        ("session", "tab", "c"),
    ]
    called = next(o for o in seen if o.value == "a")
    assert called.stack[0].url.endswith("/store.js")


def test_calls_beacons_and_sockets_are_recorded(visits):
    seen = visits["calls"]
    assert {o.api for o in of(seen, ScriptCalled)} == {
        "Navigator.sendBeacon",
        "Geolocation.getCurrentPosition",
        "HTMLCanvasElement.toDataURL",
        "Permissions.query",
        "EventTarget.addEventListener",
    }
    (beacon,) = of(seen, RequestSent, resource_type="ping")
    assert (beacon.method, beacon.body) == ("POST", "cargo")
    assert of(seen, RequestSent, resource_type="websocket")
    assert [o.body for o in of(seen, RequestSent) if o.url.endswith("/json")] == ['{"who":"me"}']


def test_a_page_that_breaks_its_builtins_is_recorded_and_sees_nothing_of_it(visits):
    seen = visits["hostile"]
    assert of(seen, CookieOffered, raw="kept=1")
    assert of(seen, StorageWritten, key="kept", value="yes")
    assert [o.value for o in of(seen, StorageWritten, key="signs")] == ["."]
    assert all(0 <= o.t_ms < 30_000 for o in seen.observations)


def test_links_have_places_forms_have_fields_and_asked_documents_are_kept(visits, local_sites):
    seen = visits["links"]
    links = {o.text: o for o in of(seen, LinkSeen, page=0)}
    assert {text: link.place for text, link in links.items()} == {
        "Dienst A": "nav",
        "Dienst B": "nav",
        "Nieuws": "main",
        "Cookies": "banner",
        "Contact": "footer",
        "Folder": "footer",
        "Mail": "footer",
    }
    assert links["Contact"].url == local_sites.url("links", "/contact")
    (form,) = of(seen, FormFound, page=0)
    assert (form.method, form.fields) == ("post", ("email:e",))
    assert of(seen, ConsentSignal)[0].detail == '["consent","default",{"ad_storage":"denied"}]'
    assert "verborgen tekst" in seen.documents[local_sites.url("links")]
    assert "pagina /contact" in seen.documents[local_sites.url("links", "/contact")]
    assert (of(seen, Navigation)[0].language, of(seen, Navigation)[0].title) == ("nl", "planted")


def test_a_screenshot_lies_beside_the_record(visits):
    assert visits["links"].screenshots["page-0"] == "none-1-home.jpg"


def test_signals_language_and_clock_are_the_visitors(visits, local_sites):
    stored = {o.key: o.value for o in of(visits["signals"], StorageWritten)}
    assert stored == {"gpc": "true", "dnt": "1", "lang": "nl-NL,nl,en-US,en 1"}
    headers = next(headers for host, _, headers in local_sites.seen if host == "signals")
    assert (headers["dnt"], headers["sec-gpc"]) == ("1", "1")
    assert headers["accept-language"].startswith("nl-NL,nl;q=0.9")
    assert "headless" not in (headers["user-agent"] + headers.get("sec-ch-ua", "")).lower()


def test_a_good_visit_says_which_recorders_stood(visits):
    assert set(visits["cookies"].recorded) >= {
        "request", "cookie-offered", "cookie-held", "storage", "script-call", "link", "form", "navigation"
    }  # fmt: skip
    assert visits["cookies"].failure is None


# --- sites that misbehave


def test_dialogs_are_dismissed_and_written_down(visits):
    seen = visits["dialogs"]
    assert seen.failure is None
    assert of(seen, StorageWritten, key="after")
    told = [o.reason for o in of(seen, Failure, where="dialog")]
    assert told[:3] == ["alert: one", "confirm: two", "prompt: three"]
    assert seen.pages[1].endswith("/next")


def test_popups_are_recorded_few_and_closed(visits, browsers):
    seen = visits["popups"]
    if not browsers.build.shell:  # full Chromium blocks pop-ups nobody clicked for, as a visitor's does
        assert paths(seen).count("from-popup") == 0
        return
    assert of(seen, CookieOffered, raw="by_popup=1")
    assert "from-popup" in paths(seen)
    assert paths(seen).count("from-popup") <= 3
    assert "more than 3 pop-ups" in of(seen, Failure, where="popup")[0].reason


def test_a_download_is_recorded_and_not_saved(visits):
    seen = visits["downloads"]
    assert seen.failure is None
    assert "file.zip" in of(seen, Failure, where="download")[0].reason


def test_a_hanging_image_does_not_hold_the_page_beyond_its_cap(visits):
    (page,) = of(visits["hanging"], Navigation)
    assert page.settled_because == "cap" and page.settled_after_ms < 4000
    assert of(visits["hanging"], CookieOffered, raw="seen=1")


def test_a_page_that_navigates_for_ever_ends(visits):
    seen = visits["looping"]
    assert of(seen, Navigation)[0].settled_because == "cap"
    assert seen.duration_ms < 30_000


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("endless", "redirects without end"),
        ("empty", "an empty page"),
        ("gone", "not found (HTTP 404)"),
        ("refusing", "HTTP 403"),
        ("password", "password"),
        ("archive", "download"),
        ("huge", "more than 2,000,000 bytes"),
        ("storm", "more than 100 requests"),
        ("busy", "does not respond"),
        ("silent", "not finished within 4 s"),
    ],
)
def test_a_home_page_that_cannot_be_measured_fails_with_its_reason(visits, name, reason):
    assert reason in (visits[name].failure or "")


def test_a_pdf_is_no_home_page(visits):
    assert visits["paper"].failure


def test_an_unknown_host_fails_with_its_reason(runner, browsers):
    assert "unknown host" in failing(runner, browsers, "http://nowhere.invalid/")


def test_a_closed_port_fails_with_its_reason(runner, browsers):
    assert "connection refused" in failing(runner, browsers, f"http://closed.localhost:{closed_port()}/")


# --- crashes and memory


def test_a_memory_hog_is_ended_and_its_neighbour_lives(runner):
    from auditor.browser.launch import find_browser

    hog = "<script>const kept = []; setInterval(() => kept.push(new Uint8Array(3e7).fill(1)), 20)</script>"
    sites = LocalSites(
        {"hog": {"/": hog + "<p>hog</p>"}, "calm": {"/": "<p>calm and quiet</p><a href='/'>home</a>"}}
    ).start()

    async def both() -> list[Visit]:
        async with Browsers(find_browser(), renderer_limit_bytes=400_000_000) as own:
            plans = [
                VisitPlan(site=sites.url(name), choice=Choice.NONE, pages=(), time_limit_s=30)
                for name in ("hog", "calm")
            ]
            return list(await asyncio.gather(*(visit(own, plan) for plan in plans)))

    hogging, calm = runner.run(both())
    sites.stop()
    assert "GB of memory" in (hogging.failure or "")
    assert calm.failure is None


# --- with a choice


@pytest.mark.parametrize(("choice", "wanted", "unwanted"), [(Choice.ACCEPT, "yes", "no"), (Choice.REFUSE, "no", "yes")])
def test_what_comes_after_the_choice_has_the_phase_after(
    runner, browsers, local_sites, tmp_path, choice, wanted, unwanted
):
    site = local_sites.url("asking")
    plan = VisitPlan(site=site, choice=choice, pages=(f"{site}inner",), screenshots_dir=str(tmp_path))
    seen = runner.run(visit(browsers, plan))
    assert seen.choice_result.status == "made", seen.choice_result
    phases = {o.url.rsplit("/", 1)[1]: o.phase for o in reversed(of(seen, RequestSent))}  # the first of each
    assert (phases["early.gif"], phases[f"{wanted}.gif"]) == (Phase.BEFORE, Phase.AFTER)
    assert f"{unwanted}.gif" not in phases
    assert {o.phase for o in of(seen, CookieOffered, via="script") if o.raw.startswith("consent")} == {Phase.AFTER}
    assert {o.phase for o in seen.observations if o.page == 1} == {Phase.AFTER}
    assert [o.value for o in of(seen, CookieHeld, name="consent", phase=Phase.AFTER, page=0)] == [wanted]
    assert not of(seen, CookieHeld, name="consent", phase=Phase.BEFORE)
    assert of(seen, BannerSeen)
    assert (tmp_path / seen.screenshots["page-0"]).stat().st_size > 2000
    assert (tmp_path / seen.screenshots["after-choice"]).stat().st_size > 2000


@pytest.mark.parametrize("choice", [Choice.NONE, Choice.REFUSE])
def test_a_banner_on_the_second_page_only_is_found_and_used(runner, browsers, local_sites, choice):
    site = local_sites.url("asking-later")
    plan = VisitPlan(site=site, choice=choice, pages=(f"{site}inner", f"{site}last"))
    seen = runner.run(visit(browsers, plan))
    assert [o.page for o in of(seen, BannerSeen)] == [1]
    assert seen.choice_result.status == ("not_tried" if choice is Choice.NONE else "made"), seen.choice_result
    after = {o.page for o in seen.observations if o.phase is Phase.AFTER}
    assert after == (set() if choice is Choice.NONE else {1, 2})
