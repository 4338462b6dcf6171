"""Whether a purchase looks split so as to stay below a tax threshold: shown, never decided.

Claims of one payee, SKPD and account within the days of the tax edition are put together; when
their sum passes a threshold that none passes alone, the verifier sees them beside the claim. A
payee is the same as for bills: by NPWP, by bank account or by name, also through a third claim.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.regulations import edition
from leuit.work import View
from leuit_sp2d.models import Line, Payment, PaymentLine
from leuit_sp2d.rules.bill import payee_marks
from leuit_sp2d.rules.chain import CANCELLED
from leuit_sp2d.rules.tax_rules import TaxRules
from leuit_sp2d.rules.tax_splitting import Purchase, split_suspects

from .tax_edition import TAXES
from .taxed import read_taxable


def looks_split(view: View, payment: Payment) -> Sequence[str]:
    """The purposes of the other claims with which this one may be one purchase."""
    found = edition(view, TAXES, view.today)
    if found is None or payment.taxed is None or payment.invoice_date is None:
        return ()
    rules: TaxRules = found.figures
    span = dt.timedelta(days=rules.split_days)
    rows = view.connection.execute(
        select(
            Payment.id,
            Payment.purpose,
            Payment.invoice_date,
            Payment.taxed,
            Payment.npwp,
            Payment.bank,
            Payment.account,
            Payment.payee,
            Line.account.label("line_account"),
        )
        .join(PaymentLine, PaymentLine.payment_id == Payment.id)
        .join(Line, Line.id == PaymentLine.line_id)
        .where(
            Payment.unit_id == payment.unit_id,
            Payment.year == payment.year,
            Payment.state != CANCELLED,
            Payment.invoice_date.between(payment.invoice_date - span, payment.invoice_date + span),
        )
        .order_by(Payment.id)
    ).all()
    purposes: dict[str, str] = {}
    purchases = []
    for row in _of_one_payee([row for row in rows if row.taxed is not None], payment.id):
        purposes[str(row.id)] = row.purpose
        price = read_taxable(row.taxed).judged
        skpd = str(payment.unit_id)
        purchases.append(Purchase(str(row.id), row.invoice_date, "", skpd, row.line_account, price))
    refs = {
        one.ref
        for suspect in split_suspects(purchases, rules)
        for one in suspect.purchases
        if any(other.ref == str(payment.id) for other in suspect.purchases)
    }
    return [purposes[ref] for ref in sorted(refs - {str(payment.id)})]


def _of_one_payee(rows: Sequence[Any], payment_id: UUID) -> list[Any]:
    """The rows of the payee of a payment, however each of them names it."""
    marks = {
        row.id: payee_marks(npwp=row.npwp, bank=row.bank, account=row.account, payee=row.payee)
        for row in rows
    }
    same: set[UUID] = set()
    found = {payment_id}
    while found:
        same |= found
        known = frozenset().union(*(marks.get(one, frozenset()) for one in same))
        found = {one for one, its in marks.items() if one not in same and its & known}
    return [row for row in rows if row.id in same]
