"""An application with the probe's kinds and table, on each engine."""

from collections.abc import Callable, Iterator

import pytest

from leuit.values import ManualClock
from leuit.work import Leuit, Vocabulary

from . import probe

Make = Callable[[Vocabulary], Leuit]


@pytest.fixture
def make(database_url: str, clock: ManualClock) -> Iterator[Make]:
    """Applications with a vocabulary, all over the database and the clock of the test."""
    opened: list[Leuit] = []

    def make(words: Vocabulary) -> Leuit:
        app = probe.application(database_url, words, clock)
        if not opened:
            probe.make_tables(app)
        opened.append(app)
        return app

    yield make
    for app in opened:
        app.close()


@pytest.fixture
def leuit(make: Make) -> Leuit:
    """An application with the probe's own kinds."""
    return make(probe.vocabulary())
