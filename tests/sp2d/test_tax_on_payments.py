"""Taxes on payments: worked out with the claim, proved by their receipts, splitting shown."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
import pytest

from leuit.identity import SYSTEM
from leuit.values import InvalidInputError, NotFoundError
from leuit.work import Leuit
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, SPP, WrongTurnError
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.service.checks import machine_checks
from leuit_sp2d.service.claims import ClaimedLine
from leuit_sp2d.service.payments import deductions_of, draft, find_payment
from leuit_sp2d.service.splitting import looks_split
from leuit_sp2d.service.tax_receipts import last_days, record_receipt
from leuit_sp2d.service.taxed import with_taxes
from tests.sp2d.treasury import Treasury, claim, treasury, walked

GOODS = Taxable(object="barang", price=10_000_000, charges_ppn=True)


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def test_the_taxes_of_a_claim_are_those_of_the_edition(office: Treasury) -> None:
    """PPN of 11/12 × 12 % and PPh 22 of 1.5 % come with their explanation; net is what is left."""
    payment = taxed(office, GOODS)
    assert payment.net == 9_850_000
    with office.app.read(SYSTEM) as view:
        found = deductions_of(view, payment.id)
        assert [(one.code, one.amount, one.how) for one in found] == [
            ("PPN", 1_100_000, "11/12 × 12% dari Rp10.000.000"),
            ("PPH22", 150_000, "1,5% dari Rp10.000.000"),
        ]
        assert {check.code for check in machine_checks(view, payment) if check.ok} >= {"taxes"}


def test_a_payee_without_npwp_pays_double(office: Treasury) -> None:
    """What the form says of the NPWP counts, not a flag that somebody sets."""
    payment = taxed(office, GOODS, npwp="")
    with office.app.read(SYSTEM) as view:
        assert [one.amount for one in deductions_of(view, payment.id)] == [1_100_000, 300_000]


def test_lines_that_do_not_make_price_and_ppn_are_refused_with_the_price_meant(
    office: Treasury,
) -> None:
    """A gross of 11,100,000 and a price of 11,100,000: the price without PPN is told."""
    with pytest.raises(InvalidInputError) as refused:
        taxed(office, attrs.evolve(GOODS, price=11_100_000))
    told = {fault.path: fault.sentence() for fault in refused.value.fields}
    assert "Rp12.321.000" in told["lines"]
    assert "Rp10.000.000" in told["price"]


def test_a_receipt_is_checked_in_shape_and_in_time(office: Treasury) -> None:
    """The billing id before the SP2D, the NPTN after it; forms that cannot be are refused."""
    payment_id = walked(office, BANK, taxed_claim(office))
    with office.app.read(SYSTEM) as view:
        ppn = deductions_of(view, payment_id)[0]
    receipt(office, payment_id, ppn.id, "123456789012345", dt.date(2026, 10, 1), "")
    with office.app.read(SYSTEM) as view:
        assert last_days(view, deductions_of(view, payment_id))[ppn.id] == dt.date(2026, 10, 31)
    for billing, ntpn, field in (
        ("12345678901234", "", "billing_id"),
        ("", "0123456789ABCDEF", "billing_id"),
        ("123456789012345", "0123456789ABCDE", "ntpn"),
        ("123456789012345", "０１２３456789ABCDEF", "ntpn"),
    ):
        with pytest.raises(InvalidInputError) as refused:
            receipt(office, payment_id, ppn.id, billing, None, ntpn)
        assert [fault.path for fault in refused.value.fields] == [field]
    receipt(office, payment_id, ppn.id, "123456789012345", None, "0123 4567 89ab cdef")
    with office.app.read(SYSTEM) as view:
        assert deductions_of(view, payment_id)[0].ntpn == "0123456789ABCDEF"


def test_an_ntpn_before_the_sp2d_is_refused(office: Treasury) -> None:
    """Nothing was paid to the State before there is an SP2D."""
    payment_id = walked(office, SPP, taxed_claim(office))
    with office.app.read(SYSTEM) as view:
        ppn = deductions_of(view, payment_id)[0]
    with pytest.raises(WrongTurnError):
        receipt(office, payment_id, ppn.id, "123456789012345", None, "0123456789ABCDEF")
    with pytest.raises(NotFoundError):
        receipt(office, payment_id, payment_id, "123456789012345", None, "")


def test_purchases_that_look_split_are_shown_and_hold_nothing(office: Treasury) -> None:
    """Two purchases of 1.5 million within days from one payee pass 2 million together."""
    small = Taxable(object="barang", price=1_500_000, charges_ppn=False)
    first = taxed(office, small, invoice="A-1", gross=1_500_000)
    with office.app.read(SYSTEM) as view:
        assert "split" not in {check.code for check in machine_checks(view, first)}
    second = taxed(office, small, invoice="A-2", gross=1_500_000, purpose="Tinta")
    with office.app.read(SYSTEM) as view:
        payment = find_payment(view, first.id)
        found = {check.code: check for check in machine_checks(view, payment)}
        assert found["split"].warning
        assert found["split"].told == second.purpose


@pytest.mark.parametrize("shared", ["npwp", "account", "payee"])
def test_a_split_purchase_is_seen_by_each_mark_of_its_payee(office: Treasury, shared: str) -> None:
    """As for bills: NPWP, account or name is enough; legal forms and blanks are no other name."""
    other = {"npwp": "", "account": "0099887711", "payee": "UD Lain Warunggunung"}
    if shared == "npwp":
        other["npwp"] = claim(office).npwp
    elif shared == "account":
        other["account"] = claim(office).account
    else:
        other["payee"] = "PT. contoh  RANGKAS"
    small = Taxable(object="barang", price=1_500_000, charges_ppn=False)
    first = taxed(office, small, invoice="A-1", gross=1_500_000)
    second = taxed(office, small, invoice="A-2", gross=1_500_000, purpose="Tinta", **other)
    assert seen_beside(office, first.id) == ["Tinta"]
    assert seen_beside(office, second.id) == [first.purpose]


def test_a_payee_is_the_same_through_a_third_claim(office: Treasury) -> None:
    """One has the account of the second, this one the NPWP of the third; strangers stay out."""
    small = Taxable(object="barang", price=700_000, charges_ppn=False)
    names = [
        {"npwp": "", "account": "001", "payee": "CV Awal"},
        {"npwp": "012345674901000", "account": "001", "payee": "CV Tengah"},
        {"npwp": "012345674901000", "account": "002", "payee": "CV Akhir"},
        {"npwp": "", "account": "003", "payee": "CV Tetangga"},
    ]
    made = [
        taxed(office, small, invoice=f"A-{n}", gross=700_000, purpose=f"Tinta {n}", **one)
        for n, one in enumerate(names)
    ]
    assert seen_beside(office, made[0].id) == ["Tinta 1", "Tinta 2"]
    assert seen_beside(office, made[3].id) == []


def seen_beside(office: Treasury, payment_id: UUID) -> list[str]:
    """The purposes of claims that a verifier is shown as perhaps the same purchase."""
    with office.app.read(SYSTEM) as view:
        return list(looks_split(view, find_payment(view, payment_id)))


def taxed_claim(office: Treasury, taxable: Taxable = GOODS, **changes: Any) -> Any:
    """A claim with the taxes of today."""
    gross = changes.pop("gross", 11_100_000)
    wanted = claim(office, gross, lines=(ClaimedLine(office.line, gross),), **changes)
    with office.app.read(office.people[DRAFT]) as view:
        return with_taxes(view, wanted, taxable)


def taxed(office: Treasury, taxable: Taxable, **changes: Any) -> Payment:
    """Such a claim, written down."""
    wanted = taxed_claim(office, taxable, **changes)
    with office.app.change(office.people[DRAFT]) as work:
        return draft(work, wanted)


def receipt(
    office: Treasury,
    payment_id: UUID,
    deduction_id: UUID,
    billing: str,
    day: dt.date | None,
    ntpn: str,
) -> None:
    """The treasurer records what proves that a tax was passed on."""
    with office.app.change(office.people[SPP]) as work:
        record_receipt(
            work, payment_id, deduction_id, billing_id=billing, billing_date=day, ntpn=ntpn
        )
