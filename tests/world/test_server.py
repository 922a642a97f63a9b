"""The world answers as the web does: by name, over http and https, directly and as a proxy."""

from __future__ import annotations

import http.client
import socket
import ssl
import time

import pytest

from tests.world.server import WorldHandle

SHOP = "www.winkel-voorbeeld.nl"


class _Direct(http.client.HTTPSConnection):
    """A browser under resolver rules: the name in the handshake, the world's port underneath."""

    def __init__(self, host: str, world: WorldHandle, trust: ssl.SSLContext) -> None:
        super().__init__(host, context=trust, timeout=5)
        self._port, self._trust = world.port, trust

    def connect(self) -> None:
        raw = socket.create_connection(("127.0.0.1", self._port), timeout=5)
        self.sock = self._trust.wrap_socket(raw, server_hostname=self.host)


def _plain(world: WorldHandle, host: str, path: str = "/", headers: dict[str, str] | None = None, method: str = "GET"):
    connection = http.client.HTTPConnection("127.0.0.1", world.port, timeout=5)
    connection.request(method, path, headers={"Host": host, **(headers or {})})
    return connection.getresponse()


def _tunnel(world: WorldHandle, host: str, trust: ssl.SSLContext) -> http.client.HTTPSConnection:
    connection = http.client.HTTPSConnection("127.0.0.1", world.port, context=trust, timeout=5)
    connection.set_tunnel(host, 443)
    return connection


def test_a_host_answers_over_http(world: WorldHandle) -> None:
    answer = _plain(world, SHOP)
    assert (answer.status, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "Winkel" in answer.read().decode()


def test_a_host_answers_over_https_on_the_same_port(world: WorldHandle, trust: ssl.SSLContext) -> None:
    connection = _Direct(SHOP, world, trust)
    connection.request("GET", "/contact")
    assert connection.getresponse().read().endswith(b"<p>contact</p>")
    assert world.seen(SHOP)[-1].url == f"https://{SHOP}/contact"


def test_a_connection_serves_more_than_one_request(world: WorldHandle, trust: ssl.SSLContext) -> None:
    connection = _Direct(SHOP, world, trust)
    connection.connect()
    first = connection.sock
    for _ in range(3):
        connection.request("GET", "/")
        connection.getresponse().read()
        assert connection.sock is first


def test_as_a_proxy_it_opens_tunnels(world: WorldHandle, trust: ssl.SSLContext) -> None:
    connection = _tunnel(world, SHOP, trust)
    connection.request("GET", "/contact")
    assert connection.getresponse().status == 200


def test_as_a_proxy_it_takes_absolute_addresses(world: WorldHandle) -> None:
    answer = _plain(world, "ignored-voorbeeld.nl", f"http://{SHOP}/contact?x=1")
    assert answer.status == 200
    assert world.seen(SHOP)[-1].target == "/contact?x=1"


def test_the_server_sends_its_leaf_only(world: WorldHandle, trust: ssl.SSLContext) -> None:
    connection = _Direct(SHOP, world, trust)
    connection.connect()
    shown = connection.sock.getpeercert()
    assert ("DNS", SHOP) in shown["subjectAltName"]


def test_an_unknown_host_is_refused_and_listed(world: WorldHandle, trust: ssl.SSLContext) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        _plain(world, "onbekend-voorbeeld.nl")
    with pytest.raises(ssl.SSLError):
        _Direct("ook-onbekend-voorbeeld.nl", world, trust).connect()
    with pytest.raises(OSError, match="502"):
        _tunnel(world, "nog-een-voorbeeld.nl", trust).connect()
    assert world.unknown_hosts == {"onbekend-voorbeeld.nl", "ook-onbekend-voorbeeld.nl", "nog-een-voorbeeld.nl"}


def test_a_dead_host_is_refused_but_not_unknown(world: WorldHandle, trust: ssl.SSLContext) -> None:
    with pytest.raises(OSError, match="502"):
        _tunnel(world, "dood-voorbeeld.nl", trust).connect()
    with pytest.raises(http.client.RemoteDisconnected):
        _plain(world, "dood-voorbeeld.nl")
    assert world.unknown_hosts == set()


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("verlopen-voorbeeld.nl", "certificate has expired"),
        ("vreemd-voorbeeld.nl", "unable to get local issuer certificate"),
        ("anders-voorbeeld.nl", "Hostname mismatch"),
    ],
)
def test_a_broken_certificate_is_broken_as_said(
    world: WorldHandle, trust: ssl.SSLContext, host: str, reason: str
) -> None:
    with pytest.raises(ssl.SSLCertVerificationError, match=reason):
        _tunnel(world, host, trust).connect()


def test_a_host_may_speak_http_only(world: WorldHandle, trust: ssl.SSLContext) -> None:
    assert _plain(world, "open-voorbeeld.nl").status == 200
    with pytest.raises(OSError, match="502"):
        _tunnel(world, "open-voorbeeld.nl", trust).connect()


def test_rules_add_up_and_fill_in(world: WorldHandle) -> None:
    answer = _plain(world, SHOP, "/moved?q=hier")
    assert (answer.status, answer.headers["Location"]) == (301, "/?from=hier")
    assert answer.headers["X-World"] == SHOP
    assert _plain(world, SHOP, "/moved").headers["Location"] == "/?from=nowhere"


def test_a_status_may_come_with_a_page(world: WorldHandle) -> None:
    answer = _plain(world, SHOP, "/blocked")
    assert (answer.status, answer.read()) == (403, b"<h1>Nee</h1>")


def test_a_missing_page_is_a_404(world: WorldHandle) -> None:
    assert _plain(world, SHOP, "/nergens").status == 404
    assert _plain(world, SHOP, "/_headers.json").status == 404
    assert _plain(world, SHOP, "/%2e%2e/one/index.html").status == 404


def test_identifiers_are_fresh_and_given_once(world: WorldHandle) -> None:
    first = _plain(world, SHOP, "/collect", {"Origin": "https://a.nl"})
    cookies = first.headers.get_all("Set-Cookie")
    assert first.status == 204
    assert [cookie.split("=")[0] for cookie in cookies] == ["uid", "step"]
    assert first.headers["Access-Control-Allow-Origin"] == "https://a.nl"
    assert cookies[0] != _plain(world, SHOP, "/collect").headers.get_all("Set-Cookie")[0]
    known = _plain(world, SHOP, "/collect", {"Cookie": "uid=abc; step=1"})
    assert known.headers.get_all("Set-Cookie") is None
    assert _plain(world, SHOP, "/always", {"Cookie": "uid=abc"}).headers["Set-Cookie"].startswith("uid=")


def test_preflights_are_answered(world: WorldHandle) -> None:
    asked = {"Origin": "https://a.nl", "Access-Control-Request-Headers": "content-type"}
    answer = _plain(world, SHOP, "/collect", asked, method="OPTIONS")
    assert (answer.status, answer.headers["Access-Control-Allow-Headers"]) == (204, "content-type")


def test_a_connection_may_end_without_an_answer(world: WorldHandle) -> None:
    with pytest.raises(http.client.RemoteDisconnected):
        _plain(world, SHOP, "/gone")


def test_an_answer_may_come_late_and_be_large(world: WorldHandle) -> None:
    before = time.monotonic()
    assert _plain(world, SHOP, "/slow").read() == b"late"
    assert time.monotonic() - before >= 0.2
    assert len(_plain(world, SHOP, "/big").read()) == 300_000


def test_a_rule_may_look_at_the_query(world: WorldHandle) -> None:
    assert _plain(world, SHOP, "/tag.js?id=A").read() == b"tag A"
    assert _plain(world, SHOP, "/tag.js?id=B").read() == b"any tag"


def test_pages_share_a_layout(world: WorldHandle) -> None:
    page = _plain(world, SHOP, "/vandaag").read().decode()
    assert page.startswith("<!DOCTYPE html><title>Vandaag</title><nav></nav><h1>Vandaag</h1><p>1 ")
    assert _plain(world, SHOP).read().decode() == "<!DOCTYPE html><title>Winkel</title>"


def test_a_host_may_send_http_on_to_https(world: WorldHandle) -> None:
    answer = _plain(world, "streng-voorbeeld.nl", "/a?b=c")
    assert (answer.status, answer.headers["Location"]) == (301, "https://streng-voorbeeld.nl/a?b=c")


def test_real_code_comes_from_the_packages(world: WorldHandle) -> None:
    answer = _plain(world, SHOP, "/lib/klaro.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert len(answer.read()) > 100_000
    assert _plain(world, SHOP, "/lib/../../posthog-js/package.json").status == 404


def test_nonsense_ends_its_own_connection_only(world: WorldHandle) -> None:
    with socket.create_connection(("127.0.0.1", world.port), timeout=5) as raw:
        raw.sendall(b"\x00\x01nonsense\r\n\r\n")
        assert raw.recv(100) == b""
    assert _plain(world, SHOP).status == 200
