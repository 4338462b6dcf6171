"""Operation log, users, templates and faults: what is kept, and what must never be."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_attendance.wire import AUDITED_OPERATIONS, parse_errorlog, parse_operlog

SECRET = "s3cr3tPattern"


def test_password_is_dropped_where_it_arrives() -> None:
    """Neither the user nor anything else of the upload holds the password or shows the card."""
    body = f"USER PIN=301\tName=Contoh Satu\tPri=14\tPasswd={SECRET}\tCard=778899\tGrp=1"
    upload = parse_operlog(body.encode())
    (user,) = upload.users
    assert (user.pin, user.name, user.privilege, user.card) == ("301", "Contoh Satu", 14, "778899")
    assert SECRET not in repr(upload)
    assert "778899" not in repr(upload)


@pytest.mark.parametrize(
    "line",
    [
        f"USER PIN=\tName=x\tPasswd={SECRET}",
        f"USERS PIN=1\tPasswd={SECRET}",
        f"PIN=1\tPasswd={SECRET}",
        f"Passwd={SECRET}",
        f"TMP={SECRET}",
        f"{SECRET}=",
        f"USER PIN=1\tName={'x' * 5000}\tPasswd={SECRET}",
    ],
)
def test_unreadable_line_tells_no_secret(line: str) -> None:
    """A line that is no operation is reported by its first word, so a secret in it is not kept."""
    upload = parse_operlog(line.encode())
    assert (upload.junk_count, upload.answer_count) == (1, 1)
    assert SECRET not in repr(upload)
    assert len(upload.junk[0].raw) <= 20


@pytest.mark.parametrize(
    "line,kind",
    [
        (f"FP PIN=1\tFID=0\tSize=20\tValid=1\tTMP={SECRET}", "FP"),
        (f"FACE PIN=1\tFID=0\tTMP={SECRET}", "FACE"),
        (f"USERPIC PIN=1\tContent={SECRET}", "USERPIC"),
        (f"BIOPHOTO PIN=1\tContent={SECRET}", "BIOPHOTO"),
        (f"biodata Pin=1\tTmp={SECRET}", "BIODATA"),
        (f"FP PIN=1\tTMP={SECRET * 1000}", "FP"),
        (f"IDCARD IDNum={SECRET}", "IDCARD"),
    ],
)
def test_templates_are_counted_and_not_kept(line: str, kind: str) -> None:
    """Each kind of biometric data is counted; nothing of its content remains, however long."""
    upload = parse_operlog(f"{line}\n{line}\nUSER PIN=1\tName=A".encode())
    assert upload.refused == {kind: 2}
    assert (len(upload.users), upload.junk_count, upload.answer_count) == (1, 0, 3)
    assert SECRET not in repr(upload)


def test_operations() -> None:
    """Code, operator, time and up to four things; a bad one is reported as it stands."""
    body = (
        b"OPLOG 23\t14\t2026-10-05 09:10:02\t1\nOPLOG x\t14\t2026-10-05 09:10:02\nOPLOG 4\t0\tnow"
    )
    upload = parse_operlog(body)
    (operation,) = upload.operations
    assert operation.at == datetime(2026, 10, 5, 9, 10, 2)
    assert (operation.title, operation.is_audited) == ("Rekaman kehadiran dihapus", True)
    assert [(junk.code, junk.line_number) for junk in upload.junk] == [
        ("bad_operation", 2),
        ("bad_time", 3),
    ]
    assert upload.junk[0].raw.startswith("OPLOG x")


def test_audited_operations_are_those_of_the_reference() -> None:
    """The codes worth auditing of attendance.md section 6.2."""
    listed = {0, 1, 5, 9, 13, 21, 22, 23, 24, 43, 71, 81, 82, 83}
    assert listed == AUDITED_OPERATIONS


def test_names_of_chinese_firmware() -> None:
    """A name in GB2312 is read, and the UTF-8 names beside it stay right."""
    body = "USER PIN=1\tName=Siti ×\n".encode() + "USER PIN=2\tName=王明\n".encode("gb2312")
    assert [user.name for user in parse_operlog(body).users] == ["Siti ×", "王明"]


def test_control_characters_leave_names() -> None:
    """What no page can show is taken out of a name."""
    assert parse_operlog(b"USER PIN=1\tName=A\x00\x07B").users[0].name == "AB"


def test_faults() -> None:
    """An error of the device is read without its additional data, which could be a template."""
    body = (
        f"ERRORLOG ErrCode=D01E0001\tErrMsg=full\tDataOrigin=cmd\tCmdId=lbk1\tAdditional={SECRET}"
    )
    upload = parse_errorlog(f"{body}\n{SECRET}\n".encode())
    (fault,) = upload.faults
    assert (fault.code, fault.message) == ("D01E0001", "full")
    assert (fault.origin, fault.command_id) == ("cmd", "lbk1")
    assert (upload.junk_count, upload.answer_count) == (1, 2)
    assert SECRET not in repr(upload)


_PIECES = st.sampled_from(
    [
        *(b"OPLOG ", b"USER ", b"FP ", b"4", b"PIN=1", b"Name=", b"2026-10-05 07:00:00", b"Pri=x"),
        *(b"\t", b"\t", b"\n", b"\r", b" ", b"\xff", b"\0", b"ErrCode=1", b"ERRORLOG ", b"data="),
    ]
)


@given(st.one_of(st.binary(max_size=1500), st.lists(_PIECES, max_size=60).map(b"".join)))
def test_any_body(body: bytes) -> None:
    """No body raises, and every line is an operation, a user, refused, blank or reported."""
    upload = parse_operlog(body)
    kept = len(upload.operations) + len(upload.users) + sum(upload.refused.values())
    assert kept + upload.junk_count + upload.blank == upload.lines
    faults = parse_errorlog(body)
    assert len(faults.faults) + faults.junk_count + faults.blank == faults.lines
