"""A value that changes on dates: the post of a person, his PIN, the parent of a unit.

Half-open spans that never overlap. Setting a value from a day on closes the span that covers the
day and opens another; a span that begins on that very day is corrected in place. What is planned
for a later day is never silently thrown away.
"""

import datetime as dt
from collections.abc import Hashable, Iterable
from typing import Generic, Literal, TypeVar
from uuid import UUID

import attrs

from leuit.values import ConflictError, _, format_date

Value = TypeVar("Value", bound=Hashable)


@attrs.frozen
class Span(Generic[Value]):
    """One stored value with its dates; `id` is the row's."""

    id: UUID
    value: Value
    valid_from: dt.date
    valid_to: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """Whether the value holds on the day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@attrs.frozen
class Step(Generic[Value]):
    """What has to be done: nothing, correct a span in place, end it another day, or open one.

    With `open`, `span` is the one to be closed on the day (None when nothing held before).
    """

    kind: Literal["same", "correct", "resize", "open"]
    span: Span[Value] | None = None


class LaterChangeError(ConflictError):
    """Something else is already planned for a later day."""

    code = "later_change"


def set_from(
    spans: Iterable[Span[Value]], value: Value, on: dt.date, until: dt.date | None = None
) -> Step[Value]:
    """How `value` comes to hold from `on` to `until` (open when None).

    Without `until` an equal value that already holds is left alone with whatever end it has.
    Raises LaterChangeError when a span begins after `on`.
    """
    known = list(spans)
    current = next((span for span in known if span.covers(on)), None)
    if current is not None and current.value == value and until in (None, current.valid_to):
        return Step("same", current)
    later = [span.valid_from for span in known if span.valid_from > on]
    if later:
        raise LaterChangeError(
            _("Sudah ada perubahan lain mulai %(date)s."),
            advice=_("Batalkan perubahan itu dahulu, atau pilih tanggal sesudahnya."),
            date=format_date(min(later)),
        )
    if current is None:
        return Step("open")
    if current.value == value:
        return Step("resize", current)
    if current.valid_from == on:
        return Step("correct", current)
    return Step("open", current)
