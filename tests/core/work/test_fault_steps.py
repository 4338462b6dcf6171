"""A fault at each step of a unit: row, entry and job are all there or all absent, as was told."""

import contextlib
import os
import socket
from collections.abc import Callable, Iterator

import psycopg
import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from leuit.identity import SYSTEM, Unit
from leuit.plugins import Host
from leuit.settings import Settings
from leuit.values import LeuitError, RecordRef, UnavailableError
from leuit.work import Leuit, UnknownOutcomeError

from . import faults
from .faults import COMMIT, STEPS, Raise

Reopen = Callable[[], contextlib.closing[Leuit]]


@pytest.fixture
def reopen(settings: Settings, host: Host) -> Reopen:
    """Opens the installation anew: nothing is shared with who wrote."""
    return lambda: contextlib.closing(faults.installation(settings, host))


@pytest.fixture
def writer(settings: Settings, host: Host) -> Iterator[Leuit]:
    """The installation that meets the faults."""
    with contextlib.closing(faults.installation(settings, host)) as app:
        yield app


def meet(
    app: Leuit, reopen: Reopen, number: int, fault: Raise, *, after: bool
) -> tuple[str, BaseException | None]:
    """One unit with a fault at one step: what was told, once rows and answers have been compared
    after reopening, and once the same installation has written again.
    """
    code = f"{fault.__name__}-{number}-{'after' if after else 'before'}"
    with faults.faulty(app.database.writer, number, fault, after=after) as steps:
        line, error = faults.told(app, code)
    assert tuple(steps[: number + 1]) == STEPS[: number + 1]
    lines = [line, *(faults.told(app, f"{code}-{again}")[0] for again in (1, 2))]
    assert [one.split()[0] for one in lines[1:]] == ["ok", "ok"]
    with reopen() as opened:
        faults.compare(opened, lines)
        is_committed = number > COMMIT or (number == COMMIT and after)
        assert (code in faults.stored(opened)) == is_committed, f"{STEPS[number]}: {line}"
    return line.split()[0], error


def test_the_steps_of_a_unit_are_known(writer: Leuit, engine: str) -> None:
    """A unit with a row, a job and an entry makes these steps and no other, on both engines."""
    assert tuple(faults.steps_of(writer, "A")) == STEPS
    assert faults.stored(writer) == {"A"}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("fault", [faults.control_c, faults.mistake])
def test_an_interrupt_at_each_step_leaves_all_or_nothing(
    writer: Leuit, reopen: Reopen, engine: str, fault: Raise, after: bool
) -> None:
    """Ctrl-C or a mistake before COMMIT takes everything back, after it leaves everything stored;
    nobody is told that it went well when it did not, and the next units go well.
    """
    for number, name in enumerate(STEPS):
        answer, error = meet(writer, reopen, number, fault, after=after)
        if name == "give back" and fault is faults.mistake:
            assert (answer, error) == ("ok", None)  # the pool throws the connection away
        else:
            assert answer == "broken"
            assert type(error) is (KeyboardInterrupt if fault is faults.control_c else RuntimeError)


@pytest.mark.parametrize("fault", [faults.full, faults.broken_disk, faults.stopped, faults.gone])
def test_a_fault_of_the_engine_at_each_step_is_told(
    writer: Leuit, reopen: Reopen, engine: str, fault: Raise
) -> None:
    """FULL, IOERR, an interrupted statement and a lost connection refuse the unit with a sentence;
    only a COMMIT that failed without the engine's word on it leaves the outcome open.
    """
    for number in range(COMMIT):
        answer, error = meet(writer, reopen, number, fault, after=False)
        assert answer == "no", STEPS[number]
        assert isinstance(error, UnavailableError)
        assert "belum tersimpan" in error.sentence()
        assert error.next_step()
    answer, error = meet(writer, reopen, COMMIT, fault, after=False)
    certain = fault is faults.full or (fault is faults.stopped and engine == "postgresql")
    assert answer == ("no" if certain else "unknown")
    assert ("belum tersimpan" if certain else "Belum pasti") in str(error)


def test_a_fault_after_each_statement_is_told(writer: Leuit, reopen: Reopen, engine: str) -> None:
    """A statement whose answer is lost is not half a change: the whole unit is taken back."""
    for number in range(COMMIT):
        answer, error = meet(writer, reopen, number, faults.gone, after=True)
        assert answer == "no", STEPS[number]
        assert isinstance(error, UnavailableError)


@pytest.mark.parametrize("fault", [faults.broken_disk, faults.gone])
def test_a_commit_whose_answer_is_lost_is_an_unknown_outcome(
    writer: Leuit, reopen: Reopen, engine: str, fault: Raise
) -> None:
    """COMMIT succeeded but the caller could not hear so: it is told to look before trying again,
    and after reopening row, entry and job are there, each once.
    """
    answer, error = meet(writer, reopen, COMMIT, fault, after=True)
    assert answer == "unknown"
    assert isinstance(error, UnknownOutcomeError)
    assert "Periksa dahulu" in error.next_step()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_a_commit_whose_answer_is_lost_on_the_way(writer: Leuit, reopen: Reopen) -> None:
    """The line to PostgreSQL carries COMMIT there and nothing back: outcome unknown, row there."""
    backends: list[int] = []

    def deafen(connection: psycopg.Connection) -> None:
        backends.append(connection.info.backend_pid)
        with socket.socket(fileno=os.dup(connection.fileno())) as line:
            line.shutdown(socket.SHUT_RD)

    with faults.faulty(writer.database.writer, COMMIT, deafen):
        answer, error = faults.told(writer, "A")
    assert answer.startswith("unknown")
    assert isinstance(error, UnknownOutcomeError)
    assert faults.told(writer, "B")[0] == "ok B\n"
    with reopen() as opened:
        while _is_alive(opened, backends[0]):
            pass
        assert faults.stored(opened) == {"A", "B"}


def test_a_fault_while_taking_back_hides_nothing(
    writer: Leuit, reopen: Reopen, engine: str
) -> None:
    """When the rollback fails as well, nothing is stored and the connection is replaced."""
    for fault in (faults.broken_disk, faults.gone, faults.mistake, faults.control_c):
        code = f"twice-{fault.__name__}"
        with (
            faults.faulty(writer.database.writer, 3, fault) as steps,
            pytest.raises((RuntimeError, KeyboardInterrupt, LeuitError)),
        ):
            faults.write(writer, code, is_wrong=True)
        assert steps[:4] == ["begin", "INSERT unit", "INSERT job", "give back"]
        assert faults.told(writer, f"{code}-next")[0].startswith("ok")
        with reopen() as opened:
            assert code not in faults.stored(opened)
            assert f"{code}-next" in faults.stored(opened)


@pytest.mark.parametrize("fault", [faults.full, faults.broken_disk, faults.stopped])
def test_a_fault_that_the_block_swallows_is_told_all_the_same(
    writer: Leuit, reopen: Reopen, engine: str, fault: Raise
) -> None:
    """The engine gave the transaction up in the middle and the code went on: what followed must not
    be stored alone, nor be told as stored.
    """
    for swallowed in range(1, COMMIT):
        code = f"swallowed-{swallowed}"
        with (
            faults.faulty(writer.database.writer, swallowed, fault),
            pytest.raises(UnavailableError),
            writer.change(SYSTEM) as work,
        ):
            for number in range(1, COMMIT):
                with contextlib.suppress(DBAPIError):
                    work.connection.execute(insert(Unit), faults.unit(f"{code}-{number}"))
            work.audit("core.unit.created", RecordRef("core.unit", code))
        assert faults.told(writer, f"{code}-next")[0].startswith("ok")
    with reopen() as opened:
        assert faults.stored(opened) == {f"swallowed-{step}-next" for step in range(1, COMMIT)}


def test_a_callback_that_fails_after_the_commit_takes_nothing_back(
    writer: Leuit, reopen: Reopen, engine: str
) -> None:
    """What is called once the change is durable cannot undo it, though its error is heard."""

    def fail() -> None:
        raise KeyboardInterrupt

    writer.on_wake(fail)
    line, error = faults.told(writer, "A")
    assert (line, type(error)) == ("broken A\n", KeyboardInterrupt)
    with reopen() as opened:
        assert faults.stored(opened) == {"A"}
        assert faults.told(opened, "B")[0] == "ok B\n"


def _is_alive(app: Leuit, backend: int) -> bool:
    """Whether PostgreSQL still serves a connection."""
    with app.read(SYSTEM) as view:
        query = text("SELECT count(*) FROM pg_stat_activity WHERE pid = :pid")
        return bool(view.session.execute(query, {"pid": backend}).scalar_one())
