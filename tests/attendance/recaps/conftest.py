"""A judged October on each engine, where nothing signs, or a service that accepts."""

import datetime as dt

import pytest

from leuit.values import ManualClock
from leuit.work import Leuit
from tests.attendance.pages.world import World, found_world

from .signers import Accepting, with_port


@pytest.fixture
def clock() -> ManualClock:
    """Monday 2 November 2026, 08.00 WIB: October is over."""
    return ManualClock(dt.datetime(2026, 11, 2, 1, 0, tzinfo=dt.UTC))


@pytest.fixture
def world(app: Leuit) -> World:
    """The regency with its October judged, where nothing signs and nobody pays or files."""
    with_port(app, None)
    with_port(app, None, "request_payment")
    with_port(app, None, "archive_record")
    return found_world(app)


@pytest.fixture
def accepting(world: World) -> Accepting:
    """A service that takes every request and tells of it when the test says so."""
    provider = Accepting()
    with_port(world.app, provider)
    return provider
