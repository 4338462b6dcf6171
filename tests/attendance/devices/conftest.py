"""An office with devices, on each engine; jobs are noted instead of done."""

from collections.abc import Iterator

import attrs
import pytest

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.settings import Settings
from leuit.values import ManualClock
from leuit.work import JobKind, Leuit

from .office import Office, found_office


@pytest.fixture
def app(settings: Settings, host: Host, clock: ManualClock) -> Iterator[Leuit]:
    """An installation that knows the job by which days are judged, whoever registers it."""
    kinds = {"attendance.recompute": JobKind("attendance.recompute", lambda _context: None)}
    vocabulary = attrs.evolve(host.vocabulary, kinds={**kinds, **host.vocabulary.kinds})
    leuit = Leuit(settings, vocabulary, clock=clock)
    yield leuit
    leuit.close()


@pytest.fixture
def office(app: Leuit) -> Office:
    """Two units, and the device of the sample files registered at the first."""
    with app.change(SYSTEM) as work:
        return found_office(work)
