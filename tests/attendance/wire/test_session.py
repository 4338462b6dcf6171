"""The annotated conversation: read whole, and each message understood by the parsers."""

from datetime import datetime
from pathlib import Path

import pytest

from leuit_attendance.testing import Message, parse_session
from leuit_attendance.wire import (
    HandshakeReply,
    Table,
    parse_attlog,
    parse_attlog_file,
    parse_command,
    parse_handshake,
    parse_info,
    parse_operlog,
    parse_options,
    parse_results,
    table_of,
    update_user,
    verify_sum,
    write_command,
    write_poll_answer,
)

SAMPLES = Path(__file__).parents[1] / "samples"
STEPS = parse_session((SAMPLES / "adms_session.txt").read_text())
DEVICE = "LEUI204600001"


def _exchange(step: int, number: int = 0) -> tuple[Message, Message]:
    return STEPS[step - 1].exchanges[number]


def test_whole_conversation() -> None:
    """Thirteen steps, thirty messages, and each body as long as its header says."""
    assert [step.number for step in STEPS] == list(range(1, 14))
    messages = [message for step in STEPS for message in step.messages]
    assert len(messages) == 30
    for message in messages:
        stated = dict(message.headers).get("Content-Length", "0")
        assert len(message.body) == int(stated)
        assert message.to_bytes().endswith(b"\r\n\r\n" + message.body)
    for step in STEPS:
        for request, response in step.exchanges:
            assert (request.sender, response.sender) == ("device", "server")
            assert request.query["SN"]
    assert _exchange(13)[1].status == 403
    assert all(step.notes for step in STEPS if step.number in {1, 3, 13})


def test_handshake_of_step_1_and_10() -> None:
    """The replies are written byte for byte, with and without the optional keys."""
    request, response = _exchange(1)
    shake = parse_handshake(request.query)
    assert (shake.serial, shake.wants_options, shake.device_type) == (DEVICE, True, "att")
    assert (shake.push_version, shake.language) == ("2.4.1", "73")
    assert HandshakeReply(DEVICE, shake.push_version).write() == response.body
    again = HandshakeReply(DEVICE, "2.4.1", attlog_stamp="0", push_options=())
    assert again.write() == _exchange(10)[1].body
    assert parse_handshake(_exchange(13)[0].query).push_version == "2.2.14"


def test_options_of_step_2() -> None:
    """The pushed options are read by name."""
    options = parse_options(_exchange(2)[0].body)
    assert options == {
        "FingerFunOn": "1",
        "FaceFunOn": "1",
        "MultiBioDataSupport": "0:1:0:0:0:0:0:0:0:1:0",
    }


@pytest.mark.parametrize("step,exchange", [(3, 0), (4, 0), (10, 1), (11, 0)])
def test_attendance_steps(step: int, exchange: int) -> None:
    """Each attendance upload is read without junk and answered as shown."""
    request, response = _exchange(step, exchange)
    assert table_of(request.query["table"]) is Table.ATTLOG
    upload = parse_attlog(request.body)
    assert upload.junk_count == 0
    assert f"OK:{upload.answer_count}".encode() == response.body


def test_step_3_positions_and_offsets() -> None:
    """Records 1 and 2 have no position, record 3 has one; all tell WIB."""
    records = parse_attlog(_exchange(3)[0].body).records
    assert [record.latitude for record in records] == [None, None, -6.3597]
    assert {record.offset_seconds for record in records} == {25200}


def test_step_4_status_255() -> None:
    """The older terminal sends no offset, and 255 where no key was pressed."""
    records = parse_attlog(_exchange(4)[0].body).records
    assert [record.status for record in records] == [0, 255, 1]
    assert {record.offset_seconds for record in records} == {None}


def test_pushed_taps_stand_in_the_file() -> None:
    """Vector 21 and 22: steps 3, 10 and 11 hold four taps in all, each also in the stick's file."""
    pushed = {
        record.key
        for step, number in ((3, 0), (10, 1), (11, 0))
        for record in parse_attlog(_exchange(step, number)[0].body).records
    }
    file = parse_attlog_file((SAMPLES / "1_attlog.dat").read_bytes(), "1_attlog.dat")
    assert len(pushed) == 4
    assert pushed <= {record.key for record in file.records}


def test_operations_of_step_5() -> None:
    """Three operations, of which setting the clock is audited, and one user without password."""
    request, response = _exchange(5)
    upload = parse_operlog(request.body)
    assert [operation.code for operation in upload.operations] == [4, 21, 30]
    assert [operation.is_audited for operation in upload.operations] == [False, True, False]
    assert upload.operations[2].objects == ("301", "0", "0", "0")
    assert [(user.pin, user.name) for user in upload.users] == [("301", "Contoh Satu")]
    assert f"OK:{upload.answer_count}".encode() == response.body


def test_info_of_step_6() -> None:
    """The heartbeat tells firmware, users, fingerprints, records, address and faces."""
    info = parse_info(_exchange(6)[0].query["INFO"])
    assert (info.firmware, info.users, info.fingerprints) == ("Ver 2.4.1-20240115", 11, 9)
    assert (info.records, info.address, info.faces, info.flags) == (203, "192.0.2.17", 2, "111")
    assert (info.cards, info.photos) == (None, None)


def test_commands_of_step_7() -> None:
    """The two commands are written byte for byte as shown, and can be read back."""
    day = datetime(2026, 10, 5)
    commands = [
        ("lbk0000000001", update_user("302", "Contoh Dua", card="", group="1")),
        ("lbk0000000002", verify_sum(day, day.replace(hour=23, minute=59, second=59))),
    ]
    shown = _exchange(7)[1].body
    answer = write_poll_answer(commands)
    assert answer.body == shown
    assert answer.taken == ("lbk0000000001", "lbk0000000002")
    for (id_, command), row in zip(commands, shown.decode().split("\n"), strict=True):
        assert parse_command(command.text) == command
        assert write_command(id_, command) == row


def test_results_of_step_8_and_9() -> None:
    """Sum 22 for the interval, then a failure in words."""
    first, second = parse_results(_exchange(8)[0].body).results
    assert (first.id, first.code, first.succeeded) == ("lbk0000000001", 0, True)
    assert (second.command, second.attlog_sum) == ("VERIFY SUM", 22)
    assert second.values["StartTime"] == "2026-10-05 00:00:00"
    (failed,) = parse_results(_exchange(9, 1)[0].body).results
    assert (failed.code, failed.succeeded) == (-10, False)
    assert failed.meaning == "Pengguna ini tidak ada pada mesin"


def test_sum_of_step_8_is_of_lines() -> None:
    """The sum is the number of lines of that day in the file, the repeated one counted twice."""
    records = parse_attlog_file((SAMPLES / "1_attlog.dat").read_bytes()).records
    of_day = [record.key for record in records if record.at.date().day == 5]
    assert (len(of_day), len(set(of_day))) == (22, 21)


@pytest.mark.parametrize("text", ["hello", "=== 1. a\n>>> x\nGET / HTTP/1.1\nHost: x", ">>> x\n\n"])
def test_broken_text_is_an_error(text: str) -> None:
    """A text that breaks the form is refused, not half read."""
    with pytest.raises(ValueError, match="message"):
        parse_session(text if text.startswith("=") else f"=== 1. a\n{text}")
