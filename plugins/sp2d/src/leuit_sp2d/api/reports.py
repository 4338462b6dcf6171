"""What programs are told of a file's rows before it is stored, and of those that are refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal
from uuid import UUID

import attrs

from leuit.builtin.organisation import RefusedRowsError, Report
from leuit.values import FieldError, InvalidInputError

MOST_TOLD = 200
"""Faults of rows that a refusal names; trying the file tells of every row."""


@attrs.frozen
class RowFaultAnswer:
    """What is wrong in a column."""

    column: str
    code: str
    message: str


@attrs.frozen
class RowAnswer:
    """A row by its number in the file, 0 for a line that the file leaves out.

    `status` is baru, berubah, sama or ditolak: new, changed, the same, refused.
    """

    row: int
    key: str
    label: str
    status: Literal["baru", "berubah", "sama", "ditolak"]
    changes: list[str]
    faults: list[RowFaultAnswer]


@attrs.frozen
class CountsAnswer:
    """How many rows are new, changed, the same and refused."""

    baru: int
    berubah: int
    sama: int
    ditolak: int


@attrs.frozen
class ReportAnswer:
    """What storing the file would do now. `stored_as` holds it already, and no row is told then.

    Sent back with the file, `digest` lets it be stored only as it was reported.
    """

    stored_as: UUID | None
    digest: str
    counts: CountsAnswer
    ignored_columns: list[str]
    rows: list[RowAnswer]


def told(report: Report | None, stored_as: UUID | None = None) -> dict[str, Any]:
    """The fields of a `ReportAnswer`; without a report those of what is stored already."""
    shown = report or Report("", ())
    return {
        "stored_as": stored_as,
        "digest": report.digest if report else "",
        "counts": CountsAnswer(**shown.counts),
        "ignored_columns": list(shown.ignored_columns),
        "rows": [
            RowAnswer(
                row.number,
                row.key,
                str(row.label),
                row.status,
                [str(change) for change in row.changes],
                [RowFaultAnswer(one.path, one.code, one.sentence()) for one in row.faults],
            )
            for row in shown.rows
        ],
    }


@contextmanager
def refused_by_row() -> Iterator[None]:
    """Let a refusal of rows name them as `rows[3].pagu`, by their numbers in the file."""
    try:
        yield
    except RefusedRowsError as error:
        faults = [
            FieldError(f"rows[{row.number}].{one.path}", one.message, one.code, one.params)
            for row in error.report.refused
            for one in row.faults
        ]
        error.fields = tuple(faults[:MOST_TOLD])
        raise


@contextmanager
def told_at(path: str) -> Iterator[None]:
    """Let a refusal that names no field name the one that was read."""
    try:
        yield
    except InvalidInputError as error:
        error.fields = error.fields or (error.at(path),)
        raise
