"""What is wrong with one row of an instrument, as forms and commands tell it."""

from collections.abc import Iterable, Iterator

import attrs

from leuit.values import FieldError

from . import faults


@attrs.frozen
class RowFault:
    """A fault of the row at `index`, counted from 0; its path is the column."""

    index: int
    fault: FieldError


def coded(found: Iterable[faults.RowFault]) -> Iterator[RowFault]:
    """The coded faults of a long table with their sentences."""
    for one in found:
        yield RowFault(one.index, FieldError("code", faults.FAULTS[one.kind], one.kind))
