"""Purchases that may be one: against an oracle that tries every window, and at its edges."""

import datetime as dt

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit_sp2d.rules.tax_example import EXAMPLE
from leuit_sp2d.rules.tax_rules import TaxRules
from leuit_sp2d.rules.tax_splitting import Purchase, split_suspects

DAY = dt.date(2026, 10, 5)
BOUND = 2_000_000


def purchase(ref: str, after: int, price: int, payee: str = "A", account: str = "5.1") -> Purchase:
    return Purchase(ref, DAY + dt.timedelta(days=after), payee, "1.01", account, price)


def refs(purchases: list[Purchase], rules: TaxRules = EXAMPLE) -> list[str]:
    return [
        "".join(one.ref for one in suspect.purchases)
        for suspect in split_suspects(purchases, rules)
    ]


def oracle(purchases: list[Purchase], days: int) -> set[frozenset[str]]:
    """Every window of so many days, by any of its first days; those that lie in no other."""
    found: set[frozenset[str]] = set()
    for whose in {(one.payee, one.skpd, one.account) for one in purchases}:
        small = [
            one
            for one in purchases
            if (one.payee, one.skpd, one.account) == whose and one.price <= BOUND
        ]
        windows = {
            frozenset(one for one in small if 0 <= (one.day - first.day).days <= days)
            for first in small
        }
        found |= {
            frozenset(one.ref for one in window)
            for window in windows
            if not any(window < other for other in windows)
            and sum(one.price for one in window) > BOUND
        }
    return found


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.sampled_from([1, 900_000, BOUND, BOUND + 1]),
            st.sampled_from("AB"),
        ),
        max_size=12,
    ),
    st.integers(0, 12),
)
def test_every_window_is_found_once(drawn: list[tuple[int, int, str]], days: int) -> None:
    """Suspects are the windows that lie in no other and pass the threshold, each once."""
    bought = [
        purchase(str(number), after, price, payee)
        for number, (after, price, payee) in enumerate(drawn)
    ]
    found = split_suspects(bought, attrs.evolve(EXAMPLE, split_days=days))
    sets = [frozenset(one.ref for one in suspect.purchases) for suspect in found]
    assert len(set(sets)) == len(sets)
    assert set(sets) == oracle(bought, days)
    assert all(suspect.total > suspect.threshold == BOUND for suspect in found)


def test_edges_of_days_and_sums() -> None:
    """Seven days apart are together, eight are not; a sum at the threshold is no suspicion."""
    assert refs([purchase("a", 0, 1_500_000), purchase("b", 7, 1_500_000)]) == ["ab"]
    assert refs([purchase("a", 0, 1_500_000), purchase("b", 8, 1_500_000)]) == []
    assert refs([purchase("a", 0, 1_000_000), purchase("b", 0, 1_000_000)]) == []
    assert refs([purchase("a", 0, 1_000_000), purchase("b", 0, 1_000_001)]) == ["ab"]


def test_only_of_one_payee_agency_and_account() -> None:
    """Another payee, agency or account is another purchase."""
    first = purchase("a", 0, 1_500_000)
    for other in (
        purchase("b", 0, 1_500_000, payee="B"),
        purchase("b", 0, 1_500_000, account="5.2"),
        attrs.evolve(purchase("b", 0, 1_500_000), skpd="1.02"),
    ):
        assert refs([first, other]) == []


def test_what_is_taxed_alone_is_not_suspected() -> None:
    """A purchase above the threshold is taxed as it is and makes no small one suspicious."""
    assert refs([purchase("a", 0, 2_000_001), purchase("b", 1, 1_500_000)]) == []


def test_each_threshold_has_its_suspects() -> None:
    """Where two taxes have two thresholds, purchases are held to both."""
    two = attrs.evolve(EXAMPLE, pph22=attrs.evolve(EXAMPLE.pph22, threshold=1_000_000))
    bought = [purchase("a", 0, 900_000), purchase("b", 1, 900_000), purchase("c", 2, 1_900_000)]
    assert [(one.threshold, one.total) for one in split_suspects(bought, two)] == [
        (1_000_000, 1_800_000),
        (2_000_000, 3_700_000),
    ]
