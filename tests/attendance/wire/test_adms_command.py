"""Commands: exactly the harmless ones can be built, and what comes back is understood."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit.values import InvalidInputError
from leuit_attendance.wire import (
    RETURN_MEANINGS,
    CommandKind,
    DeviceCommand,
    command_id,
    delete_user,
    is_command_id,
    parse_command,
    parse_results,
    query_attlog,
    update_user,
    verify_sum,
    write_command,
    write_poll_answer,
)

START = datetime(2026, 10, 5)
END = datetime(2026, 10, 5, 23, 59, 59)
ALL = [
    update_user("302", "Contoh Dua", card="12", group="2"),
    delete_user("302"),
    query_attlog(START, END),
    verify_sum(START, END),
    *(DeviceCommand(kind) for kind in CommandKind if " " not in kind.value),
    DeviceCommand(CommandKind.RELOAD_OPTIONS),
]


def test_all_kinds_are_covered() -> None:
    """The commands of these tests are all that exist."""
    assert {command.kind for command in ALL} == set(CommandKind)


@pytest.mark.parametrize("command", ALL, ids=lambda command: command.kind.name)
def test_text_is_read_back(command: DeviceCommand) -> None:
    """A stored command text gives the same command again."""
    assert parse_command(command.text) == command


@pytest.mark.parametrize(
    "text",
    [
        "SHELL rm -rf /",
        "Shell reboot",
        "PutFile x",
        "GetFile /etc/passwd",
        "UPGRADE firmware",
        "CLEAR LOG",
        "CLEAR DATA",
        "SET OPTION IPAddress=1",
        "DATA QUERY USERINFO",
        "DATA UPDATE FINGERTMP PIN=1",
        "DATA DELETE USERINFO",
        "CHECK now",
        "CHECK\nC:1:SHELL x",
        "INFO ",
        "check",
        "",
        "DATA DELETE USERINFO PIN=1\tPIN=2",
        "DATA UPDATE USERINFO PIN=1\tName=A\tPri=14\tPasswd=\tCard=\tGrp=1\tTZ=0",
        "DATA UPDATE USERINFO PIN=1\tName=A\tPri=0\tPasswd=x\tCard=\tGrp=1\tTZ=0",
    ],
)
def test_everything_else_cannot_be_built(text: str) -> None:
    """Programs, files, firmware, clearing, options, administrators and passwords are refused."""
    with pytest.raises(InvalidInputError):
        parse_command(text)


@pytest.mark.parametrize("bad", ["A\nC:x:SHELL y", "A\rB", "A\tPri=14", "A\0", "\u2028", "x" * 65])
def test_no_second_line_in_a_value(bad: str) -> None:
    """A name cannot smuggle in another command or field."""
    with pytest.raises(InvalidInputError):
        update_user("1", bad)
    with pytest.raises(InvalidInputError):
        delete_user(bad)


def test_interval_in_order() -> None:
    """An interval that ends before it begins is refused."""
    with pytest.raises(InvalidInputError):
        query_attlog(END, START)


def test_ids() -> None:
    """Ids are of at most sixteen letters and digits, in the order of their numbers."""
    ids = [command_id(number) for number in (0, 1, 35, 36, 10**9)]
    assert ids[1] == "lbk0000000001"
    assert ids == sorted(ids)
    assert all(is_command_id(id_) for id_ in ids)
    for bad in ("", "x" * 17, "a-b", "a:b", "é", "1\n"):
        assert not is_command_id(bad)
        with pytest.raises(InvalidInputError):
            write_command(bad, ALL[0])
    with pytest.raises(InvalidInputError):
        command_id(-1)
    with pytest.raises(InvalidInputError):
        command_id(36**14)


def test_poll_answer_is_bounded() -> None:
    """Nothing waiting is OK; what does not fit into one answer waits, in order."""
    assert write_poll_answer([]).body == b"OK"
    waiting = [(command_id(number), update_user(str(number), "×" * 60)) for number in range(9000)]
    answer = write_poll_answer(waiting)
    assert 890_000 < len(answer.body) <= 900_000
    assert answer.taken == tuple(id_ for id_, _command in waiting[: len(answer.taken)])
    assert answer.body.count(b"\n") == len(answer.taken) - 1


def test_results_in_several_lines() -> None:
    """An answer may go on below; each value belongs to the answer above it."""
    body = (
        b"ID=a1&Return=0&CMD=INFO\r\n~DeviceName=X\r\nMAC=00:11\r\nID=a2&Return=-1002&CMD=SHELL\n"
    )
    upload = parse_results(body)
    first, second = upload.results
    assert dict(first.values) == {"DeviceName": "X", "MAC": "00:11"}
    assert (second.code, second.meaning) == (-1002, "Mesin tidak mendukung perintah ini")
    assert (upload.continued, upload.junk_count) == (2, 0)


def test_results_without_id_or_code_are_junk() -> None:
    """What cannot be assigned to a command is reported, and does not join another answer."""
    upload = parse_results(b"MAC=1\nID=a1&Return=x\nMAC=2\nID=&Return=0\nID=a2&Return=0")
    assert [junk.line_number for junk in upload.junk] == [1, 2, 3, 4]
    assert [result.id for result in upload.results] == ["a2"]
    assert upload.results[0].attlog_sum is None


def test_return_codes_in_words() -> None:
    """Every code of the protocol has a sentence of its own; counts are successes."""
    assert set(RETURN_MEANINGS) == {0, -1, -3, -10, *range(-1008, -1000)}
    assert len(set(RETURN_MEANINGS.values())) == len(RETURN_MEANINGS)
    for code, meaning in RETURN_MEANINGS.items():
        (result,) = parse_results(f"ID=a&Return={code}&CMD=DATA".encode()).results
        assert (result.meaning, result.succeeded) == (meaning, code == 0)
    (counted,) = parse_results(b"ID=a&Return=12&CMD=DATA").results
    assert (counted.succeeded, counted.meaning) == (True, "Berhasil")
    (odd,) = parse_results(b"ID=a&Return=-77&CMD=DATA").results
    assert odd.meaning == "Kode hasil tidak dikenal"


_PIECES = st.sampled_from(
    [
        b"ID=",
        b"a1",
        b"&Return=",
        b"0",
        b"-10",
        b"&CMD=",
        b"INFO",
        b"\n",
        b"\r",
        b"=",
        b"\xff",
        b"&x=y",
    ]
)


@given(st.one_of(st.binary(max_size=800), st.lists(_PIECES, max_size=60).map(b"".join)))
def test_any_results(body: bytes) -> None:
    """No body raises, and every line is an answer, part of one, blank or reported."""
    upload = parse_results(body)
    told = len(upload.results) + upload.continued + upload.junk_count + upload.blank
    assert told == upload.lines


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_name(pin: str, name: str) -> None:
    """Whatever is put into a command, it is refused or stays one line with its own fields."""
    try:
        command = update_user(pin, name)
    except InvalidInputError:
        return
    line = write_command("a1", command)
    assert len(line.splitlines()) == 1
    assert line.count("\t") == 6
    assert parse_command(command.text) == command
