"""The sample office of ten people with the sample file imported, by the commands themselves."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

from leuit.builtin import BUILTINS
from leuit.cli.main import execute
from leuit.identity import SYSTEM, Unit, rebuild_closure
from leuit.plugins import Host
from leuit.values import RecordRef
from leuit.work import Leuit

SAMPLES = Path(__file__).parents[1] / "samples"
WORKDAYS = (5, 6, 7, 8, 9, 12, 13, 14, 15, 16)
assert BUILTINS


class Line:
    """The command line of an installation without a server."""

    def __init__(self, app: Leuit, host: Host) -> None:
        self._app, self._host = app, host

    def run(self, *words: str) -> tuple[int, str, str]:
        """Exit status, output and error output of `leuit attendance …`."""
        out, err = io.StringIO(), io.StringIO()
        arguments = ["attendance", *words]
        status = execute(self._app, self._host, arguments, folder=SAMPLES, out=out, err=err)
        return status, out.getvalue(), err.getvalue()

    def json(self, *words: str) -> Any:
        """What a command answers with --json."""
        status, out, err = self.run(*words, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    def day(self, pin: str, day: int) -> dict[str, Any]:
        """A day of October 2026."""
        found: dict[str, Any] = self.json("day", pin, f"2026-10-{day:02}")
        return found


def open_sample(app: Leuit, host: Host) -> Line:
    """The sample office in a regency, with the sample file imported."""
    with app.change(SYSTEM) as work:
        root = Unit(
            code="36.02",
            name="Kabupaten",
            short="Kab",
            kind="kabupaten",
            valid_from=dt.date(2000, 1, 1),
        )
        work.session.add(root)
        rebuild_closure(work.session)
        work.audit("core.unit.created", RecordRef("core.unit", str(root.id)))
    found = Line(app, host)
    for words in (("sample",), ("import", "1_attlog.dat")):
        status, _out, err = found.run(*words)
        assert (status, err) == (0, "")
    return found
