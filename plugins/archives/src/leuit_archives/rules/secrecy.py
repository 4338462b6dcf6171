"""Levels of security and access (SKKAD): who may read what, from Biasa to Sangat Rahasia.

Names and codes follow Perka ANRI 17/2011; codes of the time before 2023 stay known, for letters
that come in, and are given to nothing new.
"""

from collections.abc import Iterator, Sequence

import attrs

from leuit.values import FieldError, _

from .row_fault import RowFault

GRADES = ("open", "limited", "secret", "top_secret")
"""What the order 1 to 4 means to other services (`leuit.contracts.Secrecy`)."""

SECRET_FROM = 3
"""The lowest grade that needs the right to secret papers: Rahasia."""

STATUSES = ("current", "legacy")


@attrs.frozen
class SecrecyLevel:
    """One level; `order` is 1 (open) to 4 (top secret), `readers_default` says in words
    who may read.
    """

    code: str
    name: str
    order: int
    status: str = "current"
    meaning: str = ""
    readers_default: str = ""


@attrs.frozen
class SecrecyLevels:
    """All levels of an edition."""

    levels: tuple[SecrecyLevel, ...]


def faults_of_levels(levels: Sequence[SecrecyLevel]) -> Iterator[RowFault]:
    """Codes told twice, orders that are none, and orders without just one current level."""
    seen: set[str] = set()
    current: list[int] = []
    for index, level in enumerate(levels):
        if level.code in seen:
            yield RowFault(index, FieldError("code", _("Kode itu sudah ada di atas."), "twice"))
        seen.add(level.code)
        if level.status not in STATUSES:
            sentence = _("Pilih salah satu: %(choices)s.")
            told = {"choices": ", ".join(STATUSES)}
            yield RowFault(index, FieldError("status", sentence, "unknown", told))
        if not 1 <= level.order <= len(GRADES):
            yield RowFault(index, FieldError("order", _("Urutan harus dari 1 sampai 4."), "range"))
        elif level.status == "current":
            if level.order in current:
                sentence = _("Urutan itu sudah dipakai tingkat lain yang berlaku.")
                yield RowFault(index, FieldError("order", sentence, "twice"))
            current.append(level.order)
    if levels and sorted(set(current)) != list(range(1, len(GRADES) + 1)):
        sentence = _("Setiap urutan 1 sampai 4 perlu satu tingkat yang berlaku.")
        yield RowFault(len(levels) - 1, FieldError("order", sentence, "missing"))
