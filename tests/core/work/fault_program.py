"""A program that is killed at each step of a unit, and inside COMMIT.

Run as `python -m tests.core.work.fault_program STATE_FOLDER`: for each line of its input a child
process opens the installation and writes the unit CODE.

- `CODE STEP before|after`: it is killed at that step (-1: nowhere).
- `CODE kill BYTES`: it is killed inside COMMIT: when the write-ahead log would grow beyond that
  length (SQLite), or when COMMIT has been sent and its answer not read (PostgreSQL).
- `CODE refuse BYTES`: inside COMMIT the operating system refuses a longer log; afterwards it does
  not, and the child writes CODE-again.

Children print what was acknowledged, the program `killed CODE` when a child was killed.
"""

import os
import resource
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

from leuit.builtin import BUILTINS
from leuit.plugins import Host, load
from leuit.settings import Settings
from tests.core.work import faults


def main() -> None:
    """Children one after the other; this process itself never opens the database."""
    settings = Settings.load(Path(sys.argv[1]))
    host = load(settings, BUILTINS, found=[])
    for line in sys.stdin:
        code, step, where = line.split()
        child = os.fork()
        if child == 0:
            _die(settings, host, code, step, where)
            os._exit(0)
        _pid, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            _tell(f"killed {code}\n")


def _die(settings: Settings, host: Host, code: str, step: str, where: str) -> None:
    """The child: one unit that meets its fault."""
    app = faults.installation(settings, host)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    if step in ("kill", "refuse"):
        number, fault = faults.COMMIT, _limit(int(where), is_deadly=step == "kill")
    else:
        number, fault = int(step), _kill
    with faults.faulty(app.database.writer, number, fault, after=where == "after"):
        _tell(faults.told(app, code)[0])
    if step == "refuse":
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        _tell(faults.told(app, f"{code}-again")[0])
    app.close()


def _kill(_connection: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _limit(size: int, *, is_deadly: bool) -> faults.Raise:
    """What cuts COMMIT short."""

    def fault(connection: Any) -> None:
        if not isinstance(connection, sqlite3.Connection):
            connection.pgconn.send_query(b"COMMIT")
            connection.pgconn.flush()
            _kill(connection)
        if is_deadly:
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)  # Python ignores it
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    return fault


def _tell(line: str) -> None:
    os.write(1, line.encode())


if __name__ == "__main__":
    main()
