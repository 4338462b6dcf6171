"""A small regency that may send big files, on each engine."""

import pytest

from leuit.plugins import Host
from leuit.work import Leuit
from tests.core.uploads.desk import Desk, open_desk


@pytest.fixture
def desk(app: Leuit, host: Host) -> Desk:
    """Two people who may send, one who may not."""
    return open_desk(app, host)
