"""What PPK and PA decide: going on, approving with clauses, sending back, cancelling."""

from uuid import UUID

from leuit.builtin.checks import TextChecker
from leuit.values import ConflictError, InvalidInputError, _
from leuit.work import View, Work
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.models.orders import ORDER
from leuit_ecatalog.models.purchases import CLAUSES, REASON
from leuit_ecatalog.purchase_events import PurchaseApproved
from leuit_ecatalog.rules.buying_rules import PA, PPK
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    AUTHORISING,
    CANCELLED,
    DRAFT,
    NEGOTIATING,
    NEXT,
    ORDERING,
    REVIEW,
    require_state,
)

from .agreeing import let_go, require_sold
from .buying_edition import buying_by_id
from .deadlines import require_open
from .orders import document_of
from .purchase_access import drafting_role, held_purchase, lines_of, note_act, take_duty

_CANCELLABLE = tuple(state for state, after in NEXT.items() if CANCELLED in after)


def proceed(work: Work, purchase_id: UUID, version: int) -> Purchase:
    """Go on with what was negotiated (Lanjut Proses Pesanan); the PPK does it within its time."""
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, AGREED)
    require_open(work, purchase)
    take_duty(work, purchase, PPK)
    purchase.state, purchase.since, purchase.due_at = REVIEW, work.now, None
    note_act(work, purchase, "proceeded", role=PPK)
    return purchase


def approve(work: Work, purchase_id: UUID, version: int, clauses: str) -> Purchase:
    """Approve with clauses of one's own; above the edition's limit PA or KPA authorise it as well.

    Raises NoLongerSoldError, SeparateDutiesError.
    """
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, REVIEW)
    take_duty(work, purchase, PPK)
    checker = TextChecker()
    wanted = checker.read("clauses", clauses, most=CLAUSES, required=False)
    if checker.faults:
        raise InvalidInputError(_("Periksa klausul."), fields=checker.faults)
    require_sold(work, purchase, lines_of(work, purchase.id))
    purchase.clauses = wanted
    rules = buying_by_id(work, purchase.edition_id)
    if purchase.total > rules.approval_above:
        purchase.state = AUTHORISING
    else:
        _hand_on(work, purchase)
    purchase.since = work.now
    note_act(work, purchase, "approved", role=PPK)
    return purchase


def authorise(work: Work, purchase_id: UUID, version: int) -> Purchase:
    """PA or KPA authorise what is above the limit."""
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, AUTHORISING)
    take_duty(work, purchase, PA)
    require_sold(work, purchase, lines_of(work, purchase.id))
    _hand_on(work, purchase)
    purchase.since = work.now
    note_act(work, purchase, "authorised", role=PA)
    return purchase


def send_back(work: Work, purchase_id: UUID, version: int, reason: str) -> Purchase:
    """Back to the draft, with what is to be mended; money and stock are given back."""
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, REVIEW, AUTHORISING)
    role = returner(work, purchase)
    take_duty(work, purchase, role)
    why = _reason(reason)
    let_go(work, purchase)
    purchase.state, purchase.since, purchase.due_at = DRAFT, work.now, None
    note_act(work, purchase, "returned", role=role, note=why)
    return purchase


def cancel(work: Work, purchase_id: UUID, version: int, reason: str) -> Purchase:
    """End a purchase before its order is made; money and stock are given back."""
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, *_CANCELLABLE)
    if not is_cancellable(work, purchase):
        raise ConflictError(
            _("Surat pesanannya sudah dibuat."),
            advice=_("Batalkan dahulu surat pesanan itu."),
        )
    role = canceller(work, purchase)
    take_duty(work, purchase, role)
    why = _reason(reason)
    let_go(work, purchase)
    purchase.state, purchase.turn, purchase.due_at = CANCELLED, "", None
    purchase.since = work.now
    note_act(work, purchase, "cancelled", role=role, note=why)
    return purchase


def is_cancellable(view: View, purchase: Purchase) -> bool:
    """Whether a purchase may be cancelled where it stands: never beside a Surat Pesanan."""
    return purchase.state in _CANCELLABLE and document_of(view, purchase.id, ORDER) is None


def canceller(view: View, purchase: Purchase) -> str:
    """In which role a purchase is cancelled where it stands."""
    if purchase.state == DRAFT:
        return drafting_role(view, purchase)
    if purchase.state == NEGOTIATING:
        return purchase.official
    return PA if purchase.state == AUTHORISING else PPK


def returner(_view: View, purchase: Purchase) -> str:
    """In which role a purchase is sent back where it stands."""
    return PA if purchase.state == AUTHORISING else PPK


def _hand_on(work: Work, purchase: Purchase) -> None:
    purchase.state = ORDERING
    work.emit(PurchaseApproved(str(purchase.id)))


def _reason(text: str) -> str:
    checker = TextChecker()
    why = checker.read("reason", text, most=REASON)
    if checker.faults:
        raise InvalidInputError(_("Tulis alasannya."), fields=checker.faults)
    return why
