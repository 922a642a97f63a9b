"""Finding and starting the browser: which one, whom it trusts, through what it speaks."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from auditor.browser.launch import BrowserMissing, Browsers, LaunchError, find_browser
from auditor.browser.visit import visit
from auditor.model import Choice, Visit, VisitPlan

BUILDS = [
    name for name, command in (("shell", "chromium-headless-shell"), ("full", "chromium")) if shutil.which(command)
]
Authority = tuple[ec.EllipticCurvePrivateKey, x509.Certificate]


def plan_of(site: str) -> VisitPlan:
    """A short visit of the home page only."""
    return VisitPlan(
        site=site,
        choice=Choice.NONE,
        pages=(),
        settle_quiet_ms=300,
        settle_floor_ms=300,
        settle_cap_ms=2000,
        time_limit_s=30,
    )


def test_a_missing_browser_is_told_with_the_next_command(monkeypatch):
    monkeypatch.setenv("AUDITOR_BROWSER", "/nowhere/chromium")
    with pytest.raises(BrowserMissing, match="playwright install"):
        find_browser()


def test_the_environment_names_the_browser(monkeypatch):
    path = find_browser().executable
    monkeypatch.setenv("AUDITOR_BROWSER", str(path))
    assert find_browser().executable == path


def test_a_program_that_is_no_browser_is_refused(tmp_path):
    script = tmp_path / "chromium"
    script.write_text("#!/bin/sh\necho something else\n")
    script.chmod(0o755)
    with pytest.raises(BrowserMissing, match="found none"):
        find_browser(str(script))


def test_a_browser_that_ends_at_once_says_why(runner, tmp_path):
    script = tmp_path / "chromium"
    script.write_text(
        '#!/bin/sh\n[ "$1" = --version ] && echo Chromium 1.2.3.4 && exit\necho no such display >&2\nexit 3\n'
    )
    script.chmod(0o755)

    async def start() -> None:
        async with Browsers(find_browser(str(script))):
            raise AssertionError("started")

    with pytest.raises(LaunchError, match=r"exit code 3.*no such display"):
        runner.run(start())


def test_a_file_without_a_certificate_is_refused(runner, tmp_path):
    (tmp_path / "ca.pem").write_text("nothing")

    async def start() -> None:
        async with Browsers(find_browser(), ca_file=tmp_path / "ca.pem"):
            raise AssertionError("started")

    with pytest.raises(LaunchError, match="expected a PEM certificate"):
        runner.run(start())


# --- certificates


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _certificate(subject: str, issuer: Authority | None, *, ca: bool) -> Authority:
    key = ec.generate_private_key(ec.SECP256R1())
    now = datetime.datetime.now(datetime.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(issuer[1].subject if issuer else _name(subject))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(subject)]), critical=False)
    )
    return key, builder.sign(issuer[0] if issuer else key, hashes.SHA256())


class _Page(BaseHTTPRequestHandler):
    seen: list[str]

    def do_GET(self) -> None:
        self.seen.append(self.path)
        body = b"<!doctype html><title>safe</title><p>A page that is long enough.</p><a href='/'>home</a><img src='/i'>"
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        return


def _serve(folder: Path, host: str, authority: Authority | None) -> ThreadingHTTPServer:
    """An https server that sends its leaf certificate only; plain http without an authority."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Page", (_Page,), {"seen": []}))
    if authority is not None:
        key, certificate = _certificate(host, authority, ca=False)
        file = folder / f"{host}.pem"
        file.write_bytes(
            certificate.public_bytes(serialization.Encoding.PEM)
            + key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    return server


@pytest.mark.parametrize("build", BUILDS)
def test_a_given_authority_is_trusted_and_another_still_refused(runner, tmp_path, build):
    given, other = _certificate("Given CA", None, ca=True), _certificate("Other CA", None, ca=True)
    (tmp_path / "ca.pem").write_bytes(given[1].public_bytes(serialization.Encoding.PEM))
    servers = {
        host: _serve(tmp_path, host, authority)
        for host, authority in (("good.example.com", given), ("bad.example.com", other))
    }
    rules = ", ".join(f"MAP {host} 127.0.0.1:{server.server_port}" for host, server in servers.items())

    async def both() -> list[Visit]:
        async with Browsers(find_browser(build), ca_file=tmp_path / "ca.pem", resolver_rules=rules) as own:
            return [await visit(own, plan_of(f"https://{host}/")) for host in servers]

    good, bad = runner.run(both())
    for server in servers.values():
        server.shutdown()
    assert good.failure is None
    assert "invalid certificate: issued by an unknown authority" in (bad.failure or "")


@pytest.mark.parametrize("build", BUILDS)
def test_every_request_goes_through_the_proxy_local_ones_too(runner, tmp_path, build):
    proxy = _serve(tmp_path, "proxy", None)

    async def through() -> list[Visit]:
        async with Browsers(find_browser(build), proxy=f"http://127.0.0.1:{proxy.server_port}") as own:
            hosts = ("www.example.com", "localhost:8081", "127.0.0.1:8082")
            return [await visit(own, plan_of(f"http://{host}/")) for host in hosts]

    visits = runner.run(through())
    proxy.shutdown()
    assert [seen.failure for seen in visits] == [None, None, None]
    asked = proxy.RequestHandlerClass.seen  # type: ignore[attr-defined]
    assert {
        "http://www.example.com/",
        "http://localhost:8081/",
        "http://127.0.0.1:8082/",
        "http://127.0.0.1:8082/i",
    } <= set(asked)
    assert visits[0].conditions.proxy


def test_a_browser_that_died_is_started_anew_for_the_next_visit(runner, local_sites):
    async def twice() -> list[Visit]:
        async with Browsers(find_browser()) as own:
            plan = plan_of(local_sites.url("links"))
            first = await visit(own, plan)
            os.killpg(own._process.pid, signal.SIGKILL)
            await own.connection.closed.wait()
            return [first, await visit(own, plan)]

    first, second = runner.run(twice())
    assert (first.failure, second.failure) == (None, None)
