"""`leuit serve` and `leuit worker`: long-running processes of one installation."""

import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import attrs
import structlog
import uvicorn

from leuit.builtin import BUILTINS
from leuit.plugins import Host, load
from leuit.settings import Settings, data_folder
from leuit.storage import core_history, require_current
from leuit.values import SetupError, _
from leuit.web import build
from leuit.work import Leuit, Worker

from .collector import calm_collector
from .lock import WriterLock
from .logs import configure_logs
from .main import execute
from .relay import Listener

STOP_SECONDS = 20
log = structlog.get_logger("leuit.server")


def serve(data: Path, *, host: str | None, port: int | None, workers: int) -> int:
    """Run the web application until it is told to stop."""
    settings = Settings.load(data)
    address = host or settings.server.host
    number = port or settings.server.port
    server = attrs.evolve(settings.server, host=address, port=number)
    settings = attrs.evolve(settings, server=server)
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
    _tell_failed(loaded)
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
        listening = stack.enter_context(_listening(address, number))
        sys.stderr.write(_("Leuit melayani di http://%s:%s") % (address, number) + "\n")
        application = build(leuit, loaded, around=_working(leuit))
        calm_collector()
        running = uvicorn.Server(uvicorn.Config(application, **_uvicorn_options()))
        running.run(sockets=[listening])
    return 0 if running.started else 1


def _listening(address: str, number: int) -> socket.socket:
    """A socket on the address; SetupError when another program has it."""
    try:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        return socket.create_server((address, number), family=family, backlog=2048)
    except OSError as error:
        raise SetupError(
            _("Leuit tidak dapat memakai %(address)s:%(port)s: %(reason)s."),
            advice=_("Hentikan program yang memakainya, atau pilih port lain (--port)."),
            address=address,
            port=number,
            reason=os.strerror(error.errno) if error.errno else str(error),
        ) from error


def application() -> Any:
    """The ASGI application of the installation in LEUIT_DATA, for several server processes."""
    configure_logs()
    leuit, loaded = open_installation(Settings.load(data_folder()))
    _tell_failed(loaded)
    built = build(leuit, loaded, around=_working(leuit))
    calm_collector()
    return built


def work(data: Path, *, threads: int) -> int:
    """Do jobs until told to stop by SIGTERM or SIGINT."""
    configure_logs()
    leuit, loaded = open_installation(Settings.load(data))
    _tell_failed(loaded)
    if leuit.database.dialect == "sqlite":
        leuit.close()
        raise SetupError(
            _("Di SQLite pekerjaan dijalankan oleh leuit serve sendiri."),
            advice=_("Pakai PostgreSQL untuk leuit worker."),
        )
    runner = Worker(leuit, threads=threads)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda _number, _frame: runner.request_stop())
    runner.run_until_stopped()
    leuit.close()
    return 0


def _tell_failed(loaded: Host) -> None:
    """The log gets the whole trace of each plugin that failed, which pages do not show."""
    for state in loaded.failed:
        log.error("plugin_failed", plugin=state.name, stage=state.stage, exc_info=state.error)


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
