"""How fast a letter has to be dealt with; a field of its own beside secrecy."""

from collections.abc import Iterator, Sequence

import attrs

from leuit.values import FieldError, _

from .row_fault import RowFault

LONGEST_HOURS = 24 * 90


@attrs.frozen
class UrgencyLevel:
    """One level; `order` rises with the hurry, `target_hours_default` is None
    without a usual target.
    """

    code: str
    name: str
    order: int
    synonyms: tuple[str, ...] = ()
    target_hours_default: int | None = None
    meaning: str = ""


@attrs.frozen
class UrgencyLevels:
    """All levels of an edition."""

    levels: tuple[UrgencyLevel, ...]


def faults_of_urgency(levels: Sequence[UrgencyLevel]) -> Iterator[RowFault]:
    """Codes and orders told twice, and targets that make no sense."""
    codes: set[str] = set()
    orders: set[int] = set()
    for index, level in enumerate(levels):
        if level.code in codes:
            yield RowFault(index, FieldError("code", _("Kode itu sudah ada di atas."), "twice"))
        if level.order in orders:
            yield RowFault(index, FieldError("order", _("Urutan itu sudah ada di atas."), "twice"))
        codes.add(level.code)
        orders.add(level.order)
        hours = level.target_hours_default
        if hours is not None and not 1 <= hours <= LONGEST_HOURS:
            sentence = _("Jumlah jam harus dari 1 sampai %(most)s.")
            yield RowFault(
                index,
                FieldError("target_hours_default", sentence, "range", {"most": LONGEST_HOURS}),
            )
