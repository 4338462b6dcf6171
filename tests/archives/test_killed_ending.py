"""Killed in the middle of an execution: every item ends once, every file goes, the report is whole.

AR-28. A child process dies for real, after half of the items and once more between bytes and note.
"""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.work import AuditEntry, Leuit
from leuit_archives.service.executing import report_of
from tests.archives.dying_program import KILLED
from tests.archives.ending import ending

ROOT = Path(__file__).parents[2]
ITEMS = 4
PATIENCE = 60
"""Seconds of the real clock: the lease of the dead is measured by it."""


def dies(app: Leuit, url: str, where: str, number: int) -> None:
    """Let a worker of its own process die there."""
    command = [sys.executable, "-m", "tests.archives.dying_program"]
    told = [str(app.settings.data), url, app.clock.now().isoformat(), where, str(number)]
    done = subprocess.run([*command, *told], cwd=ROOT, check=False)
    assert done.returncode == KILLED


@pytest.mark.ci
def test_a_killed_execution_goes_on(app: Leuit, database_url: str) -> None:
    """After both deaths nothing was done twice, nothing is left half, and nothing is missing."""
    end = ending(app)
    dossiers = [end.dossier(records=1) for _ in range(ITEMS)]
    [disposal] = end.proposed(*dossiers)
    end.through(disposal)
    dies(app, database_url, "items", ITEMS // 2)
    assert len(end.tombstones()) == ITEMS // 2 - 1
    until = time.monotonic() + PATIENCE
    while len(end.tombstones()) < ITEMS and time.monotonic() < until:
        end.later()
        end.work_off(bytes_too=False)
    end.later()
    dies(app, database_url, "bytes", 2)
    assert sum(not app.blobs.exists(one.sha256) for one in end.files()) == 2
    while end.disposal(disposal).state != "done" and time.monotonic() < until:
        end.work_off()
    with app.read(SYSTEM) as view:
        report = report_of(view, end.disposal(disposal))
        ended = view.session.scalars(
            select(AuditEntry.id).where(AuditEntry.action == "archives.disposal.item_ended")
        ).all()
    assert report == {"ended": ITEMS, "left": 0, "files_gone": ITEMS, "files_kept": 0}
    assert len(ended) == len(end.tombstones()) == ITEMS
    assert not any(app.blobs.exists(one.sha256) for one in end.files())
