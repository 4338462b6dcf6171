"""Stock as a vendor types it on his phone: how much there is, or how much came and went.

`25` is what there is now, `+10` came in, `-3` went out, nothing is made to order and not counted.
"""

import re
from typing import Final

import attrs

from leuit.values import InvalidInputError, _

MOST: Final = 9_999_999
_SHAPE = re.compile(r"([+-]?) ?(\d{1,3}(?:\.\d{3})+|\d{1,7})", re.ASCII)


@attrs.frozen
class StockEntry:
    """`moved` says whether `count` is added to what there is; `count` None is not counted."""

    count: int | None
    moved: bool = False


def parse_stock(text: str) -> StockEntry:
    """What was typed; InvalidInputError for anything but whole numbers."""
    given = " ".join(text.split()).replace("\N{MINUS SIGN}", "-")
    if given in ("", "-"):
        return StockEntry(None)
    found = _SHAPE.fullmatch(given)
    count = int(found[2].replace(".", "")) if found else MOST + 1
    if found is None or count > MOST:
        raise InvalidInputError(
            _("“%(text)s” bukan jumlah stok."),
            advice=_("Tulis bilangan bulat, misalnya 25, atau +10 bila bertambah."),
            text=text[:20],
        )
    return StockEntry(-count if found[1] == "-" else count, moved=bool(found[1]))
