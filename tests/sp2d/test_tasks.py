"""Payments in the inbox: whom an order for the bank waits for, and which limit passes next."""

import datetime as dt
from typing import cast

import pytest

from leuit.builtin.calendar import set_holiday
from leuit.identity import SYSTEM, Identity
from leuit.plugins import Task
from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_sp2d.inbox import INBOX
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, SP2D, SPM, SPP, TEST
from leuit_sp2d.rules.deadline import Unit
from leuit_sp2d.rules.regulation import StepLimit
from leuit_sp2d.service.moving import ref_of
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.regulation import due_of, return_due_of
from tests.sp2d.test_chain import grant, returned
from tests.sp2d.treasury import Treasury, claim, treasury, walked
from tests.support.client import Client

SOURCE = INBOX[0]
RECEIVED = dt.datetime(2026, 10, 9, 16, 30, tzinfo=dt.UTC)
"""Friday, half an hour before midnight in Rangkasbitung."""


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def tasks(office: Treasury, who: Identity, kind: str = "mine") -> list[Task]:
    """What somebody finds in a tab; the count agrees with it."""
    with office.app.read(who) as view:
        found = list(SOURCE.mine(view, 50) if kind == "mine" else SOURCE.others(view, 50))
        count = SOURCE.count if kind == "mine" else SOURCE.count_others
        assert count(view) == len(found)
        return found


def end_of(day: int) -> dt.datetime:
    """The last second of a day of October 2026 in the region's zone."""
    return dt.datetime(2026, 10, day, 16, 59, 59, tzinfo=dt.UTC)


def later(office: Treasury, **time: int) -> None:
    """Let time pass."""
    cast("ManualClock", office.app.clock).advance(dt.timedelta(**time))


def test_an_order_waits_for_whoever_sends_it(office: Treasury) -> None:
    """Until a file holds it Kuasa BUD finds it among his own, and not among what others do."""
    walked(office, BANK)
    kuasa = office.people[SP2D]
    [task] = tasks(office, kuasa)
    assert (task.verb, task.path, task.due) == ("Kirim ke bank", "/sp2d/bank", None)
    assert tasks(office, kuasa, "others") == []
    assert [one.meta for one in tasks(office, office.people[SPM], "others")] == [
        "Rp11.100.000 · Di bank"
    ]
    assert tasks(office, office.people[TEST]) == []
    send_orders(office.app, kuasa)
    assert tasks(office, kuasa) == []
    assert len(tasks(office, kuasa, "others")) == 1


def test_an_order_waits_for_nobody_who_cannot_open_the_banks_page(office: Treasury) -> None:
    """The page is for the whole regency; the right on one SKPD makes no task that is refused."""
    walked(office, BANK)
    grant(office, SPP, "sp2d.bud_delegate")
    assert tasks(office, office.people[SPP]) == []


def test_the_list_of_payments_leads_to_the_bank_too(office: Treasury, client: Client) -> None:
    """What waits above the list has the address of the inbox."""
    payment_id = walked(office, BANK)
    with client.as_(office.people[SP2D]):
        page = client.get("/sp2d").text
        waiting = page[page.index('id="menunggu"') : page.index('class="filter"')]
        assert 'href="/sp2d/bank"' in waiting
        assert str(payment_id) not in waiting


def test_the_limit_that_passes_first_is_shown_and_warned_of(office: Treasury) -> None:
    """One day for a return, two for the SP2D: the first is shown while it can be kept."""
    walked(office, SP2D)
    kuasa = office.people[SP2D]
    seen = []
    for hours in (0, 20, 24, 30):
        later(office, hours=hours)
        [task] = tasks(office, kuasa)
        seen.append((task.due, task.chip))
    assert seen == [
        (end_of(6), ""),
        (end_of(6), "Segera"),
        (end_of(7), "Segera"),
        (end_of(7), ""),
    ]


def test_what_must_be_sent_back_first_stands_first(office: Treasury) -> None:
    """Of two payments with one limit for the SP2D, a limit for the return puts its own before."""
    walked(office, SP2D)
    with office.app.change(SYSTEM) as work:
        [payment] = work.session.query(Payment).all()
        assert payment.return_due == end_of(6)
        payment.return_due, payment.purpose = None, "Tanpa batas pengembalian"
        work.audit("sp2d.payment.revised", ref_of(payment))
    later(office, hours=1)
    walked(office, SP2D, claim(office, 1_000_000, invoice="INV/2"))
    found = [(one.title, one.due) for one in tasks(office, office.people[SP2D])]
    assert found == [
        ("Belanja alat tulis kantor", end_of(6)),
        ("Tanpa batas pengembalian", end_of(7)),
    ]


def test_what_came_back_has_no_limit_of_the_step_before(office: Treasury) -> None:
    """The PPTK mends it without either limit."""
    payment_id = walked(office, SP2D)
    returned(office, payment_id, SP2D)
    with office.app.read(SYSTEM) as view:
        payment = view.session.get_one(Payment, payment_id)
        assert (payment.due, payment.return_due) == (None, None)
    [task] = tasks(office, office.people[DRAFT])
    assert (task.verb, task.chip, task.due) == ("Perbaiki", "Dikembalikan", None)


@pytest.mark.parametrize(
    "days, unit, last",
    [(2, "calendar", 11), (0, "working", 9), (1, "working", 13), (2, "working", 15)],
)
def test_working_days_leave_out_the_stored_holidays(
    office: Treasury, days: int, unit: Unit, last: int
) -> None:
    """Received on a Friday evening; Monday and Wednesday are off, a Sunday is off once."""
    with office.app.change(SYSTEM) as work:
        for day, kind in ((11, "libur"), (12, "libur"), (14, "cuti_bersama")):
            set_holiday(work, dt.date(2026, 10, day), kind=kind, title="Uji", legal_basis="SKB uji")
    limit = StepLimit(SP2D, days, unit, SPM, days)
    with office.app.read(SYSTEM) as view:
        assert due_of(view, limit, RECEIVED) == end_of(last)
        assert return_due_of(view, limit, RECEIVED) == end_of(last)
