"""Seeded mistakes in the pure rules of buying and of orders: the accounts beside them catch each.

The same examples are drawn every time, so a mutant dies at the same one every time.
"""

import importlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from hypothesis import HealthCheck, Phase, given
from hypothesis import strategies as st

from leuit_ecatalog.rules.buying_rules import KINDS
from tests.ecatalog import test_buying_rules as buying
from tests.ecatalog import test_order_rules as orders
from tests.support.seeded import Mutant, planted

pytestmark = pytest.mark.ci

PACKAGE = "leuit_ecatalog.rules"
FIXED = hypothesis.settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=300,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def fixed(test: Any, **drawn: st.SearchStrategy[Any]) -> Callable[[], None]:
    """A property with the same examples at every call, and without looking for smaller ones."""
    judge: Callable[[], None] = FIXED(given(**drawn)(test.hypothesis.inner_test))
    return judge


PROPOSAL = fixed(
    buying.test_a_proposal_is_that_of_the_text,
    kind=st.sampled_from(KINDS),
    value=buying.VALUES,
    pagu=buying.VALUES,
)
PREFERENCE = fixed(
    buying.test_the_preference_is_that_of_the_text,
    products=st.lists(buying.PRODUCT, max_size=7),
    needed=st.integers(1, 20),
    tkdn_least=st.sampled_from([2_500]),
    gap=st.sampled_from([1_500]),
)
DEADLINE = fixed(
    buying.test_a_deadline_has_just_so_many_working_days,
    event=orders.days,
    days=st.integers(1, 20),
    off=st.sets(orders.days, max_size=60),
)
FINE = fixed(
    orders.test_each_part_is_fined_for_its_own_days,
    parts=orders.late_parts,
    due=orders.days,
    per_mille=st.integers(0, 100),
    most=st.integers(0, 100),
)
PIECES = fixed(orders.test_every_piece_is_owed_coming_or_accepted, data=st.data())
JUDGES: Mapping[str, tuple[Callable[[], None], ...]] = {
    "buying_rules": (PROPOSAL, buying.test_every_figure_out_of_its_range_is_told_by_its_path),
    "buying_proposal": (
        PROPOSAL,
        buying.test_a_mini_competition_is_told_of_only_by_an_edition_that_has_it,
        buying.test_the_pagu_decides_whether_a_package_is_reserved_for_small_firms,
    ),
    "preference": (PREFERENCE, buying.test_volume_and_unclassified_are_told),
    "working_deadline": (DEADLINE,),
    "order_totals": (buying.test_the_word_of_the_edition_rounds_once_for_the_whole_order,),
    "negotiation": (
        buying.test_an_offer_never_passes_the_shown_price,
        buying.test_offers_come_in_turn_and_never_go_back,
        buying.test_the_fiftieth_round_is_the_last,
    ),
    "late_fine": (FINE,),
    "deliveries": (PIECES,),
}
MUTANTS = (
    Mutant(
        "a contract form ends below its limit",
        "buying_rules",
        "(one.most is None or value <= one.most)",
        "(one.most is None or value < one.most)",
    ),
    Mutant("a form is of every kind", "buying_rules", "if kind in one.kinds and", "if"),
    Mutant(
        "electronic forms are forms on paper",
        "buying_rules",
        "(one.form == ORDER) == electronic",
        "True",
    ),
    Mutant(
        "bands are read from the top",
        "buying_rules",
        "sorted(bands, key=_end)",
        "sorted(bands, key=_end, reverse=True)",
    ),
    Mutant(
        "a price paper ends below its limit",
        "buying_rules",
        "if one.most is None or value <= one.most\n        )",
        "if one.most is None or value < one.most\n        )",
    ),
    Mutant(
        "a figure at its end is told",
        "buying_rules",
        "not least <= figure <= most",
        "not least < figure < most",
    ),
    Mutant(
        "the PP's limit is off by one",
        "buying_proposal",
        "value <= rules.pp_most else PPK\n    paper",
        "value < rules.pp_most else PPK\n    paper",
    ),
    Mutant(
        "all is negotiated from the limit on",
        "buying_proposal",
        "value > rules.negotiation_above",
        "value >= rules.negotiation_above",
    ),
    Mutant(
        "the PA approves at the limit",
        "buying_proposal",
        "value > rules.approval_above",
        "value >= rules.approval_above",
    ),
    Mutant(
        "the value reserves, not the pagu",
        "buying_proposal",
        "pagu <= rules.reserved_most",
        "value <= rules.reserved_most",
    ),
    Mutant(
        "a pagu at the limit is free",
        "buying_proposal",
        "pagu <= rules.reserved_most",
        "pagu < rules.reserved_most",
    ),
    Mutant(
        "a competition begins at its limit",
        "buying_proposal",
        "value > rules.competition_above:",
        "value >= rules.competition_above:",
    ),
    Mutant(
        "a competition is always the PP's",
        "buying_proposal",
        "value <= rules.competition_pp_most",
        "True",
    ),
    Mutant(
        "cooperatives are large firms",
        "buying_proposal",
        "return scale in SMALL_FIRMS",
        "return scale in SMALL_FIRMS[:2]",
    ),
    Mutant(
        "the least TKDN is not enough",
        "preference",
        "one.tkdn >= rules.tkdn_least",
        "one.tkdn > rules.tkdn_least",
    ),
    Mutant(
        "the least sum is not enough",
        "preference",
        "one.total >= rules.sum_least",
        "one.total > rules.sum_least",
    ),
    Mutant("BMP does not count", "preference", "return self.tkdn + self.bmp", "return self.tkdn"),
    Mutant(
        "only what reaches the sum is bought",
        "preference",
        "return _chosen(offers, 1, above, note)",
        "return _chosen(offers, 1, full, note)",
    ),
    Mutant(
        "one that can bring it is not enough",
        "preference",
        "if any(one.has(needed) for one in full)",
        "if all(one.has(needed) for one in full)",
    ),
    Mutant(
        "stock that just suffices does not",
        "preference",
        "self.stock >= needed",
        "self.stock > needed",
    ),
    Mutant(
        "listed ones go before certified ones",
        "preference",
        "    if certified:\n",
        "    if certified and not any(one.origin == LISTED for one in offers):\n",
    ),
    Mutant(
        "what is unclassified asks for nothing",
        "preference",
        "needs_reason=True)",
        "needs_reason=False)",
    ),
    Mutant(
        "imports stand beside what is unclassified",
        "preference",
        "_chosen(offers, UNCLASSIFIED, domestic)",
        "_chosen(offers, UNCLASSIFIED, offers)",
    ),
    Mutant(
        "the day of the event counts",
        "working_deadline",
        "day, left = event, days",
        "day, left = event - dt.timedelta(days=1), days",
    ),
    Mutant(
        "Saturday is a working day", "working_deadline", "day.weekday() < 5", "day.weekday() < 6"
    ),
    Mutant("holidays are working days", "working_deadline", " and day not in days_off:", ":"),
    Mutant(
        "half a rupiah goes down",
        "order_totals",
        "amount + Fraction(1, 2)",
        "amount + Fraction(49, 100)",
    ),
    Mutant("rounding is swapped", "order_totals", 'rounding == "down"', 'rounding != "down"'),
    Mutant(
        "shipping bears no tax",
        "order_totals",
        "(goods + shipping) * rules.ppn_share",
        "goods * rules.ppn_share",
    ),
    Mutant(
        "each line is rounded",
        "order_totals",
        "_rounded((goods + shipping) * rules.ppn_share, rules.rounding)",
        "sum(_rounded(q * p * rules.ppn_share, rules.rounding) for q, p in [(1, 50)] * 3)"
        " if goods == 150 else _rounded((goods + shipping) * rules.ppn_share, rules.rounding)",
    ),
    Mutant(
        "the ceiling is passed by one",
        "negotiation",
        "prices[line] > shown[line]]",
        "prices[line] > shown[line] + 1]",
    ),
    Mutant(
        "the ceiling itself is refused",
        "negotiation",
        "prices[line] > shown[line]]",
        "prices[line] >= shown[line]]",
    ),
    Mutant(
        "shipping has no ceiling", "negotiation", "0 <= shipping <= shown_shipping", "0 <= shipping"
    ),
    Mutant(
        "the vendor begins",
        "negotiation",
        "return BUYER if not rounds or",
        "return VENDOR if not rounds or",
    ),
    Mutant(
        "offers go back",
        "negotiation",
        "back = lt if side == BUYER else gt",
        "back = gt if side == BUYER else lt",
    ),
    Mutant(
        "the buyer may ask for more than the vendor",
        "negotiation",
        "if side == BUYER and rounds:",
        "if False:",
    ),
    Mutant(
        "there is one round more",
        "negotiation",
        "len(rounds) >= MOST_ROUNDS",
        "len(rounds) > MOST_ROUNDS",
    ),
    Mutant(
        "one takes one's own offer",
        "negotiation",
        "rounds[-1].side != side",
        "rounds[-1].side == side",
    ),
    Mutant(
        "early parts are paid for",
        "late_fine",
        "max((part.came_on - due).days, 0)",
        "abs((part.came_on - due).days)",
    ),
    Mutant(
        "the day it was due is late",
        "late_fine",
        "(part.came_on - due).days, 0)",
        "(part.came_on - due).days + 1, 0)",
    ),
    Mutant(
        "there is no most",
        "late_fine",
        "floor(min(fined, Fraction(part.value * most_percent, 100)))",
        "floor(fined)",
    ),
    Mutant("the fine is rounded up", "late_fine", "fine += floor(", "fine += -floor(-1 * "),
    Mutant(
        "the last part's days are told",
        "late_fine",
        "longest = max(longest, days)",
        "longest = days",
    ),
    Mutant(
        "what was returned was accepted",
        "deliveries",
        "accepted[part.line] += part.accepted",
        "accepted[part.line] += part.sent",
    ),
    Mutant(
        "what is on its way is owed",
        "deliveries",
        "self.ordered - self.accepted - self.coming",
        "self.ordered - self.accepted",
    ),
    Mutant(
        "one line is enough", "deliveries", "return all(one.accepted", "return any(one.accepted"
    ),
)


def judged(mutant: Mutant) -> None:
    """Compare the changed module with every account of its rules."""
    with planted(mutant, PACKAGE):
        for judge in JUDGES[mutant.module]:
            judge()


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_killed(mutant: Mutant) -> None:
    """The changed place gives some purchase, line or day another answer than the account's."""
    try:
        judged(mutant)
    except (AssertionError, ValueError, LookupError) as error:
        assert "exactly once" not in str(error), error
        return
    pytest.fail(f"{mutant.name} survives")


@pytest.mark.parametrize("module", JUDGES)
def test_the_unchanged_copy_survives(module: str) -> None:
    """A copy without any change agrees everywhere, so it is the change that kills."""
    source = Path(str(importlib.import_module(f"{PACKAGE}.{module}").__file__)).read_text("utf-8")
    first = source.partition("\n")[0]
    judged(Mutant("nothing", module, first, first))


def test_there_are_enough_mutants() -> None:
    """At least forty, no two alike, some in each module that has an account."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 40
    assert {mutant.module for mutant in MUTANTS} == set(JUDGES)
