"""The servers of the benchmark of issuing: `PORT leuit|bare DATA_FOLDER DATABASE_URL`.

Both run on uvicorn with the same settings and without a worker of jobs. The first is the whole
application with one route more, which takes the step of Kuasa BUD as the one who is signed in: the
product's own page asks for the password again, whose hash is slow on purpose. The bare one is a
Starlette route that a programmer in a hurry would write, through the raw driver: it locks the
budget line, takes the next number, moves the money and inserts one entry, in one transaction. On
SQLite it has one connection, WAL, synchronous FULL and a mutex; on PostgreSQL a pool as large as
ours.
"""

import datetime as dt
import sqlite3
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
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
from starlette.routing import Route as WebRoute

import leuit.web as web
from leuit.builtin import BUILTINS
from leuit.cli.logs import configure_logs
from leuit.plugins import SIGNED_IN, Found, Plugin, Route, discover, hookimpl, load
from leuit.settings import Settings
from leuit.values import ManualClock, new_id
from leuit.work import Leuit
from leuit_sp2d.models import Entry
from leuit_sp2d.rules.chain import SP2D
from leuit_sp2d.service.chain import Decision, take_step
from tests.bench.sp2d_copies import AMOUNT, NOW
from tests.sp2d.treasury import RKUD

SERIES = "bench"
PLUGIN = Plugin("bench", "Uji", "1", "tests.bench", hooks="tests.bench.sp2d_server")


@hookimpl
def leuit_routes() -> Iterable[Route]:
    """The one route of the plugin that this module is."""
    return [Route("/issue", issue, SIGNED_IN, methods=("POST",), kind="api")]


def issue(request: web.Request) -> web.Response:
    """Take the step of Kuasa BUD on the payment that the body names, as its page showed it."""
    body = request.json
    with request.change() as work:
        payment = take_step(work, UUID(body["payment"]), Decision(SP2D, body["version"]))
        state = payment.state
    return web.json_answer({"state": state})


@attrs.define
class Bare:
    """Lock-row, number-row, update and insert: what an SP2D cannot do without."""

    url: str
    lock: threading.Lock = attrs.field(factory=threading.Lock)
    free: list[Any] = attrs.field(factory=list)
    sqlite: bool = False

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
        self.free = [psycopg.connect(target) for _number in range(16)]

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
        if held[0] < AMOUNT:
            raise RuntimeError("the line holds too little")
        number = connection.execute(
            f"UPDATE number_series SET last = last + 1 WHERE key = {mark} RETURNING last",
            (SERIES,),
        ).fetchone()[0]
        connection.execute(
            f"UPDATE sp2d_line SET reserved = reserved - {mark}, spent = spent + {mark}"
            f" WHERE id = {mark}",
            (AMOUNT, AMOUNT, line),
        )
        now = dt.datetime.now(dt.UTC)
        marks = ", ".join([mark] * 8)
        connection.execute(
            f"INSERT INTO {Entry.__tablename__} (id, line_id, from_pocket, to_pocket, amount,"
            f" cause_kind, cause_id, at) VALUES ({marks})",
            (
                new_id().hex if self.sqlite else new_id(),
                line,
                "reserved",
                "spent",
                AMOUNT,
                "bare",
                cause,
                str(now.replace(tzinfo=None)) if self.sqlite else now,
            ),
        )
        return int(number)

    async def answer(self, request: Request) -> JSONResponse:
        """The endpoint."""
        body = await request.json()
        number = await anyio.to_thread.run_sync(self.issue, UUID(body["line"]), limiter=LIMITER)
        return JSONResponse({"number": number})


LIMITER = anyio.CapacityLimiter(16)
"""As many writers at once as ours has."""


def main() -> None:
    """Serve until killed."""
    port, kind, folder, url = sys.argv[1:]
    if kind == "bare":
        bare = Bare(url)
        application: Any = Starlette(
            routes=[WebRoute("/api/bench/v1/issue", bare.answer, methods=["POST"])]
        )
    else:
        configure_logs()  # as `leuit serve` does
        settings = Settings.load(Path(folder), {"LEUIT_DATABASE": url})
        found = [*discover(), Found("bench", "leuit-bench", "1", lambda: PLUGIN)]
        host = load(settings, BUILTINS, found)
        vocabulary = attrs.evolve(
            host.vocabulary, settings={**host.vocabulary.settings, "sp2d": RKUD}
        )
        application = web.build(Leuit(settings, vocabulary, clock=ManualClock(NOW)), host)
    uvicorn.run(application, port=int(port), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
