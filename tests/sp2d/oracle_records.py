"""What the oracle writes down: budgets, claims, papers, orders, payments and accounts rendered."""

from typing import Any
from uuid import UUID

import attrs

CODE = {"SPP": "02.0", "SPM": "03.0", "SP2D": "04.0"}
PAYS = {"LS_BJ": "LS", "LS_GAJI": "LS", "UP": "UP", "GU": "GU"}
"""Section 3: the word of a kind in numbers."""

REQUIRED = {
    "LS_BJ": {"kontrak", "bast", "kuitansi"},
    "LS_GAJI": {"daftar_gaji"},
    "UP": {"pernyataan_up", "salinan_spd"},
    "GU": {"lpj", "pernyataan_up", "salinan_spd"},
}
"""Section 1.4: what no payment of a kind goes without."""


@attrs.define
class Budget:
    """One line: what the DPA gives and what the SPDs released, in rupiah."""

    ceiling: int
    released: int


@attrs.define
class Document:
    """A numbered SPP, SPM or SP2D; `paid` when the bank has paid on it at least once.

    `pays` is UP, GU or LS, `stage` that of the budget when it was issued.
    """

    kind: str
    value: int
    payment: UUID
    pays: str
    stage: str
    standing: bool = True
    paid: bool = False

    def number(self, skpd: str, month: int, year: int) -> str:
        """Section 3: the number as SIPD-RI writes it, with the stage of the budget of its day."""
        return (
            f"36.02/{CODE[self.kind]}/{self.value:06d}/{self.pays}/{skpd}/{self.stage}"
            f"/{month}/{year}"
        )

    def number_state(self) -> str:
        """A number is in use for good when the payee had the money, else void with its paper."""
        if self.paid:
            return "confirmed"
        return "reserved" if self.standing else "voided"


@attrs.define
class Transfer:
    """One order to the bank: waiting, sent, paid, returned or withdrawn; `ref` is the bank's."""

    name: str
    amount: int
    state: str = "waiting"
    ref: Any = None


@attrs.define
class Claimed:
    """What a claim asks for; `bill` is its number and the marks of the payee, as tokens.

    A float is an advance: it asks for an `amount` and burdens no line. A refill is of one LPJ.
    """

    kind: str
    lines: dict[UUID, int]
    kept_back: int
    bill: tuple[str, ...] | None
    faulty: bool = False
    amount: int = 0
    lpj: UUID | None = None

    def gross(self) -> int:
        """The sum of the lines, or the float."""
        return self.amount if self.kind == "UP" else sum(self.lines.values())

    def net(self) -> int:
        """Section 6: gross less the deductions that reduce the transfer."""
        return self.gross() - self.kept_back

    def same_bill(self, other: "Claimed") -> bool:
        """The same number of a payee who shares his NPWP, account or name; one float a year; one
        refill of an LPJ.
        """
        if "UP" in (self.kind, other.kind):
            return self.kind == other.kind
        if self.lpj is not None or other.lpj is not None:
            return self.lpj == other.lpj
        if self.bill is None or other.bill is None or self.bill[0] != other.bill[0]:
            return False
        return any(
            mine == its != "" for mine, its in zip(self.bill[1:], other.bill[1:], strict=True)
        )


@attrs.define
class Slip:
    """One payment as the oracle knows it; `acts` are (step, what, person) in their order.

    `past` are refunds of an SP2D that has fallen since: they explain nothing any more.
    """

    claimed: Claimed
    documents: set[str] = attrs.field(factory=set)
    state: str = "draft"
    version: int = 1
    round: int = 1
    duty: dict[str, str] = attrs.field(factory=dict)
    acts: list[tuple[str, str, str]] = attrs.field(factory=list)
    transfers: list[Transfer] = attrs.field(factory=list)
    refunds: list[tuple[str, dict[UUID, int]]] = attrs.field(factory=list)
    past: list[tuple[str, dict[UUID, int]]] = attrs.field(factory=list)


@attrs.define
class Account:
    """An account rendered (LPJ): what was spent of the float on each line, by its receipts."""

    writer: str
    lines: dict[UUID, int]
    receipts: set[tuple[str, int]]
    state: str = "draft"
    version: int = 1
    decided: str = ""

    def total(self) -> int:
        """The sum of its receipts."""
        return sum(self.lines.values())
