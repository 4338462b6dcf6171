"""However records are cut into uploads, ordered and repeated, the same rows come of them."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_attendance.models import DeviceState, PunchRow
from leuit_attendance.service.receiving import Upload, receive
from leuit_attendance.wire import Body, Table

from .office import SERIAL, Office, entries, punches

Line = tuple[str, dt.datetime, int]
_LINES = st.tuples(
    st.sampled_from(["1", "2", "007", "EMP-3"]),
    st.integers(0, 5).map(lambda n: dt.datetime(2026, 10, 5, 7, n, 0)),
    st.sampled_from([0, 1, 255]),
)
_UPLOADS = st.lists(st.lists(_LINES, min_size=1, max_size=8), min_size=1, max_size=6)


def _send(app: Leuit, lines: Sequence[Line]) -> int | None:
    body = "\n".join(f"{pin}\t{at:%Y-%m-%d %H:%M:%S}\t{key}\t1\t0" for pin, at, key in lines)
    upload = Upload(serial=SERIAL, table=Table.ATTLOG, body=Body(body.encode()))
    return receive(app, upload)


def _forget(app: Leuit) -> None:
    """Begin anew: an example is worth nothing on the rows of the one before."""
    with app.change(SYSTEM) as work:
        work.session.execute(delete(PunchRow))
        work.session.execute(update(DeviceState).values(lines_stored=0, leads=[]))
        from leuit.values import RecordRef

        work.audit("attendance.device.changed", RecordRef("attendance.device", SERIAL))


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(uploads=_UPLOADS, order=st.randoms(use_true_random=False), again=st.integers(0, 3))
def test_any_split_order_and_repetition_gives_the_same_rows(
    app: Leuit, office: Office, uploads: list[list[Line]], order: object, again: int
) -> None:
    """Rows are the set of keys; copies the most of one upload; the state counts what is stored."""
    _forget(app)
    sent = [*uploads, *uploads[:again]]
    order.shuffle(sent)  # type: ignore[attr-defined]  # a random.Random
    for lines in sent:
        shuffled = list(lines)
        order.shuffle(shuffled)  # type: ignore[attr-defined]  # a random.Random
        assert _send(app, shuffled) == len(lines)
    most: Counter[Line] = Counter()
    for lines in uploads:
        for key, count in Counter(lines).items():
            most[key] = max(most[key], count)
    expected = sorted((SERIAL, *key, count) for key, count in most.items())
    assert sorted(punches(app)) == expected
    with app.read(SYSTEM) as view:
        counted = view.session.execute(select(DeviceState.lines_stored)).scalar_one()
        total = view.session.execute(select(func.sum(PunchRow.copies))).scalar_one()
    assert counted == total


@pytest.mark.parametrize("times", [1, 3])
def test_each_upload_has_one_audit_entry(app: Leuit, office: Office, times: int) -> None:
    """An upload is one unit of work with one entry, also when it changes nothing."""
    for _round in range(times):
        _send(app, [("1", dt.datetime(2026, 10, 5, 7, 0, 0), 0)])
    assert entries(app, "attendance.punches.received") == times


def test_position_told_later_is_added(app: Leuit, office: Office) -> None:
    """A tap known from a file gets the position that its push tells, and loses none."""
    line = "1\t2026-10-05 07:00:00\t0\t1\t0"
    gps = "eyJHUFNJbmZvIjp7ImxvbmdpdHVkZSI6IjEwNi4yNDk0IiwibGF0aXR1ZGUiOiItNi4zNTk3In19"
    for body in (line, f"{line}\t0\t0\t0\t\t\t+25200\t{gps}", line):
        receive(app, Upload(serial=SERIAL, table=Table.ATTLOG, body=Body(body.encode())))
    with app.read(SYSTEM) as view:
        rows = view.session.execute(select(PunchRow.latitude, PunchRow.copies)).all()
    assert rows == [(-6.3597, 1)]
