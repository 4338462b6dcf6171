"""A judged October on each engine."""

import datetime as dt

import pytest

from leuit.values import ManualClock
from leuit.work import Leuit

from .world import World, found_world


@pytest.fixture
def clock() -> ManualClock:
    """Monday 2 November 2026, 08.00 WIB: October is over."""
    return ManualClock(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC))


@pytest.fixture
def world(app: Leuit) -> World:
    """The regency with its October judged."""
    return found_world(app)
