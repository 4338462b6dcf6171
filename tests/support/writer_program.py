"""A program that writes units as fast as it can and tells on its output what was acknowledged.

Run as `python -m tests.support.writer_program STATE_FOLDER RUN [fault]`; it prints `ok CODE` once a
change has been acknowledged and `no CODE REASON` once it has been refused. Faults: `full` (the
database may not grow any more), `io` (the operating system refuses longer files), `interrupt`
(a KeyboardInterrupt in the middle of every third unit).
"""

import datetime as dt
import itertools
import os
import resource
import sys
import threading
from pathlib import Path

import attrs

from leuit.builtin import BUILTINS
from leuit.identity import SYSTEM, Unit
from leuit.plugins import load
from leuit.settings import Settings
from leuit.values import LeuitError, RecordRef
from leuit.work import JobKind, Leuit

KIND = "core.example"


def installation(folder: Path) -> Leuit:
    """The installation in a folder, with a kind of job that this program may ask for."""
    settings = Settings.load(folder)
    vocabulary = load(settings, BUILTINS, found=[]).vocabulary
    kinds = {**vocabulary.kinds, KIND: JobKind(KIND, print)}
    return Leuit(settings, attrs.evolve(vocabulary, kinds=kinds))


def tell(line: str) -> None:
    os.write(1, (line + "\n").encode())


def write(app: Leuit, code: str, interrupt: bool) -> None:
    try:
        with app.change(SYSTEM) as work:
            work.session.add(
                Unit(
                    code=code,
                    name=(code * 50)[:200],
                    short=code,
                    kind="dinas",
                    valid_from=dt.date(2020, 1, 1),
                )
            )
            work.session.flush()
            if interrupt:
                raise KeyboardInterrupt
            work.audit("core.unit.created", RecordRef("core.unit", code), code=code)
            work.enqueue(KIND, {"code": code})
    except LeuitError as error:
        tell(f"no {code} {error.code}")
    except KeyboardInterrupt:
        tell(f"no {code} interrupted")
    else:
        tell(f"ok {code}")


def main() -> None:
    folder, run = Path(sys.argv[1]), sys.argv[2]
    fault = sys.argv[3] if len(sys.argv) > 3 else ""
    app = installation(folder)
    if app.database.dialect == "sqlite" and fault == "full":
        with app.database.writer.connect() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 40}")
    if fault == "io":
        size = app.database.file.with_suffix(".db-wal").stat().st_size + 200_000
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    def work(thread: int) -> None:
        for number in itertools.count() if not fault else range(60):
            write(app, f"{run}-{thread}-{number}", fault == "interrupt" and number % 3 == 2)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
