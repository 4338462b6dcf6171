"""An office on each engine, seen from Monday 2 November 2026, 08.00 WIB."""

import datetime as dt

import pytest

from leuit.values import ManualClock
from leuit.work import Leuit

from .office import Office, found_office


@pytest.fixture
def clock() -> ManualClock:
    """Monday 2 November 2026, 08.00 WIB: October is over."""
    return ManualClock(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC))


@pytest.fixture
def office(app: Leuit) -> Office:
    """Two units and three people under the usual figures."""
    return found_office(app)
