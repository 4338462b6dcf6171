"""An order that is not fulfilled is stopped: what was accepted is handed over, the rest let go."""

from uuid import UUID

from leuit.builtin.checks import TextChecker
from leuit.values import ConflictError, InvalidInputError, _
from leuit.work import Work
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.buying_rules import PPK
from leuit_ecatalog.rules.order_totals import totals
from leuit_ecatalog.rules.purchase_states import HANDOVER, PROCESSING, STOPPED

from .agreeing import let_go
from .buying_edition import buying_by_id
from .order_deliveries import accepted_of, deliveries_of, is_coming
from .orders import committed_order
from .purchase_access import lines_of, note_act
from .rup import move_held
from .stock_held import give_stock_back


def stop(work: Work, purchase_id: UUID, version: int, reason: str, shipping: int) -> Purchase:
    """End an order early; what was accepted is paid, with `shipping` of at most what was agreed.

    Money and stock of what never came are given back. Where nothing was accepted, it is all over.
    Raises InvalidInputError by field, ConflictError while a delivery waits for its inspection.
    """
    purchase = committed_order(work, purchase_id, version, PROCESSING)
    deliveries = deliveries_of(work, purchase.id)
    if is_coming(deliveries):
        raise ConflictError(
            _("Ada pengiriman yang belum diperiksa."),
            advice=_("Periksa dahulu pengirimannya."),
        )
    checker = TextChecker()
    why = checker.read("reason", reason, most=REASON)
    if not 0 <= shipping <= purchase.shipping:
        checker.fault("shipping", _("Paling banyak yang disepakati."), "out_of_range")
    if checker.faults:
        raise InvalidInputError(_("Periksa penghentian."), fields=checker.faults)
    lines = lines_of(work, purchase.id)
    accepted = accepted_of(deliveries)
    missing = {
        line.variant_id: line.quantity - accepted.get(line.id, 0)
        for line in lines
        if line.quantity > accepted.get(line.id, 0)
    }
    give_stock_back(work, missing)
    if not any(accepted.values()):
        let_go(work, purchase)
        purchase.state = STOPPED
    else:
        rules = buying_by_id(work, purchase.edition_id)
        sums = totals(
            ((accepted.get(line.id, 0), line.price) for line in lines),
            shipping,
            rules,
            taxable=purchase.taxable,
        )
        move_held(work, purchase.rup_id, sums.total - purchase.held)
        purchase.goods, purchase.shipping, purchase.tax = sums.goods, sums.shipping, sums.tax
        purchase.held = sums.total
        purchase.state = HANDOVER
    purchase.due_at, purchase.since = None, work.now
    facts = {"accepted": sum(accepted.values()), "total": purchase.total}
    note_act(work, purchase, "stopped", role=PPK, note=why, facts=facts)
    return purchase
