"""Handshake, options, heartbeat, photo, tables, serials: the small values of the protocol."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_attendance.wire import (
    HandshakeReply,
    Table,
    is_security_push,
    lower_version,
    parse_handshake,
    parse_info,
    parse_options,
    parse_photo,
    parse_serial,
    read_version,
    security_push_answer,
    status_title,
    table_of,
    verify_title,
)


@pytest.mark.parametrize(
    "text,serial",
    [
        ("LEUI204600001", "LEUI204600001"),
        (" A1 ", "A1"),
        ("a-b_1", "a-b_1"),
        ("", None),
        (None, None),
        ("-a", None),
        ("a b", None),
        ("A1\nATTLOGStamp=0", None),
        ("A1\n", None),
        ("é", None),
        ("x" * 33, None),
    ],
)
def test_serials(text: str | None, serial: str | None) -> None:
    """A serial is letters, digits, hyphen and underscore: it cannot add a line to a reply."""
    assert parse_serial(text) == serial


@pytest.mark.parametrize(
    "one,other,lower",
    [
        ("2.4.1", "2.4.1", "2.4.1"),
        ("2.4.2", "2.4.1", "2.4.1"),
        ("2.2.14", "2.4.1", "2.2.14"),
        ("2.10", "2.4.1", "2.4.1"),
        ("", "2.4.1", "2.2.14"),
        ("newest", "2.4.1", "2.2.14"),
    ],
)
def test_lower_version_by_number(one: str, other: str, lower: str) -> None:
    """The lower version counts, part by part as numbers; a device without one speaks 2.2.14."""
    assert lower_version(one, other) == lower
    assert lower_version(other, one) == lower


@pytest.mark.parametrize(
    "minutes,zone", [(420, "7"), (330, "330"), (0, "0"), (-210, "-210"), (-60, "-1")]
)
def test_zone_in_hours_or_minutes(minutes: int, zone: str) -> None:
    """Whole zones are told in hours, half and quarter zones in minutes."""
    reply = HandshakeReply("A1", zone_minutes=minutes).write().decode()
    assert f"\nTimeZone={zone}\n" in reply


def test_reply_takes_only_checked_values() -> None:
    """A serial or a stamp that could add lines to the reply is refused."""
    with pytest.raises(ValueError, match="serial"):
        HandshakeReply("A1\nRealtime=0")
    with pytest.raises(ValueError, match="stamp"):
        HandshakeReply("A1", attlog_stamp="1\nx")
    assert b"\nATTLOGStamp=None\n" in HandshakeReply("A1", attlog_stamp="None").write()


def test_device_type_and_names_in_any_case() -> None:
    """Names of the query are taken in any case; an unknown type of device counts as att."""
    shake = parse_handshake({"sn": "A1", "OPTIONS": "ALL", "deviceType": "PID"})
    assert (shake.serial, shake.wants_options, shake.device_type) == ("A1", True, "pid")
    assert parse_handshake({"SN": "A1", "DeviceType": "acc"}).device_type == "att"


def test_communication_key_changes_nothing() -> None:
    """A device is known by its serial alone: a key is neither compared nor kept."""
    keyed = parse_handshake({"SN": "A1", "pushcommkey": "0f3a"})
    assert keyed == parse_handshake({"SN": "A1"})
    assert "0f3a" not in repr(keyed)


def test_reply_tells_the_stamps_of_the_sample_session() -> None:
    """The resume marks are those of three tables, by their names of today, for old and new."""
    for version in ("2.2.14", "2.4.2"):
        lines = HandshakeReply("A1", push_version=version, operlog_stamp="0").write().split(b"\n")
        stamps = [line for line in lines if b"Stamp=" in line]
        assert stamps == [b"ATTLOGStamp=9999", b"OPERLOGStamp=0", b"ATTPHOTOStamp=9999"]


def test_options_with_commas_marks_and_secrets() -> None:
    """A value may hold commas, the mark ~ goes, passwords and keys of the line are dropped."""
    body = b"~DeviceName=X,Y,IPAddress=192.0.2.1\nComKey=77,more\tWebPassword=1,Z=,=5,A=1,A=2"
    assert parse_options(body) == {"DeviceName": "X,Y", "IPAddress": "192.0.2.1", "Z": "", "A": "2"}


@pytest.mark.parametrize("text", ["", "Ver 1", "Ver 1,x,-1,99999999999,,,,,,,,,,,,", ",,,,"])
def test_short_and_odd_heartbeats(text: str) -> None:
    """What is missing or no number is None, and a short heartbeat is no fault."""
    info = parse_info(text)
    assert (info.users, info.fingerprints, info.records, info.photos) == (None, None, None, None)


def test_all_of_a_heartbeat() -> None:
    """All thirteen values are read in their order."""
    info = parse_info("Ver 1,1,2,3,192.0.2.1,10,58,4,5,111,6,7,8")
    assert (info.users, info.fingerprints, info.records, info.faces_needed) == (1, 2, 3, 4)
    assert (info.faces, info.cards, info.user_pictures, info.photos) == (5, 6, 7, 8)
    assert (info.fingerprint_version, info.face_version) == ("10", "58")


def test_photo_tells_its_header_alone() -> None:
    """Of a photo the time, PIN and sizes are told; the picture is nowhere in the value."""
    picture = b"\xff\xd8JFIF picture"
    header = f"PIN=20261005072154-1.jpg\nSN=A1\nsize={len(picture)}\nCMD=uploadphoto".encode()
    photo = parse_photo(header + b"\0" + picture)
    assert photo.at == datetime(2026, 10, 5, 7, 21, 54)
    assert (photo.pin, photo.serial, photo.command) == ("1", "A1", "uploadphoto")
    assert (photo.size, photo.received, photo.is_whole) == (len(picture), len(picture), True)
    assert "JFIF" not in repr(photo)


@pytest.mark.parametrize("name", ["20261005072154.jpg", "20261305072154-1.jpg", "x", ""])
def test_photo_of_nobody(name: str) -> None:
    """A name without PIN or with an impossible time leaves that out."""
    photo = parse_photo(f"PIN={name}\nsize=3\n\0ab".encode())
    assert photo.at is None or photo.pin == ""
    assert not photo.is_whole


@pytest.mark.parametrize(
    "name,table",
    [
        ("ATTLOG", Table.ATTLOG),
        ("attlog ", Table.ATTLOG),
        ("options", Table.OPTIONS),
        ("OPERLOG", Table.OPERLOG),
        ("BIODATA", Table.TEMPLATES),
        ("ATTPHOTO", Table.ATTPHOTO),
        ("ERRORLOG", Table.ERRORLOG),
        ("rtlog", Table.UNKNOWN),
        ("", Table.UNKNOWN),
        (None, Table.UNKNOWN),
    ],
)
def test_tables(name: str | None, table: Table) -> None:
    """Names of tables in any case; what is not known is told as such."""
    assert table_of(name) is table


def test_access_control_firmware_is_told_apart() -> None:
    """Paths and tables of security PUSH are recognised, those of attendance are not."""
    assert is_security_push("/iclock/registry")
    assert is_security_push("/iclock/push/")
    assert is_security_push("/iclock/cdata", "rtlog")
    assert not is_security_push("/iclock/cdata", "ATTLOG")
    assert not is_security_push("/iclock/getrequest")
    assert "Attendance PUSH" in security_push_answer()


def test_titles() -> None:
    """Keys and ways of verification have names; old firmware numbers the first three otherwise."""
    assert [status_title(status) for status in (0, 1, 255)] == ["Masuk", "Pulang", "Tanpa tombol"]
    assert verify_title(1) == verify_title(1, old_firmware=True) == "Sidik jari"
    assert (verify_title(2), verify_title(2, old_firmware=True)) == ("PIN", "Kartu")
    assert (verify_title(15), verify_title(25)) == ("Wajah", "Telapak tangan")
    assert status_title(77) == verify_title(150) == verify_title(None) == "Tidak dikenal"


@given(st.binary(max_size=500), st.text(max_size=60))
def test_any_input(data: bytes, text: str) -> None:
    """None of the small parsers raises, whatever comes."""
    options = parse_options(data)
    assert all(len(value) <= 256 for value in options.values())
    photo = parse_photo(data)
    assert 0 <= photo.received <= len(data)
    parse_info(text)
    shake = parse_handshake({"SN": text, "pushver": text, "DeviceType": text, "language": text})
    if shake.serial is not None:
        reply = HandshakeReply(shake.serial, shake.push_version).write().decode()
        assert reply.splitlines()[0] == f"GET OPTION FROM: {shake.serial}"
        assert len(reply.splitlines()) == 17
    assert read_version(text)
    is_security_push(text, text)
    table_of(text)
