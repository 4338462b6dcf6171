"""The annotated conversation of the samples, message by message, and the files after it."""

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_attendance.models import DeviceEvent, PunchRow
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.devices import register_device
from leuit_attendance.testing import parse_session
from tests.support.client import Client

from .office import OLD_SERIAL, SAMPLES, SERIAL, Office, count, entries, jobs, punches

SESSION = (SAMPLES / "adms_session.txt").read_text()


@pytest.fixture
def answers(app: Leuit, office: Office, client: Client) -> list[tuple[str, int, str]]:
    """(step, status, body) of our answers to every request of the conversation."""
    with app.change(SYSTEM) as work:
        register_device(work, OLD_SERIAL, office.unit, usb_id="7")
    told = []
    for step in parse_session(SESSION):
        for message, _shown in step.exchanges:
            answer = client.request(
                message.method, message.target, content=message.body, headers=message.headers
            )
            told.append((step.title, answer.status_code, answer.text))
    return told


def test_session_is_answered_as_the_sample_says(answers: list[tuple[str, int, str]]) -> None:
    """Uploads are counted with known records included, and nothing is refused (vectors 22, 23)."""
    assert {status for _step, status, _body in answers} == {200}
    counted = [body for _step, _status, body in answers if body.startswith("OK:")]
    assert counted == ["OK:3", "OK:3", "OK:4", "OK:4", "OK:4"]
    assert answers[0][2].startswith(f"GET OPTION FROM: {SERIAL}\nATTLOGStamp=9999\n")


def test_session_stores_each_tap_once(app: Leuit, answers: list[tuple[str, int, str]]) -> None:
    """Step 10 and 11 send three known records and one new one twice: one row is added."""
    assert len(punches(app, SERIAL)) == 4
    assert len(punches(app, OLD_SERIAL)) == 3
    assert {copies for *_key, copies in punches(app)} == {1}
    assert entries(app, "attendance.punches.received") == 4
    assert len(jobs(app, "attendance.recompute")) == 3  # not for the upload that came again


def test_positions_are_stored_where_told(app: Leuit, answers: list[tuple[str, int, str]]) -> None:
    """Vectors 24 and 25: a position in degrees, and none where the device says -1."""
    with app.read(SYSTEM) as view:
        rows = view.session.execute(
            select(PunchRow.pin, PunchRow.latitude, PunchRow.longitude).where(
                PunchRow.latitude.is_not(None)
            )
        ).all()
    assert rows == [("2", -6.3597, 106.2494)]


def test_operations_are_stored_and_the_listed_ones_audited(
    app: Leuit, answers: list[tuple[str, int, str]]
) -> None:
    """Three entries of the operation log; setting the clock (21) is told to the auditor."""
    assert count(app, DeviceEvent) == 3
    assert entries(app, "attendance.device.operated") == 1


def test_file_after_session_adds_what_was_not_pushed(
    app: Leuit, answers: list[tuple[str, int, str]]
) -> None:
    """Vectors 17 and 21: 199 records, 198 distinct, of which 4 had been pushed already."""
    data = (SAMPLES / "1_attlog.dat").read_bytes()
    device, report = import_file(app, SYSTEM, data, "1_attlog.dat")
    assert device.serial == SERIAL
    assert (report.lines, report.records, report.new, report.known) == (200, 199, 194, 4)
    assert (report.repeats, report.junk_count) == (1, 1)
    assert [line.line_number for line in report.junk] == [104]
    again = import_file(app, SYSTEM, data, "1_attlog.dat")[1]
    assert (again.new, again.known) == (0, 198)
    assert len(punches(app, SERIAL)) == 198
    assert sum(copies for *_key, copies in punches(app, SERIAL)) == 199
