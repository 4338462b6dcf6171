"""Worked examples: amounts that tax offices and handbooks print, and edges worked out from them."""

import csv
import datetime as dt
from decimal import Decimal
from fractions import Fraction
from importlib import resources

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit.values import InvalidInputError
from leuit_sp2d.rules.rupiah import WrongAmountError
from leuit_sp2d.rules.tax_amounts import (
    NoPriceWithinError,
    percent_text,
    ppn_on,
    price_within,
    round_rupiah,
    tax_of,
)
from leuit_sp2d.rules.tax_example import EXAMPLE
from leuit_sp2d.rules.tax_rules import TaxRules
from leuit_sp2d.rules.taxable import Taxable, WrongTaxableError
from leuit_sp2d.rules.taxes import DeductionsExceedError, net_of, propose
from tests.sp2d.tax_history import EDITIONS_IN_HISTORY

TEN, ELEVEN, JANUARY, FEBRUARY, NOW = (past.rules for past in EDITIONS_IN_HISTORY)
EVERY = [past.rules for past in EDITIONS_IN_HISTORY]
DOWN = FEBRUARY


def amounts(claim: Taxable, rules: TaxRules = NOW) -> dict[str, int]:
    return {one.code: one.amount for one in propose(claim, rules).deductions}


@pytest.mark.parametrize(
    "price, ppn",
    [
        (10_000_000, 1_100_000),
        (12_000_000, 1_320_000),
        (15_000_000, 1_650_000),
        (20_000_000, 2_200_000),
        (50_000_000, 5_500_000),
    ],
)
def test_ppn_of_2025_is_eleven_twelfths(price: int, ppn: int) -> None:
    """Vector 12: 12 % of 11/12 of a price is 11 % of it, in each edition of 2025."""
    for rules in (JANUARY, FEBRUARY, NOW):
        assert amounts(Taxable("barang", price, charges_ppn=True), rules)["PPN"] == ppn


def test_luxury_goods_pay_in_full_from_february() -> None:
    """Vector 13: 600 million pay 66 million in January 2025 and 72 million in February."""
    car = Taxable("barang", 600_000_000, charges_ppn=True, luxury=True)
    assert amounts(car, JANUARY)["PPN"] == 66_000_000
    assert amounts(car, FEBRUARY)["PPN"] == 72_000_000


@pytest.mark.parametrize(
    "price, half_up, down", [(3_453_454, 379_880, 379_879), (1_999_999, 220_000, 219_999)]
)
def test_ppn_is_rounded_by_its_edition(price: int, half_up: int, down: int) -> None:
    """Vectors 14 and 15: fractions of a rupiah go up or down as the edition says."""
    assert (ppn_on(price, NOW), ppn_on(price, DOWN)) == (half_up, down)


@pytest.mark.parametrize("price, ppn", [(50_000_000, 5_500_000), (10_000_000, 1_100_000)])
def test_the_taxed_part_is_not_rounded_first(price: int, ppn: int) -> None:
    """Vectors 16 and 17: rounding the part first would lose a rupiah; down gives it exactly too."""
    part = price * 11 // 12
    assert tax_of(part, Decimal(12), "down") == ppn - 1
    assert ppn_on(price, DOWN) == ppn_on(price, NOW) == ppn


@pytest.mark.parametrize(
    "price, ppn, twice",
    [
        (50_000_000, 5_500_000, 5_500_000),
        (10_000_000, 1_100_000, 1_100_000),
        (2_500_041, 275_005, 275_004),
    ],
)
def test_half_up_twice_is_no_way_either(price: int, ppn: int, twice: int) -> None:
    """Vectors 16 and 17 come out right by it; another price loses a rupiah, so it is not done."""
    part = round_rupiah(Fraction(price) * 11 / 12, "half_up")
    assert tax_of(part, Decimal(12), "half_up") == twice
    assert ppn_on(price, NOW) == ppn


@pytest.mark.parametrize("price, ppn", [(2_342_343, 257_657), (3_453_454, 379_879)])
def test_the_older_rule_goes_down(price: int, ppn: int) -> None:
    """Vector 18: 11 % of the older rule, always down."""
    assert amounts(Taxable("jasa", price, charges_ppn=True), ELEVEN)["PPN"] == ppn


def test_half_a_rupiah_goes_up() -> None:
    """Vector 19: below half a rupiah down, from half on up."""
    assert round_rupiah(Fraction("100499.49"), "half_up") == 100_499
    assert round_rupiah(Fraction("100499.50"), "half_up") == 100_500
    assert round_rupiah(Fraction("100499.99"), "down") == 100_499


@pytest.mark.parametrize(
    "gross, rules, price, pph22",
    [(77_000_000, TEN, 70_000_000, 1_050_000), (11_100_000, ELEVEN, 10_000_000, 150_000)],
)
def test_pph22_is_of_the_price_without_ppn(
    gross: int, rules: TaxRules, price: int, pph22: int
) -> None:
    """Vectors 20 and 21: the PPN within the gross is taken out before PPh 22 is worked out."""
    assert price_within(gross, rules) == price
    claim = Taxable("barang", price, charges_ppn=True)
    assert propose(claim, rules).gross == gross
    assert amounts(claim, rules)["PPH22"] == pph22


def test_without_npwp_the_rate_doubles() -> None:
    """Vector 22: 3 % instead of 1.5 %."""
    claim = Taxable("barang", 10_000_000, charges_ppn=False, has_npwp=False)
    assert amounts(claim) == {"PPH22": 300_000}


def test_the_threshold_itself_is_not_collected() -> None:
    """Vector 23: up to and including two million nothing; one rupiah more, both taxes."""
    below = Taxable("barang", 2_000_000, charges_ppn=True)
    assert amounts(below) == {}
    assert propose(below, NOW).gross == propose(below, NOW).net == 2_220_000
    above = attrs.evolve(below, price=2_000_001)
    assert amounts(above) == {"PPN": 220_000, "PPH22": 30_000}


def test_net_is_less_what_reduces() -> None:
    """Vector 24: taxes that the bank pays on reduce the transfer, those for information do not."""
    whole = propose(Taxable("barang", 10_000_000, charges_ppn=True), NOW)
    assert (whole.gross, whole.net) == (11_100_000, 9_850_000)
    shown = [attrs.evolve(one, reduces=False) for one in whole.deductions]
    assert net_of(whole.gross, shown) == 11_100_000


@pytest.mark.parametrize("golongan, tax", [("II", 0), ("III/c", 50_000), ("IV/a", 150_000)])
def test_honoraria_are_taxed_by_golongan(golongan: str, tax: int) -> None:
    """Vector 25: 0, 5 and 15 percent; a tax of nothing is a reason and no deduction of Rp0."""
    claim = Taxable("honorarium", 1_000_000, charges_ppn=False, golongan=golongan)
    told = propose(claim, NOW)
    assert [one.amount for one in told.deductions] == [tax] * bool(tax)
    assert [one.code for one in told.left_out] == ["nothing_due"] * (not tax)


def test_taxes_explain_themselves() -> None:
    """A deduction says how it was made and a tax left out why, as people write numbers."""
    goods = Taxable("barang", 87_000_000, charges_ppn=True, exempt=frozenset({"skb"}))
    told = propose(goods, NOW)
    assert [one.how for one in told.deductions] == ["11/12 × 12% dari Rp87.000.000"]
    assert [one.sentence for one in told.left_out] == [
        "PPh Pasal 22 tidak dipungut: rekanan memiliki surat keterangan bebas (SKB)."
    ]
    small = propose(Taxable("barang", 1_500_000, charges_ppn=False), NOW)
    assert [one.sentence for one in small.left_out] == [
        "Rekanan tidak mengenakan PPN.",
        "PPh Pasal 22 tidak dipungut: Rp1.500.000 tidak melebihi Rp2.000.000.",
    ]
    work = Taxable("konstruksi", 100_000_000, charges_ppn=False, qualification="menengah_besar")
    assert propose(work, NOW).deductions[0].how == "2,65% dari Rp100.000.000"
    rates = {"12.00": "12%", "100": "100%", "0": "0%", "1E+2": "100%"}
    assert {text: percent_text(Decimal(text)) for text in rates} == rates


def test_a_part_is_judged_by_the_whole() -> None:
    """A part of a purchase above the threshold is taxed, though it is small itself."""
    part = Taxable("barang", 1_000_000, charges_ppn=True, undivided=2_000_001)
    assert amounts(part) == {"PPN": 110_000, "PPH22": 15_000}
    assert amounts(attrs.evolve(part, undivided=2_000_000)) == {}


@pytest.mark.parametrize(
    "rules", EVERY, ids=[str(past.effective_from) for past in EDITIONS_IN_HISTORY]
)
@pytest.mark.parametrize("luxury", [True, False])
def test_the_price_within_a_gross_is_found_when_there_is_one(rules: TaxRules, luxury: bool) -> None:
    """Every gross up to some thousand has the price that counting up finds, or is refused."""
    prices = {price + ppn_on(price, rules, luxury=luxury): price for price in range(1, 3000)}
    refused = 0
    for gross in range(1, 3000):
        if gross in prices:
            assert price_within(gross, rules, luxury=luxury) == prices[gross]
        else:
            refused += 1
            with pytest.raises(NoPriceWithinError):
                price_within(gross, rules, luxury=luxury)
    assert refused


@settings(deadline=None)
@given(st.integers(1, 800_000_000_000_000), st.sampled_from(EVERY), st.booleans())
def test_a_price_comes_back_out_of_its_gross(price: int, rules: TaxRules, luxury: bool) -> None:
    """The price within price + PPN is the price, however large."""
    assert price_within(price + ppn_on(price, rules, luxury=luxury), rules, luxury=luxury) == price


def test_a_gross_without_price_names_its_neighbours() -> None:
    """The refusal tells the nearest sums that a whole price makes."""
    with pytest.raises(NoPriceWithinError) as refused:
        price_within(5, NOW)
    assert refused.value.code == "no_price_within"
    assert "Rp4, Rp6" in refused.value.next_step()
    with pytest.raises(WrongAmountError):
        price_within(0, NOW)


def test_more_than_the_gross_is_not_deducted() -> None:
    """Deductions that would make the net negative are refused; nothing may be left over."""
    taken = propose(Taxable("jasa", 1_000_000, charges_ppn=False), NOW).deductions
    assert net_of(20_000, taken) == 0
    with pytest.raises(DeductionsExceedError, match=r"Rp20\.000 melebihi nilai Rp19\.999"):
        net_of(19_999, taken)


def faults(error: InvalidInputError) -> dict[str, str]:
    return {fault.path: fault.code for fault in error.fields}


def test_a_claim_that_contradicts_itself_is_refused() -> None:
    """Every contradiction of a claim is told at once, each at its field."""
    with pytest.raises(WrongTaxableError) as refused:
        Taxable(
            "honorarium",
            0,
            charges_ppn=True,
            luxury=True,
            has_npwp=False,
            umkm=True,
            qualification="kecil",
        )
    assert faults(refused.value) == {
        "price": "wrong_amount",
        "charges_ppn": "no_ppn_here",
        "luxury": "no_luxury_here",
        "umkm": "umkm_without_npwp",
        "qualification": "not_here",
    }
    with pytest.raises(WrongTaxableError) as refused:
        Taxable("barang", 2, charges_ppn=False, golongan="III", undivided=1)
    assert faults(refused.value) == {"golongan": "not_here", "undivided": "below_part"}
    with pytest.raises(WrongTaxableError) as refused:
        Taxable("kopi", 2, charges_ppn=False)  # type: ignore[arg-type]  # an object of a stranger
    assert faults(refused.value) == {"object": "unknown_word"}


@pytest.mark.parametrize(
    "claim, path, code",
    [
        (
            Taxable("barang", 1, charges_ppn=False, exempt=frozenset({"kopi"})),
            "exempt",
            "unknown_word",
        ),
        (Taxable("konstruksi", 1, charges_ppn=False), "qualification", "missing"),
        (
            Taxable("konsultansi_konstruksi", 1, charges_ppn=False, qualification="kecil"),
            "qualification",
            "unknown_word",
        ),
        (Taxable("honorarium", 1, charges_ppn=False), "golongan", "missing"),
        (Taxable("honorarium", 1, charges_ppn=False, golongan="IX"), "golongan", "unknown_word"),
    ],
)
def test_a_word_that_the_edition_lacks_is_refused(claim: Taxable, path: str, code: str) -> None:
    """A mistyped word changes no tax in silence; the refusal names what the edition knows."""
    with pytest.raises(WrongTaxableError) as refused:
        propose(claim, NOW)
    assert faults(refused.value) == {path: code}
    assert "–" not in refused.value.fields[0].sentence()


def test_a_work_without_a_rate_is_refused() -> None:
    """An edition that has no rate for a rent of land taxes none instead of guessing."""
    bare = attrs.evolve(NOW, pph42=attrs.evolve(NOW.pph42, rates=NOW.pph42.rates[:-1]))
    with pytest.raises(WrongTaxableError):
        propose(Taxable("sewa_tanah_bangunan", 1_000_000, charges_ppn=False), bare)


def rows() -> list[dict[str, str]]:
    text = (resources.files("leuit_sp2d") / "data" / "pajak.csv").read_text("utf-8")
    return list(csv.DictReader(text.splitlines()))


FINAL = {
    "pekerjaan konstruksi, kualifikasi kecil/perorangan": ("konstruksi", "kecil"),
    "pekerjaan konstruksi, menengah/besar": ("konstruksi", "menengah_besar"),
    "pekerjaan konstruksi, tanpa sertifikat": ("konstruksi", "tanpa_sertifikat"),
    "konstruksi terintegrasi, bersertifikat": ("konstruksi_terintegrasi", "bersertifikat"),
    "konstruksi terintegrasi, tanpa sertifikat": ("konstruksi_terintegrasi", "tanpa_sertifikat"),
    "konsultansi konstruksi, bersertifikat": ("konsultansi_konstruksi", "bersertifikat"),
    "konsultansi konstruksi, tanpa sertifikat": ("konsultansi_konstruksi", "tanpa_sertifikat"),
    "sewa tanah/bangunan": ("sewa_tanah_bangunan", ""),
}
HONORARIA = {
    "honorarium APBD, golongan I/II": ("I", "II"),
    "honorarium APBD, golongan III": ("III",),
    "honorarium APBD, golongan IV dan pejabat negara": ("IV", "pejabat_negara"),
}


def check(row: dict[str, str], rules: TaxRules) -> bool:
    """Whether a row's figures are the edition's; false for a row that is no tax of a claim."""
    rate = Decimal(row["rate"] or 0)
    threshold = int(row["threshold"] or 0)
    match row["tax"], row["object"]:
        case "PPN", thing:
            top, bottom = (11, 12) if "11/12" in row["base"] else (1, 1)
            share = rules.ppn.share(luxury=thing == "barang mewah")
            assert (rules.ppn.rate, rules.ppn.threshold) == (rate, threshold)
            assert share == Fraction(top, bottom)
        case "PPh 22", thing:
            pph22 = rules.pph22
            found = pph22.rate_without_npwp if "tanpa NPWP" in thing else pph22.rate
            assert (found, pph22.threshold) == (rate, threshold)
        case "PPh final UMKM", _:
            assert (rules.umkm.rate, rules.umkm.threshold) == (rate, threshold)
        case "PPh 23", _:
            assert (rules.pph23.rate, rules.pph23.threshold) == (rate, threshold)
        case "PPh 4(2)", thing:
            assert rate in [
                one.rate
                for one in rules.pph42.rates
                if (one.object, one.qualification) == FINAL[thing]
            ]
        case "PPh 21 final", thing:
            honoraria = {one.golongan: one.rate for one in rules.pph21_honorarium.rates}
            assert honoraria[HONORARIA[thing]] == rate
        case "PEMBULATAN", _:
            assert {"down": "floor_rupiah", "half_up": "half_up_rupiah"}[rules.rounding] == row[
                "rounding"
            ]
        case _:
            return False
    return True


def test_the_editions_say_what_the_table_of_facts_says() -> None:
    """Each row of the table holds in every edition that begins while the row does."""
    checked = 0
    for row in rows():
        first = dt.date.fromisoformat(row["effective_from"] or "0001-01-01")
        last = dt.date.fromisoformat(row["effective_to"] or "9999-12-31")
        for past in EDITIONS_IN_HISTORY:
            if first <= past.effective_from <= last:
                checked += check(row, past.rules)
    ppn, others, rounding = 8, 15 * len(EDITIONS_IN_HISTORY), len(EDITIONS_IN_HISTORY)
    assert checked == ppn + others + rounding


def test_the_history_ends_in_the_example() -> None:
    """Editions are in order of time and the last is today's."""
    days = [past.effective_from for past in EDITIONS_IN_HISTORY]
    assert days == sorted(set(days))
    assert EDITIONS_IN_HISTORY[-1].rules is EXAMPLE
