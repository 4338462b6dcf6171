"""How fast a letter has to be dealt with; a field of its own beside secrecy."""

from collections.abc import Iterator, Sequence

import attrs

from leuit.values import FieldError, _

from .row_fault import RowFault

LONGEST_HOURS = 24 * 90


@attrs.frozen
class UrgencyLevel:
    """One level; `order` rises with the hurry, `hours` is the usual target, None without one."""

    code: str
    name: str
    order: int
    synonyms: tuple[str, ...] = ()
    hours: int | None = None
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
        if level.hours is not None and not 1 <= level.hours <= LONGEST_HOURS:
            sentence = _("Jumlah jam harus dari 1 sampai %(most)s.")
            yield RowFault(
                index,
                FieldError("target_hours_default", sentence, "range", {"most": LONGEST_HOURS}),
            )
