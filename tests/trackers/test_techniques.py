"""What counts as a technique and, above all, what does not."""

from __future__ import annotations

import pytest

from auditor.trackers import Labeller, techniques
from auditor.trackers.techniques import Technique, identifier_status
from tests.trackers.records import Profile, record

ONE, TWO = "a81bc4d0f3e94c27", "77e02b9f61d84a5c"
CRITEO = "https://gum.criteo.com/sync?c=8&r=1&j="
APPNEXUS = "https://ib.adnxs.com/getuid?x="
SCRIPT = "https://cdn.unheard-of.net/fp.js"


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return Labeller()


def found(labeller: Labeller, *profiles: Profile) -> list[Technique]:
    return list(techniques.find(record(*profiles), labeller))


def kinds(labeller: Labeller, *profiles: Profile) -> list[str]:
    return [one.kind for one in found(labeller, *profiles)]


# --- identifier or not


def status(*values: tuple[str, ...]) -> str:
    profiles = [Profile(number).cookie("x", *given) for number, given in enumerate(values, 1)]
    return identifier_status(record(*profiles), ("cookie", "x", "www.example.com")).status


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([(ONE, ONE), (TWO, TWO)], "identifier"),
        ([(f"GA1.1.{ONE}.1763800000", f"GA1.1.{ONE}.1763800000"), (f"GA1.1.{TWO}.1763800001",) * 2], "identifier"),
        ([("GA1.1.48120377.1763800000",) * 2, ("GA1.1.91772310.1763800500",) * 2], "identifier"),
        ([(f"{ONE}|1", f"{ONE}|2"), (f"{TWO}|1", f"{TWO}|2")], "identifier"),  # a counter beside it changes
        ([(ONE, ONE), (ONE, ONE)], "setting"),  # a build number
        ([("nl-NL", "nl-NL"), ("nl-NL", "nl-NL")], "setting"),
        ([("1763800000", "1763800000"), ("1763800777", "1763800777")], "setting"),  # times
        ([("1", "1"), ("2", "2")], "setting"),
        ([("2026-11-22T10:00:00Z",) * 2, ("2026-11-22T10:05:00Z",) * 2], "setting"),
        ([(ONE, ONE)], "unknown"),  # one profile proves nothing
        ([(ONE,), (TWO,)], "unknown"),  # may be a new one every time
        ([(ONE, TWO), ("9f8e7d6c5b4a3210", "0a1b2c3d4e5f6978")], "unknown"),  # a token of the page, not of the visitor
    ],
)
def test_identifier_setting_or_unknown(values: list[tuple[str, ...]], expected: str) -> None:
    assert status(*values) == expected


def test_a_failed_visit_is_no_profile() -> None:
    failed = Profile(2).cookie("x", TWO, TWO)
    failed.failure = "timeout"
    answer = identifier_status(record(Profile(1).cookie("x", ONE, ONE), failed), ("cookie", "x", "www.example.com"))
    assert (answer.status, answer.profiles) == ("unknown", 1)
    assert answer.reason


def test_a_value_nobody_saw_is_unknown() -> None:
    assert identifier_status(record(Profile(1)), ("local", "x", "https://www.example.com")).status == "unknown"


# --- cookie syncing


def synced(number: int, value: str, *addresses: str, name: str = "uid", domain: str = ".adnxs.com") -> Profile:
    profile = Profile(number).cookie(name, value, value, domain=domain)
    for address in addresses:
        profile.request(address + value, "image")
    return profile


def test_an_identifier_told_to_another_company_is_syncing(labeller: Labeller) -> None:
    [one] = found(labeller, synced(1, ONE, CRITEO), synced(2, TWO, CRITEO))
    assert one.kind == "cookie-syncing"
    assert set(one.parties) == {"Criteo", labeller.request(APPNEXUS, site="https://www.example.com/").entity}
    assert one.evidence == ("none-1/o0", "none-1/o2", "none-2/o0", "none-2/o2")


@pytest.mark.parametrize(
    "profiles",
    [
        [synced(1, ONE, CRITEO)],  # one profile
        [synced(1, ONE, CRITEO), synced(2, ONE, CRITEO)],  # the same for everybody: a key of the site
        [synced(1, ONE, APPNEXUS), synced(2, TWO, APPNEXUS)],  # its own owner
        [
            synced(
                number, value, "https://www.google-analytics.com/g/collect?v=2&cid=", name="_ga", domain=".example.com"
            )
            for number, value in ((1, ONE), (2, TWO))
        ],  # Google's cookie sent to Google
        [
            synced(
                number, value, "https://api.example.com/s?", "https://o1.ingest.sentry.io/api/1/envelope/?u=", name="s1"
            )
            for number, value in ((1, ONE), (2, TWO))
        ],  # the site itself and its error monitor
        [
            Profile(1).cookie("uid", ONE, ONE, domain=".adnxs.com"),
            Profile(2).cookie("uid", TWO, TWO, domain=".adnxs.com"),
        ],
    ],
)
def test_what_is_no_syncing(labeller: Labeller, profiles: list[Profile]) -> None:
    assert "cookie-syncing" not in kinds(labeller, *profiles)


def test_an_encoded_identifier_in_a_body_counts(labeller: Labeller) -> None:
    values = ("a81b/c4d0f3e94c27=", "77e0/2b9f61d84a5c=")
    profiles = [
        Profile(number)
        .cookie("uuid2", value, value, domain=".adnxs.com")
        .request("https://gum.criteo.com/sync", body="id=" + value.replace("/", "%2F").replace("=", "%3D"))
        for number, value in enumerate(values, 1)
    ]
    assert kinds(labeller, *profiles) == ["cookie-syncing"]


# --- storage, links, respawning


def test_an_identifier_in_local_storage(labeller: Labeller) -> None:
    [one] = found(labeller, Profile(1).key("vid", ONE, ONE), Profile(2).key("vid", TWO, TWO))
    assert (one.kind, one.subject) == ("identifier-in-storage", "vid")


def test_settings_and_session_storage_are_none(labeller: Labeller) -> None:
    assert kinds(labeller, Profile(1).key("theme", "dark", "dark"), Profile(2).key("theme", "dark", "dark")) == []
    session = [Profile(n).key("vid", v, v, area="session") for n, v in ((1, ONE), (2, TWO))]
    assert kinds(labeller, *session) == []


def test_a_click_identifier_that_is_stored(labeller: Labeller) -> None:
    profile = (
        Profile(1).loads("https://www.example.com/?gclid=Cj0KCQiA123abc").cookie("_gcl_aw", "GCL.1763.Cj0KCQiA123abc")
    )
    [one] = found(labeller, profile)
    assert (one.kind, one.parties) == ("click-identifier-stored", ("Google",))
    assert kinds(labeller, Profile(1).loads("https://www.example.com/?gclid=Cj0KCQiA123abc").cookie("lang", "nl")) == []


def test_a_link_that_carries_an_identifier_out(labeller: Labeller) -> None:
    def profile(number: int, value: str, host: str) -> Profile:
        return Profile(number).cookie("vid", value, value).link(f"https://{host}/?from={value}")

    assert kinds(labeller, profile(1, ONE, "partner.org"), profile(2, TWO, "partner.org")) == ["link-decoration"]
    assert kinds(labeller, profile(1, ONE, "shop.example.com"), profile(2, TWO, "shop.example.com")) == []


def test_a_deleted_cookie_that_comes_back(labeller: Labeller) -> None:
    profile = (
        Profile(1).cookie("vid", ONE).offered("vid=; Max-Age=0").offered(f"vid={ONE}; Max-Age=999").cookie("vid", ONE)
    )
    [one] = found(labeller, profile)
    assert (one.kind, one.subject) == ("respawning", "vid")


@pytest.mark.parametrize(
    "profile",
    [
        Profile(1).cookie("vid", ONE).offered("vid=; Max-Age=0").cookie("vid", ONE),  # deletion missed the path
        Profile(1).cookie("vid", ONE).offered("vid=; Max-Age=0").offered(f"vid={TWO}").cookie("vid", TWO),  # a new one
        Profile(1).cookie("vid", ONE).offered(f"vid={ONE}; Max-Age=999").cookie("vid", ONE),  # merely renewed
        Profile(1).cookie("lang", "nl").offered("lang=; Max-Age=0").offered("lang=nl").cookie("lang", "nl"),
    ],
)
def test_what_is_no_respawning(labeller: Labeller, profile: Profile) -> None:
    assert kinds(labeller, profile) == []


# --- fingerprinting

CANVAS, GRAPHICS = "HTMLCanvasElement.toDataURL 300x150", "WebGLRenderingContext.getParameter UNMASKED_RENDERER"
AUDIO = "OfflineAudioContext.startRendering"


def test_a_fingerprinting_script_is_named(labeller: Labeller) -> None:
    [one] = found(labeller, Profile(1).calls(SCRIPT + "?v=1", CANVAS, GRAPHICS, AUDIO))
    assert (one.kind, one.subject, one.parties) == ("fingerprinting", SCRIPT, ("unheard-of.net",))
    assert one.evidence == ("none-1/o2", "none-1/o1", "none-1/o0")


@pytest.mark.parametrize(
    ("script", "apis"),
    [
        (SCRIPT, [CANVAS]),  # an emoji test
        (SCRIPT, ["HTMLCanvasElement.toDataURL 1x1", GRAPHICS]),  # a feature test and a game
        (SCRIPT, ["CanvasRenderingContext2D.getImageData 64x64", GRAPHICS]),  # drawing
        (SCRIPT, ["Navigator.getBattery", "NavigatorUAData.getHighEntropyValues model"]),
        ("https://browser.sentry-cdn.com/7.0.0/bundle.min.js", [CANVAS, GRAPHICS, AUDIO]),
        ("https://js.stripe.com/v3/", [CANVAS, GRAPHICS, AUDIO]),
        ("https://challenges.cloudflare.com/turnstile/v0/api.js", [CANVAS, GRAPHICS, AUDIO]),
        ("https://maps.googleapis.com/maps/api/js?key=1", [CANVAS, GRAPHICS]),
    ],
)
def test_what_is_no_fingerprinting(labeller: Labeller, script: str, apis: list[str]) -> None:
    assert kinds(labeller, Profile(1).calls(script, *apis)) == []


def test_calls_of_two_scripts_are_not_added_up(labeller: Labeller) -> None:
    assert kinds(labeller, Profile(1).calls(SCRIPT, CANVAS).calls("https://other.net/a.js", GRAPHICS)) == []


# --- session recording

LISTENS = [f"EventTarget.addEventListener {name}" for name in ("mousemove", "scroll", "click", "input", "keydown")]
SNAPSHOT = '[{"type":2,"data":{"node":{"type":0}},"timestamp":1}]'


def test_a_recorder_is_known_by_what_it_does(labeller: Labeller) -> None:
    profile = Profile(1).calls(SCRIPT, *LISTENS).request("https://in.unheard-of.net/r", body=SNAPSHOT, by=SCRIPT)
    [one] = found(labeller, profile)
    assert (one.kind, one.parties) == ("session-recording", ("unheard-of.net",))
    assert one.evidence[0] == "none-1/o5"


@pytest.mark.parametrize(
    "profile",
    [
        Profile(1).calls(SCRIPT, *LISTENS),  # a slider
        Profile(1).calls(SCRIPT, *LISTENS).request("https://in.unheard-of.net/r", body='{"event":"click"}', by=SCRIPT),
        Profile(1).calls(SCRIPT, *LISTENS[1:]).request("https://in.unheard-of.net/r", body=SNAPSHOT, by=SCRIPT),
        Profile(1)
        .calls("https://js.stripe.com/v3/", *LISTENS)
        .request("https://m.stripe.com/6", body=SNAPSHOT, by="https://js.stripe.com/v3/"),
    ],
)
def test_what_is_no_session_recording(labeller: Labeller, profile: Profile) -> None:
    assert kinds(labeller, profile) == []


# --- the site's own clothes


def test_hits_to_the_site_itself_are_known_by_what_they_say(labeller: Labeller) -> None:
    hit = "https://data.example.com/x7?v=2&tid=G-ABCDE12345&cid=123456789.1763800000&en=page_view"
    [one] = found(labeller, Profile(1).request(hit))
    assert (one.kind, one.subject, one.parties) == ("server-side-tagging", "Google Analytics 4", ("Google",))


def test_a_proxied_script_is_known_by_its_address(labeller: Labeller) -> None:
    [one] = found(labeller, Profile(1).request("https://www.example.com/metrics.js?id=GTM-ABC123", "script"))
    assert (one.kind, one.parties) == ("proxied-script", ("Google",))


@pytest.mark.parametrize(
    "url",
    [
        "https://www.google-analytics.com/g/collect?v=2&tid=G-ABCDE12345&cid=123456789.1763800000",  # no disguise
        "https://www.example.com/matomo.php?idsite=1&rec=1&action_name=Home&_id=a81bc4d0f3e94c27",  # runs it itself
        "https://www.example.com/api?v=2&id=12345",
        "https://www.example.com/search?id=GTM-Handleiding voor beginners",
    ],
)
def test_what_is_no_disguise(labeller: Labeller, url: str) -> None:
    assert kinds(labeller, Profile(1).request(url), Profile(2).request(url, "script")) == []


def test_the_same_technique_in_two_visits_is_one(labeller: Labeller) -> None:
    hit = "https://www.example.com/x?v=2&tid=G-ABCDE12345&cid=123456789.1763800000"
    [one] = found(labeller, Profile(1).request(hit), Profile(2).request(hit))
    assert one.evidence == ("none-1/o0", "none-2/o0")
