"""What the law decides about buying, as the figures of one dated edition (`ecatalog.buying`).

Perpres 16/2018 with its changes (Pasal 26, 28, 38, 65, 66) and the decisions of LKPP set them; a
purchase keeps the edition by which it was proposed. All amounts are whole rupiah, limits are
inclusive unless a field says otherwise.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
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
FORMS = (PURCHASE, RECEIPT, WORK_ORDER, CONTRACT, ORDER)
NO_PRICE_PAPER, REFERENCE, ESTIMATE = "", "referensi_harga", "hps"
PAPERS = (NO_PRICE_PAPER, REFERENCE, ESTIMATE)
PP, PPK, PA = "PP", "PPK", "PA"
DIRECT, NEGOTIATION = "pembelian_langsung", "negosiasi"
METHODS = (DIRECT, NEGOTIATION)
Rounding = Literal["half_up", "down"]
ROUNDINGS: tuple[Rounding, ...] = ("half_up", "down")
_PREFIX = re.compile(r"[A-Z]{1,6}", re.ASCII)
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
    in hundredths of a percent. Days are working days: `answer_days` for each answer of a
    negotiation (0 sets no limit), `negotiation_days` for the PPK to act on its result,
    `confirm_days` for the vendor to confirm. `fine_per_mille` is of the part that is late, a
    calendar day, at most `fine_most_percent` of it. More than `negotiation_above` is negotiated.
    `competition_above` None knows no mini-competition; up to `competition_pp_most` it is the PP's.
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
    negotiation_above: int
    method_basis: str
    ppn_percent: int
    ppn_numerator: int
    ppn_denominator: int
    rounding: Rounding
    ppn_basis: str
    answer_days: int = 0
    competition_above: int | None = None
    competition_pp_most: int = 0
    competition_basis: str = ""
    number_prefix: str = "EP"

    @property
    def ppn_share(self) -> Fraction:
        """What part of a price its PPN is, exactly."""
        return Fraction(self.ppn_percent * self.ppn_numerator, 100 * self.ppn_denominator)

    def contract_form(self, kind: str, value: int, *, electronic: bool) -> ContractBand | None:
        """The contract form of a value, Pasal 28; None where the edition names none.

        An electronic purchase has the Surat Pesanan whatever its value (ayat 6).
        """
        bands = [one for one in self.contracts if (one.form == ORDER) == electronic]
        return next(
            (
                one
                for one in sorted(bands, key=_end)
                if kind in one.kinds and (one.most is None or value <= one.most)
            ),
            None,
        )

    def price_paper(self, value: int) -> PricePaper:
        """What must stand for the price of an e-purchase, Pasal 26(7)."""
        return next(
            one
            for one in sorted(self.price_papers, key=_end)
            if one.most is None or value <= one.most
        )


def _end(band: ContractBand | PricePaper) -> int:
    return LARGEST + 1 if band.most is None else band.most


_LIMITS: tuple[tuple[str, int, int], ...] = (
    ("pp_most", 0, LARGEST),
    ("approval_above", 0, LARGEST),
    ("reserved_most", 0, LARGEST),
    ("negotiation_above", 0, LARGEST),
    ("competition_pp_most", 0, LARGEST),
    ("competition_above", 0, LARGEST),
    ("sum_least", 0, 10_000),
    ("tkdn_least", 0, 10_000),
    ("answer_days", 0, LONGEST_DAYS),
    ("negotiation_days", 1, LONGEST_DAYS),
    ("confirm_days", 1, LONGEST_DAYS),
    ("fine_per_mille", 0, 100),
    ("fine_most_percent", 0, 100),
    ("ppn_percent", 0, 100),
)


def faults_of_buying(rules: BuyingRules) -> list[tuple[str, str]]:
    """Paths and codes of what is wrong there; empty for an edition that can be used."""
    faults = [
        (name, "range")
        for name, least, most in _LIMITS
        if (figure := getattr(rules, name)) is not None and not least <= figure <= most
    ]
    if not 0 < rules.ppn_numerator <= rules.ppn_denominator <= LARGEST:
        faults.append(("ppn_numerator", "range"))
    if not _PREFIX.fullmatch(rules.number_prefix):
        faults.append(("number_prefix", "prefix"))
    if rules.rounding not in ROUNDINGS:
        faults.append(("rounding", "unknown"))
    return faults + _faults_of_contracts(rules) + _faults_of_papers(rules)


def _faults_of_contracts(rules: BuyingRules) -> list[tuple[str, str]]:
    faults = _faults_of_bands("contracts", [one.most for one in rules.contracts])
    ordered = {
        kind
        for one in rules.contracts
        if one.form == ORDER and one.most is None
        for kind in one.kinds
    }
    if set(KINDS) - ordered:
        faults.append(("contracts", "open_end"))
    for place, one in enumerate(rules.contracts):
        if set(one.kinds) - set(KINDS) or not one.kinds:
            faults.append((f"contracts.{place}.kinds", "unknown"))
        if one.form not in FORMS:
            faults.append((f"contracts.{place}.form", "unknown"))
    return faults


def _faults_of_papers(rules: BuyingRules) -> list[tuple[str, str]]:
    faults = _faults_of_bands("price_papers", [one.most for one in rules.price_papers])
    if not any(one.most is None for one in rules.price_papers):
        faults.append(("price_papers", "open_end"))
    return faults + [
        (f"price_papers.{place}.paper", "unknown")
        for place, one in enumerate(rules.price_papers)
        if one.paper not in PAPERS
    ]


def _faults_of_bands(path: str, limits: Sequence[int | None]) -> list[tuple[str, str]]:
    return [
        (f"{path}.{place}.most", "range")
        for place, most in enumerate(limits)
        if most is not None and not 0 < most <= LARGEST
    ]
