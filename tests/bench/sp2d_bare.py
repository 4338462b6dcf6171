"""The bare server beside issuing: `PORT AMOUNT DATABASE_URL`.

One Starlette route on uvicorn, as a programmer in a hurry would write it, through the raw driver:
it locks the budget line, takes the next number, moves AMOUNT of the line and inserts one entry, in
one transaction. On SQLite it has one connection, WAL, synchronous FULL and a mutex; on PostgreSQL a
pool as large as ours.
"""

import datetime as dt
import sqlite3
import sys
import threading
from typing import Any
from uuid import UUID

import anyio
import attrs
import psycopg
import uvicorn
from sqlalchemy import make_url
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from leuit.values import new_id

SERIES = "bench"
AT_ONCE = 16
"""As many writers as ours has."""


@attrs.define
class Bare:
    """Lock-row, number-row, update and insert: what an SP2D cannot do without."""

    url: str
    amount: int
    lock: threading.Lock = attrs.field(factory=threading.Lock)
    free: list[Any] = attrs.field(factory=list)
    sqlite: bool = False
    limiter: anyio.CapacityLimiter = attrs.field(factory=lambda: anyio.CapacityLimiter(AT_ONCE))

    def __attrs_post_init__(self) -> None:
        parsed = make_url(self.url)
        self.sqlite = parsed.get_backend_name() == "sqlite"
        if self.sqlite:
            connection = sqlite3.connect(
                str(parsed.database), check_same_thread=False, isolation_level=None
            )
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            self.free = [connection]
            return
        target = parsed.set(drivername="postgresql").render_as_string(hide_password=False)
        self.free = [psycopg.connect(target) for _number in range(AT_ONCE)]

    def issue(self, line: UUID) -> int:
        """The number of the SP2D."""
        if self.sqlite:
            with self.lock:
                [connection] = self.free
                connection.execute("BEGIN IMMEDIATE")
                number = self._write(connection, line.hex, new_id().hex, "?")
                connection.execute("COMMIT")
                return number
        with self.lock:
            connection = self.free.pop()
        try:
            number = self._write(connection, line, new_id(), "%s")
            connection.commit()
        finally:
            with self.lock:
                self.free.append(connection)
        return number

    def _write(self, connection: Any, line: Any, cause: Any, mark: str) -> int:
        locking = "" if self.sqlite else " FOR UPDATE"
        held = connection.execute(
            f"SELECT reserved FROM sp2d_line WHERE id = {mark}{locking}", (line,)
        ).fetchone()
        if held[0] < self.amount:
            raise RuntimeError("the line holds too little")
        number = connection.execute(
            f"UPDATE number_series SET last = last + 1 WHERE key = {mark} RETURNING last",
            (SERIES,),
        ).fetchone()[0]
        connection.execute(
            f"UPDATE sp2d_line SET reserved = reserved - {mark}, spent = spent + {mark}"
            f" WHERE id = {mark}",
            (self.amount, self.amount, line),
        )
        now = dt.datetime.now(dt.UTC)
        marks = ", ".join([mark] * 8)
        connection.execute(
            "INSERT INTO sp2d_entry (id, line_id, from_pocket, to_pocket, amount,"
            f" cause_kind, cause_id, at) VALUES ({marks})",
            (
                new_id().hex if self.sqlite else new_id(),
                line,
                "reserved",
                "spent",
                self.amount,
                "bare",
                cause,
                str(now.replace(tzinfo=None)) if self.sqlite else now,
            ),
        )
        return int(number)

    async def answer(self, request: Request) -> JSONResponse:
        """The endpoint."""
        body = await request.json()
        number = await anyio.to_thread.run_sync(
            self.issue, UUID(body["line"]), limiter=self.limiter
        )
        return JSONResponse({"number": number})


def main() -> None:
    """Serve until killed."""
    port, amount, url = sys.argv[1:]
    bare = Bare(url, int(amount))
    application = Starlette(routes=[Route("/api/bench/v1/issue", bare.answer, methods=["POST"])])
    uvicorn.run(application, port=int(port), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
