"""Memory stick files: the two samples, their oddities, and whatever else a file may hold."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_attendance.wire import (
    NO_KEY,
    WireRecord,
    device_of_name,
    parse_attlog_file,
    write_older_form,
)

SAMPLES = Path(__file__).parents[1] / "samples"
CURRENT = (SAMPLES / "1_attlog.dat").read_bytes()
OLDER = (SAMPLES / "3602099000001_attlog.dat").read_bytes()


def _accounted(data: bytes, name: str = "", **options: str) -> None:
    file = parse_attlog_file(data, name, **options)  # type: ignore[arg-type]  # by name
    framing = (file.form == "older") + (file.checksum is not None)
    assert len(file.records) + file.junk_count + file.blank + framing == file.lines
    assert len(file.junk) == min(file.junk_count, 1000)
    expected = data.removeprefix(b"\xef\xbb\xbf")
    assert file.lines == expected.count(b"\n") + (not expected.endswith(b"\n") and expected != b"")
    assert all(junk.reason and len(junk.raw) <= 120 for junk in file.junk)


def test_current_sample() -> None:
    """Vector 17: 199 records, 198 distinct by PIN, time and status, and the junk line by number."""
    file = parse_attlog_file(CURRENT, "1_attlog.dat")
    assert (file.form, file.device_id, file.serial, file.checksum) == ("current", "1", None, None)
    assert len(file.records) == 199
    assert len({record.key for record in file.records}) == 198
    assert [(junk.line_number, junk.code, junk.raw) for junk in file.junk] == [
        (104, "no_columns", "   #!ERR 0x1F rec lost")
    ]
    assert {record.device_id for record in file.records} == {"1"}
    assert len({record.pin for record in file.records}) == 10


def test_older_sample() -> None:
    """The older form gives serial, records and checksum; the device number comes from column 3."""
    file = parse_attlog_file(OLDER, "/media/stick/3602099000001_attlog.dat")
    assert (file.form, file.serial, file.device_id) == ("older", "3602099000001", "2")
    assert (len(file.records), file.junk_count, file.checksum) == (20, 0, "30533")
    assert {record.pin for record in file.records} == {"3", "11"}


def test_older_sample_is_written_back_unchanged() -> None:
    """Writing the records of the older sample gives the same bytes, spaces before PINs included."""
    file = parse_attlog_file(OLDER)
    assert file.serial is not None
    assert write_older_form(file.serial, file.records, file.checksum) == OLDER


def test_vector_27_and_28() -> None:
    """An aligned PIN is stripped, its spaces are kept aside; a PIN may hold letters."""
    lines = (
        b"        1\t2026-10-03 08:59:01\t1\t0\t1\t0\n        1\t2026-10-03 18:10:22\t1\t1\t1\t0\n"
    )
    come, leave = parse_attlog_file(lines).records
    assert (come.pin, come.pin_raw, come.status, leave.status) == ("1", "        1", 0, 1)
    assert leave.at == datetime(2026, 10, 3, 18, 10, 22)
    file = parse_attlog_file(b"EMP-20001\t2026-06-02 09:15:00\t99\t0\t3\t0", "99_attlog.dat")
    assert (file.records[0].pin, file.records[0].verify, file.device_id) == ("EMP-20001", 3, "99")


def test_swapped_columns() -> None:
    """With the swapped column map the fourth column is verify and the fifth is status."""
    line = b"7\t2026-10-05 07:10:12\t1\t15\t0\t0\n"
    (record,) = parse_attlog_file(line, column_map="swapped").records
    assert (record.status, record.verify) == (0, 15)
    written = write_older_form("A1", [record], column_map="swapped")
    assert written == b"A1\r\n" + line.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "line,code",
    [
        ("7\t2026-02-30 07:10:12\t1\t0\t1\t0", "bad_time"),
        ("7\t2026-10-05 24:10:12\t1\t0\t1\t0", "bad_time"),
        ("7\t2026-10-05\t1\t0\t1\t0", "bad_time"),
        ("7\t٢٠٢٦-10-05 07:10:12\t1\t0\t1\t0", "bad_time"),
        ("7\t1999-10-05 07:10:12\t1\t0\t1\t0", "time_out_of_range"),
        ("7\t0001-01-01 00:00:00\t1\t0\t1\t0", "time_out_of_range"),
        ("\t2026-10-05 07:10:12\t1\t0\t1\t0", "bad_pin"),
        ("7 7\t2026-10-05 07:10:12\t1\t0\t1\t0", "bad_pin"),
        ("9" * 25 + "\t2026-10-05 07:10:12\t1\t0\t1\t0", "bad_pin"),
        ("7\t2026-10-05 07:10:12\t1\tx\t1\t0", "bad_status"),
        ("7\t2026-10-05 07:10:12\t1\t0\t1_0\t0", "bad_verify"),
        ("7\t2026-10-05 07:10:12\t1\t0\t1\t" + "0" * 25, "bad_workcode"),
        ("7\t2026-10-05 07:10:12\tñ\t0\t1\t0", "bad_device_id"),
        ("7\t2026-10-05 07:10:12\t1", "too_few_columns"),
        ("7\t" + "x" * 5000, "too_long"),
        ("3602099000001x y", "no_columns"),
    ],
)
def test_bad_line_is_reported_and_its_neighbours_stand(line: str, code: str) -> None:
    """A line that cannot be read is told with number and reason; the others are records."""
    good = "1\t2026-10-05 07:00:00\t1\t0\t1\t0"
    file = parse_attlog_file(f"{good}\n{line}\n{good}\n".encode())
    assert len(file.records) == 2
    assert [(junk.line_number, junk.code) for junk in file.junk] == [(2, code)]


def test_trailer_needs_a_header() -> None:
    """A current file that was cut off within a PIN has a junk line and no checksum."""
    good = b"        1\t2026-10-05 07:00:00\t1\t0\t1\t0\n"
    cut = parse_attlog_file(good + b"101")
    assert (cut.checksum, cut.junk_count, cut.form) == (None, 1, "current")
    cut_older = parse_attlog_file(b"A1\n" + good + b"      101")
    assert (cut_older.checksum, cut_older.junk_count) == (None, 1)


def test_word_within_an_older_file_is_junk() -> None:
    """Only the last line can be the checksum; the same word before a record is reported."""
    good = b"1\t2026-10-05 07:00:00\t1\t0\t1\t0\r\n"
    file = parse_attlog_file(b"A1\r\n" + good + b"30533\r\n" + good + b"999\r\n\r\n\x1a")
    assert [junk.line_number for junk in file.junk] == [3]
    assert (file.checksum, file.blank, len(file.records)) == ("999", 2, 2)


@pytest.mark.parametrize(
    "name,expected",
    [
        ("1_attlog.dat", ("1", None)),
        ("C:\\USB\\007_ATTLOG.DAT", ("7", None)),
        ("1_attlog (2).dat", ("1", None)),
        ("3602099000001_attlog.dat", (None, "3602099000001")),
        ("LEUI204600001_attlog.dat", (None, "LEUI204600001")),
        ("punches.dat", (None, None)),
        ("a b_attlog.dat", (None, None)),
        ("", (None, None)),
    ],
)
def test_name_tells_the_device(name: str, expected: tuple[str | None, str | None]) -> None:
    """Up to five digits are the device number, anything else that can be a serial is one."""
    assert device_of_name(name) == expected


def test_mixed_device_numbers_name_no_device() -> None:
    """Without a telling name, a file whose records differ in column 3 names no device."""
    rows = b"1\t2026-10-05 07:00:00\t1\t0\t1\t0\n1\t2026-10-05 07:00:00\t2\t0\t1\t0\n"
    assert parse_attlog_file(rows).device_id is None


@pytest.mark.parametrize("encoding", ["utf-8", "gb2312", "latin-1", "utf-8-sig"])
def test_encodings(encoding: str) -> None:
    """A junk line of another encoding is shown as text and spoils no record."""
    word = {"gb2312": "记录丢失", "latin-1": "perdú\u00ff"}.get(encoding, "rusak ×")
    good = "1\t2026-10-05 07:00:00\t1\t0\t1\t0\n"
    file = parse_attlog_file((good + word + "\n" + good).encode(encoding))
    assert (len(file.records), file.junk[0].raw) == (2, word)


def test_junk_does_not_fill_the_memory() -> None:
    """Of very many junk lines a thousand are kept, all are counted."""
    file = parse_attlog_file(b"x y\n" * 5000)
    assert (len(file.junk), file.junk_count, file.lines) == (1000, 5000, 5000)


@given(st.binary(max_size=2000), st.text(max_size=40), st.sampled_from(["standard", "swapped"]))
def test_any_bytes(data: bytes, name: str, column_map: str) -> None:
    """No bytes raise, and every line is accounted for."""
    _accounted(data, name, column_map=column_map)


_CELLS = st.sampled_from(
    [
        *(b"1", b"   42", b"2026-10-05 07:00:00", b"2026-13-01 00:00:00", b"0", b"255", b"-1"),
        *(
            b"\t",
            b"\t",
            b"\t",
            b"\n",
            b"\r\n",
            b" ",
            b"A1",
            b"\xff",
            b"\x1a",
            b"\0",
            b"\xe8\xae\xb0",
        ),
    ]
)


@given(st.lists(_CELLS, max_size=60).map(b"".join))
def test_any_pieces(data: bytes) -> None:
    """Pieces of real lines in any order raise nothing, and every line is accounted for."""
    _accounted(data)


_TIMES = st.datetimes(
    datetime(2000, 1, 1),
    datetime(2099, 12, 31, 23, 59, 59),
).map(lambda at: at.replace(microsecond=0))
_PINS = st.from_regex(r"\A[A-Za-z0-9-]{1,9}\Z")


@given(
    st.lists(
        st.builds(
            lambda pin, width, at, **rest: WireRecord(
                pin=pin, pin_raw=pin.rjust(width), at=at, **rest
            ),
            pin=_PINS,
            width=st.integers(0, 12),
            at=_TIMES,
            status=st.sampled_from([0, 1, 5, NO_KEY]),
            verify=st.one_of(st.none(), st.integers(0, 255)),
            workcode=st.from_regex(r"\A[0-9]{0,8}\Z"),
            device_id=st.from_regex(r"\A[0-9]{1,3}\Z"),
        ),
        max_size=8,
    ),
    st.sampled_from(["standard", "swapped"]),
)
def test_round_trip(records: list[WireRecord], column_map: str) -> None:
    """What the older form is written from is read back equal, in either column map."""
    swapped = {"column_map": column_map}
    data = write_older_form("A1", records, "123", **swapped)  # type: ignore[arg-type]  # by name
    file = parse_attlog_file(data, **swapped)  # type: ignore[arg-type]  # by name
    assert (list(file.records), file.serial, file.checksum) == (records, "A1", "123")
    assert file.junk_count == 0
