"""Hits of real vendors, read into words; broken ones are no error."""

from __future__ import annotations

import base64
import json
from urllib.parse import quote

import pytest

from auditor.trackers.events import decode, describe_hit


def test_google_analytics_4() -> None:
    hit = decode(
        "https://region1.google-analytics.com/g/collect?v=2&tid=G-AB12&gcs=G101&gcd=13l3l3l3l1&_p=1&cid=1.2&ul=nl"
        "&sr=1366x768&dl=https%3A%2F%2Fexample.com%2F&dt=Home&en=page_view"
    )
    assert hit is not None
    assert (hit.kind, hit.property_id, hit.event) == ("Google Analytics 4", "G-AB12", "page_view")
    assert hit.sent[:3] == ("page address", "page title", "visitor id (cid)")
    assert hit.anonymise_ip is None  # GA4 knows no such parameter
    assert (hit.ads_granted, hit.analytics_granted) == (False, True)


def test_google_analytics_4_behind_the_sites_own_address() -> None:
    hit = decode("https://data.example.com/anything?v=2&tid=G-AB12&cid=1.2&en=scroll&dl=x")
    assert hit is not None
    assert hit.event == "scroll"


@pytest.mark.parametrize(("parameter", "expected"), [("&aip=1", True), ("", False)])
def test_universal_analytics_says_whether_the_address_is_shortened(parameter: str, expected: bool) -> None:
    hit = decode("https://www.google-analytics.com/j/collect?v=1&tid=UA-1-1&cid=1.2&t=pageview&dl=x" + parameter)
    assert hit is not None
    assert hit.kind == "Universal Analytics"
    assert hit.anonymise_ip is expected


def test_meta_pixel_with_advanced_matching() -> None:
    hit = decode("https://www.facebook.com/tr/?id=77&ev=Purchase&dl=x&fbp=fb.1.2.3&ud%5Bem%5D=abc&cd%5Bvalue%5D=1")
    assert hit is not None
    assert (hit.property_id, hit.event) == ("77", "Purchase")
    assert hit.sent == ("page address", "visitor id (fbp)", "hashed e-mail", "event details")


def test_floodlight_parameters_stand_in_the_path() -> None:
    hit = decode("https://123.fls.doubleclick.net/activityi;src=123;type=inv;~oref=https%3A%2F%2Fexample.com%2F")
    assert hit is not None
    assert hit.property_id == "123"
    assert "page address" in hit.sent


@pytest.mark.parametrize(
    ("url", "body", "words"),
    [
        ("https://px.ads.linkedin.com/collect/?pid=1&time=2&url=https%3A%2F%2Fexample.com", None, "page address"),
        ("https://ct.pinterest.com/v3/?tid=1&event=init&pd%5Bem%5D=ab&ad=x", None, "hashed e-mail"),
        ("https://tr.snapchat.com/p", "pid=1&ev=PAGE_VIEW&pl=https%3A%2F%2Fexample.com&u_hem=a", "hashed e-mail"),
        ("https://t.co/i/adsct?txn_id=o1&tw_document_href=https%3A%2F%2Fexample.com", None, "page address"),
        ("https://bat.bing.com/action/0?ti=1&evt=pageLoad&p=x&tl=t&mid=m", None, "visitor id"),
        ("https://stats.example.com/matomo.php?idsite=1&rec=1&url=x&_id=abc", None, "visitor id"),
        ("https://stats.example.com/matomo.php", "idsite=1&rec=1&url=x&search=boot", "search word"),
        ("https://acme.piwik.pro/ppms.php?idsite=a&url=x&_id=b", None, "visitor id"),
        ("https://k.clarity.ms/collect", '{"e":[1],"p":[2]}', "what the visitor does on the page"),
        (
            "https://plausible.io/api/event",
            '{"n":"pageview","u":"https://example.com","d":"example.com"}',
            "page address",
        ),
    ],
)
def test_other_vendors(url: str, body: str | None, words: str) -> None:
    assert words in (describe_hit(url, body) or "")


def test_tiktok_body() -> None:
    body = {"event": "Pageview", "context": {"page": {"url": "x"}, "user": {"anonymous_id": "a", "email": "h"}}}
    assert describe_hit("https://analytics.tiktok.com/api/v2/pixel", json.dumps(body)) is not None
    hit = decode("https://analytics.tiktok.com/api/v2/pixel", json.dumps(body))
    assert hit is not None
    assert {"page address", "visitor id", "hashed e-mail"} <= set(hit.sent)


@pytest.mark.parametrize("plain", [True, False])
def test_mixpanel_on_the_sites_own_address(plain: bool) -> None:
    event = json.dumps({"event": "view", "properties": {"token": "t", "distinct_id": "d", "$current_url": "u"}})
    data = event if plain else base64.b64encode(event.encode()).decode()
    hit = decode("https://mp.example.com/track/?verbose=1&ip=1&_=1", "data=" + quote(data))
    assert hit is not None
    assert (hit.kind, hit.property_id, hit.event) == ("Mixpanel", "t", "view")
    assert "visitor id" in hit.sent


def test_posthog_in_plain_json() -> None:
    body = json.dumps({"event": "$pageview", "properties": {"distinct_id": "d", "token": "phc_x", "$current_url": "u"}})
    hit = decode("https://ph.example.com/i/v0/e/?ip=1", body)
    assert hit is not None
    assert (hit.kind, hit.property_id) == ("PostHog", "phc_x")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.googletagmanager.com/gtm.js?id=GTM-1",
        "https://www.example.com/",
        "https://www.example.com/collect?tid=1",
        "data:image/gif;base64,AAAA",
        "https://[broken/",
        "",
    ],
)
def test_what_is_no_hit(url: str) -> None:
    assert describe_hit(url) is None


@pytest.mark.parametrize(
    "body", ["{" * 3000, "[" * 5000, '{"a":' * 2000, "a=1&" * 5000, "\x00\xff", '{"distinct_id":"x"']
)
def test_hostile_bodies_are_no_error(body: str) -> None:
    for url in ("https://ph.example.com/e/", "https://analytics.tiktok.com/api/v2/pixel", "https://a.example/track"):
        describe_hit(url, body)
