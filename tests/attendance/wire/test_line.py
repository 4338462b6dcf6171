"""Lines of an upload, read in one go or one by one."""

from hypothesis import example, given
from hypothesis import strategies as st

from leuit_attendance.wire.line import MAX_LINE, read_lines

ODD = "é"


@example(lines=["1" * (MAX_LINE + 9), "", "2\r"], ended=True)
@given(lines=st.lists(st.text(st.sampled_from("1\t,\r\0 x"), max_size=6)), ended=st.booleans())
def test_plain_lines_are_read_as_they_are_beside_odd_ones(lines: list[str], ended: bool) -> None:
    """An upload of plain characters gives the lines it gives where a later line is not plain."""
    plain = "\n".join(lines) + ("\n" if ended and lines else "")
    beside = plain + ("" if plain.endswith("\n") or not plain else "\n") + ODD
    *known, last = read_lines(beside.encode())
    assert last.text == ODD
    assert list(read_lines(plain.encode())) == known
    assert list(read_lines(b"\xef\xbb\xbf" + plain.encode())) == known
