"""Registers of documents are searched as lists of payments are: by purpose, payee or number."""

import pytest

from leuit.work import Leuit
from leuit_sp2d.rules.chain import BANK, SP2D
from leuit_sp2d.service.listing import Filter, count_register, register
from tests.sp2d.treasury import YEAR, Treasury, claim, treasury, walked


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury with two payments whose SP2D are issued."""
    made = treasury(app)
    walked(made, BANK, claim(made, 1_000_000, purpose="Belanja kertas", invoice="1"))
    walked(made, BANK, claim(made, 2_000_000, purpose="Belanja tinta", invoice="2"))
    return made


@pytest.mark.parametrize(
    "text,amounts",
    [
        ("kertas", [1_000_000]),
        ("TINTA", [2_000_000]),
        ("04.0/000002", [2_000_000]),
        ("02.0/000001", [1_000_000]),  # the SPP of the payment: its SP2D is found by it
        ("36.02/04.0/2/LS/7.01.0.00.0.00.06.0000/M/10/2026", [2_000_000]),
        ("belanja", [2_000_000, 1_000_000]),
        ("000002/ls", [2_000_000]),
        ("LS", []),  # stands in the number of each
        ("%", []),
        ("lain", []),
    ],
)
def test_a_register_is_searched(office: Treasury, text: str, amounts: list[int]) -> None:
    """What is found and what is counted are the same, a sign of a pattern is only a sign,
    and a number written without its zeros is the same number.
    """
    wanted = Filter(year=YEAR, text=text)
    with office.app.read(office.people[SP2D]) as view:
        found = [row.amount for row in register(view, "SP2D", wanted, 0, 10)]
        assert found == amounts
        assert count_register(view, "SP2D", wanted) == (len(amounts), sum(amounts))
