import time

import pytest

from auditor.evidence.naming import declares


@pytest.mark.parametrize(
    ("declared", "name", "covers"),
    [
        ("wp-settings-{user}-x", "wp-settings-1-x", True),
        ("_gat_*_x", "_gat_UA_1_y", False),
        ("**", "anything", True),
        ("_GA_*", "_ga_AB12", True),
        ("a*b*c", "a1b2c", True),
        ("a*b*c", "a1c2b", False),
    ],
)
def test_wildcards_stand_for_any_text_between_their_pieces(declared: str, name: str, covers: bool) -> None:
    assert declares(declared, name) is covers


def test_a_hostile_declared_name_costs_no_time() -> None:
    begin = time.perf_counter()
    assert not declares("<a>x<b>x<c>x<d>xy" * 20, "x" * 5000)
    assert time.perf_counter() - begin < 0.5
