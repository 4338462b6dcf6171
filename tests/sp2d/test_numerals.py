"""Amounts in words follow the grammar of Indonesian numerals."""

import re

from hypothesis import given
from hypothesis import strategies as st

from leuit_sp2d.words import LARGEST_IN_WORDS, in_words

DIGITS = ("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan")
UNITS = ((10**15, "kuadriliun"), (10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"))


def spelled(number: int) -> str:
    """The grammar of Indonesian numerals, one rule a line."""
    for unit, name in (*UNITS, (1_000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= unit:
            many, rest = divmod(number, unit)
            if unit == 10 and many == 1:
                return {0: "sepuluh", 1: "sebelas"}.get(rest, f"{DIGITS[rest]} belas")
            short = many == 1 and unit <= 1_000
            head = f"se{name}" if short else f"{spelled(many)} {name}"
            return f"{head} {spelled(rest)}".strip()
    return DIGITS[number]


@given(
    st.integers(1, LARGEST_IN_WORDS)
    | st.builds(
        lambda head, thousands, rest: head * 10**6 + thousands * 1_000 + rest,
        st.integers(0, 10**9),
        st.sampled_from((0, 1, 2, 11, 21, 101, 111, 201, 921)),
        st.integers(1, 999),
    )
)
def test_words_follow_the_grammar(amount: int) -> None:
    """Any amount is spelled as the rules of numerals spell it; no word is foreign to them."""
    words = in_words(amount)
    assert words == f"{spelled(amount)} rupiah"
    assert re.fullmatch(r"[a-z ]+", words)
