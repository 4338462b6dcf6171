"""The pure rules of buying: vectors EC-01 to EC-32 and the oracle of the domain text."""

import datetime as dt
from collections.abc import Sequence

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_ecatalog.rules.buying_example import BEFORE_2025, EXAMPLE
from leuit_ecatalog.rules.buying_proposal import PPK_OR_POKJA, keeps_reservation, propose
from leuit_ecatalog.rules.buying_rules import (
    DIRECT,
    KINDS,
    NEGOTIATION,
    ContractBand,
    PricePaper,
    faults_of_buying,
)
from leuit_ecatalog.rules.negotiation import (
    BUYER,
    VENDOR,
    Round,
    Side,
    faults_of_offer,
    may_take,
    whose_turn,
)
from leuit_ecatalog.rules.order_totals import totals
from leuit_ecatalog.rules.preference import EXCLUSIONS, Offer, preferred
from leuit_ecatalog.rules.rup_codes import kind_of, method_of
from leuit_ecatalog.rules.working_deadline import last_day
from tests.ecatalog.buying_oracle import (
    ORIGINS,
    Product,
    contract_of,
    official_of,
    preferred_of,
    price_paper_of,
)

MILLION = 1_000_000
EDGES = [10, 50, 100, 200, 400, 15_000, 100_000]
VALUES = st.one_of(
    st.integers(1, 200_000 * MILLION),
    st.sampled_from([edge * MILLION + by for edge in EDGES for by in (-1, 0, 1)]),
)


def form(kind: str, value: int, *, electronic: bool = False) -> str:
    """The contract form of an edition's example."""
    band = EXAMPLE.contract_form(kind, value, electronic=electronic)
    assert band is not None
    return band.form


@pytest.mark.parametrize(
    "kind, value, expected",
    [
        ("barang", 10_000_000, "bukti_pembelian"),  # EC-01
        ("barang", 10_000_001, "kuitansi"),
        ("barang", 50_000_000, "kuitansi"),  # EC-02
        ("barang", 50_000_001, "spk"),
        ("barang", 200_000_000, "spk"),  # EC-03
        ("barang", 200_000_001, "surat_perjanjian"),
        ("konsultansi", 100_000_000, "spk"),  # EC-04
        ("konsultansi", 100_000_001, "surat_perjanjian"),
    ],
)
def test_contract_forms_change_just_above_their_limits(
    kind: str, value: int, expected: str
) -> None:
    """EC-01 to EC-04: limits are inclusive."""
    assert form(kind, value) == expected


@pytest.mark.parametrize("value", [1, 5_000_000_000])
def test_an_electronic_purchase_has_a_surat_pesanan_whatever_its_value(value: int) -> None:
    """EC-05."""
    assert form("barang", value, electronic=True) == "surat_pesanan"


def test_pp_buys_up_to_his_limit_and_the_ppk_above_it() -> None:
    """EC-06, and with the limit the right to go on changes, not the method."""
    assert propose(EXAMPLE, "barang", 200_000_000, 10**9).official == "PP"
    assert propose(EXAMPLE, "barang", 200_000_001, 10**9).official == "PPK"


def test_price_papers_are_those_of_the_day() -> None:
    """EC-07 and EC-08: since 30 April 2025 a reference, above 100 juta an HPS; before, none."""
    assert propose(EXAMPLE, "barang", 100_000_000, 10**9).price_paper == "referensi_harga"
    assert propose(EXAMPLE, "barang", 100_000_001, 10**9).price_paper == "hps"
    assert propose(BEFORE_2025, "barang", 100_000_001, 10**9).price_paper == ""


def test_pa_approves_only_above_the_limit() -> None:
    """EC-09."""
    assert not propose(EXAMPLE, "barang", 100_000_000_000, 10**12).needs_approval
    assert propose(EXAMPLE, "barang", 100_000_000_001, 10**12).needs_approval


def test_the_pagu_decides_whether_a_package_is_reserved_for_small_firms() -> None:
    """EC-10: usaha kecil takes in mikro, cooperatives stand beside it."""
    assert propose(EXAMPLE, "barang", 1, 15_000_000_000).is_reserved
    assert not propose(EXAMPLE, "barang", 1, 15_000_000_001).is_reserved
    assert [
        one for one in ("mikro", "kecil", "koperasi", "menengah", "besar") if keeps_reservation(one)
    ] == ["mikro", "kecil", "koperasi"]


def test_a_mini_competition_is_told_of_only_by_an_edition_that_has_it() -> None:
    """EC-11, with the draft's figures in force; without them nobody is told of it."""
    draft = attrs.evolve(
        EXAMPLE,
        competition_above=50_000_000,
        competition_pp_most=200_000_000,
        competition_basis="Rancangan Peraturan LKPP",
    )

    def organiser(value: int) -> str:
        points = propose(draft, "barang", value, 10**9).points
        return next((one.answer for one in points if one.topic == "minikompetisi"), "")

    assert [organiser(value) for value in (50_000_000, 50_000_001, 200_000_001)] == [
        "",
        "PP",
        PPK_OR_POKJA,
    ]
    topics = {one.topic for one in propose(EXAMPLE, "barang", 300_000_000, 10**9).points}
    assert "minikompetisi" not in topics


@given(kind=st.sampled_from(KINDS), value=VALUES, pagu=VALUES)
def test_a_proposal_is_that_of_the_text(kind: str, value: int, pagu: int) -> None:
    """Whatever the kind and value, each point is what the oracle reads, with a legal basis."""
    made = propose(EXAMPLE, kind, value, pagu)
    assert form(kind, value) == contract_of(kind, value, electronic=False)
    assert made.contract_form == contract_of(kind, value, electronic=True)
    assert made.price_paper == price_paper_of(value, since_2025=True)
    assert propose(BEFORE_2025, kind, value, pagu).price_paper == price_paper_of(
        value, since_2025=False
    )
    assert made.official == official_of(value)
    assert made.needs_approval == (value > 100_000 * MILLION)
    assert made.is_reserved == (pagu <= 15_000 * MILLION)
    assert made.method == (NEGOTIATION if value > EXAMPLE.negotiation_above else DIRECT)
    assert all(point.basis for point in made.points)


PRODUCT = st.builds(
    Product,
    name=st.just(""),
    domestic=st.booleans(),
    certified=st.booleans(),
    listed=st.booleans(),
    tkdn=st.one_of(st.integers(0, 10_000), st.sampled_from([2_499, 2_500, 3_999, 4_000])),
    bmp=st.one_of(st.integers(0, 1_500), st.sampled_from([0, 1, 1_500])),
    stock=st.one_of(st.none(), st.integers(0, 20)),
)


def offered(products: Sequence[Product]) -> list[Offer]:
    """The products as the code under test takes them."""
    made = []
    for one in products:
        key = (one.domestic, one.certified and one.domestic, one.listed and one.domestic)
        origin = ORIGINS[key]
        certified = origin == "pdn_tkdn"
        made.append(
            Offer(
                one.name,
                origin,
                one.tkdn if certified else 0,
                one.bmp if certified else 0,
                one.stock,
            )
        )
    return made


@given(
    products=st.lists(PRODUCT, max_size=7),
    needed=st.integers(1, 20),
    tkdn_least=st.integers(0, 5_000),
    gap=st.integers(1_500, 3_000),
)
def test_the_preference_is_that_of_the_text(
    products: list[Product], needed: int, tkdn_least: int, gap: int
) -> None:
    """Step, allowed set and the note on volume are the oracle's, whatever figures an edition has.

    Everybody else has exactly one reason why not.
    """
    named = [attrs.evolve(one, name=f"p{place}") for place, one in enumerate(products)]
    rules = attrs.evolve(EXAMPLE, tkdn_least=tkdn_least, sum_least=tkdn_least + gap)
    found = preferred(offered(named), needed, rules)
    step, allowed, short = preferred_of(named, needed, tkdn_least + gap, tkdn_least)
    assert (found.step, set(found.allowed), found.note == "volume") == (step, allowed, short)
    assert found.needs_reason == (step == 0)
    told = dict(found.excluded)
    assert set(told) == {one.name for one in named} - allowed
    assert set(told.values()) <= set(EXCLUSIONS)


def certified(key: str, tkdn: int, bmp: int, stock: int | None = None) -> Offer:
    """A certified product; percentages in hundredths."""
    return Offer(key, "pdn_tkdn", tkdn, bmp, stock)


A_SIINAS, D_IMPORT = Offer("B", "pdn_siinas"), Offer("D", "impor")


@pytest.mark.parametrize(
    "offers, needed, step, allowed",
    [
        (
            [
                certified("A", 4_120, 0),
                certified("B", 2_600, 500),
                certified("C", 1_200, 0),
                D_IMPORT,
            ],
            1,
            1,
            {"A", "B"},
        ),  # EC-24
        ([certified("A", 3_000, 1_000)], 1, 1, {"A"}),  # EC-25
        ([certified("A", 2_499, 1_500)], 1, 3, {"A"}),  # EC-26
        ([certified("A", 3_999, 0), certified("B", 2_500, 0)], 1, 2, {"A", "B"}),  # EC-27
        ([certified("A", 1_000, 0), A_SIINAS], 1, 3, {"A"}),  # EC-28
        ([A_SIINAS, D_IMPORT], 1, 4, {"B"}),  # EC-29
        ([D_IMPORT], 1, 5, {"D"}),  # EC-30
        (
            [certified("A", 4_500, 0, 30), certified("B", 2_600, 0, 500)],
            100,
            1,
            {"A", "B"},
        ),  # EC-31
        ([Offer("E", "pdn_lain"), D_IMPORT], 1, 0, {"E"}),  # EC-32
    ],
)
def test_vectors_of_the_preference(
    offers: list[Offer], needed: int, step: int, allowed: set[str]
) -> None:
    """EC-24 to EC-32."""
    found = preferred(offers, needed, EXAMPLE)
    assert (found.step, set(found.allowed)) == (step, allowed)


def test_volume_and_unclassified_are_told() -> None:
    """EC-31 has the reason 2b; EC-32 asks for a reason and keeps the import out."""
    short = preferred([certified("A", 4_500, 0, 30), certified("B", 2_600, 0, 500)], 100, EXAMPLE)
    assert short.note == "volume"
    unclear = preferred([Offer("E", "pdn_lain"), D_IMPORT], 1, EXAMPLE)
    assert unclear.needs_reason
    assert dict(unclear.excluded) == {"D": "impor"}


@pytest.mark.parametrize(
    "event, off, last",
    [
        ("2026-11-24", (), "2026-11-27"),  # EC-20
        ("2026-11-20", (), "2026-11-25"),  # EC-21
        ("2026-12-24", ("2026-12-25",), "2026-12-30"),  # EC-22
        ("2026-12-31", ("2027-01-01",), "2027-01-06"),  # EC-23
    ],
)
def test_three_working_days_end_where_the_text_says(
    event: str, off: tuple[str, ...], last: str
) -> None:
    """EC-20 to EC-23: weekends and holidays do not count, nor does the day of the event."""
    days_off = {dt.date.fromisoformat(day) for day in off}
    found = last_day(dt.date.fromisoformat(event), 3, days_off)
    assert found == dt.date.fromisoformat(last)


@given(
    event=st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31)),
    days=st.integers(1, 20),
    off=st.sets(st.dates(dt.date(2026, 1, 1), dt.date(2028, 6, 1)), max_size=20),
)
def test_a_deadline_has_just_so_many_working_days(
    event: dt.date, days: int, off: set[dt.date]
) -> None:
    """Counted one by one: the last day is a working day, and exactly `days` lie before its end."""
    last = last_day(event, days, off)
    between = [event + dt.timedelta(number) for number in range(1, (last - event).days + 1)]
    working = [day for day in between if day.weekday() < 5 and day not in off]
    assert len(working) == days
    assert working[-1] == last


@pytest.mark.parametrize(
    "price, tax",
    [
        (10_000_000, 1_100_000),  # EC-17
        (12_000_000, 1_320_000),  # EC-18
        (15_000_000, 1_650_000),
        (20_000_000, 2_200_000),
        (50_000_000, 5_500_000),
    ],
)
def test_ppn_is_eleven_of_a_hundred(price: int, tax: int) -> None:
    """EC-17 and EC-18: 12 percent of 11/12; who is no PKP charges none."""
    made = totals([(1, price)], 0, EXAMPLE, taxable=True)
    assert (made.tax, made.total) == (tax, price + tax)
    assert totals([(1, price)], 0, EXAMPLE, taxable=False).total == price


def test_the_word_of_the_edition_rounds_once_for_the_whole_order() -> None:
    """Rp50 are Rp5,50 of PPN: 6 half up, 5 down; three lines are rounded together, not each."""
    down = attrs.evolve(EXAMPLE, rounding="down")
    assert totals([(1, 50)], 0, EXAMPLE, taxable=True).tax == 6
    assert totals([(1, 50)], 0, down, taxable=True).tax == 5
    assert totals([(1, 50), (1, 50), (1, 50)], 0, EXAMPLE, taxable=True).tax == 17
    assert totals([(1, 40)], 10, EXAMPLE, taxable=True).tax == 6


SHOWN = {"x": 50_000}


def codes(rounds: Sequence[Round], side: Side, price: int, shipping: int = 0) -> set[str]:
    """What is wrong with an offer of a line shown at Rp50.000, with Rp1.000 for bringing it."""
    found = faults_of_offer(rounds, side, {"x": price}, shipping, SHOWN, 1_000)
    return {fault.code for fault in found}


def test_an_offer_never_passes_the_shown_price() -> None:
    """EC-16: 50.000 and 49.999 are taken, 50.001 is refused; so is more for bringing it."""
    assert codes([], BUYER, 50_000) == set()
    assert codes([], BUYER, 50_001) == {"ceiling"}
    assert codes([], BUYER, 49_999) == set()
    assert codes([], BUYER, 49_999, 1_001) == {"ceiling"}
    assert codes([], BUYER, 0) == {"least"}


def test_offers_come_in_turn_and_never_go_back() -> None:
    """The buyer begins; a vendor's offers never rise, a buyer's never fall nor pass his."""
    first = Round(1, BUYER, {"x": 40_000}, 0)
    second = Round(2, VENDOR, {"x": 48_000}, 1_000)
    assert codes([], VENDOR, 50_000) == {"turn"}
    assert whose_turn([first]) == VENDOR
    assert codes([first], VENDOR, 48_000, 1_000) == set()
    assert codes([first, second], BUYER, 39_999) == {"back"}
    assert codes([first, second], BUYER, 48_001) == {"above"}
    assert codes([first, second], BUYER, 45_000) == set()
    third = Round(3, BUYER, {"x": 45_000}, 0)
    assert codes([first, second, third], VENDOR, 48_001) == {"back"}
    assert may_take([first, second], BUYER)
    assert not may_take([first, second], VENDOR)
    assert not may_take([], BUYER)


def test_the_fiftieth_round_is_the_last() -> None:
    """Nobody bargains for ever: afterwards the last offer can only be taken or left."""
    sides: tuple[Side, Side] = (BUYER, VENDOR)
    rounds = [Round(number + 1, sides[number % 2], {"x": 50_000}, 0) for number in range(50)]
    assert codes(rounds, BUYER, 50_000) == {"rounds"}


def test_words_of_sirup_are_understood() -> None:
    """As people and SiRUP write them; what is none of ours is None."""
    assert kind_of("Pekerjaan  Konstruksi") == "konstruksi"
    assert kind_of("Jasa Lainnya") == "jasa"
    assert kind_of("Pengadaan") is None
    assert method_of(" E-Purchasing") == "e-purchasing"
    assert method_of("Pengadaan Langsung") == "pengadaan langsung"
    assert method_of("undian") is None


def test_every_figure_out_of_its_range_is_told_by_its_path() -> None:
    """The two examples are sound; a wrong figure is named, and bands must end open."""
    assert faults_of_buying(EXAMPLE) == []
    assert faults_of_buying(BEFORE_2025) == []
    wrong = attrs.evolve(EXAMPLE, pp_most=-1, sum_least=10_001, answer_days=61, ppn_numerator=13)
    assert {path for path, _code in faults_of_buying(wrong)} == {
        "pp_most",
        "sum_least",
        "answer_days",
        "ppn_numerator",
    }
    closed = attrs.evolve(
        EXAMPLE,
        price_papers=(PricePaper("hps", 1, "x"), PricePaper("kuitansi", None, "x")),
        contracts=(ContractBand("surat_pesanan", ("barang", "sewa"), None, "x"),),
        number_prefix="ep",
        rounding="up",  # type: ignore[arg-type]  # what a file may hold
    )
    assert set(faults_of_buying(closed)) == {
        ("number_prefix", "prefix"),
        ("rounding", "unknown"),
        ("contracts", "open_end"),
        ("contracts.0.kinds", "unknown"),
        ("price_papers.1.paper", "unknown"),
    }
