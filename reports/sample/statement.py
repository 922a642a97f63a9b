"""The sample's statement: a text of our own in the manner of a small Dutch shop, with blocks, claims and items."""

from __future__ import annotations

from importlib import resources
from typing import Any

from auditor.model import Block, Claim, DeclaredCookie, Item, Statement, Table, VendorNamed

URL = "https://www.fietsenhuis.example.org/privacy"


def statement(fetched_at: str) -> Statement:
    """The statement as READ would give it."""
    text, blocks, table = _text_and_blocks()
    return Statement(
        url=URL,
        role="both",
        found_by="footer link 'Privacy en cookies'",
        fetched_at=fetched_at,
        sha256="5f2a8c0de19b7734a1c9e0f4b6d2c38811f0a97e43d5b6c7a8e9f0a1b2c3d4e5",
        language="nl",
        title="Privacy- en cookieverklaring",
        text=text,
        blocks=blocks,
        tables=(table,),
    )


def claims(said: Statement) -> tuple[Claim, ...]:
    """What the statement claims; the order is the numbering used by the findings."""
    return (
        _claim(said, "uses-cookies", "yes", "Onze website maakt gebruik van cookies."),
        _claim(said, "cookie-category", "functional", "functionele cookies, die de winkelwagen laten werken"),
        _claim(said, "cookie-category", "marketing", "marketingcookies, waarmee u elders reclame van ons te zien krijgt"),
        _claim(
            said, "consent-before", "marketing",
            "Marketingcookies plaatsen wij pas nadat u daar in de cookiemelding toestemming voor hebt gegeven.",
            condition="consent", phrase="nl/consent-before/3",
        ),
        _claim(said, "consent-banner", True, "in de cookiemelding"),
        _claim(said, "refusal-effect", "none", "Weigert u, dan blijft de webwinkel gewoon werken."),
        _claim(
            said, "cookie-retention", "1 jaar", "De cookies van Google Analytics bewaren wij hoogstens een jaar.",
            duration_days=365.0, vendor="Google Analytics",
        ),
        _claim(said, "ga-ip-anonymised", True, "De laatste cijfers van uw IP-adres worden daarbij weggelaten."),
        _claim(said, "sells-data", "no", "Wij verkopen uw gegevens niet.", polarity="denied", klass="H"),
        _claim(said, "transfer-mechanism", "privacy-shield", "aangesloten bij het Privacy Shield", klass="D"),
    )  # fmt: skip


def vendors(said: Statement) -> tuple[VendorNamed, ...]:
    quote = "Met Google Analytics houden wij bij hoe vaak pagina's worden bekeken."
    start = said.text.index(quote)
    return (
        VendorNamed(
            name="Google Analytics", entity="Google", role="analytics", used=True,
            quote=quote, start=start, end=start + len(quote),
        ),
    )  # fmt: skip


def declared(said: Statement) -> tuple[DeclaredCookie, ...]:
    rows = (
        {"name": "PHPSESSID", "provider": "Fietsenhuis Waterland", "purpose": "winkelwagen", "duration": "sessie", "duration_days": 0.0},
        {"name": "_ga", "provider": "Google", "purpose": "statistieken", "duration": "1 jaar", "duration_days": 365.0},
        {"name": "cc_cookie", "provider": "Fietsenhuis Waterland", "purpose": "uw cookiekeuze", "duration": "6 maanden", "duration_days": 180.0},
    )  # fmt: skip
    return tuple(_declared(said, row) for row in rows)


def items(said: Statement) -> dict[str, Item]:
    """Every item of the list, present with its quote or absent."""
    quotes = {
        "controller-identity": "Fietsenhuis Waterland B.V.",
        "controller-contact": "info@fietsenhuis.example.org",
        "date-of-version": "laatst bijgewerkt op 12 maart 2019",
        "right-access": "U mag uw gegevens inzien",
        "right-rectification": "laten verbeteren",
        "right-erasure": "laten verwijderen",
        "right-object": "bezwaar maken tegen het gebruik ervan",
        "right-complaint-authority": "een klacht indienen bij de Autoriteit Persoonsgegevens",
        "purposes": "houden wij bij hoe vaak pagina's worden bekeken",
    }
    absent = ("legal-basis", "retention-period", "right-portability", "right-restriction", "dpo-contact")
    return {kind: _present(said, quote) for kind, quote in quotes.items()} | {k: Item(present=False) for k in absent}


def _claim(said: Statement, kind: str, value: str | bool, quote: str, **more: Any) -> Claim:
    start = said.text.index(quote)
    return Claim(kind=kind, value=value, quote=quote, start=start, end=start + len(quote), **more)


def _declared(said: Statement, row: dict[str, Any]) -> DeclaredCookie:
    start = said.text.index(f"{row['name']} ")
    end = said.text.index("\n", start)
    return DeclaredCookie(**row, quote=said.text[start:end], start=start, end=end)


def _present(said: Statement, quote: str) -> Item:
    start = said.text.index(quote)
    return Item(present=True, quote=quote, start=start, end=start + len(quote))


def _text_and_blocks() -> tuple[str, tuple[Block, ...], Table]:
    lines: list[str] = []
    blocks: list[Block] = []
    rows: list[tuple[str, list[tuple[int, int]]]] = []
    place = 0
    for raw in resources.files("reports.sample").joinpath("statement.nl.txt").read_text("utf-8").splitlines():
        mark, _, rest = raw.partition(" ")
        line = rest if mark in {"#", "##", "###", "-", "|"} else raw
        end = place + len(line.rstrip(" |"))
        if mark == "|":
            line = line.rstrip(" |")
            rows.append((line, _cells(line, place)))
            blocks.append(Block(type="row", start=place, end=end))
            blocks += [Block(type="cell", start=a, end=b) for a, b in rows[-1][1]]
        elif mark.startswith("#"):
            blocks.append(Block(type="heading", start=place, end=end, level=len(mark), anchor=line.lower()))
        else:
            blocks.append(Block(type="item" if mark == "-" else "paragraph", start=place, end=end))
        lines.append(line)
        place += len(line) + 1
    header = tuple(rows[0][0].split(" | "))
    return (
        "\n".join(lines) + "\n",
        tuple(blocks),
        Table(header=header, rows=tuple(tuple(spans) for _, spans in rows[1:])),
    )


def _cells(line: str, place: int) -> list[tuple[int, int]]:
    spans = []
    for cell in line.split(" | "):
        spans.append((place, place + len(cell)))
        place += len(cell) + 3
    return spans
