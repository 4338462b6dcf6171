"""That a tax was passed on to the State: its billing id, and the NTPN that proves the payment.

A payment to the State counts only with its NTPN, so one is recorded no sooner than the SP2D is
issued. Both are checked in shape; only the State's own system can say more.
"""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.regulations import edition
from leuit.values import FieldError, InvalidInputError, LeuitError, NotFoundError, _
from leuit.work import View, Work
from leuit_sp2d.models import Deduction
from leuit_sp2d.permissions import REQUEST
from leuit_sp2d.rules.chain import CANCELLED, SPENDS, STATES, WrongTurnError
from leuit_sp2d.rules.tax_codes import last_day_of_billing, parse_billing_id, parse_ntpn

from .moving import ref_of
from .payments import locked_payment
from .people import actor_of
from .tax_edition import TAXES


def record_receipt(
    work: Work,
    payment_id: UUID,
    deduction_id: UUID,
    *,
    billing_id: str,
    billing_date: dt.date | None,
    ntpn: str,
) -> Deduction:
    """Write billing id, its day, and the NTPN of one deduction; empty ones take them off.

    Raises InvalidInputError naming the field, WrongTurnError for an NTPN before the SP2D.
    """
    actor_of(work)
    payment = locked_payment(work, payment_id, REQUEST)
    deduction = work.session.scalars(
        select(Deduction).where(Deduction.id == deduction_id, Deduction.payment_id == payment.id)
    ).one_or_none()
    if deduction is None:
        raise NotFoundError(_("Potongan itu tidak ada pada pembayaran ini."))
    if payment.state == CANCELLED or (ntpn.strip() and payment.state not in SPENDS):
        raise WrongTurnError(
            _("NTPN dicatat sesudah SP2D terbit; pembayaran berstatus “%(state)s”."),
            state=STATES[payment.state],
        )
    faults: list[FieldError] = []
    billing = _read("billing_id", billing_id, parse_billing_id, faults)
    receipt = _read("ntpn", ntpn, parse_ntpn, faults)
    if billing_date is not None and billing_date > work.today:
        faults.append(FieldError("billing_date", _("Tanggal itu belum tiba."), "future"))
    if receipt and not billing:
        faults.append(FieldError("billing_id", _("Isi juga ID billing-nya."), "required"))
    if faults:
        raise InvalidInputError(_("Bukti setor pajak keliru."), fields=faults)
    deduction.billing_id, deduction.ntpn = billing, receipt
    deduction.billing_date = billing_date if billing else None
    work.audit(
        "sp2d.tax.recorded",
        ref_of(payment),
        code=deduction.code,
        billing_id=billing,
        ntpn=receipt,
    )
    return deduction


def last_days(view: View, deductions: list[Deduction]) -> dict[UUID, dt.date]:
    """Until when the billing id of each unpaid deduction can be used, by today's edition."""
    rules = edition(view, TAXES, view.today)
    if rules is None:
        return {}
    return {
        one.id: last_day_of_billing(one.billing_date, rules.figures.billing_days)
        for one in deductions
        if one.billing_date is not None and not one.ntpn
    }


def _read(field: str, text: str, parse: Callable[[str], str], faults: list[FieldError]) -> str:
    given = text.strip()
    if not given:
        return ""
    try:
        return parse(given)
    except LeuitError as error:
        faults.append(error.at(field))
        return ""
