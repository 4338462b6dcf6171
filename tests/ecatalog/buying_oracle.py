"""Buying as the domain text says it, read anew and worked out slowly, beside the code under test.

Section 5 is a list of amounts with words, section 6 five sentences in order. Nothing here imports
the rules but their plain values.
"""

from collections.abc import Mapping, Sequence

import attrs

MILLION = 1_000_000
GOODS, WORKS, CONSULTANCY = ("barang", "jasa"), ("konstruksi",), ("konsultansi",)


@attrs.frozen
class Product:
    """A product that fits the need; a certificate is there or not, SIINas lists it or not."""

    name: str
    domestic: bool
    certified: bool
    listed: bool
    tkdn: int
    bmp: int
    stock: int | None


def contract_of(kind: str, value: int, *, electronic: bool) -> str:
    """Section 5: by words, from the smallest receipt to the full contract."""
    if electronic:
        return "surat_pesanan"
    if kind in GOODS:
        if value <= 10 * MILLION:
            return "bukti_pembelian"
        if value <= 50 * MILLION:
            return "kuitansi"
        return "spk" if value <= 200 * MILLION else "surat_perjanjian"
    if kind in WORKS:
        return "spk" if value <= 200 * MILLION else "surat_perjanjian"
    assert kind in CONSULTANCY
    return "spk" if value <= 100 * MILLION else "surat_perjanjian"


def price_paper_of(value: int, *, since_2025: bool) -> str:
    """Section 5: before 30 April 2025 all e-purchasing was exempt."""
    if not since_2025:
        return ""
    return "referensi_harga" if value <= 100 * MILLION else "hps"


def official_of(value: int) -> str:
    """Section 5: PP up to 200 juta, PPK above."""
    return "PP" if value <= 200 * MILLION else "PPK"


def preferred_of(
    products: Sequence[Product], needed: int, sum_least: int = 4_000, tkdn_least: int = 2_500
) -> tuple[int, set[str], bool]:
    """Section 6: the step (0 is unclassified), who may be bought, whether volume let others in."""
    pdn = [one for one in products if one.domestic]

    def counted(one: Product) -> tuple[int, int]:
        return (one.tkdn, one.bmp) if one.certified else (-1, 0)

    reach_sum = [one for one in pdn if sum(counted(one)) >= sum_least and one.certified]
    reach_tkdn = {one.name for one in pdn if counted(one)[0] >= tkdn_least}
    if reach_sum:
        enough = [one for one in reach_sum if one.stock is None or one.stock >= needed]
        return 1, reach_tkdn, not enough
    if reach_tkdn:
        return 2, reach_tkdn, False
    low = {one.name for one in pdn if one.certified}
    if low:
        return 3, low, False
    listed = {one.name for one in pdn if one.listed and not one.certified}
    if listed:
        return 4, listed, False
    neither = {one.name for one in pdn}
    if neither:
        return 0, neither, False
    return 5, {one.name for one in products}, False


ORIGINS: Mapping[tuple[bool, bool, bool], str] = {
    (True, True, False): "pdn_tkdn",
    (True, True, True): "pdn_tkdn",
    (True, False, True): "pdn_siinas",
    (True, False, False): "pdn_lain",
    (False, False, False): "impor",
}
"""How a product of the oracle is kept: domestic, certified, listed."""
