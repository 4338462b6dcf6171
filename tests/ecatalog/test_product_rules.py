"""Pure rules of products against vectors of the law and slow oracles."""

import datetime as dt
import itertools
import json
import re
from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit.values import InvalidInputError, format_number, format_rupiah
from leuit_ecatalog.rules.attributes import (
    AttributeSpec,
    amount_in,
    missing_values,
    read_value,
    read_values,
    shown_value,
    typed_value,
    units_like,
)
from leuit_ecatalog.rules.bmp import EXAMPLE, BmpFactor, LocalContent, bmp_of, check_local_content
from leuit_ecatalog.rules.certificates import Certificate
from leuit_ecatalog.rules.outliers import Spread, is_outlier, spread_of
from leuit_ecatalog.rules.percent_text import parse_percent, percent_text
from leuit_ecatalog.rules.price_chart import HEIGHT, WIDTH, Point, chart_of
from leuit_ecatalog.rules.price_text import LARGEST, WrongPriceError, parse_fee, parse_price
from leuit_ecatalog.rules.product_states import (
    FREE,
    MODERATED,
    MOVES,
    STATES,
    Who,
    WrongStepError,
    after_edit,
    check_move,
    is_orderable,
    is_visible,
    may_edit,
    may_price,
)
from leuit_ecatalog.rules.product_values import (
    check_basics,
    check_certificates,
    check_origin,
    read_least_order,
)
from leuit_ecatalog.rules.stock_text import StockEntry, parse_stock
from leuit_ecatalog.rules.units import WORDS, UnknownUnitError, unit_code, unit_label
from leuit_ecatalog.service.local_content import KIND

FACTORS = ["tenaga_kerja", "investasi_baru", "kemitraan", "merek_sendiri", "sertifikasi"]
WEIGHT = AttributeSpec("berat", "Berat", "number", "kg")
SHAPE = AttributeSpec("bentuk", "Bentuk", "choice", "", ("Batok", "Gandu"), required=True)
ORGANIC = AttributeSpec("organik", "Organik", "flag")
DAYS = st.dates(dt.date(2026, 1, 1), dt.date(2027, 1, 1))
WORD = AttributeSpec("motif", "Motif", "text")


# ------------------------------------------------------------------------------------------- prices


@pytest.mark.parametrize(
    "text, price",
    [
        ("20000", 20_000),
        ("20.000", 20_000),
        ("Rp20.000", 20_000),
        ("Rp 20.000", 20_000),
        ("rp. 20.000,-", 20_000),
        (" 1.450.000,00 ", 1_450_000),
        ("Rp\N{NO-BREAK SPACE}20.000", 20_000),
        ("20000,0", 20_000),
        ("1", 1),
        (str(LARGEST), LARGEST),
    ],
)
def test_prices_as_people_type_them(text: str, price: int) -> None:
    """Dots mark thousands, Rp may stand before, sen of zero behind."""
    assert parse_price(text) == price


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "-1", "1.5", "12.50", "1,450,000", "1.450,000", "20.00", "2.0000", "Rp"),
        *("20000,50", "20 000", "1e5", "0x10", "20_000", "２００００", "٢٠٠٠٠", "②000", "½"),
        *("20.000.00", "..", "20,", "Rp20.000 / kg", "20000 rupiah", "+20000", "NaN", "∞"),
        *("=20000", "20.000-30.000", str(LARGEST + 1), "9" * 40, "20.000\u200b", "1.000.00,00"),
    ],
)
def test_what_may_be_read_in_two_ways_is_no_price(text: str) -> None:
    """Points as decimals, sen, other digits, formulas and ranges are refused with advice."""
    with pytest.raises(WrongPriceError) as caught:
        parse_price(text)
    assert "20.000" in str(caught.value)


@given(st.integers(1, LARGEST))
def test_every_way_of_writing_gives_the_same_price(price: int) -> None:
    """Plain, grouped, with Rp and with sen of zero are the same price."""
    grouped = format_number(price)
    for text in (str(price), grouped, format_rupiah(price), f"Rp {grouped},00", f"{grouped},-"):
        assert parse_price(text) == price


@given(st.text(alphabet="0123456789.,Rp -٣０", max_size=14))
def test_a_price_is_read_only_where_it_cannot_be_otherwise(text: str) -> None:
    """Whatever is read has three digits behind each dot and only zeros behind a comma."""
    try:
        price = parse_price(text)
    except WrongPriceError:
        return
    plain = text.strip().lower().removeprefix("rp").removeprefix(".").strip().rstrip("-")
    whole, _comma, sen = plain.partition(",")
    groups = whole.split(".")
    assert set(sen) <= {"0"}
    assert all(len(group) == 3 for group in groups[1:])
    assert int("".join(groups)) == price
    assert text.isascii()


def test_a_fee_may_be_nothing() -> None:
    """Bringing may be free; a price may not."""
    assert [parse_fee(text) for text in ("0", "gratis", "Rp5.000")] == [0, 0, 5_000]


@pytest.mark.parametrize(
    "text, entry",
    [
        ("25", StockEntry(25)),
        ("+10", StockEntry(10, moved=True)),
        ("-3", StockEntry(-3, moved=True)),
        ("\N{MINUS SIGN}3", StockEntry(-3, moved=True)),
        ("1.200", StockEntry(1_200)),
        ("", StockEntry(None)),
        ("-", StockEntry(None)),
    ],
)
def test_stock_as_people_type_it(text: str, entry: StockEntry) -> None:
    """A number is what there is; with a sign it is what came or went."""
    assert parse_stock(text) == entry


@pytest.mark.parametrize("text", ["1,5", "banyak", "１２", "99999999", "--3", "+ ", "1e3"])
def test_what_is_no_stock_is_refused(text: str) -> None:
    """Fractions, words, other digits and more than anybody stores."""
    with pytest.raises(InvalidInputError):
        parse_stock(text)


@given(st.integers(0, 10_000))
def test_percentages_come_back(hundredths: int) -> None:
    """What is shown of a percentage is read as the same."""
    assert parse_percent(percent_text(hundredths)) == hundredths


@pytest.mark.parametrize("text", ["100,01", "-1", "40,255", "1.000", "٤٠", "", "4 0"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    """At most 100, two decimals, digits of ASCII."""
    with pytest.raises(InvalidInputError):
        parse_percent(text)


# -------------------------------------------------------------------------------------- attributes


@pytest.mark.parametrize(
    "text, kept, shown",
    [
        ("1,5 kg", "1.5 kg", "1,5\N{NO-BREAK SPACE}kg"),
        ("500 g", "500 g", "500\N{NO-BREAK SPACE}g"),
        ("500gr", "500 g", "500\N{NO-BREAK SPACE}g"),
        ("2", "2 kg", "2\N{NO-BREAK SPACE}kg"),
        ("1.200 gram", "1200 g", "1200\N{NO-BREAK SPACE}g"),
        ("0,50 KG", "0.5 kg", "0,5\N{NO-BREAK SPACE}kg"),
    ],
)
def test_numbers_keep_their_unit(text: str, kept: str, shown: str) -> None:
    """A number is kept as it was meant, in a unit of the attribute's family."""
    assert read_value(WEIGHT, text) == kept
    assert shown_value(WEIGHT, kept) == shown


@pytest.mark.parametrize("text", ["berat", "1 liter", "1,2,3", "-1 kg", "1.5 kg", "١ kg", "1 kg 2"])
def test_what_is_no_number_of_that_unit_is_refused(text: str) -> None:
    """Another family, two numbers, a decimal point, other digits."""
    with pytest.raises(InvalidInputError):
        read_value(WEIGHT, text)


def test_numbers_are_compared_across_units() -> None:
    """1,5 kg is 1500 g; a weight has no length."""
    assert amount_in("1.5 kg", "g") == 1_500
    assert amount_in("500 g", "kg") == Decimal("0.5")
    assert amount_in("1 kg", "liter") is None


def test_every_fault_is_told_by_its_path() -> None:
    """A wrong choice, a wrong number, a wrong flag and an unknown key: four faults."""
    given = {"bentuk": "bulat", "berat": "x", "organik": "mungkin", "rasa": "asli"}
    values, faults = read_values([SHAPE, WEIGHT, ORGANIC], given)
    assert values == {}
    assert [fault.path for fault in faults] == [
        "attr_bentuk",
        "attr_berat",
        "attr_organik",
        "attr_rasa",
    ]


def test_missing_is_what_the_category_asks_for() -> None:
    """A value of false is a value."""
    assert missing_values([SHAPE, ORGANIC], {"organik": False}) == ["Bentuk"]
    assert missing_values([SHAPE], {"bentuk": "Batok"}) == []


@given(
    st.sampled_from(["kg", "liter", "cm", "GB", "jam", "tahun", "lembar", ""]),
    st.integers(0, 10**9),
    st.integers(0, 9_999),
    st.data(),
)
def test_a_kept_number_reads_as_itself(
    unit: str, whole: int, decimals: int, data: st.DataObject
) -> None:
    """What is shown in a form, sent again, is the same value; JSON keeps it."""
    spec = AttributeSpec("n", "N", "number", unit)
    written = data.draw(st.sampled_from(units_like(unit)))
    text = f"{whole},{decimals:04} {written}".strip()
    kept = read_value(spec, text)
    assert isinstance(kept, str)
    assert json.loads(json.dumps(kept)) == kept
    assert read_value(spec, typed_value(spec, kept)) == kept
    assert Decimal(kept.split(" ", maxsplit=1)[0]) == whole + Decimal(decimals) / 10_000


@given(st.text(max_size=130))
def test_a_text_is_one_plain_line_or_refused(text: str) -> None:
    """What is kept reads as itself and holds nothing that is not seen."""
    try:
        kept = read_value(WORD, text)
    except InvalidInputError:
        return
    if kept is not None:
        assert read_value(WORD, str(kept)) == kept
        assert str(kept).isprintable()


@given(st.sampled_from(["Batok", "GANDU", "batok "]), st.sampled_from(["ya", "T", "0", "tidak"]))
def test_choices_and_flags_take_any_case(choice: str, flag: str) -> None:
    """A choice is kept as the category writes it, a flag as true or false."""
    assert read_value(SHAPE, choice) in SHAPE.choices
    assert read_value(ORGANIC, flag) is (flag == "ya")


# ---------------------------------------------------------------------------------------- the rest


def test_ec_33_and_34() -> None:
    """EC-33: five factors weigh 15,00. EC-34: with a sixth it stays at the cap of 15,00."""
    assert bmp_of(EXAMPLE, FACTORS) == 1_500
    assert bmp_of(EXAMPLE, [*FACTORS, "lokasi"]) == 1_500
    assert bmp_of(EXAMPLE, ["lokasi", "esg", "esg"]) == 500


@given(st.sets(st.sampled_from(EXAMPLE.codes)))
def test_bmp_is_the_sum_under_its_cap(codes: set[str]) -> None:
    """Weights of 4, 2 and 1 percent, summed one by one, at most 15."""
    total = 0
    for factor in EXAMPLE.factors:
        if factor.code in codes:
            total += factor.weight
    assert bmp_of(EXAMPLE, codes) == min(total, 1_500)


def test_every_figure_of_the_edition_counts() -> None:
    """Another weight or cap gives another sum; unknown factors and bad figures are refused."""
    heavier = LocalContent((BmpFactor("a", "A", 700), BmpFactor("b", "B", 500)), 1_000)
    assert bmp_of(heavier, ["a"]) == 700
    assert bmp_of(heavier, ["a", "b"]) == 1_000
    with pytest.raises(InvalidInputError):
        bmp_of(heavier, ["c"])
    for wrong in (
        LocalContent((), 1_000),
        LocalContent((BmpFactor("a", "A", 0),), 1_000),
        LocalContent((BmpFactor("a", " ", 1),), 1_000),
        LocalContent((BmpFactor("a", "A", 1),), 1_501),
    ):
        with pytest.raises(InvalidInputError):
            check_local_content(wrong)
    assert KIND.structure(KIND.unstructure(EXAMPLE)) == EXAMPLE


def test_ec_49() -> None:
    """EC-49: 30 juta is ten times the median of 3,0 juta; the quartiles are 3,0 and 3,1."""
    spread = spread_of([2_900_000, 3_000_000, 3_000_000, 3_100_000, 3_200_000])
    assert spread is not None
    assert spread == Spread(Fraction(3_000_000), Fraction(3_000_000), Fraction(3_100_000), 5)
    assert is_outlier(30_000_000, spread, 5)
    assert not is_outlier(14_999_999, spread, 5)
    assert is_outlier(15_000_000, spread, 5)
    assert not is_outlier(15_000_000, spread, 6)
    assert is_outlier(600_000, spread, 5)


@given(st.lists(st.integers(1, 10**9), max_size=30), st.integers(1, 10**10), st.integers(2, 20))
def test_outliers_agree_with_plain_arithmetic(prices: list[int], price: int, factor: int) -> None:
    """The same as comparing with the median by hand; fewer than four prices say nothing."""
    found = is_outlier(price, spread_of(prices), factor)
    middle = Decimal(median(prices)) if len(prices) >= 4 else None
    expected = middle is not None and (price >= factor * middle or price * factor <= middle)
    assert found == expected


# The life of a product as the domain page draws it, written down once more by hand.
WHO: tuple[Who, ...] = ("vendor", "moderator")
ARROWS = {
    ("draf", "diajukan", "vendor"),
    ("perlu_perbaikan", "diajukan", "vendor"),
    ("turun_tayang", "diajukan", "vendor"),
    ("diajukan", "draf", "vendor"),
    ("tayang", "draf", "vendor"),
    ("dibekukan", "draf", "vendor"),
    ("turun_tayang", "draf", "vendor"),
    ("diajukan", "tayang", "moderator"),
    ("diajukan", "perlu_perbaikan", "moderator"),
    ("diajukan", "ditolak", "moderator"),
    ("tayang", "dibekukan", "moderator"),
    ("dibekukan", "tayang", "moderator"),
    ("tayang", "turun_tayang", "moderator"),
    ("dibekukan", "turun_tayang", "moderator"),
    ("tayang", "turun_tayang", "vendor"),
    ("dibekukan", "turun_tayang", "vendor"),
    ("draf", "arsip", "vendor"),
    ("perlu_perbaikan", "arsip", "vendor"),
    ("ditolak", "arsip", "vendor"),
    ("turun_tayang", "arsip", "vendor"),
}


def test_no_other_step_leads_anywhere() -> None:
    """Every state, every step, everybody: what is allowed is what the drawing has."""
    found = set()
    for move, state, who in itertools.product(MOVES, STATES, WHO):
        try:
            found.add((state, check_move(move, who, state, state), who))
        except WrongStepError:
            continue
    assert found == ARROWS


@given(st.lists(st.tuples(st.sampled_from(MOVES), st.sampled_from(["vendor", "moderator"]))))
def test_display_is_reached_by_a_moderator_alone(course: list[tuple[object, str]]) -> None:
    """Along any course a product comes on display only by a moderator's step."""
    state = "draf"
    for move, who in course:
        try:
            after = check_move(move, who, state, state)  # type: ignore[arg-type]  # drawn from both
        except WrongStepError:
            continue
        if after == "tayang":
            assert who == "moderator"
        state = after


@pytest.mark.parametrize("state", STATES)
def test_what_a_change_does_to_a_state(state: str) -> None:
    """A moderated field of what was on display makes a draft of it; price and stock never do."""
    assert after_edit(state, FREE) == state
    moderated = after_edit(state, frozenset({"name", "price"}))
    assert moderated == ("draf" if state in ("tayang", "dibekukan", "turun_tayang") else state)
    assert not MODERATED & FREE
    with pytest.raises(ValueError, match="warna"):
        after_edit(state, frozenset({"warna"}))
    assert may_edit(state) == (state not in ("diajukan", "ditolak", "arsip"))
    assert may_price(state) == (state not in ("ditolak", "arsip"))
    assert is_orderable(state) <= is_visible(state)


@given(DAYS, DAYS)
def test_a_certificate_counts_through_its_last_day(until: dt.date, on: dt.date) -> None:
    """It counts, or has ended, never both; the warning begins thirty days before."""
    certificate = Certificate("sni", "SNI 1", until)
    assert certificate.counts(on) == (on <= until)
    assert certificate.has_ended(on) == (on > until)
    assert certificate.ends_soon(on) == (until - dt.timedelta(days=30) <= on <= until)


def test_units_are_known_by_every_word() -> None:
    """A code and each of its words give the code; no word has two; others are refused."""
    words = [word for of_code in WORDS.values() for word in of_code]
    assert len(words) == len(set(words))
    for code, of_code in WORDS.items():
        assert {unit_code(word.upper()) for word in (*of_code, code)} == {code}
        assert unit_label(code) == of_code[0]
    with pytest.raises(UnknownUnitError):
        unit_code("karat")


def test_basics_are_refused_all_at_once() -> None:
    """Name, description, unit and code: four faults of one answer."""
    with pytest.raises(InvalidInputError) as caught:
        check_basics(" a ", "", "x" * 1_001, "karat", "kode barang")
    assert [fault.path for fault in caught.value.fields] == ["name", "description", "unit", "sku"]


def test_markup_in_a_name_stays_text() -> None:
    """Nothing is taken out of a name but what cannot be seen."""
    kept = check_basics("<b>Gula</b> & \u202eteh\x00", unit="kg")
    assert kept["name"] == "<b>Gula</b> & teh"


@pytest.mark.parametrize(
    "given, paths",
    [
        ({"origin": "pdn_tkdn"}, ["tkdn", "tkdn_number"]),
        ({"origin": "pdn_lain", "tkdn": 4_000}, ["tkdn"]),
        ({"origin": "impor"}, ["country"]),
        ({"origin": "pdn_lain", "country": "CN"}, ["country"]),
        ({"origin": "impor", "country": "C1"}, ["country"]),
    ],
)
def test_origin_and_certificate_agree(given: dict[str, object], paths: list[str]) -> None:
    """TKDN belongs to what is certified, another country to what is imported."""
    with pytest.raises(InvalidInputError) as caught:
        check_origin(**given)  # type: ignore[arg-type]  # examples of several shapes
    assert [fault.path for fault in caught.value.fields] == paths


def test_certificates_have_numbers() -> None:
    """A day without a number, and a code with letters, are told."""
    with pytest.raises(InvalidInputError) as caught:
        check_certificates(sni_until=dt.date(2027, 1, 1), kbki="12a")
    assert [fault.path for fault in caught.value.fields] == ["sni_number", "kbki"]
    assert check_certificates(kbki="23.51")["kbki"] == "2351"


@pytest.mark.parametrize("text", ["0", "-1", "1,5", "x", "１", "200000", ""])
def test_the_least_order_is_at_least_one(text: str) -> None:
    """Whole numbers from one."""
    with pytest.raises(InvalidInputError):
        read_least_order(text)


# ------------------------------------------------------------------------------------------- charts

START = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, LARGEST)), min_size=1, max_size=90),
    st.integers(0, 1_000),
)
def test_a_chart_stays_in_its_box_and_weight(pairs: list[tuple[int, int]], later: int) -> None:
    """Whatever the prices: inside the box, at most 3 kB, ending at the price that holds."""
    points = [Point(START + dt.timedelta(hours=hour), amount) for hour, amount in sorted(pairs)]
    now = points[-1].at + dt.timedelta(hours=later)
    chart = chart_of(points, now)
    assert chart is not None
    assert len(chart.line) < 2_400
    assert chart.top >= max(point.amount for point in points[-60:])
    numbers = [float(part) for part in re.findall(r"[0-9.]+", chart.line)]
    assert all(0 <= number <= max(WIDTH, HEIGHT) for number in numbers)
    assert chart.last == points[-1]
    assert chart.direction == (
        "same"
        if chart.first.amount == chart.last.amount
        else "up"
        if chart.first.amount < chart.last.amount
        else "down"
    )


def test_no_price_has_no_chart() -> None:
    """Nothing is drawn of nothing."""
    assert chart_of([], START) is None
