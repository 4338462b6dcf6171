"""An office whose calendar is edited by some and read by all."""

from typing import Any

import attrs
import pytest

from leuit.builtin.calendar import HolidaysChanged
from leuit.identity import Identity
from leuit.work import JobContext, JobKind, Leuit, Listener, deliver
from tests.core.regulations.office import people


def _nothing(_context: JobContext, _event: object) -> None:
    """A listener whose jobs are counted, not run."""


@attrs.frozen
class Calendar:
    """The installation, somebody who edits the calendar, and somebody who may not."""

    app: Leuit
    editor: Identity
    branch: Identity
    stranger: Identity


@pytest.fixture
def calendar(app: Leuit) -> Calendar:
    """An installation with an editor of the whole regency, one of a branch, and a stranger."""
    listener = Listener(HolidaysChanged, "core.test_listener", _nothing)
    words = app.vocabulary
    app.vocabulary = attrs.evolve(
        words,
        listeners={**words.listeners, HolidaysChanged: (listener,)},
        kinds={**words.kinds, listener.kind: JobKind(listener.kind, deliver(listener))},
    )
    found: dict[str, Any] = people(app, "core.calendar_editor", "core.calendar_editor")
    return Calendar(app, found["drafter"], found["branch"], found["stranger"])
