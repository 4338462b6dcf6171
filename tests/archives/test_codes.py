"""Codes: their form, what stands above them, and their order."""

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.codes import is_code, level_of, parents_of, sort_key
from tests.archives.tables import BROADCASTER, PROVINCE, classification, rows_of

PART = st.text("0123456789", min_size=1, max_size=3) | st.text("aBcZ", min_size=1, max_size=2)
CODES = st.lists(PART, min_size=1, max_size=5).map(".".join)


def test_vector_02() -> None:
    """Above 000.5.6.2 stand 000.5.6, 000.5 and 000, in this order."""
    assert parents_of("000.5.6.2") == ("000.5.6", "000.5", "000")
    assert parents_of("000") == ()


def test_vector_04() -> None:
    """000.1.9 comes before 000.1.10."""
    given_codes = ["000.1.2", "000.1.10", "000.1.9"]
    assert sorted(given_codes, key=sort_key) == ["000.1.2", "000.1.9", "000.1.10"]


def test_letters_come_after_digits_and_case_does_not_part_them() -> None:
    """A schedule with letters reads as printed."""
    order = ["KP.05.01", "KP.05.01.2", "KP.05.01.a", "KP.05.01.B", "KP.05.01.c", "KP.05.10"]
    shuffled = random.Random(4).sample(order, len(order))
    assert sorted(shuffled, key=sort_key) == order


@pytest.mark.parametrize("text", ["000", "000.1.2.3", "KP.05.01.a", "PR.00.01", "1." * 19 + "10"])
def test_codes_of_both_forms(text: str) -> None:
    """Digits alone, or digits and letters, each part one of them; 40 characters at most."""
    assert is_code(text)


@pytest.mark.parametrize(
    "text",
    ["", ".", "000.", ".000", "000..1", " 000", "000\n", "000,1", "000.1a", "٠٠٠", "é.1", "1" * 41],
)
def test_no_codes(text: str) -> None:
    """Empty parts, blanks, other stops, mixed parts, digits of other scripts, too long."""
    assert not is_code(text)


def test_every_published_code_is_one() -> None:
    """All rows of the three tables, and the level of the classification is the count of parts."""
    codes = [row["code"] for name in (BROADCASTER, PROVINCE) for row in rows_of(name)]
    codes += [line.code for line in classification()]
    assert [code for code in codes if not is_code(code)] == []
    assert all(level_of(line.code) == line.level for line in classification())


@given(CODES)
def test_parents_are_codes_of_one_level_less_each(code: str) -> None:
    """The parents of the nearest parent are the other parents."""
    parents = parents_of(code)
    assert [level_of(parent) for parent in parents] == list(range(level_of(code) - 1, 0, -1))
    assert all(code.startswith(parent + ".") and is_code(parent) for parent in parents)
    if parents:
        assert parents_of(parents[0]) == parents[1:]


@given(st.lists(CODES | st.text(max_size=8), unique=True, max_size=6))
def test_the_order_is_total(codes: list[str]) -> None:
    """Any different texts have different keys, and any order of rows is sorted to the same."""
    ordered = sorted(codes, key=sort_key)
    turned = codes[::-1]
    assert sorted(turned, key=sort_key) == ordered
    assert all(sort_key(a) < sort_key(b) for a, b in itertools.combinations(ordered, 2))


def test_codes_that_differ_in_zeros_or_case_alone_have_their_order() -> None:
    """Two rows never share a place, or a table would be listed one way today, another tomorrow."""
    order = ["0", "00", "01", "1", "A", "a"]
    assert sorted(order[1::2] + order[::2], key=sort_key) == order
    assert len({sort_key(code) for code in order}) == len(order)


@given(CODES, CODES)
def test_a_branch_stays_together_behind_its_parent(code: str, other: str) -> None:
    """Parents come before children; what sorts between parent and child is below the parent."""
    for parent in parents_of(code):
        assert sort_key(parent) < sort_key(code)
        if sort_key(parent) < sort_key(other) < sort_key(code):
            assert parent in parents_of(other)


@given(st.integers(0, 10**30), st.integers(0, 10**30), st.integers(0, 3))
def test_digits_sort_by_value(first: int, second: int, zeros: int) -> None:
    """Leading zeros do not count."""
    if first < second:
        assert sort_key("000." + "0" * zeros + str(first)) < sort_key(f"000.{second}")
