"""A pytest plugin: folders of tests in memory, where there is any, since commits wait for disks.

A killed process loses nothing there that it would keep on a disk; what must outlive a lost machine
is tested on one by its own means. The folders go with the run; `--basetemp` names others that stay.
The soak, whose files are large, keeps to the disk.
"""

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.support.memory import place_in_memory

_MADE = pytest.StashKey[Path]()


def pytest_configure(config: pytest.Config) -> None:
    """Choose the folder; workers are told theirs by the process that started them."""
    marks = str(config.option.markexpr)
    soak = "soak" in marks and "not soak" not in marks
    if config.option.basetemp is None and not soak and not hasattr(config, "workerinput"):
        made = Path(tempfile.mkdtemp(prefix="leuit-tests-", dir=place_in_memory()))
        config.stash[_MADE] = made
        config.option.basetemp = made


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing in memory."""
    if (made := config.stash.get(_MADE, None)) is not None:
        shutil.rmtree(made, ignore_errors=True)
