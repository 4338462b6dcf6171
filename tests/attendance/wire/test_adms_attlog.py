"""Attendance uploads: every form seen in the field, and every body that could be sent."""

import base64
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_attendance.testing import FORMS, Form, MemoryLine, write_upload
from leuit_attendance.wire import NO_KEY, WireRecord, adms_attlog, parse_attlog, position_of
from leuit_attendance.wire.line import Line

AT = datetime(2026, 10, 5, 7, 0, 0)
HERE = "eyJHUFNJbmZvIjp7ImxvbmdpdHVkZSI6IjEwNi4yNDk0IiwibGF0aXR1ZGUiOiItNi4zNTk3In19"
NOWHERE = "eyJHUFNJbmZvIjp7ImxvbmdpdHVkZSI6Ii0xIiwibGF0aXR1ZGUiOiItMSJ9fQ=="


def _one(body: bytes, **options: str) -> WireRecord:
    (record,) = parse_attlog(body, **options).records
    return record


def test_twelve_columns() -> None:
    """Vector 23 and 24: all columns of the current form, with offset and position."""
    body = f"2\t2026-10-05 07:00:00\t0\t1\t7\t0\t0\t0\t\t\t+25200\t{HERE}".encode()
    record = _one(body)
    assert (record.pin, record.at, record.status, record.verify) == ("2", AT, 0, 1)
    assert (record.workcode, record.offset_seconds) == ("7", 25200)
    assert (record.longitude, record.latitude) == (106.2494, -6.3597)


@pytest.mark.parametrize(
    "tail", ["\t0\t1\t0", "\t0\t1\t0\t0\t0", "\t0\t1", "\t0\t1\t0" + "\t9" * 30]
)
def test_fewer_and_more_columns(tail: str) -> None:
    """Vector 23: five and seven columns, missing ones and further ones are all accepted."""
    record = _one(f"3\t2026-10-05 07:00:00{tail}".encode())
    assert (record.pin, record.at, record.status, record.verify) == ("3", AT, 0, 1)


def test_pin_and_time_are_enough() -> None:
    """Without a status column no key was pressed; without verify the way is unknown."""
    record = _one(b"3\t2026-10-05 07:00:00")
    assert (record.status, record.verify, record.workcode) == (NO_KEY, None, "")
    assert (record.offset_seconds, record.latitude) == (None, None)


def test_card_devices() -> None:
    """On devices of type pid columns 8 and 9 are card number and type, hidden from the repr."""
    body = b"3\t2026-10-05 07:00:00\t0\t4\t0\t0\t0\t3602041211870001\t1\t\t-3600"
    record = _one(body, device_type="PID")
    assert (record.id_number, record.record_type) == ("3602041211870001", 1)
    assert record.offset_seconds == -3600
    assert "3602041211870001" not in repr(record)
    assert _one(body).id_number == ""


@pytest.mark.parametrize("form", FORMS)
def test_every_form_tells_the_same(form: Form) -> None:
    """Commas, CRLF, a form body, named columns: the same taps come out of each form."""
    lines = [MemoryLine("42", AT, 0, 1), MemoryLine("EMP-1", AT, 255, 15)]
    upload = parse_attlog(write_upload(lines, form, 25200))
    told = [(record.pin, record.at, record.status, record.verify) for record in upload.records]
    assert told == [("42", AT, 0, 1), ("EMP-1", AT, 255, 15)]
    assert (upload.answer_count, upload.junk_count) == (2, 0)


def test_encoded_form_body() -> None:
    """A form body in percent-encoding is decoded, with the table beside it."""
    lines = b"1%092026-10-05+07%3A00%3A00%090%091%0A2%092026-10-05%2007:00:00"
    body = b"SN=A1&table=ATTLOG&data=" + lines + b"&x=1"
    upload = parse_attlog(body)
    assert [(record.pin, record.at) for record in upload.records] == [("1", AT), ("2", AT)]


def test_plain_form_body_keeps_its_plus() -> None:
    """A form body that was not encoded keeps the plus sign of its time offset."""
    record = _one(b"data=1\t2026-10-05 07:00:00\t0\t1\t0\t0\t0\t0\t\t\t+25200\t")
    assert record.offset_seconds == 25200


def test_named_columns_in_any_order() -> None:
    """Access-control firmware names its columns; unknown names are borne."""
    body = b"time=2026-10-05 07:00:00\tpin=42\tcardno=0\tinoutstatus=1\tverifytype=15\tindex=7"
    record = _one(body)
    assert (record.pin, record.at, record.status, record.verify) == ("42", AT, 1, 15)


def test_bad_lines_are_reported_and_counted_in_the_answer() -> None:
    """An unreadable line is told with number and reason, and the device is not asked again."""
    upload = parse_attlog(
        b"1\t2026-10-05 07:00:00\r\n\r\nnonsense\n2\tyesterday\n3\t2026-10-05 7:0:0\tin\n"
    )
    assert [(junk.line_number, junk.code) for junk in upload.junk] == [
        (3, "no_columns"),
        (4, "bad_time"),
        (5, "bad_status"),
    ]
    assert (len(upload.records), upload.blank, upload.answer_count) == (1, 1, 4)


def test_repeats_stay() -> None:
    """The same line twice in one upload is two records: the person tapped twice."""
    assert len(parse_attlog(b"1\t2026-10-05 07:00:00\t0\n" * 2).records) == 2


def test_no_position() -> None:
    """Vector 25: two values of -1 are no position."""
    assert position_of(NOWHERE) is None
    assert position_of(HERE) == (-6.3597, 106.2494)


@pytest.mark.parametrize(
    "info",
    [
        {"GPSInfo": {"longitude": "106.2"}},
        {"GPSInfo": {"longitude": "181", "latitude": "1"}},
        {"GPSInfo": {"longitude": "106.2", "latitude": "-91"}},
        {"GPSInfo": {"longitude": "nan", "latitude": "inf"}},
        {"GPSInfo": {"longitude": True, "latitude": False}},
        {"GPSInfo": {"longitude": float("inf"), "latitude": float("nan")}},
        {"GPSInfo": {"longitude": 10**400, "latitude": 1}},
        {"GPSInfo": ["106", "-6"]},
        {"GPSInfo": None},
        ["GPSInfo"],
        "GPSInfo",
        7,
    ],
)
def test_odd_positions_are_none(info: object) -> None:
    """A position that is none, or none on Earth, is left out; the tap stands."""
    text = base64.b64encode(json.dumps(info).encode()).decode()
    assert position_of(text) is None
    body = f"1\t2026-10-05 07:00:00\t0\t1\t0\t0\t0\t0\t\t\t\t{text}".encode()
    assert _one(body).latitude is None


def test_position_as_numbers() -> None:
    """Numbers in place of strings are read too."""
    text = base64.b64encode(b'{"GPSInfo":{"longitude":106.25,"latitude":-6}}').decode()
    assert position_of(text) == (-6.0, 106.25)


def test_deep_json_is_no_position() -> None:
    """JSON nested without end costs the position, not the server."""
    assert position_of(base64.b64encode(b"[" * 700).decode()) is None


@pytest.mark.parametrize("offset", ["+90000", "7h", "--7", "+", "99999999999999"])
def test_odd_offsets_are_none(offset: str) -> None:
    """An offset that no zone has counts as not told; the tap stands."""
    body = f"1\t2026-10-05 07:00:00\t0\t1\t0\t0\t0\t0\t\t\t{offset}\t".encode()
    assert _one(body).offset_seconds is None


_PIECES = st.sampled_from(
    [
        *(b"1", b"PIN=4", b"Time=", b"2026-10-05 07:00:00", b"0", b"+25200", HERE.encode()),
        *(b"\t", b"\t", b"\t", b",", b"\n", b"\r", b"=", b"&", b"data=", b"%09", b"\xff", b"\0"),
    ]
)


@given(st.one_of(st.binary(max_size=1500), st.lists(_PIECES, max_size=60).map(b"".join)))
def test_any_body(body: bytes) -> None:
    """No body raises, and every line is a record, blank or reported."""
    for device_type in ("att", "pid"):
        upload = parse_attlog(body, device_type=device_type)
        assert len(upload.records) + upload.junk_count + upload.blank == upload.lines
        assert upload.answer_count == upload.lines - upload.blank


@given(
    st.one_of(
        st.text(max_size=60), st.binary(max_size=90).map(lambda b: base64.b64encode(b).decode())
    )
)
def test_any_position(text: str) -> None:
    """No ExtendData raises, and a position is always on Earth."""
    found = position_of(text)
    assert found is None or (abs(found[0]) <= 90 and abs(found[1]) <= 180)


@given(
    st.text("0123456789", min_size=1, max_size=10),
    st.datetimes(datetime(1999, 12, 30), datetime(2101, 1, 2)),
    st.integers(0, 9999),
    st.integers(0, 9999),
    st.text("0123456789", max_size=10),
    st.sampled_from(["", "\t0", "\t0\t0", "\t0\t0\t0", "\t7"]),
)
def test_the_quick_way_reads_as_the_whole_way(
    pin: str, at: datetime, status: int, verify: int, workcode: str, rest: str
) -> None:
    """A line in the commonest form, or nearly so, gives the record that every column would give."""
    time = at.replace(microsecond=0)
    text = f"{pin}\t{time:%Y-%m-%d %H:%M:%S}\t{status}\t{verify}\t{workcode}{rest}"
    line = Line(1, text)
    quick = adms_attlog._usual(text, 1)
    if quick is not None:
        for columns in (adms_attlog._COLUMNS, adms_attlog._CARD_COLUMNS):
            assert quick == adms_attlog._record(line, columns)
    elif len(pin) < 10 and 2000 <= at.year < 2100 and status < 1000 and verify < 1000:
        assert len(workcode) > 9 or rest in ("\t0\t0\t0", "\t7")
