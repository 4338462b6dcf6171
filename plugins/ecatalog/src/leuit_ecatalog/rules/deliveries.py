"""What of an order is still to come: ordered, on its way, accepted, returned.

An order may come in parts. Of what was inspected, each piece was accepted or returned with a coded
reason; what was returned is owed again. Nothing is ever delivered beyond what is owed.
"""

from collections.abc import Iterable, Mapping
from typing import Final

import attrs

from leuit.values import Text, _

QUALITY, QUANTITY, ITEM, DAMAGED, LATE, OTHER = (
    "mutu",
    "jumlah",
    "barang_lain",
    "rusak",
    "terlambat",
    "lain",
)
RETURN_REASONS: Final[Mapping[str, Text]] = {
    QUALITY: _("Mutu tidak sesuai"),
    QUANTITY: _("Jumlah tidak sesuai"),
    ITEM: _("Barang lain dari yang dipesan"),
    DAMAGED: _("Rusak di perjalanan"),
    LATE: _("Terlambat dan tidak dibutuhkan lagi"),
    OTHER: _("Alasan lain"),
}


@attrs.frozen
class Part:
    """What one delivery brought of one line; `accepted` None until it was inspected."""

    line: str
    sent: int
    accepted: int | None = None


@attrs.frozen
class Standing:
    """How a line stands: `coming` is sent and not inspected, `owed` is still to be sent."""

    ordered: int
    accepted: int
    coming: int

    @property
    def owed(self) -> int:
        """How many the vendor has yet to send."""
        return self.ordered - self.accepted - self.coming


def standings(ordered: Mapping[str, int], parts: Iterable[Part]) -> dict[str, Standing]:
    """How each line stands by what was delivered of it so far."""
    accepted, coming = dict.fromkeys(ordered, 0), dict.fromkeys(ordered, 0)
    for part in parts:
        if part.accepted is None:
            coming[part.line] += part.sent
        else:
            accepted[part.line] += part.accepted
    return {
        line: Standing(quantity, accepted[line], coming[line]) for line, quantity in ordered.items()
    }


def is_complete(found: Mapping[str, Standing]) -> bool:
    """Whether everything that was ordered has been accepted."""
    return all(one.accepted == one.ordered for one in found.values())
