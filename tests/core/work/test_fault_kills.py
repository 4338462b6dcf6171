"""Killed at each step of a unit, and inside COMMIT: what is found after reopening is whole."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from leuit.plugins import Host
from leuit.settings import Settings

from . import faults
from .faults import COMMIT, STEPS

REPOSITORY = Path(__file__).parents[3]


def told(settings: Settings, url: str, orders: list[str]) -> list[str]:
    """What the children of the program acknowledged and how they ended."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.work.fault_program", str(settings.data)],
        cwd=REPOSITORY,
        env={**os.environ, "LEUIT_DATABASE": url},
        input="".join(f"{order}\n" for order in orders),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.splitlines(keepends=True)


def test_kill_9_at_each_step_leaves_all_or_nothing(
    settings: Settings, database_url: str, host: Host, engine: str
) -> None:
    """A process killed before COMMIT leaves nothing of its unit, one killed after it all of it."""
    orders = {
        f"{number}-{where}": f"{number}-{where} {number} {where}"
        for number in range(len(STEPS))
        for where in ("before", "after")
    }
    lines = told(settings, database_url, list(orders.values()))
    assert lines == [f"killed {code}\n" for code in orders]
    with contextlib.closing(faults.installation(settings, host)) as app:
        assert faults.stored(app) == {
            code
            for code in orders
            if code.startswith(f"{COMMIT + 1}-") or code == f"{COMMIT}-after"
        }
        assert faults.told(app, "next")[0] == "ok next\n"


def test_kill_9_inside_commit_leaves_all_or_nothing(
    settings: Settings, database_url: str, host: Host, engine: str
) -> None:
    """A process that dies while COMMIT is being written leaves the whole unit or nothing of it,
    wherever in the log it stopped, and the next process goes on.
    """
    sizes = _places(_length_of_commit(settings, host)) if engine == "sqlite" else [0] * 7
    codes = [f"{number}-{size}" for number, size in enumerate(sizes)]
    orders = [(f"{code} kill {code.split('-')[1]}", f"{code}-next -1 never") for code in codes]
    lines = told(settings, database_url, [order for pair in orders for order in pair])
    assert lines == [line for code in codes for line in (f"killed {code}\n", f"ok {code}-next\n")]
    with contextlib.closing(faults.installation(settings, host)) as app:
        faults.compare(app, lines)
        if engine == "sqlite":  # the last frame, which carries the commit, was never whole
            assert not set(codes) & faults.stored(app)


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_disk_that_fails_inside_commit_leaves_all_or_nothing(
    settings: Settings, database_url: str, host: Host
) -> None:
    """When the disk refuses the log in the middle of COMMIT, the caller hears that the outcome is
    open, never that it went well; the same process goes on as soon as the disk does.
    """
    sizes = _places(_length_of_commit(settings, host))
    codes = [f"{number}-{size}" for number, size in enumerate(sizes)]
    orders = [f"{code} refuse {code.split('-')[1]}" for code in codes]
    lines = told(settings, database_url, orders)
    assert lines == [
        line
        for code in codes
        for line in (f"unknown {code} unknown_outcome\n", f"ok {code}-again\n")
    ]
    with contextlib.closing(faults.installation(settings, host)) as app:
        faults.compare(app, lines)
        assert not set(codes) & faults.stored(app)


def _places(whole: int) -> list[int]:
    """Where the log may end: inside its header, inside each frame, one byte before its end."""
    header, frame = 32, 24 + 4096
    starts = range(header, whole, frame)
    assert (whole - header) % frame == 0
    return [0, 16, *(start + 12 for start in starts[:3]), starts[-1], whole - 1]


def _length_of_commit(settings: Settings, host: Host) -> int:
    """Bytes of log that one unit writes."""
    with contextlib.closing(faults.installation(settings, host)) as app:
        faults.write(app, "whole")
        return app.database.file.with_name(app.database.file.name + "-wal").stat().st_size
