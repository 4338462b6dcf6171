"""The engine of taxes against a slow oracle, written from the law as read and not from the engine.

The oracle knows the law by days, as basis points and pairs of whole numbers; it divides whole
numbers only. The engine knows editions. Both are asked about the same claims.
"""

import datetime as dt
from functools import cache
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from leuit_sp2d.rules.tax_rules import OBJECTS, TaxRules
from leuit_sp2d.rules.tax_words import WORDS
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.rules.taxes import Proposal, propose
from tests.sp2d.tax_history import EDITIONS_IN_HISTORY

pytestmark = pytest.mark.ci

CARD, ELSEWHERE = "kartu_kredit_pemerintah", "pihak_lain"
OF_PPN = {CARD, ELSEWHERE, "tanah", "telekomunikasi", "bbm_pertamina", "angkutan_udara"}
FACILITY = "fasilitas_ppn"
OF_PPH22 = {CARD, ELSEWHERE, "bbm_gas_pelumas", "benda_pos", "air_listrik", "bos", "gabah_beras"}
STATED = sorted({*OF_PPN, FACILITY, *OF_PPH22, "skb"})
BOUND = 2_000_000

CONSTRUCTION = {
    ("konstruksi", "kecil"): 175,
    ("konstruksi", "menengah_besar"): 265,
    ("konstruksi", "tanpa_sertifikat"): 400,
    ("konstruksi_terintegrasi", "bersertifikat"): 265,
    ("konstruksi_terintegrasi", "tanpa_sertifikat"): 400,
    ("konsultansi_konstruksi", "bersertifikat"): 350,
    ("konsultansi_konstruksi", "tanpa_sertifikat"): 600,
}
"""PP 9/2022, basis points."""
HONORARIUM = {"I": 0, "II": 0, "III": 500, "IV": 1500, "pejabat_negara": 1500}
"""PP 80/2010 Pasal 4, basis points."""
ACCOUNTS = {
    "PPN": "411211-900",
    "PPH22": "411122-900",
    "PPH23": "411124-104",
    "PPH42": "411128-409",
    "PPH21": "411121-402",
    "UMKM": "411128-423",
}


@attrs.frozen
class Due:
    """What the law takes: amount and account by tax, why others are not, gross and net."""

    taken: dict[str, tuple[int, str]]
    not_taken: dict[str, str]
    gross: int
    net: int


def in_rupiah(day: dt.date, numerator: int, denominator: int) -> int:
    """Down until 21 May 2025, then from half a rupiah up."""
    rupiah, rest = divmod(numerator, denominator)
    if day >= dt.date(2025, 5, 22) and rest * 2 >= denominator:
        rupiah += 1
    return rupiah


def vat(day: dt.date, price: int, *, luxury: bool) -> int:
    """PPN on a price: 10 %, 11 %, then 12 % of 11/12, of luxury goods all from February 2025."""
    if day < dt.date(2022, 4, 1):
        return in_rupiah(day, price * 10, 100)
    if day < dt.date(2025, 1, 1):
        return in_rupiah(day, price * 11, 100)
    if luxury and day >= dt.date(2025, 2, 1):
        return in_rupiah(day, price * 12, 100)
    return in_rupiah(day, price * 12 * 11, 100 * 12)


def law(day: dt.date, claim: Taxable) -> Due:
    """Section by section what the treasurer does on that day."""
    if claim.object == "tanpa_pajak":
        return Due({}, {"": "no_tax"}, claim.price, claim.price)
    gross = claim.price
    if claim.charges_ppn and FACILITY not in claim.exempt:
        gross += vat(day, claim.price, luxury=claim.luxury)
    taken: dict[str, tuple[int, str]] = {}
    not_taken: dict[str, str] = {}
    for name, (outcome, amount, account) in (
        *value_added(day, claim).items(),
        *of_income(day, claim).items(),
    ):
        if outcome == "taken":
            taken[name] = (amount, account)
        else:
            not_taken[name] = outcome
    return Due(taken, not_taken, gross, gross - sum(amount for amount, _account in taken.values()))


def value_added(day: dt.date, claim: Taxable) -> dict[str, tuple[str, int, str]]:
    """PMK 59/2022 Pasal 18: what becomes of the PPN, its amount and account."""
    if claim.object == "honorarium":
        return {}
    if not claim.charges_ppn:
        return {"PPN": ("not_charged", 0, "")}
    tax = vat(day, claim.price, luxury=claim.luxury)
    free = bool(set(claim.exempt) & (OF_PPN | {FACILITY}))
    return {"PPN": (outcome_of(tax, claim, free=free, bounded=True), tax, ACCOUNTS["PPN"])}


def of_income(day: dt.date, claim: Taxable) -> dict[str, tuple[str, int, str]]:
    """The income tax of the object: what becomes of it, its amount and account."""
    stated = set(claim.exempt)
    free, bounded, account = "skb" in stated, False, ""
    if claim.object == "barang" and claim.umkm:
        name, points, free = "UMKM", 50, bool(stated & OF_PPH22)
    elif claim.object == "barang":
        name, points = "PPH22", 150 if claim.has_npwp else 300
        free, bounded = bool(stated & (OF_PPH22 | {"skb"})), True
    elif claim.object in ("jasa", "sewa_harta"):
        name, points = "PPH23", 200 if claim.has_npwp else 400
    elif claim.object == "honorarium":
        name, points, free = "PPH21", HONORARIUM[claim.golongan.split("/")[0]], False
    elif claim.object == "sewa_tanah_bangunan":
        name, points, account = "PPH42", 1000, "411128-403"
    else:
        name, points = "PPH42", CONSTRUCTION[claim.object, claim.qualification]
    tax = in_rupiah(day, claim.price * points, 10_000)
    outcome = outcome_of(tax, claim, free=free, bounded=bounded)
    return {name: (outcome, tax, account or ACCOUNTS[name])}


def outcome_of(tax: int, claim: Taxable, *, free: bool, bounded: bool) -> str:
    """An exemption is told before the threshold, and either before a tax of nothing."""
    if free:
        return "exempt"
    if bounded and max(claim.price, claim.undivided or 0) <= BOUND:
        return "threshold"
    return "taken" if tax else "nothing_due"


def told(proposal: Proposal) -> Due:
    """The engine's answer in the oracle's form."""
    return Due(
        {one.code: (one.amount, one.kap_kjs) for one in proposal.deductions},
        {one.tax or "": one.code for one in proposal.left_out},
        proposal.gross,
        proposal.net,
    )


DAYS = (
    (dt.date(2022, 2, 21), dt.date(2022, 3, 31)),
    (dt.date(2022, 4, 1), dt.date(2024, 12, 31)),
    (dt.date(2025, 1, 1), dt.date(2025, 1, 31)),
    (dt.date(2025, 2, 1), dt.date(2025, 5, 21)),
    (dt.date(2025, 5, 22), dt.date(2026, 12, 31)),
)
"""First and last days between changes of the law."""


def edition_on(day: dt.date) -> TaxRules:
    """The edition of the history that holds on a day."""
    return [past.rules for past in EDITIONS_IN_HISTORY if past.effective_from <= day][-1]


PRICES = st.one_of(
    st.integers(1, 300),
    st.integers(BOUND - 200, BOUND + 200),
    st.integers(1, 10**9),
    st.integers(1, 999_999_999_999_999),
)


@st.composite
def claims(draw: st.DrawFn) -> Taxable:
    """Any claim that does not contradict itself."""
    thing: Any = draw(st.sampled_from(OBJECTS))
    price = draw(PRICES)
    charges = thing not in ("honorarium", "tanpa_pajak") and draw(st.booleans())
    umkm = draw(st.booleans())
    works = sorted(qualification for work, qualification in CONSTRUCTION if work == thing)
    golongan = draw(st.sampled_from([*sorted(HONORARIUM), "III/c", "IV/a"]))
    return Taxable(
        object=thing,
        price=price,
        charges_ppn=charges,
        luxury=thing == "barang" and draw(st.booleans()),
        has_npwp=umkm or draw(st.booleans()),
        umkm=umkm,
        qualification=draw(st.sampled_from(works)) if works else "",
        golongan=golongan if thing == "honorarium" else "",
        exempt=frozenset(draw(st.sets(st.sampled_from(STATED), max_size=2))),
        undivided=draw(st.none() | st.integers(price, min(2 * price, 999_999_999_999_999))),
    )


@settings(max_examples=600, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(claim=claims(), day=st.sampled_from([day for span in DAYS for day in span]))
@example(claim=Taxable("barang", BOUND, charges_ppn=True), day=DAYS[-1][0])
@example(claim=Taxable("barang", BOUND + 1, charges_ppn=True), day=DAYS[-1][0])
@example(claim=Taxable("barang", 50, charges_ppn=True, undivided=3 * BOUND), day=DAYS[-1][0])
def test_the_engine_says_what_the_law_says(claim: Taxable, day: dt.date) -> None:
    """Amounts, accounts, reasons, gross and net are the oracle's for any claim on any day."""
    assert told(propose(claim, edition_on(day))) == law(day, claim)


@settings(max_examples=200, deadline=None)
@given(claim=claims(), day=st.sampled_from([day for span in DAYS for day in span]))
def test_an_answer_is_whole(claim: Taxable, day: dt.date) -> None:
    """No tax twice or both taken and not; net + what reduces = gross ≥ net ≥ 0; all in words."""
    told_of = propose(claim, edition_on(day))
    codes = [one.code for one in told_of.deductions]
    named = [*codes, *(one.tax for one in told_of.left_out)]
    assert len(set(named)) == len(named)
    assert told_of.gross == told_of.net + sum(one.amount for one in told_of.deductions)
    assert 0 <= told_of.net <= told_of.gross
    assert all(one.amount > 0 and one.base == claim.price for one in told_of.deductions)
    sentences = [
        *(one.how for one in told_of.deductions),
        *(one.sentence for one in told_of.left_out),
    ]
    assert all(sentence and "%(" not in sentence for sentence in sentences)


@cache
def fixed_claims() -> list[Taxable]:
    """Some thousands of claims, the same every time: each object by its words at each edge."""
    prices = [1, 33, 34, 50, BOUND - 1, BOUND, BOUND + 1, 3_453_454, 50_000_000, 87_000_001]
    stated = [frozenset[str](), *(frozenset({word}) for word in STATED)]
    found = [
        Taxable(
            "barang",
            price,
            charges,
            luxury=luxury,
            has_npwp=npwp,
            umkm=umkm,
            exempt=exempt,
            undivided=undivided,
        )
        for price, charges, luxury, (npwp, umkm), exempt in product(
            prices,
            [True, False],
            [True, False],
            [(True, False), (False, False), (True, True)],
            stated,
        )
        if not exempt or price in (34, BOUND, BOUND + 1)
        for undivided in ({None, max(price, BOUND + 1)} if not exempt else {None})
    ]
    others: list[tuple[Any, str, str]] = [
        ("jasa", "", ""),
        ("sewa_harta", "", ""),
        ("sewa_tanah_bangunan", "", ""),
        ("tanpa_pajak", "", ""),
        *((work, qualification, "") for work, qualification in CONSTRUCTION),
        *(("honorarium", "", golongan) for golongan in [*HONORARIUM, "III/c"]),
    ]
    found += [
        Taxable(
            thing,
            price,
            charges,
            has_npwp=npwp,
            umkm=umkm,
            qualification=qualification,
            golongan=golongan,
            exempt=exempt,
        )
        for (thing, qualification, golongan), price, charges, (npwp, umkm), exempt in product(
            others,
            prices,
            [True, False],
            [(True, False), (False, False), (True, True)],
            [frozenset[str](), frozenset({"skb"}), frozenset({FACILITY}), frozenset({CARD})],
        )
        if not (charges and thing in ("honorarium", "tanpa_pajak"))
    ]
    return found


@pytest.mark.parametrize("span", DAYS, ids=lambda span: str(span[0]))
def test_the_engine_agrees_at_every_edge(span: tuple[dt.date, dt.date]) -> None:
    """Every object by its words at every edge, on the first and the last day of each edition."""
    for claim in fixed_claims():
        answer = told(propose(claim, edition_on(span[0])))
        for day in span:
            assert answer == law(day, claim), (day, claim)


def test_the_oracle_knows_every_word() -> None:
    """No object and no exemption of the engine is outside the oracle's law."""
    assert {claim.object for claim in fixed_claims()} == set(OBJECTS)
    for past in EDITIONS_IN_HISTORY:
        assert sorted(past.rules.exemptions) == STATED
        assert set(past.rules.golongan) == set(HONORARIUM)
        assert set(STATED) | set(HONORARIUM) | set(OBJECTS) <= set(WORDS)
