"""Whether a purchase looks split so as to stay below a tax threshold: shown, never decided.

Claims of one payee, SKPD and account within the days of the tax edition are put together; when
their sum passes a threshold that none passes alone, the verifier sees them beside the claim.
"""

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select

from leuit.builtin.regulations import edition
from leuit.work import View
from leuit_sp2d.models import Line, Payment, PaymentLine
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
        select(Payment.id, Payment.purpose, Payment.invoice_date, Payment.taxed, Line.account)
        .join(PaymentLine, PaymentLine.payment_id == Payment.id)
        .join(Line, Line.id == PaymentLine.line_id)
        .where(
            Payment.unit_id == payment.unit_id,
            Payment.year == payment.year,
            Payment.bank == payment.bank,
            Payment.account == payment.account,
            Payment.state != CANCELLED,
            Payment.invoice_date.between(payment.invoice_date - span, payment.invoice_date + span),
        )
        .order_by(Payment.id)
    ).all()
    purposes: dict[str, str] = {}
    purchases = []
    for row in rows:
        if row.taxed is None:
            continue
        purposes[str(row.id)] = row.purpose
        price = read_taxable(row.taxed).judged
        payee = f"{payment.bank}:{payment.account}"
        skpd = str(payment.unit_id)
        purchases.append(Purchase(str(row.id), row.invoice_date, payee, skpd, row.account, price))
    refs = {
        one.ref
        for suspect in split_suspects(purchases, rules)
        for one in suspect.purchases
        if any(other.ref == str(payment.id) for other in suspect.purchases)
    }
    return [purposes[ref] for ref in sorted(refs - {str(payment.id)})]
