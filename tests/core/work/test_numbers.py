"""Numbers are gapless: whatever fails or happens at once, 1 to the last are each given once."""

import threading

import pytest

from leuit.identity import SYSTEM
from leuit.values import ConflictError, RecordRef
from leuit.work import (
    AuditEntry,
    Leuit,
    Number,
    confirm_number,
    reserve_number,
    void_number,
)

REF = RecordRef("uji.surat", "1", "Surat")


def values(app: Leuit, series: str = "S") -> list[tuple[int, str]]:
    """The numbers of a series with their states."""
    with app.read(SYSTEM) as view:
        rows = view.session.query(Number).filter_by(series=series).order_by(Number.value)
        return [(row.value, row.state) for row in rows]


def test_numbers_follow_each_other_in_each_series(app: Leuit) -> None:
    """Two series count for themselves, each from 1."""
    with app.change(SYSTEM) as work:
        given = [reserve_number(work, series, REF).value for series in ("S", "T", "S", "S", "T")]
    assert given == [1, 1, 2, 3, 2]


def test_a_unit_that_fails_uses_up_nothing(app: Leuit) -> None:
    """The number it had reserved is given to the next."""
    with pytest.raises(RuntimeError), app.change(SYSTEM) as work:
        reserve_number(work, "S", REF)
        raise RuntimeError
    with app.change(SYSTEM) as work:
        assert reserve_number(work, "S", REF).value == 1


def test_many_at_once_leave_no_gap(app: Leuit) -> None:
    """AR-37: 200 requests of 8 threads on one series, some of which fail."""
    given: list[int] = []
    lock = threading.Lock()

    def ask(start: int) -> None:
        for number in range(start, 200, 8):
            with app.change(SYSTEM) as work:
                value = reserve_number(work, "S", REF).value
            with lock:
                given.append(value)
            if number % 5 == 0:
                with pytest.raises(RuntimeError), app.change(SYSTEM) as work:
                    reserve_number(work, "S", REF)
                    raise RuntimeError

    threads = [threading.Thread(target=ask, args=(start,)) for start in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == list(range(1, 201))
    assert [value for value, _state in values(app)] == list(range(1, 201))


def test_a_number_ends_once(app: Leuit) -> None:
    """Confirmed or voided with its reason, twice the same does nothing, the other is refused."""
    with app.change(SYSTEM) as work:
        first, second = (reserve_number(work, "S", REF).id for _time in range(2))
    for _time in range(2):
        with app.change(SYSTEM) as work:
            confirm_number(work, first)
        with app.change(SYSTEM) as work:
            assert void_number(work, second, "Salah cetak").reason == "Salah cetak"
    with pytest.raises(ConflictError), app.change(SYSTEM) as work:
        void_number(work, first, "x")
    with pytest.raises(ConflictError), app.change(SYSTEM) as work:
        confirm_number(work, second)
    assert values(app) == [(1, "confirmed"), (2, "voided")]
    with app.read(SYSTEM) as view:
        actions = [row.action for row in view.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert actions == ["core.number.reserved"] * 2 + [
        "core.number.confirmed",
        "core.number.voided",
    ]
