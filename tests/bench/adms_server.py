"""The servers of the ADMS benchmark: `PORT leuit|bare DATA_FOLDER DATABASE_URL`.

Both run on uvicorn with the same settings and without a worker of jobs. The bare one is a Starlette
route that splits the same body and inserts the same rows in one transaction through the raw driver:
on SQLite one connection, WAL, synchronous FULL and a mutex; on PostgreSQL a small pool.
"""

import datetime as dt
import sqlite3
import sys
import threading
from pathlib import Path
from typing import Any

import anyio
import psycopg
import uvicorn
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from leuit.cli.collector import calm_collector
from leuit.cli.logs import configure_logs
from leuit.settings import Settings
from leuit.values import new_id
from leuit.web import build
from leuit.work import Leuit
from tests.bench.places import installed

COLUMNS = (
    "device_id, pin, at, status, verify, workcode, copies, source, upload_id, received_at,"
    " latitude, longitude, accuracy"
)


class Bare:
    """The route that a programmer in a hurry would write, with nothing but the rows."""

    def __init__(self, url: str) -> None:
        self._mutex = threading.Lock()
        parsed = make_url(url)
        self._sqlite = parsed.get_backend_name() == "sqlite"
        self._free: list[Any] = []
        if self._sqlite:
            connection = sqlite3.connect(
                str(parsed.database), check_same_thread=False, isolation_level=None
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            self._connection = connection
            device = connection.execute("SELECT id FROM attendance_device").fetchone()[0]
        else:
            target = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
            self._free = [psycopg.connect(target) for _number in range(8)]
            device = self._free[0].execute("SELECT id FROM attendance_device").fetchone()[0]
            self._free[0].commit()
        self._device = device

    def store(self, body: bytes) -> str:
        """Split and insert; the answer counts the lines."""
        upload = new_id()
        now = dt.datetime.now(dt.UTC)
        rows: list[tuple[Any, ...]] = []
        for line in body.decode().split("\n"):
            pin, at, status, verify, workcode = line.split("\t")[:5]
            rows.append((self._device, pin, at, int(status), int(verify), workcode, 1, "push"))
        marks = "?" if self._sqlite else "%s"
        statement = f"INSERT INTO attendance_punch ({COLUMNS}) VALUES ({', '.join([marks] * 13)})"
        if self._sqlite:
            rest = (upload.hex, str(now.replace(tzinfo=None)), None, None, None)
            with self._mutex:
                self._connection.execute("BEGIN IMMEDIATE")
                self._connection.executemany(statement, [row + rest for row in rows])
                self._connection.execute("COMMIT")
        else:
            rest_pg = (upload, now, None, None, None)
            with self._mutex:
                connection = self._free.pop()
            try:
                with connection.cursor() as cursor:
                    cursor.executemany(statement, [row + rest_pg for row in rows])
                connection.commit()
            finally:
                with self._mutex:
                    self._free.append(connection)
        return f"OK:{len(rows)}"

    async def upload(self, request: Request) -> PlainTextResponse:
        """The endpoint."""
        body = await request.body()
        return PlainTextResponse(await anyio.to_thread.run_sync(self.store, body))


def main() -> None:
    port, kind, folder, url = sys.argv[1:]
    if kind == "bare":
        bare = Bare(url)
        application: Any = Starlette(routes=[Route("/iclock/cdata", bare.upload, methods=["POST"])])
    else:
        configure_logs()  # both as `leuit serve` does
        host = installed()
        settings = Settings.load(Path(folder), {"LEUIT_DATABASE": url})
        application = build(Leuit(settings, host.vocabulary), host)
        calm_collector()
    uvicorn.run(application, port=int(port), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
