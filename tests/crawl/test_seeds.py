from pathlib import Path

import pytest

from auditor.crawl.seeds import SeedError, parse_site, read_seeds


@pytest.mark.parametrize(
    ("given", "url", "key"),
    [
        ("example.nl", "https://example.nl/", "example.nl"),
        ("HTTP://Example.NL", "http://example.nl/", "example.nl"),
        ("https://example.nl/winkel/", "https://example.nl/winkel/", "example.nl_winkel"),
        ("https://example.nl:8443", "https://example.nl:8443/", "example.nl_8443"),
        ("https://café.example.com/#kop", "https://xn--caf-dma.example.com/", "xn--caf-dma.example.com"),
        ("https://[::1]:8080/", "https://[::1]:8080/", "--1_8080"),
    ],
)
def test_an_address_becomes_a_seed(given: str, url: str, key: str) -> None:
    seed = parse_site(given)
    assert (seed.url, seed.key) == (url, key)


@pytest.mark.parametrize(
    "given",
    [
        "ftp://example.nl",
        "https://",
        "https://user:secret@example.nl",
        "not a site",
        "https://ex ample.nl",
        "winkel",
        "https://example.nl:99999",
    ],
)
def test_what_is_no_site_is_refused_with_a_reason(given: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        parse_site(given)


def test_a_list_keeps_its_good_lines_and_reports_its_broken_ones(tmp_path: Path) -> None:
    path = tmp_path / "sites.csv"
    path.write_bytes(
        "\ufeffurl;naam\n# proef\n\nexample.nl;Winkel\nhttps://example.nl/\n::kapot::\nexample.com\n".encode()
    )
    seeds, broken = read_seeds([], path)
    assert [seed.url for seed in seeds] == ["https://example.nl/", "https://example.com/"]
    assert [(line.given, line.where) for line in broken] == [("::kapot::", "sites.csv, line 6")]


def test_a_missing_list_says_what_was_expected_and_where(tmp_path: Path) -> None:
    with pytest.raises(SeedError, match=r"expected a list of sites at .*missing\.txt"):
        read_seeds([], tmp_path / "missing.txt")


def test_a_host_without_a_scheme_may_fall_back_to_http() -> None:
    assert not parse_site("example.nl").scheme_given
    assert parse_site("https://example.nl").scheme_given
