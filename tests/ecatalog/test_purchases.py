"""A purchase from its basket to the PPK's hand, on both engines."""

import pytest

from leuit.work import Leuit
from leuit_ecatalog.rules.buying_rules import DIRECT
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.rules.purchase_states import AGREED, NEGOTIATING, ORDERING, REVIEW
from leuit_ecatalog.service.deciding import approve, proceed
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    make_offer,
    take_offer,
    vendor_purchase,
)
from tests.ecatalog.buying_office import (
    PP,
    PPK,
    Office,
    at,
    committed,
    draft,
    lines,
    office,
    package,
    product,
    sent,
    stock,
)


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office."""
    return office(app)


def test_a_direct_purchase_holds_money_and_stock_until_the_ppk_hands_it_on(made: Office) -> None:
    """200 × Rp50.000 with PPN are Rp11.100.000 (EC-17), held of the package from the sending on."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 200, plan.rup_id, method=DIRECT))
    bought = at(made, one)
    assert (bought.state, bought.goods, bought.tax) == (REVIEW, 10_000_000, 1_100_000)
    assert bought.number == "EP-2026-000001"
    assert (committed(made, plan.id), stock(made, variant)) == (11_100_000, 800)
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, bought.version, "Barang diantar pada jam kerja.")
    assert at(made, one).state == ORDERING


def test_a_negotiated_purchase_holds_less_once_it_is_agreed(made: Office) -> None:
    """The shown total is held while they bargain, what was agreed afterwards."""
    variant, plan = product(made), package(made)
    one = sent(made, draft(made, variant, 200, plan.rup_id, method="negosiasi"))
    assert (at(made, one).state, committed(made, plan.id)) == (NEGOTIATING, 11_100_000)
    [line] = lines(made, one)
    with made.app.change(made.people[PP]) as work:
        bargained = buyer_purchase(work, one, at(made, one).version)
        make_offer(work, bargained, BUYER, {line.id: 45_000}, 0)
    with made.app.change(made.shop.account) as work:
        bargained = vendor_purchase(work, one, at(made, one).version)
        make_offer(work, bargained, VENDOR, {line.id: 48_000}, 0)
    assert stock(made, variant) == 1_000
    with made.app.change(made.people[PP]) as work:
        take_offer(work, buyer_purchase(work, one, at(made, one).version), BUYER, 2)
    agreed = at(made, one)
    assert (agreed.state, agreed.total) == (AGREED, 9_600_000 + 1_056_000)
    assert (committed(made, plan.id), stock(made, variant)) == (10_656_000, 800)
    with made.app.change(made.people[PPK]) as work:
        proceed(work, one, agreed.version)
    with made.app.change(made.people[PPK]) as work:
        approve(work, one, at(made, one).version, "")
    assert at(made, one).state == ORDERING
