"""Rules of the float and of salaries, against oracles written from the law in plain arithmetic."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_sp2d.rules.bill import float_key, receipt_mark, refill_key, salary_key
from leuit_sp2d.rules.chain import SPM, TEST
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.rules.float import Float, FloatLimit, least_used, may_refill, most_float
from leuit_sp2d.rules.regulation import KINDS, ChecklistItem, faults_of_rules
from leuit_sp2d.rules.salary import ONCE_A_MONTH, TYPES, Salary, faults_of_salary, first_of

AMOUNTS = st.integers(0, 999_999_999_999_999)
SHARES = st.decimals(0, 100, places=2)
UNIT = UUID("01890000-0000-7000-8000-000000000001")


@pytest.mark.parametrize("used, allowed", [(49_999_999, False), (50_000_000, True)])
def test_vector_29(used: int, allowed: bool) -> None:
    """UP 100,000,000 with a limit of 50 %: a refill from just half of it on."""
    assert may_refill(Float(100_000_000, used, used), Decimal(50)) is allowed


@given(AMOUNTS, AMOUNTS, AMOUNTS, SHARES)
def test_a_refill_needs_the_share_exactly(
    funds: int, approved: int, refilled: int, share: Decimal
) -> None:
    """Allowed just when used / given is at least the share as a fraction, of a float in use."""
    used = approved - refilled
    wanted = funds > 0 and used > 0 and Fraction(used, funds) >= Fraction(share) / 100
    assert may_refill(Float(funds, approved, approved, refilled), share) is wanted


@given(AMOUNTS, SHARES)
def test_the_least_use_is_the_smallest_that_is_allowed(funds: int, share: Decimal) -> None:
    """One rupiah less falls below the share; it is never more than the float."""
    least = least_used(funds, share)
    assert 0 <= least <= funds
    assert Fraction(least) >= Fraction(funds) * Fraction(share) / 100 > least - 1


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 10**9)), max_size=20))
def test_what_is_in_hand_never_changes_by_spending_and_refilling_it(
    moves: list[tuple[bool, int]],
) -> None:
    """What was given is always what is in hand and what was used."""
    funds = Float(10**9)
    for is_refill, amount in moves:
        if is_refill:
            back = min(amount, funds.used)
            funds = attrs.evolve(funds, refilled=funds.refilled + back)
        else:
            spent = min(amount, funds.in_hand)
            funds = attrs.evolve(
                funds, accounted=funds.accounted + spent, approved=funds.approved + spent
            )
        assert funds.in_hand + funds.used == 10**9
        assert 0 <= funds.in_hand <= 10**9


def test_a_unit_has_its_own_figure_or_that_of_all_others() -> None:
    """The dated figures say how much; without any there is no float."""
    limits = (FloatLimit("BKAD", 200), FloatLimit("DINKES", 300))
    assert most_float(limits, 50, "DINKES") == 300
    assert most_float(limits, 50, "BPBD") == 50
    assert most_float((), 0, "BPBD") == 0


def test_faulty_figures_are_told_by_their_place() -> None:
    """A float below zero, a unit named twice, a share above all: each has its path."""
    wrong = attrs.evolve(
        EXAMPLE,
        floats=(FloatLimit("BKAD", -1), FloatLimit("BKAD", 5)),
        float_default=10**16,
        gu_share=Decimal(101),
        checklist=(ChecklistItem("spm", "SPM", ("GU",), required=False, steps=(TEST, SPM)),),
    )
    assert set(faults_of_rules(wrong)) == {
        ("floats[0].amount", "amount"),
        ("floats", "twice"),
        ("float_default", "amount"),
        ("gu_share", "percent"),
        ("checklist[0].steps", "no_comparing"),
    }
    assert faults_of_rules(EXAMPLE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_required_document(kind: str) -> None:
    """No kind of payment passes on nothing but somebody's word."""
    assert any(item.required for item in EXAMPLE.items_of(kind))


@given(
    st.sampled_from([*TYPES, "thr"]),
    st.sampled_from(["2026-10", "2025-12", "2024-12", "2027-01", "2026-13", "10/2026", ""]),
    st.integers(-1, 120),
)
def test_a_salary_is_of_its_year_and_comes_as_often_as_it_may(
    kind: str, month: str, run: int
) -> None:
    """Ordinary salaries once, of this year; others of the year before too, numbered from 1."""
    found = faults_of_salary(Salary(month, kind, run), 2026)
    is_month = month in {"2026-10", "2025-12", "2024-12", "2027-01"}
    in_year = month[:4] == "2026" or (month[:4] == "2025" and kind != "induk")
    runs = 1 if kind in ONCE_A_MONTH else 99
    wanted = kind in TYPES and is_month and in_year and 1 <= run <= runs
    assert (found == []) is wanted
    assert {field for field, _sentence, _code in found} <= {
        "salary_type",
        "salary_month",
        "salary_run",
    }


def test_keys_tell_apart_what_may_be_paid_apart() -> None:
    """Another unit, year, month, type or number is another payment; the same is the same."""
    salary = Salary("2026-10", "susulan", 1)
    others = (
        salary_key(UNIT, attrs.evolve(salary, run=2)),
        salary_key(UNIT, attrs.evolve(salary, month="2026-11")),
        salary_key(UNIT, attrs.evolve(salary, type="terusan")),
        float_key(UNIT, 2026),
        float_key(UNIT, 2027),
        refill_key(UNIT),
    )
    assert len({salary_key(UNIT, salary), *others}) == 7
    assert salary_key(UNIT, salary) == salary_key(UNIT, Salary("2026-10", "susulan"))


def test_a_receipt_is_known_by_number_date_and_amount() -> None:
    """Blanks and dashes in the number are no other receipt; another day or amount is."""
    day = dt.date(2026, 10, 5)
    assert receipt_mark("KW-01/x", day, 5) == receipt_mark("kw 01 X", day, 5)
    assert receipt_mark("KW-01", day, 5) != receipt_mark("KW-01", day, 6)
    assert receipt_mark("KW-01", day, 5) != receipt_mark("KW-01", dt.date(2026, 10, 6), 5)
    assert first_of("2026-10") == dt.date(2026, 10, 1)
