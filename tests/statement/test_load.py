"""From bytes to a statement: what counts as its text, and what is said when there is none."""

from __future__ import annotations

import base64
import time

import pytest

from auditor.model import Statement, StatementSource
from auditor.statement.load import MAX_CHARACTERS, load, load_bytes

BODY = (
    "<h1>Privacyverklaring</h1><p>Bakkerij Jan verwerkt persoonsgegevens van bezoekers en klanten om bestellingen te leveren.</p>"
    "<h2>Cookies</h2><p>Wij plaatsen cookies. U kunt uw toestemming intrekken.</p>"
)


def _page(body: str, head: str = "") -> Statement:
    return load_bytes(
        f"<!doctype html><html lang='nl'><head>{head}</head><body>{body}</body></html>".encode(),
        url="https://www.example.org/privacy",
        mime_type="text/html",
    )


def _source(**changes: object) -> StatementSource:
    given: dict[str, object] = {
        "url": "https://www.example.org/privacy",
        "requested": "https://www.example.org/privacy",
        "role": "privacy",
        "found_by": "given",
        "fetched_at": "2026-01-01T00:00:00Z",
        "via": "fetch",
        "status": 200,
        "mime_type": "text/html",
        "sha256": None,
        "body": f"<html lang='nl'><body>{BODY}</body></html>",
    }
    return StatementSource(**(given | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "chrome",
    [
        "<header><a href='/'>KRUIMEL</a></header>",
        "<nav><ul><li><a href='/a'>KRUIMEL</a></li></ul></nav>",
        "<footer>KRUIMEL</footer>",
        "<div id='CybotCookiebotDialog'><p>KRUIMEL</p><button>OK</button></div>",
        "<div class='cookie-notice'>KRUIMEL <a href='#'>ok</a></div>",
        "<div id='onetrust-banner-sdk'>KRUIMEL</div>",
        "<div class='site-footer'>KRUIMEL</div>",
        "<aside class='sidebar'>KRUIMEL</aside>",
        "<div class='breadcrumbs'>KRUIMEL</div>",
        "<div class='newsletter'><form>KRUIMEL<input type='email'></form></div>",
        "<div id='tawk-chat' class='chat-widget'>KRUIMEL</div>",
        "<div role='dialog'>KRUIMEL</div>",
        "<script>KRUIMEL</script><style>KRUIMEL</style><template>KRUIMEL</template>",
        "<ul class='x'><li><a href='/1'>KRUIMEL</a></li><li><a href='/2'>Over ons</a></li><li><a href='/3'>Winkel</a></li><li><a href='/4'>Contact</a></li></ul>",
        "<!-- KRUIMEL -->",
    ],
)
def test_navigation_banners_and_boxes_are_left_out(chrome: str) -> None:
    for statement in (
        _page(chrome + BODY),
        _page(f"<div class='page'>{BODY}</div>{chrome}"),
        _page(f"{chrome}<main>{BODY}</main>{chrome}"),
    ):
        assert statement.status == "read"
        assert "KRUIMEL" not in statement.text
        assert "Bakkerij Jan" in statement.text and "toestemming" in statement.text


@pytest.mark.parametrize(
    "wrapped",
    [
        "<details><summary>Bewaren</summary><p>BEWAARZIN staat hier.</p></details>",
        "<div class='accordion-item'><h3><button aria-expanded='false'>Bewaren</button></h3><div hidden style='display:none'>BEWAARZIN staat hier.</div></div>",
        "<div class='tab-pane fade' aria-hidden='true'><p>BEWAARZIN staat hier.</p></div>",
        "<dl><dt>Bewaren</dt><dd>BEWAARZIN staat hier.</dd></dl>",
        "<section id='nieuwsbrief'><h2>Nieuwsbrief</h2><p>BEWAARZIN staat hier.</p></section>",
        "<article><header><p>BEWAARZIN staat hier.</p></header></article>",
        "<div class='CookieDeclaration'><p>BEWAARZIN staat hier.</p></div>",
        "<div class='elementor-toggle'><div class='elementor-tab-content'>BEWAARZIN staat hier.</div></div>",
        "<blockquote>BEWAARZIN staat hier.</blockquote>",
        "<table role='presentation'><tr><td><p>BEWAARZIN staat hier.</p></td></tr></table>",
    ],
)
def test_closed_accordions_tabs_and_lists_are_content(wrapped: str) -> None:
    assert "BEWAARZIN staat hier." in _page(f"<main>{BODY}{wrapped}</main>").text


def test_a_title_and_a_date_above_the_article_belong_to_it() -> None:
    words = "<p>Wij verwerken persoonsgegevens om uw bestelling te leveren.</p>" * 20
    page = f"<nav><a href='/'>Menu hier</a></nav><div><h1>Privacyverklaring</h1><p>Laatst gewijzigd op 3 mei 2021</p></div><article>{words}</article>"
    text = _page(page).text
    assert text.startswith("Privacyverklaring") and "3 mei 2021" in text and "Menu hier" not in text


def test_more_words_beside_the_article_stay_out() -> None:
    words = "<p>Wij verwerken persoonsgegevens om uw bestelling te leveren.</p>" * 20
    beside = "<div><p>Onze winkel verkoopt fietsen, helmen en sloten.</p></div>" * 6
    assert "fietsen" not in _page(f"{beside}<article>{words}</article>").text


def test_a_statement_inside_a_dialog_is_better_than_nothing() -> None:
    statement = _page(f"<nav>Menu</nav><div role='dialog' class='modal'>{BODY}</div>")
    assert "Bakkerij Jan" in statement.text


def test_blocks_links_and_tables_are_spans_of_the_text() -> None:
    statement = _page(
        f"<main>{BODY}<ul><li>eerste <a href='/x'>link</a></li></ul><p>Zie <a href='#'>hier</a>.</p><table><tr><th>Naam</th><th>Duur</th></tr><tr><td>_ga</td><td>2 jaar</td></tr></table></main>"
    )
    assert [statement.text[b.start : b.end] for b in statement.blocks if b.type == "heading"] == [
        "Privacyverklaring",
        "Cookies",
    ]
    assert [(href, statement.text[s:e]) for href, s, e in statement.links] == [
        ("https://www.example.org/x", "link"),
        ("#", "hier"),
    ]
    (table,) = statement.tables
    assert table.header == ("Naam", "Duur")
    assert [[statement.text[s:e] for s, e in row] for row in table.rows] == [["Naam", "Duur"], ["_ga", "2 jaar"]]


def test_a_cell_over_several_rows_stands_in_each() -> None:
    statement = _page(
        f"{BODY}<table><tr><td rowspan='2'>LinkedIn</td><td>li_gc</td></tr><tr><td>lidc</td></tr></table>"
    )
    assert [[statement.text[s:e] for s, e in row] for row in statement.tables[0].rows] == [
        ["LinkedIn", "li_gc"],
        ["LinkedIn", "lidc"],
    ]


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        ("Privacyverklaring: cliënten geven toestemming voor hun persoonsgegevens bij onze café's.".encode(), None),
        (
            "Privacyverklaring: cliënten geven toestemming voor hun persoonsgegevens bij onze café's.".encode("cp1252"),
            None,
        ),
        (
            "Privacyverklaring: cliënten geven toestemming voor hun persoonsgegevens bij onze café's.".encode("utf-16"),
            None,
        ),
        (
            "\ufeffPrivacyverklaring: cliënten geven toestemming voor hun persoonsgegevens bij onze café's.".encode(),
            "text/plain",
        ),
        (
            "<html><head><meta charset='iso-8859-1'></head><body><p>Privacyverklaring: cliënten geven toestemming voor hun persoonsgegevens bij onze café's.</p></body></html>".encode(
                "latin-1"
            ),
            "text/html",
        ),
        (
            "Privacyverklaring: cliënten geven toestemming voor hun persoonsgegevens bij onze café's.".encode()
            .decode("cp1252")
            .encode(),
            None,
        ),
    ],
)
def test_every_usual_encoding_is_read(data: bytes, mime: str | None) -> None:
    text = load_bytes(data, url="https://www.example.org/privacy", mime_type=mime).text
    assert "cliënten" in text and "café's" in text


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("<h1>404</h1><p>Deze pagina bestaat niet (meer). Ga terug naar de home page.</p>", "error"),
        ("<h1>Page not found</h1><p>Sorry, the page could not be found.</p>", "error"),
        (
            "<h1>Inloggen</h1><form>Gebruikersnaam <input name='u'> Wachtwoord <input type='password'></form><p>Wachtwoord vergeten?</p>",
            "log-in",
        ),
        (
            "<h1>Fietsen</h1>"
            + "".join(
                f"<div class='product-item'><p>Stadsfiets {n} <span class='price'>€ {n}99,00</span> In winkelwagen</p></div>"
                for n in range(9)
            ),
            "shop",
        ),
        (
            "<h1>Onze geschiedenis</h1><p>"
            + "De molen maalt al eeuwen graan voor de bakkers van het dorp. " * 12
            + "</p>",
            "does not speak",
        ),
        ("<h1>Privacyverklaring</h1><p>Lorem ipsum dolor sit amet.</p>", "placeholder"),
    ],
)
def test_other_pages_are_no_statement_and_say_why(body: str, word: str) -> None:
    statement = _page(body)
    assert statement.status == "not-a-statement"
    assert word in (statement.reason or "")


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Privacy</h1><p>Wij geven uw gegevens niet aan anderen.</p>",
        "<p>Deze website gebruikt geen cookies.</p>",
        "<h1>Webwinkel De Kaasboer</h1><h2>Privacyverklaring</h2><p>Bij een bestelling in onze winkel (gratis verzending boven € 50) vragen wij uw naam en adres. Wij delen uw persoonsgegevens met PostNL. U kunt inloggen met uw wachtwoord.</p>",
        "<h1>Ledenadministratie</h1><p>De vereniging bewaart naam, adres en geboortedatum van haar leden. De penningmeester gebruikt die gegevens voor de contributie. Vragen? Mail de secretaris.</p>",
    ],
)
def test_a_short_or_commercial_statement_is_still_one(body: str) -> None:
    assert _page(body).status == "read"


def test_an_image_is_unreadable() -> None:
    statement = _page("<main><h1>Privacy</h1><img src='privacy.jpg' alt=''></main>")
    assert (statement.status, statement.reason) == ("unreadable", "the statement is an image")


@pytest.mark.parametrize(
    ("body", "status"), [("", "empty"), ("<html><body></body></html>", "empty"), ("   \n ", "empty")]
)
def test_an_empty_page_is_empty(body: str, status: str) -> None:
    assert load(_source(body=body)).status == status


def test_failures_of_the_fetch_are_kept_apart() -> None:
    assert load(_source(failure="timeout", body=None)).status == "unreadable"
    assert load(_source(status=404)).status == "not-a-statement"
    assert load(_source(encoding="base64", body="***")).status in {"unreadable", "empty"}


def test_too_long_a_document_is_refused() -> None:
    statement = load(_source(body="privacy " * (MAX_CHARACTERS // 8 + 1), mime_type="text/plain"))
    assert statement.status == "unreadable" and "characters" in (statement.reason or "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (
            "Esta política de privacidad explica cómo tratamos los datos personales de los usuarios y las cookies que usamos en el sitio. "
            * 5,
            "es",
        ),
        (
            "Ta polityka prywatności wyjaśnia, jak przetwarzamy dane osobowe i pliki cookie na naszej stronie oraz jakie są prawa osób. "
            * 5,
            "pl",
        ),
        ("سياسة الخصوصية توضح كيف نجمع ونستخدم البيانات الشخصية وملفات cookie الخاصة بكم عند زيارة موقعنا " * 5, "ar"),
        (
            "Denne privatlivspolitik forklarer hvordan vi behandler personoplysninger og cookies på vores hjemmeside og hvilke rettigheder du har. "
            * 5,
            "da",
        ),
    ],
)
def test_a_language_that_is_not_read_says_so(text: str, code: str) -> None:
    statement = load(_source(body=text, mime_type="text/plain"))
    assert (statement.status, statement.language) == ("language-not-read", code)


def _pdf(text: str) -> bytes:
    """A one-page PDF, by hand: enough for the reader, no library needed."""
    content = f"BT /F1 10 Tf 40 800 Td 14 TL {' '.join(f'({line}) Tj T*' for line in text.splitlines())} ET".encode(
        "latin-1"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length " + str(len(content)).encode() + b" >>\nstream\n" + content + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + b"".join(
        f"{place:010d} 00000 n \n".encode() for place in places
    )
    return out + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def test_a_pdf_is_read_and_a_scanned_one_is_unreadable() -> None:
    lines = "Privacyverklaring\nBakkerij Jan verwerkt persoonsgegevens van klanten om hun bestelling te\nleveren en bewaart deze gegevens niet langer dan nodig is.\nU heeft recht op inzage in uw gegevens en kunt een klacht indienen\nbij de Autoriteit Persoonsgegevens."
    read = load_bytes(_pdf(lines), url="https://www.example.org/privacy.pdf", mime_type="application/pdf")
    assert read.status == "read" and "recht op inzage" in " ".join(read.text.split())
    scanned = load_bytes(_pdf(""), url="https://www.example.org/privacy.pdf", mime_type="application/pdf")
    assert scanned.status == "unreadable" and "scanned" in (scanned.reason or "")
    assert load_bytes(b"%PDF-1.4 broken", url="https://www.example.org/p.pdf").status == "unreadable"


def test_a_pdf_in_a_record_is_base64() -> None:
    body = base64.b64encode(_pdf("Privacyverklaring van Bakkerij Jan over persoonsgegevens en cookies\n" * 9)).decode()
    assert load(_source(body=body, encoding="base64", mime_type="application/pdf")).status == "read"


def test_a_pdf_of_plain_ascii_that_was_stored_as_text_is_read_too() -> None:
    body = _pdf("Privacyverklaring van Bakkerij Jan over persoonsgegevens en cookies\n" * 9).decode("ascii")
    assert load(_source(body=body, encoding="text", mime_type="application/pdf")).status == "read"


def test_a_statement_of_2000_words_loads_fast() -> None:
    page = (
        "<main>"
        + "".join(
            f"<h2>Artikel {n}</h2><p>"
            + "Wij verwerken uw persoonsgegevens om de overeenkomst uit te voeren en bewaren ze niet langer dan nodig. "
            * 12
            + "</p><ul><li>een</li><li>twee</li></ul>"
            for n in range(10)
        )
        + "</main>"
    )
    data = f"<html lang='nl'><body>{page}</body></html>".encode()
    began = time.perf_counter()
    statement = load_bytes(data, url="https://www.example.org/privacy", mime_type="text/html")
    assert len(statement.text.split()) > 1900
    assert time.perf_counter() - began < 0.5
