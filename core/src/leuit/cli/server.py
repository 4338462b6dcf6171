"""`leuit serve` and `leuit worker`: long-running processes of one installation."""

import signal
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn

from leuit.builtin import BUILTINS
from leuit.plugins import Host, load
from leuit.settings import Settings, data_folder
from leuit.storage import core_history, require_current
from leuit.values import SetupError, _
from leuit.web import build
from leuit.work import Leuit, Worker

from .lock import WriterLock
from .logs import configure_logs
from .main import execute
from .relay import Listener

STOP_SECONDS = 20


def serve(data: Path, *, host: str | None, port: int | None, workers: int) -> int:
    """Run the web application until it is told to stop."""
    settings = Settings.load(data)
    address = host or settings.server.host
    number = port or settings.server.port
    leuit, loaded = open_installation(settings)
    sqlite = leuit.database.dialect == "sqlite"
    if workers > 1:
        leuit.close()
        if sqlite:
            raise SetupError(
                _("SQLite hanya mengenal satu proses penulis."),
                advice=_("Pakai PostgreSQL untuk --workers lebih dari 1."),
            )
        uvicorn.run(
            "leuit.cli.server:application",
            factory=True,
            host=address,
            port=number,
            workers=workers,
            **_uvicorn_options(),
        )
        return 0
    configure_logs()
    with ExitStack() as stack:
        stack.callback(leuit.close)
        stack.enter_context(WriterLock.for_database(settings.data, leuit.database.dialect))
        if sqlite:
            listener = Listener(
                settings.data,
                lambda arguments, folder, out, err: execute(
                    leuit, loaded, arguments, folder=folder, out=out, err=err
                ),
            )
            stack.callback(listener.close)
        sys.stderr.write(_("Leuit melayani di http://%s:%s") % (address, number) + "\n")
        uvicorn.run(
            build(leuit, loaded, around=_working(leuit)),
            host=address,
            port=number,
            **_uvicorn_options(),
        )
    return 0


def application() -> Any:
    """The ASGI application of the installation in LEUIT_DATA, for several server processes."""
    configure_logs()
    leuit, loaded = open_installation(Settings.load(data_folder()))
    return build(leuit, loaded, around=_working(leuit))


def work(data: Path, *, threads: int) -> int:
    """Do jobs until told to stop by SIGTERM or SIGINT."""
    configure_logs()
    leuit, _loaded = open_installation(Settings.load(data))
    if leuit.database.dialect == "sqlite":
        leuit.close()
        raise SetupError(
            _("Di SQLite pekerjaan dijalankan oleh leuit serve sendiri."),
            advice=_("Pakai PostgreSQL untuk leuit worker."),
        )
    runner = Worker(leuit, threads=threads)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: stop.set())
    runner.start()
    stop.wait()
    runner.stop()
    leuit.close()
    return 0


def open_installation(settings: Settings) -> tuple[Leuit, Host]:
    """Settings to a ready application; refuses an old schema with what to do."""
    loaded = load(settings, BUILTINS)
    leuit = Leuit(settings, loaded.vocabulary)
    try:
        settings.secret_key()
        require_current(leuit.database, (core_history(), *loaded.histories))
    except BaseException:
        leuit.close()
        raise
    return leuit, loaded


def _working(leuit: Leuit) -> Any:
    @asynccontextmanager
    async def around(_starlette: Any) -> AsyncIterator[None]:
        runner = Worker(leuit)
        runner.start()
        try:
            yield
        finally:
            runner.stop()

    return around


def _uvicorn_options() -> dict[str, Any]:
    return {
        "log_config": None,
        "access_log": False,
        "server_header": False,
        "timeout_graceful_shutdown": STOP_SECONDS,
        "timeout_keep_alive": 15,
        "lifespan": "on",
    }
