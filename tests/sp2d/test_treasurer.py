"""The treasurer's desk: taxes of paid payments that were not passed on, and the float in hand."""

import datetime as dt
from typing import cast

import pytest

from leuit.identity import SYSTEM
from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_sp2d.rules.chain import BANK, SP2D, SPP
from leuit_sp2d.service.claims import ClaimedDeduction
from leuit_sp2d.service.float import float_of
from leuit_sp2d.service.payments import deductions_of
from leuit_sp2d.service.treasurer import held_floats, unpaid_taxes
from tests.sp2d.float_office import (
    approved,
    float_claim,
    paid,
    receipt,
    refill_claim,
    submitted,
    written,
)
from tests.sp2d.test_tax_on_payments import receipt as recorded
from tests.sp2d.test_tax_on_payments import taxed_claim
from tests.sp2d.treasury import Treasury, claim, treasury, walked
from tests.support.client import Client

BILLING, NTPN = "123456789012345", "0123456789ABCDEF"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def test_taxes_are_listed_until_their_ntpn_is_recorded(office: Treasury) -> None:
    """Those of paid payments alone, the ID billing that ends first on top, with their sum."""
    paid(office, taxed_claim(office, invoice="INV/9"))
    payment_id = paid(office, taxed_claim(office))
    with office.app.read(SYSTEM) as view:
        ppn, pph = deductions_of(view, payment_id)
    recorded(office, payment_id, pph.id, BILLING, dt.date(2026, 10, 1), "")
    with office.app.read(office.people[SPP]) as view:
        found = unpaid_taxes(view, 25)
        first = unpaid_taxes(view, 1)
    assert found.shown[0].id == pph.id
    assert (found.count, found.total) == (4, 2 * (ppn.amount + pph.amount))
    assert (first.shown, first.count, first.total) == (found.shown[:1], found.count, found.total)
    assert found.shown[0].ends == dt.date(2026, 10, 31)
    recorded(office, payment_id, pph.id, BILLING, dt.date(2026, 10, 1), NTPN)
    with office.app.read(office.people[SPP]) as view:
        left = unpaid_taxes(view, 25)
    assert (left.count, left.total) == (3, found.total - pph.amount)
    assert pph.id not in {one.id for one in left.shown}


def test_a_payment_on_its_way_owes_no_tax_yet(office: Treasury) -> None:
    """Until the bank has paid there is nothing to pass on."""
    walked(office, BANK, taxed_claim(office))
    with office.app.read(office.people[SPP]) as view:
        assert unpaid_taxes(view, 25).count == 0


def test_other_cuts_are_no_taxes(office: Treasury) -> None:
    """What goes to others than the State never has an NTPN."""
    iwp = ClaimedDeduction("IWP", "Iuran wajib", 80_000)
    tax = ClaimedDeduction("PPH21", "PPh 21", 20_000)
    paid(office, claim(office, deductions=(iwp, tax)))
    with office.app.read(office.people[SPP]) as view:
        assert [one.title for one in unpaid_taxes(view, 25).shown] == ["PPh 21"]


def test_the_end_of_an_id_billing_is_warned_of(office: Treasury) -> None:
    """Soon within the days of warning of the edition, over on the day after the last."""
    payment_id = paid(office, taxed_claim(office))
    with office.app.read(SYSTEM) as view:
        ppn, _pph = deductions_of(view, payment_id)
        today = view.today
    recorded(office, payment_id, ppn.id, BILLING, today - dt.timedelta(days=28), "")
    seen = []
    for _day in range(4):
        with office.app.read(office.people[SPP]) as view:
            first = unpaid_taxes(view, 25).shown[0]
            assert first.ends is not None
            seen.append(((first.ends - view.today).days, first.soon, first.over))
        cast("ManualClock", office.app.clock).advance(dt.timedelta(days=1))
    assert seen == [(2, False, False), (1, True, False), (0, True, False), (-1, False, True)]


def test_only_the_units_own_treasurer_sees_its_taxes(office: Treasury) -> None:
    """Kuasa BUD reads payments and renders no accounts; a stranger sees nothing either."""
    paid(office, taxed_claim(office))
    paid(office, float_claim(office))
    for who in (office.people[SP2D], office.stranger):
        with office.app.read(who) as view:
            assert unpaid_taxes(view, 25).count == 0
            assert held_floats(view) == []


def test_a_float_is_what_was_spent_and_the_rest(office: Treasury) -> None:
    """LPJs of every state but dropped count until a GU refills them; the rest is what is left."""
    paid(office, float_claim(office))
    assert held(office) == (100_000_000, 0, 100_000_000)
    refilled = approved(office, 60_000_000)
    submitted(office, receipt(office.line, 5_000_000, "KW-02"))
    written(office, receipt(office.line, 1_000_000, "KW-03"))
    assert held(office) == (100_000_000, 66_000_000, 34_000_000)
    with office.app.read(SYSTEM) as view:
        assert float_of(view, office.unit, 2026).in_hand == 35_000_000  # the draft is not rendered
    paid(office, refill_claim(office, refilled.id))
    assert held(office) == (100_000_000, 6_000_000, 94_000_000)


def held(office: Treasury) -> tuple[int, int, int]:
    """The float of the tested unit as its treasurer sees it."""
    with office.app.read(office.people[SPP]) as view:
        [one] = held_floats(view)
        return one.given, one.spent, one.rest


def test_the_desk_stands_above_the_list(office: Treasury, client: Client) -> None:
    """Empty it says so; a tax leads to where its receipt is recorded; others see the list alone."""
    with client.as_(office.people[SPP]):
        assert "Belum ada pembayaran yang cair" in client.get("/sp2d/accounts").text
    payment_id = paid(office, taxed_claim(office))
    with client.as_(office.people[SPP]):
        page = client.get("/sp2d/accounts").text
    assert "Pajak belum disetor" in page
    assert f'href="/sp2d/payments/{payment_id}/taxes/' in page
    with client.as_(office.people[SP2D]):
        assert "Pajak belum disetor" not in client.get("/sp2d/accounts").text


def test_an_empty_list_tells_why_it_is_empty(office: Treasury, client: Client) -> None:
    """That all taxes were passed on is said only where there were any."""
    paid(office, claim(office))
    with client.as_(office.people[SPP]):
        page = client.get("/sp2d/accounts").text
    assert "tidak memotong pajak" in page
    assert "telah disetor" not in page
    payment_id = paid(office, taxed_claim(office, invoice="INV/9"))
    with office.app.read(SYSTEM) as view:
        taxes = deductions_of(view, payment_id)
    for one in taxes:
        recorded(office, payment_id, one.id, BILLING, dt.date(2026, 10, 1), NTPN)
    with client.as_(office.people[SPP]):
        page = client.get("/sp2d/accounts").text
    assert "telah disetor" in page
    assert "tidak memotong pajak" not in page
