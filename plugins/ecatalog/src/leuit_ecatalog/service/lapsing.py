"""What is overdue lapses by the clock: its money and stock are given back, nobody has to act."""

from uuid import UUID

from sqlalchemy import select

from leuit.values import _
from leuit.work import JobContext, View, Work
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.rules.purchase_states import LAPSED, NEXT

from .agreeing import let_go
from .deadlines import is_over
from .purchase_access import note_act

LAPSE = "ecatalog.purchases.lapse"
_AT_ONCE = 200
_LAPSING = tuple(state for state, after in NEXT.items() if LAPSED in after)


def overdue(view: View, limit: int = _AT_ONCE) -> list[UUID]:
    """Purchases whose present step is over, the longest first."""
    query = (
        select(Purchase.id)
        .where(Purchase.due_at <= view.now, Purchase.state.in_(_LAPSING))
        .order_by(Purchase.due_at, Purchase.id)
        .limit(limit)
    )
    return list(view.session.scalars(query))


def lapse(work: Work, purchase_id: UUID) -> bool:
    """Let a purchase lapse if it is still overdue; whether it was."""
    purchase = work.session.get_one(Purchase, purchase_id, with_for_update=True)
    if purchase.state not in _LAPSING or not is_over(work, purchase):
        return False
    let_go(work, purchase)
    facts = {"state": purchase.state, "due_at": str(purchase.due_at)}
    purchase.state, purchase.turn, purchase.due_at = LAPSED, "", None
    purchase.since = work.now
    note_act(work, purchase, "lapsed", facts=facts)
    return True


def lapse_overdue(context: JobContext) -> None:
    """The job: each in a unit of its own, so that one that is held does not keep the others."""
    done = 0
    while True:
        with context.read() as view:
            waiting = overdue(view)
        lapsed = 0
        for purchase_id in waiting:
            with context.change() as work:
                lapsed += lapse(work, purchase_id)
        done += lapsed
        if not lapsed:
            break
    context.progress(done, done, str(_("%(count)s batal otomatis") % {"count": done}))
