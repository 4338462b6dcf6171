"""What the law decides about buying, as the figures of one dated edition (`ecatalog.buying`).

Perpres 16/2018 with its changes (Pasal 26, 28, 38, 65, 66) and the decisions of LKPP set them; a
purchase keeps the edition by which it was proposed. All amounts are whole rupiah, limits are
inclusive unless a field says otherwise.
"""

from collections.abc import Sequence
from typing import Literal

import attrs

Kind = Literal["barang", "jasa", "konstruksi", "konsultansi"]
KINDS: tuple[Kind, ...] = ("barang", "jasa", "konstruksi", "konsultansi")
PURCHASE, RECEIPT, WORK_ORDER, CONTRACT, ORDER = (
    "bukti_pembelian",
    "kuitansi",
    "spk",
    "surat_perjanjian",
    "surat_pesanan",
)
NO_PRICE_PAPER, REFERENCE, ESTIMATE = "", "referensi_harga", "hps"
PP, PPK, PA = "PP", "PPK", "PA"
DIRECT, NEGOTIATION = "pembelian_langsung", "negosiasi"
LARGEST = 10**15
LONGEST_DAYS = 60


@attrs.frozen
class ContractBand:
    """A contract form for kinds up to an amount; `most` None has no end."""

    form: str
    kinds: tuple[str, ...]
    most: int | None
    basis: str


@attrs.frozen
class PricePaper:
    """What stands for the price in e-purchasing up to an amount: nothing, a reference, an HPS."""

    paper: str
    most: int | None
    basis: str


@attrs.frozen
class BuyingRules:
    """The figures of an edition.

    `pp_most`: e-purchasing by the Pejabat Pengadaan up to it, above it by the PPK; what is more
    than `approval_above` is approved by PA or KPA. `reserved_most`: a pagu up to it is kept for
    small firms and cooperatives. `sum_least`, `tkdn_least`: the limits of the domestic preference
    in hundredths of a percent. Days are working days; `fine_per_mille` is of the part that is late,
    a calendar day, at most `fine_most_percent` of it.
    """

    contracts: tuple[ContractBand, ...]
    price_papers: tuple[PricePaper, ...]
    pp_most: int
    pp_basis: str
    approval_above: int
    approval_basis: str
    reserved_most: int
    reserved_basis: str
    sum_least: int
    tkdn_least: int
    preference_basis: str
    negotiation_days: int
    confirm_days: int
    days_basis: str
    fine_per_mille: int
    fine_most_percent: int
    fine_basis: str
    negotiation_above: int = 0
    ppn_percent: int = 12
    ppn_numerator: int = 11
    ppn_denominator: int = 12
    ppn_basis: str = ""

    def contract_form(self, kind: str, value: int, *, electronic: bool) -> ContractBand | None:
        """The contract form of a value, Pasal 28; None where the edition names none.

        An electronic purchase has the Surat Pesanan whatever its value (ayat 6).
        """
        bands = [one for one in self.contracts if (one.form == ORDER) == electronic]
        return next(
            (
                one
                for one in sorted(bands, key=lambda band: band.most or LARGEST)
                if kind in one.kinds and (one.most is None or value <= one.most)
            ),
            None,
        )

    def price_paper(self, value: int) -> PricePaper:
        """What must stand for the price of an e-purchase, Pasal 26(7)."""
        return next(
            one
            for one in sorted(self.price_papers, key=lambda band: band.most or LARGEST)
            if one.most is None or value <= one.most
        )


def faults_of_buying(rules: BuyingRules) -> list[tuple[str, str]]:
    """Paths and codes of what is wrong there; empty for an edition that can be used."""
    faults: list[tuple[str, str]] = []
    amounts = ("pp_most", "approval_above", "reserved_most", "negotiation_above")
    faults += [(name, "range") for name in amounts if not 0 <= getattr(rules, name) <= LARGEST]
    faults += [
        (name, "range")
        for name in ("sum_least", "tkdn_least")
        if not 0 <= getattr(rules, name) <= 10_000
    ]
    for name in ("negotiation_days", "confirm_days"):
        if not 1 <= getattr(rules, name) <= LONGEST_DAYS:
            faults.append((name, "range"))
    if not 0 <= rules.fine_per_mille <= 100:
        faults.append(("fine_per_mille", "range"))
    if not 0 <= rules.fine_most_percent <= 100:
        faults.append(("fine_most_percent", "range"))
    if not 0 <= rules.ppn_percent <= 100:
        faults.append(("ppn_percent", "range"))
    if not 0 < rules.ppn_numerator <= rules.ppn_denominator:
        faults.append(("ppn_numerator", "range"))
    faults += _faults_of_bands("contracts", [one.most for one in rules.contracts])
    faults += _faults_of_bands("price_papers", [one.most for one in rules.price_papers])
    if not any(one.most is None for one in rules.price_papers):
        faults.append(("price_papers", "open_end"))
    if not any(one.form == ORDER and one.most is None for one in rules.contracts):
        faults.append(("contracts", "open_end"))
    for place, one in enumerate(rules.contracts):
        if set(one.kinds) - set(KINDS) or not one.kinds:
            faults.append((f"contracts.{place}.kinds", "unknown"))
    return faults


def _faults_of_bands(path: str, limits: Sequence[int | None]) -> list[tuple[str, str]]:
    return [
        (f"{path}.{place}.most", "range")
        for place, most in enumerate(limits)
        if most is not None and not 0 < most <= LARGEST
    ]
