"""Handing a writing command to the server that holds the writer's lock (SQLite only).

The server listens on a Unix socket in a private folder (mode 700) whose path it leaves in the
state folder (mode 600): whoever can read that may also read the database itself. One JSON line
goes in (`argv`, `cwd`), JSON lines come out (`out`, `err`, at last `exit`).
"""

import contextlib
import json
import os
import shutil
import socket
import socketserver
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

import structlog

from leuit.values import UnavailableError, _

log = structlog.get_logger("leuit.relay")
ADDRESS_FILE = "command.path"
MAX_LINE = 1_000_000
Execute = Callable[[list[str], Path, TextIO, TextIO], int]


def send(data: Path, arguments: list[str]) -> int:
    """Have the server of this state folder run the command; its output appears here."""
    try:
        address = (data / ADDRESS_FILE).read_text().strip()
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.connect(address)
    except OSError as error:
        raise UnavailableError(
            _("Proses lain sedang menulis ke basis data ini dan tidak menjawab."),
            advice=_("Tunggu sampai selesai, atau hentikan proses itu."),
        ) from error
    with connection, connection.makefile("rw", encoding="utf-8") as stream:
        stream.write(json.dumps({"argv": arguments, "cwd": str(Path.cwd())}) + "\n")
        stream.flush()
        for line in stream:
            message = json.loads(line)
            if "exit" in message:
                return int(message["exit"])
            target = sys.stdout if "out" in message else sys.stderr
            target.write(message.get("out", message.get("err", "")))
            target.flush()
    raise UnavailableError(
        _("Server berhenti sebelum perintah selesai."),
        advice=_("Periksa hasilnya sebelum mengulang."),
    )


class Listener:
    """The server's end: runs one command per connection in a thread."""

    def __init__(self, data: Path, execute: Execute) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="leuit-"))
        self._address_file = data / ADDRESS_FILE
        address = self._folder / "command.sock"
        self._server = _Server(str(address), _Handler)
        self._server.execute = execute
        descriptor = os.open(self._address_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(str(address))
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.2}, daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        """Stop listening and take the socket away."""
        self._server.shutdown()
        self._server.server_close()
        self._address_file.unlink(missing_ok=True)
        shutil.rmtree(self._folder, ignore_errors=True)


class _Server(socketserver.ThreadingUnixStreamServer):
    daemon_threads = True
    execute: Execute


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        line = self.rfile.readline(MAX_LINE)
        try:
            asked: dict[str, Any] = json.loads(line)
            arguments, folder = [str(part) for part in asked["argv"]], Path(asked["cwd"])
        except (ValueError, KeyError, TypeError):
            return
        lock = threading.Lock()
        out, err = _Stream(self.wfile, "out", lock), _Stream(self.wfile, "err", lock)
        try:
            status = self.server.execute(arguments, folder, out, err)  # type: ignore[arg-type]  # write and isatty are all that is used
        except Exception as error:  # a fault of ours is logged here and told there
            # Options may be secrets of the command; its own words come before them.
            named = [word for word in arguments[:3] if not word.startswith("-")]
            log.error("command_failed", command=named, exc_info=error)
            err.write(_("leuit: perintah ini gagal di server; lihat lognya.") + "\n")
            status = 1
        out.send({"exit": status})


class _Stream:
    """A text stream whose writes travel as JSON lines.

    When the one who asked has gone away, the command goes on and nobody listens any more.
    """

    def __init__(self, file: Any, name: str, lock: threading.Lock) -> None:
        self._file, self._name, self._lock = file, name, lock

    def write(self, text: str) -> int:
        self.send({self._name: text})
        return len(text)

    def send(self, message: dict[str, Any]) -> None:
        """Write one line."""
        with self._lock, contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self._file.write(json.dumps(message).encode() + b"\n")

    def flush(self) -> None:
        """Every write is sent at once."""

    def isatty(self) -> bool:
        return False
