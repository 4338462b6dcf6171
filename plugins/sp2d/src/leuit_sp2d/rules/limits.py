"""Whether a budget line bears a claim: DPA ceiling and SPD remainder, line by line.

The sum of what is paid, what is ordered and the claim must not pass what the SPDs have released,
nor this the ceiling of the DPA (PP 12/2019 Pasal 149 ayat (4)). What came back from a payee is
free again.
"""

from typing import Literal

import attrs


@attrs.frozen
class Pockets:
    """The money of one line by where it lies, in rupiah; the ceiling is their sum."""

    unreleased: int
    free: int
    reserved: int
    spent: int

    @property
    def ceiling(self) -> int:
        return self.unreleased + self.free + self.reserved + self.spent


@attrs.frozen
class Shortage:
    """Why a line does not bear a claim: the `limit` that is passed, what is `left`, the `asked`."""

    limit: Literal["dpa", "spd"]
    left: int
    asked: int

    @property
    def missing(self) -> int:
        return self.asked - self.left


def shortage(pockets: Pockets, asked: int) -> Shortage | None:
    """The limit that a claim of `asked` rupiah passes; the DPA is named before the SPD."""
    in_dpa = pockets.unreleased + pockets.free
    if asked > in_dpa:
        return Shortage("dpa", in_dpa, asked)
    if asked > pockets.free:
        return Shortage("spd", pockets.free, asked)
    return None
