"""A whole installation for one test: migrated database, files, clock, and a client of its pages."""

import datetime as dt
import functools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
from starlette.testclient import TestClient

from leuit.builtin import BUILTINS
from leuit.identity import Identity
from leuit.plugins import Found, Host, Plugin, history_of, load
from leuit.settings import Region, Settings, write_first_settings
from leuit.storage import core_history, migrate
from leuit.values import ManualClock
from leuit.web import build, cookie_name, open_session
from leuit.work import Leuit, Worker

START = dt.datetime(2026, 10, 5, 0, 0, tzinfo=dt.UTC)


@attrs.frozen
class Installation:
    """What a test works with: `app` for services, `client` for routes, `clock` for time."""

    app: Leuit
    host: Host
    clock: ManualClock
    client: TestClient

    def sign_in(self, identity: Identity) -> None:
        """Let the client be that account; nobody else's cookies remain."""
        key, _ends = open_session(self.app, identity, own_phone=False, request_id="test")
        self.client.cookies.clear()
        self.client.cookies.set(cookie_name(secure=False), key)

    def post(self, path: str, fields: dict[str, Any]) -> Any:
        """Send a form as the site's own page does."""
        return self.client.post(path, data=fields, headers={"Sec-Fetch-Site": "same-origin"})

    def run_jobs(self) -> int:
        """Do every job that is due; the number done. Errors of a job are raised."""
        return Worker(self.app, name="test").run_pending(raise_errors=True)


@contextmanager
def installation(
    folder: Path, *plugins: Plugin, database: str = "", start: dt.datetime = START
) -> Iterator[Installation]:
    """An installation in `folder` with the core and just these plugins, on SQLite or a given URL.

    The clock stands at Monday 5 October 2026, 07.00 WIB, unless another start is given. Tables are
    made by the plugins' migrations. Raises SetupError when a plugin does not load.
    """
    write_first_settings(folder, Region("Kabupaten Contoh", "99.99", "Asia/Jakarta"))
    settings = Settings.load(folder, {"LEUIT_DATABASE": database})
    required = frozenset(plugin.name for plugin in plugins)
    settings = attrs.evolve(
        settings,
        required=required,
        server=attrs.evolve(
            settings.server,
            card_milliseconds=20_000,
            inbox_milliseconds=20_000,
            count_milliseconds=20_000,
        ),
    )
    found = [
        Found(plugin.name, plugin.name, plugin.version, functools.partial(_itself, plugin))
        for plugin in plugins
    ]
    host = load(settings, BUILTINS, found)
    clock = ManualClock(start)
    app = Leuit(settings, host.vocabulary, clock=clock)
    histories = [history for plugin in plugins if (history := history_of(plugin)) is not None]
    try:
        migrate(app.database, (core_history(), *histories))
        with TestClient(
            build(app, host), follow_redirects=False, raise_server_exceptions=False
        ) as client:
            yield Installation(app, host, clock, client)
    finally:
        app.close()


def _itself(plugin: Plugin) -> Plugin:
    return plugin
