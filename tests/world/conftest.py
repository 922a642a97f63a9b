"""A small world of its own for the server's tests: two hosts, one of each kind of rule."""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator

import pytest

from tests.world.assets import ensure
from tests.world.server import World, WorldHandle

RULES = {
    "/*": {"headers": {"X-World": "{host}"}},
    "/moved": {"redirect": "/?from={query:q|nowhere}", "status": 301},
    "/loop": {"redirect": "/loop"},
    "/blocked": {"status": 403, "body": "<h1>Nee</h1>"},
    "/collect": {"status": 204, "cors": True, "set_cookie": ["uid={hex:16}; Max-Age=63072000", "step=1"]},
    "/always": {"body": "gif", "set_cookie": ["uid={digits:10}"], "renew": True},
    "/gone": {"close": True},
    "/slow": {"delay_ms": 200, "body": "late"},
    "/big": {"size_bytes": 300_000},
    "/lib/*": {"npm": "klaro/dist/*"},
    "/tag.js": {"body": "any tag", "type": "text/javascript"},
    "/tag.js?id=A": {"body": "tag A"},
    "/vandaag": {"file": "vandaag.html", "fill": True},
}


@pytest.fixture(scope="session")
def packages() -> None:
    """The npm packages that the world serves, installed when missing."""
    ensure()


@pytest.fixture(scope="module")
def world(packages: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WorldHandle]:
    sites = tmp_path_factory.mktemp("sites")
    shop = sites / "one" / "www.winkel-voorbeeld.nl"
    shop.mkdir(parents=True)
    (shop / "_headers.json").write_text(json.dumps(RULES), encoding="utf-8")
    (shop / "index.html").write_text("<!DOCTYPE html><title>Winkel</title>", encoding="utf-8")
    (shop / "contact.html").write_text("<p>contact</p>", encoding="utf-8")
    (shop / "_layout.html").write_text(
        "<!DOCTYPE html><title><!-- title --></title><nav></nav><!-- page -->", encoding="utf-8"
    )
    (shop / "vandaag.html").write_text("<h1>Vandaag</h1><p>{last_month_nl}</p>", encoding="utf-8")
    (shop / "big.html").write_text("<p>groot</p>", encoding="utf-8")
    for name, settings in {
        "dood-voorbeeld.nl": {"refuse": True},
        "verlopen-voorbeeld.nl": {"fault": "expired"},
        "vreemd-voorbeeld.nl": {"fault": "foreign-ca"},
        "anders-voorbeeld.nl": {"fault": "wrong-name"},
        "open-voorbeeld.nl": {"schemes": ["http"]},
        "streng-voorbeeld.nl": {"upgrade": True},
    }.items():
        folder = sites / "one" / name
        folder.mkdir()
        (folder / "_host.json").write_text(json.dumps(settings), encoding="utf-8")
        (folder / "index.html").write_text("<p>er is iemand</p>", encoding="utf-8")
    with World(sites, seeds=None).start() as handle:
        yield handle


@pytest.fixture
def trust(world: WorldHandle) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(world.ca_file))


@pytest.fixture(autouse=True)
def _fresh(request: pytest.FixtureRequest) -> None:
    if "world" in request.fixturenames:
        request.getfixturevalue("world").forget()
