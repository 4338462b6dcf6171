"""From a draft to a product that everybody sees, and off again: submitted, decided, frozen.

A vendor submits what is complete. Whoever moderates approves, returns or refuses with a coded
reason; later he freezes (shown, not to be bought), lets go or takes down, with a reason as well.
"""

from uuid import UUID

from sqlalchemy import select

from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import Work
from leuit_ecatalog.models import Product
from leuit_ecatalog.product_words import REASONS
from leuit_ecatalog.rules.product_states import (
    APPROVE,
    DRAFT,
    FREEZE,
    MODERATOR,
    MOVES,
    REFUSE,
    RETURN,
    SUBMIT,
    TAKE_DOWN,
    UNFREEZE,
    VENDOR,
    Move,
    may,
)
from leuit_ecatalog.rules.product_values import plain_text

from .membership import may_sell, own_vendor
from .product_access import held_moderated_product, held_own_product
from .product_changes import move
from .product_checks import missing

LONGEST_NOTE = 1_000
DECISIONS: dict[str, Move] = {
    step.step: step for step in (APPROVE, RETURN, REFUSE, FREEZE, UNFREEZE, TAKE_DOWN)
}


class IncompleteProductError(InvalidInputError):
    """Something is missing; `fields` names each by the step where it is mended."""

    code = "incomplete_product"


def submit_product(work: Work, product_id: UUID, version: int) -> None:
    """Let a product be looked at; IncompleteProductError with everything that is missing."""
    product = held_own_product(work, product_id, version)
    gaps = missing(work, product)
    if gaps:
        raise IncompleteProductError(
            _("Produk ini belum lengkap."),
            fields=[FieldError(gap.step, gap.sentence) for gap in gaps],
        )
    move(work, product, SUBMIT, VENDOR)
    product.submitted_at = work.now


def submit_ready(work: Work, limit: int = 200) -> tuple[int, int]:
    """Submit every draft of the asker's vendor that is complete; how many, and how many are not."""
    vendor = own_vendor(work)
    drafts = work.session.scalars(
        select(Product)
        .where(Product.vendor_id == vendor.id, Product.state == DRAFT)
        .order_by(Product.id)
        .limit(limit)
        .with_for_update()
    ).all()
    done = 0
    for product in drafts:
        if not missing(work, product):
            move(work, product, SUBMIT, VENDOR)
            product.submitted_at = work.now
            done += 1
    return done, len(drafts) - done


def decide_product(
    work: Work, product_id: UUID, version: int, step: str, reason: str = "", note: str = ""
) -> Product:
    """Take one of `DECISIONS`; InvalidInputError at `step`, `reason` or `note`.

    ConflictError when a vendor who may not sell would come on display.
    """
    product = held_moderated_product(work, product_id, version)
    decision = DECISIONS.get(step)
    if decision is None:
        raise _at("step", _("Pilih keputusan."))
    reason, text = (reason if decision.reasoned else ""), plain_text(note)
    if decision.reasoned and reason not in REASONS[step]:
        raise _at("reason", _("Pilih alasan."))
    if reason == "lain" and not text:
        raise _at("note", _("Jelaskan alasannya."))
    if len(text) > LONGEST_NOTE:
        raise _at("note", _("Catatan paling banyak 1.000 huruf."))
    if decision in (APPROVE, UNFREEZE) and not may_sell(work, product.vendor_id, work.today):
        raise ConflictError(
            _("Penyedianya belum boleh menjual, jadi produk ini belum dapat tayang."),
            advice=_("Periksa keadaan dan sanksi penyedia."),
        )
    move(work, product, decision, MODERATOR, reason, text)
    if decision is APPROVE:
        product.shown_at = work.now
    return product


def decisions_for(product: Product) -> list[Move]:
    """What may be decided about a product now, the friendliest first."""
    return [
        step for step in MOVES if step.step in DECISIONS and may(step, MODERATOR, product.state)
    ]


def _at(field: str, sentence: str) -> InvalidInputError:
    return InvalidInputError(_("Periksa keputusan."), fields=[FieldError(field, sentence)])
