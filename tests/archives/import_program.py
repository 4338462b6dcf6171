"""A program that imports a folder and dies by its own hand: `between` two batches or `inside` one.

Arguments: data folder, folder, where.
"""

import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leuit.builtin import BUILTINS
from leuit.identity import SYSTEM
from leuit.plugins import load
from leuit.settings import Settings
from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_archives.service import folder_import
from leuit_archives.service.folder_import import apply_folder, try_folder
from leuit_archives.service.folder_source import FolderSource
from leuit_archives.service.taking_many import take_many
from tests.conftest import START


def main(data: str, folder: str, where: str) -> None:
    """Import until the end that was asked for."""
    settings = Settings.load(Path(data))
    host = load(settings, BUILTINS)
    app = Leuit(settings, host.vocabulary, clock=ManualClock(START))
    folder_import.BATCH = 3
    batches = 0

    def taking(work: Any, unit_id: Any, rows: Sequence[Any]) -> int:
        nonlocal batches
        batches += 1
        count = take_many(work, unit_id, rows)
        if where == "inside" and batches == 2:
            die()
        return count

    setattr(folder_import, "take_many", taking)  # noqa: B010 -- it is not exported there
    source = FolderSource(Path(folder))
    plan = try_folder(app, SYSTEM, source, "DIN.A")
    apply_folder(
        app, SYSTEM, source, plan, told=lambda _done, _total: die() if where == "between" else None
    )


def die() -> None:
    """As a machine that loses its power."""
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    main(*sys.argv[1:])
