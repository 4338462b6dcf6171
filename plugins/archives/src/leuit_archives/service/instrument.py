"""What an instrument is to the importer: how a file of it is read, compared, and made an edition.

Classification, retention schedule, levels of secrecy and of urgency, and kinds of letters differ
in their rows only; trying, reporting and drafting are the same for all (`instrument_import`).
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import attrs

from leuit.builtin.organisation import Line
from leuit.builtin.regulations import Edition, edition
from leuit.values import FieldError, Text, _
from leuit.work import StoredFile, View, Work
from leuit_archives.rules.row_fault import RowFault

Row = TypeVar("Row")


@attrs.frozen
class ReadRow(Generic[Row]):
    """A row of a file and its number there; None where the cells make none, for the faults."""

    number: int
    row: Row | None
    key: str
    label: str
    faults: tuple[FieldError, ...] = ()


@attrs.frozen(kw_only=True)
class Instrument(Generic[Row]):
    """One kind of instrument.

    `name` is its address and its word on the command line, `regulation` the kind of regulation
    whose editions hold it. `read` makes a row of a line, or tells its faults; `check` looks at all
    rows together. `changes` says by key what is different in rows that both tables have, or where
    a new one comes from; both are without faults. `rows` are those of an edition. `body` is what
    the edition says of the rows, and stores long ones. `open_points` are what a person has to
    decide about a row, `notes` what is worth knowing of all of them.
    """

    name: str
    regulation: str
    title: Text
    columns: tuple[str, ...]
    required: tuple[str, ...]
    read: Callable[[Line], ReadRow[Row]]
    check: Callable[[Sequence[Row]], Iterable[RowFault]]
    key: Callable[[Row], str]
    label: Callable[[Row], str]
    changes: Callable[[Sequence[Row], Sequence[Row]], Mapping[str, list[str]]]
    rows: Callable[[View, Edition], Sequence[Row]]
    body: Callable[[Work, Sequence[Row], StoredFile], Any]
    open_points: Callable[[Row], list[str]] = lambda _row: []
    notes: Callable[[View, Sequence[Row], dt.date], list[str]] = lambda _view, _rows, _day: []

    def held(self, view: View, day: dt.date) -> Sequence[Row]:
        """The rows of the edition that holds on a day; none without one."""
        found = edition(view, self.regulation, day)
        return self.rows(view, found) if found else ()


def became(what: str, before: str, after: str) -> str:
    """A sentence of a report: what something was, and what it is in the later table."""
    told = {"what": what, "before": before or "–", "after": after or "–"}
    return str(_("%(what)s: %(before)s menjadi %(after)s") % told)
