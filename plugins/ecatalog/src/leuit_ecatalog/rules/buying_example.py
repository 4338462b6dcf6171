"""An edition of buying for the demo and the first draft of an installation.

It is an example, not law: figures are those that were reported of Perpres 16/2018 with its changes
up to 46/2025 and of the catalogue's sixth version; an installation enacts its own.
"""

import attrs

from .buying_rules import (
    CONTRACT,
    ESTIMATE,
    KINDS,
    NO_PRICE_PAPER,
    ORDER,
    PURCHASE,
    RECEIPT,
    REFERENCE,
    WORK_ORDER,
    BuyingRules,
    ContractBand,
    PricePaper,
)

_OTHER = ("barang", "jasa")
EXAMPLE = BuyingRules(
    contracts=(
        ContractBand(PURCHASE, _OTHER, 10_000_000, "Perpres 16/2018 Pasal 28(2)"),
        ContractBand(RECEIPT, _OTHER, 50_000_000, "Perpres 16/2018 Pasal 28(3)"),
        ContractBand(WORK_ORDER, _OTHER, 200_000_000, "Perpres 16/2018 Pasal 28(4)"),
        ContractBand(WORK_ORDER, ("konstruksi",), 200_000_000, "Perpres 16/2018 Pasal 28(4)"),
        ContractBand(WORK_ORDER, ("konsultansi",), 100_000_000, "Perpres 16/2018 Pasal 28(4)"),
        ContractBand(CONTRACT, KINDS, None, "Perpres 16/2018 Pasal 28(5)"),
        ContractBand(ORDER, KINDS, None, "Perpres 16/2018 Pasal 28(6)"),
    ),
    price_papers=(
        PricePaper(REFERENCE, 100_000_000, "Perpres 46/2025 Pasal 26(7)"),
        PricePaper(ESTIMATE, None, "Perpres 46/2025 Pasal 26(7)"),
    ),
    pp_most=200_000_000,
    pp_basis="Perpres 12/2021",
    approval_above=100_000_000_000,
    approval_basis="Perpres 12/2021",
    reserved_most=15_000_000_000,
    reserved_basis="Perpres 12/2021 Pasal 65(4) dan (5)",
    sum_least=4_000,
    tkdn_least=2_500,
    preference_basis="Perpres 46/2025 Pasal 66",
    negotiation_days=3,
    confirm_days=3,
    days_basis="Perilaku katalog elektronik versi 6",
    fine_per_mille=1,
    fine_most_percent=5,
    fine_basis="Bentuk SPK yang dipakai",
    negotiation_above=50_000_000,
    method_basis="Rancangan Peraturan LKPP tentang Katalog Elektronik (belum berlaku)",
    ppn_percent=12,
    ppn_numerator=11,
    ppn_denominator=12,
    rounding="half_up",
    ppn_basis="PMK 131/2024",
    answer_days=3,
)
BEFORE_2025 = attrs.evolve(
    EXAMPLE,
    price_papers=(PricePaper(NO_PRICE_PAPER, None, "Perpres 16/2018 dan 12/2021 Pasal 26"),),
    ppn_percent=11,
    ppn_numerator=1,
    ppn_denominator=1,
    ppn_basis="UU 7/2021 Pasal 7",
)
"""What held before 30 April 2025: e-purchasing needed no price paper, whatever its value."""
