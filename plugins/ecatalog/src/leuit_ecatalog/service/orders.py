"""An order as both sides find it: held by its PPK or by its own vendor, with its documents."""

from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from leuit.values import NotFoundError, _
from leuit.work import View, Work
from leuit_ecatalog.models import Delivery, OrderDocument, Purchase
from leuit_ecatalog.models.orders import BY_HAND, ORDER, SIGNED, VOID
from leuit_ecatalog.rules.buying_rules import PPK
from leuit_ecatalog.rules.purchase_states import require_state

from .membership import own_vendor
from .purchase_access import find_purchase, held, held_purchase, take_duty

COMPLETE = (SIGNED, BY_HAND)
"""States in which a document bears its signature."""


def committed_order(work: Work, purchase_id: UUID, version: int, *states: str) -> Purchase:
    """The purchase for an act of its PPK in one of the states.

    Raises as `held_purchase`, WrongStateError, SeparateDutiesError.
    """
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, *states)
    take_duty(work, purchase, PPK)
    return purchase


def find_order(view: View, purchase_id: UUID) -> Purchase:
    """A purchase with a signed Surat Pesanan as its own vendor sees it; NotFoundError otherwise."""
    vendor = own_vendor(view)
    found = view.session.scalars(
        select(Purchase).where(
            Purchase.id == purchase_id,
            Purchase.vendor_id == vendor.id,
            has_order(),
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("Pesanan itu tidak ada."), advice=_("Pilih dari daftar."))
    return found


def has_order() -> ColumnElement[bool]:
    """The condition on purchases whose Surat Pesanan was signed: the vendor has got an order, and
    it is public, whatever became of it.
    """
    return exists().where(
        OrderDocument.purchase_id == Purchase.id,
        OrderDocument.kind == ORDER,
        OrderDocument.state.in_(COMPLETE),
    )


def vendor_order(work: Work, purchase_id: UUID, version: int, *states: str) -> Purchase:
    """The order for an act of its vendor in one of the states."""
    purchase = held(work, find_order(work, purchase_id), version)
    require_state(purchase.state, *states)
    return purchase


def document_of(view: View, purchase_id: UUID, kind: str) -> OrderDocument | None:
    """The document of a kind that holds, if there is one."""
    return view.session.scalars(
        select(OrderDocument).where(
            OrderDocument.purchase_id == purchase_id,
            OrderDocument.kind == kind,
            OrderDocument.state != VOID,
        )
    ).one_or_none()


def documents_of(view: View, purchase_id: UUID) -> list[OrderDocument]:
    """All documents of a purchase, void ones too, in the order in which they were made."""
    query = (
        select(OrderDocument)
        .where(OrderDocument.purchase_id == purchase_id)
        .order_by(OrderDocument.made_at, OrderDocument.id)
    )
    return list(view.session.scalars(query))


def find_document(view: View, purchase_id: UUID, document_id: UUID) -> OrderDocument:
    """A document of a purchase that the asker may read; NotFoundError for any other."""
    purchase = find_purchase(view, purchase_id)
    return _of(view, purchase, document_id)


def find_own_document(view: View, purchase_id: UUID, document_id: UUID) -> OrderDocument:
    """A signed document of an order of one's own firm; NotFoundError for any other."""
    found = _of(view, find_order(view, purchase_id), document_id)
    if found.state not in COMPLETE:
        raise _missing()
    return found


def find_delivery(view: View, purchase: Purchase, delivery_id: UUID) -> Delivery:
    """A delivery of a purchase that was found; NotFoundError for any other."""
    found = view.session.get(Delivery, delivery_id)
    if found is None or found.purchase_id != purchase.id:
        raise NotFoundError(_("Pengiriman itu tidak ada."))
    return found


def _of(view: View, purchase: Purchase, document_id: UUID) -> OrderDocument:
    found = view.session.get(OrderDocument, document_id)
    if found is None or found.purchase_id != purchase.id:
        raise _missing()
    return found


def _missing() -> NotFoundError:
    return NotFoundError(_("Dokumen itu tidak ada."), advice=_("Mulai dari pembeliannya."))
