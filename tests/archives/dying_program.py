"""A worker that dies while it executes a disposal, as if the power went.

Run as `python -m tests.archives.dying_program STATE_FOLDER DATABASE_URL NOW WHERE NUMBER`: at the
NUMBERth batch it dies before the unit of work is committed (`items`), or after bytes were taken
away and before anybody noted it (`bytes`).
"""

import datetime as dt
import os
import sys
from pathlib import Path
from typing import Any

from leuit.builtin import BUILTINS
from leuit.plugins import load
from leuit.settings import Settings
from leuit.values import ManualClock
from leuit.work import Leuit, Worker
from leuit_archives.service import executing

KILLED = 137


def main() -> None:
    """Work off what is due, and die on the way."""
    folder, url, now, where, number = sys.argv[1:]
    executing.BATCH = executing.FILES = 1
    name = {"items": "_end_batch", "bytes": "take_bytes_away"}[where]
    real, calls = getattr(executing, name), [0]

    def dying(*arguments: Any) -> Any:
        found = real(*arguments)
        calls[0] += 1
        if calls[0] == int(number):
            os._exit(KILLED)
        return found

    setattr(executing, name, dying)
    settings = Settings.load(Path(folder), {"LEUIT_DATABASE": url})
    clock = ManualClock(dt.datetime.fromisoformat(now))
    app = Leuit(settings, load(settings, BUILTINS).vocabulary, clock=clock)
    Worker(app, name="dying", lease_seconds=0.5).run_pending(raise_errors=True)


if __name__ == "__main__":
    main()
