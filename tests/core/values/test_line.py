"""Lines that people typed are kept as they are seen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit.values import one_line


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("  Surat   tugas ", "Surat tugas"),
        ("Surat\r\n\ttugas\x0b\x85\u2028\u00a0dua", "Surat tugas dua"),
        ("gaji\u202egpj.fdp\u202c", "gajigpj.fdp"),
        ("\u2067Surat\u2069 \u200etugas\u061c", "Surat tugas"),
        ("Su\u200brat\u00ad \ufefftu\u200dgas\U000e0041", "Surat tugas"),
        ("\u3164\u2800\u115f\u034f\ufe0f", ""),
        ("\x00\x1b[2KSurat\x7f", "[2KSurat"),
        ("Cafe\u200d\u0301 \u4e2d\u6587 \u0627\u0644", "Caf\u00e9 \u4e2d\u6587 \u0627\u0644"),
        ("\ud800Surat\ue000", "Surat"),
    ],
)
def test_what_is_not_seen_is_not_kept(typed: str, kept: str) -> None:
    """Ends of lines, marks of direction, fillers and controls go; letters of any script stay."""
    assert one_line(typed) == kept


@given(st.text())
def test_a_line_stays_as_it_is_kept(typed: str) -> None:
    """Kept once or twice is the same, so that what was saved may be sent again."""
    kept = one_line(typed)
    assert one_line(kept) == kept
    assert kept.isprintable()
    assert kept == kept.strip()
