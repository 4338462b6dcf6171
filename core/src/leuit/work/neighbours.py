"""PostgreSQL: a busy process tells the workers of others that there are jobs.

NOTIFY inside the unit of work was measured and dropped: PostgreSQL lets such transactions commit
one after another, which cost 70 % of the commits of eight writers (2,203 against 663 a second,
two cores, real fsync, one listener). So the word is passed on after the commit, from a thread of
its own, at most twenty times a second, and only when the asking process has no idle thread. It is
a courtesy: whoever misses it finds the job by its own poll.
"""

import logging
import select
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from sqlalchemy.exc import DBAPIError

from leuit.storage import Database, explain, maintenance_engine

log = logging.getLogger(__name__)

CHANNEL = "leuit_jobs"
PAUSE_SECONDS = 0.05
AGAIN_SECONDS = 5.0
LOOK_SECONDS = 60.0
JOIN_SECONDS = 5.0


class Neighbours:
    """One connection that listens, and passes the word on; `ring` is called when others speak."""

    def __init__(self, database: Database, ring: Callable[[], None]) -> None:
        self._database = database
        self._ring = ring
        self._stopped = threading.Event()
        self._mouth, self._ear = socket.socketpair()
        self._mouth.setblocking(False)
        self._ear.setblocking(False)
        self._thread = threading.Thread(target=self._live, name="leuit-neighbours", daemon=True)
        self._thread.start()

    def pass_on(self) -> None:
        """Tell the others soon; returns at once."""
        with suppress(OSError):  # the buffer is full of the same word, or we are hanging up
            self._mouth.send(b"!")

    def stop(self) -> None:
        """Hang up."""
        self._stopped.set()
        self.pass_on()
        self._thread.join(JOIN_SECONDS)  # it may be waiting for a server that does not answer
        if not self._thread.is_alive():
            self._mouth.close()
            self._ear.close()

    def _live(self) -> None:
        from psycopg import Error  # late: SQLite installations do without

        while not self._stopped.is_set():
            try:
                self._listen()
            except (DBAPIError, Error) as error:
                told = explain(error) if isinstance(error, DBAPIError) else error
                log.warning("jobs of other processes are found by polling only: %s", told)
                self._stopped.wait(AGAIN_SECONDS)

    def _listen(self) -> None:
        engine = maintenance_engine(self._database).execution_options(isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            raw: Any = connection.connection.dbapi_connection
            connection.exec_driver_sql(f"LISTEN {CHANNEL}")
            self._ring()  # for what was told before anybody listened
            while not self._stopped.is_set():
                readable, _w, _x = select.select([raw.fileno(), self._ear], [], [], LOOK_SECONDS)
                if self._ear in readable and not self._stopped.is_set():
                    self._ear.recv(4096)
                    connection.exec_driver_sql(f"NOTIFY {CHANNEL}")
                    self._stopped.wait(PAUSE_SECONDS)
                if any(told.pid != raw.info.backend_pid for told in list(raw.notifies(timeout=0))):
                    self._ring()
