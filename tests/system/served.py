"""A real installation served by real processes: `leuit serve`, and `leuit worker` on PostgreSQL.

The processes are those an operator starts, with the state folder and database of the test; they can
be killed without a farewell and started again on the same port.
"""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.builtin import BUILTINS
from leuit.builtin.core import create_token, first_administrator
from leuit.identity import SYSTEM, Person
from leuit.plugins import load
from leuit.settings import Settings, write_first_settings
from leuit.work import Job, Leuit, View, Worker
from leuit_attendance.service.devices import register_device
from leuit_attendance.service.sample import found_sample
from tests.conftest import REGION

PASSWORD = "kata-sandi-uji-panjang"
START_SECONDS = 60.0
COMMAND = [sys.executable, "-c", "from leuit.cli import main; main()"]
ROOT = Path(__file__).parents[2]


class NoAnswerError(Exception):
    """No whole answer came: refused, broken off, or cut short. What was sent may have been done."""


@attrs.frozen
class Reply:
    """A whole answer."""

    status: int
    body: bytes
    headers: dict[str, str]

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@attrs.define
class Site:
    """An installation with the sample office, its processes, and what a client needs to know."""

    folder: Path
    url: str
    port: int
    token: str = ""
    unit: UUID = attrs.field(init=False)
    pins: tuple[str, ...] = ()
    nips: tuple[str, ...] = ()
    processes: list["subprocess.Popen[bytes]"] = attrs.field(factory=list)

    @property
    def is_sqlite(self) -> bool:
        return self.url.startswith("sqlite")

    @property
    def environment(self) -> dict[str, str]:
        """What names this installation to a command."""
        return {**os.environ, "LEUIT_DATA": str(self.folder), "LEUIT_DATABASE": self.url}

    @property
    def server(self) -> "subprocess.Popen[bytes]":
        return self.processes[0]

    def start(self) -> None:
        """Start whichever processes do not live, and wait until the server says it is ready."""
        commands = [["serve", "--port", str(self.port)]]
        if not self.is_sqlite:
            commands.append(["worker"])
        living = {
            words[0]: process
            for words, process in zip(commands, self.processes, strict=False)
            if process.poll() is None
        }
        self.processes = [living.get(words[0]) or self._start(words) for words in commands]
        deadline = time.monotonic() + START_SECONDS
        while True:
            with suppress(NoAnswerError):
                if self.ask("GET", "/readyz").status == 200:
                    return
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"the server did not start:\n{self.words()}")
            threading.Event().wait(0.02)

    def kill(self, which: str = "all") -> None:
        """`kill -9` of `server`, `worker` or `all`, and wait for the end."""
        chosen = {
            "all": self.processes,
            "server": self.processes[:1],
            "worker": self.processes[1:],
        }[which]
        for process in chosen:
            process.send_signal(signal.SIGKILL)
        for process in chosen:
            process.wait(30)

    def words(self) -> str:
        """What the processes have said."""
        return (self.folder / "log.txt").read_text(errors="replace")[-3000:]

    def run(self, *words: str, seconds: float = 120) -> "subprocess.CompletedProcess[str]":
        """A `leuit` command of this installation, to its end."""
        return subprocess.run(
            [*COMMAND, *words],
            env=self.environment,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=seconds,
        )

    def begin(self, *words: str) -> "subprocess.Popen[str]":
        """A `leuit` command of this installation, running."""
        return subprocess.Popen(
            [*COMMAND, *words],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def ask(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
        *,
        seconds: float = 60,
    ) -> Reply:
        """One request over a connection of its own; NoAnswerError unless a whole answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        try:
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise NoAnswerError(str(error)) from error
        finally:
            connection.close()
        return Reply(
            answer.status, content, {name.lower(): value for name, value in answer.getheaders()}
        )

    def api(self, method: str, path: str, value: Any = None) -> Reply:
        """A request of a script with the administrator's token."""
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        return self.ask(method, path, json.dumps(value).encode() if value else None, headers)

    def form(self, path: str, fields: dict[str, str], cookie: str = "") -> Reply:
        """A form sent as the site's own page does."""
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "Cookie": cookie,
        }
        return self.ask("POST", path, urlencode(fields).encode(), headers)

    def sign_in(self) -> str:
        """The cookie of a new session of the administrator."""
        answer = self.form("/sign-in", {"login": "admin", "password": PASSWORD})
        assert answer.status == 303, (answer.status, answer.body[:300])
        return answer.headers["set-cookie"].split(";")[0]

    @contextmanager
    def opened(self) -> Iterator[Leuit]:
        """The installation in this process, to look at what is stored."""
        settings = Settings.load(self.folder, {"LEUIT_DATABASE": self.url})
        app = Leuit(settings, load(settings, BUILTINS).vocabulary)
        try:
            yield app
        finally:
            app.close()

    def finish_jobs(self) -> None:
        """With no other process alive: take over what the dead held, and do all that is due."""
        with self.opened() as app:
            with app.database.writer.begin() as connection:
                with app.read(SYSTEM) as view:
                    past = view.now.replace(year=2000)
                connection.execute(
                    update(Job).where(Job.status == "running").values(lease_until=past)
                )
            Worker(app, name="test").run_pending(raise_errors=True)

    def _start(self, words: list[str]) -> "subprocess.Popen[bytes]":
        with (self.folder / "log.txt").open("ab") as log:
            return subprocess.Popen(
                [*COMMAND, *words], env=self.environment, cwd=ROOT, stdout=log, stderr=log
            )


@contextmanager
def site(folder: Path, url: str, devices: int = 2) -> Iterator[Site]:
    """An installation with an administrator, the sample office and devices `UJI1` onwards.

    The database is migrated already; nothing runs yet.
    """
    write_first_settings(folder, REGION)
    made = Site(folder, url, _free_port())
    with made.opened() as app:
        assert first_administrator(app, "admin", PASSWORD)
        made.token = create_token(app, "admin", "uji", 30)
        with app.change(SYSTEM) as work:
            office = found_sample(work)
            made.unit = office.unit.id
            for number in range(1, devices + 1):
                register_device(work, f"UJI{number}", office.unit.id)
        made.pins = tuple(office.people)
        with app.read(SYSTEM) as view:
            made.nips = _nips(view)
    try:
        yield made
    finally:
        made.kill()


def _nips(view: View) -> tuple[str, ...]:
    found = view.session.scalars(select(Person.nip).order_by(Person.nip))
    return tuple(nip for nip in found if nip is not None)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port
