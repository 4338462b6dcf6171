"""The code that people type from paper to ask whether it is genuine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit.values import new_paper_code, read_paper_code, shown_paper_code
from leuit.values.paper_code import _LETTERS


def test_a_new_code_is_one_that_is_read_back() -> None:
    """Twelve letters of which none is misread, and never the same twice."""
    codes = {new_paper_code() for _one in range(100)}
    assert len(codes) == 100
    assert all(read_paper_code(code) == code for code in codes)


@pytest.mark.parametrize(
    "typed, code",
    [
        ("7Q4K92MD0TXB", "7Q4K92MD0TXB"),
        ("7q4k-92md-0txb", "7Q4K92MD0TXB"),
        (" 7q4k 92md – oTxB ", "7Q4K92MD0TXB"),
        ("IlLi00OOo0x9", "1111000000X9"),
        ("7Q4K92MD0TX", ""),
        ("7Q4K92MD0TXBB", ""),
        ("7Q4K92MD0TXU", ""),
        ("", ""),
        ("../../../../x", ""),
        ("٧Q4K92MD0TXB", ""),
    ],
)
def test_a_code_is_read_as_it_was_meant(typed: str, code: str) -> None:
    """Small letters, dashes and spaces do not matter; O is 0, I and L are 1; U is nothing."""
    assert read_paper_code(typed) == code


@given(st.text(_LETTERS, min_size=12, max_size=12))
def test_a_printed_code_is_read_back(code: str) -> None:
    """What stands below the QR code leads to the same paper."""
    assert read_paper_code(shown_paper_code(code)) == code
    assert read_paper_code(shown_paper_code(code).lower()) == code
    assert read_paper_code(code.replace("0", "O").replace("1", "l")) == code
