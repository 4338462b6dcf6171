"""What every change of a product shares: its step, its audit entry, its event, its next state."""

from collections.abc import Iterable
from typing import Any

from leuit.values import ConflictError, _
from leuit.work import Work
from leuit_ecatalog.events import ProductChanged
from leuit_ecatalog.models import Product, ProductStep
from leuit_ecatalog.product_words import STATE_WORDS
from leuit_ecatalog.rules.product_states import (
    MODERATED,
    REOPEN,
    Move,
    Who,
    after_edit,
    check_move,
    is_visible,
    may_edit,
)
from leuit_ecatalog.rules.product_values import changed_fields

from .product_access import ref_of

CHANGED = "ecatalog.product.changed"
MOVED = "ecatalog.product.moved"


def note_step(work: Work, product: Product, step: str, reason: str = "", note: str = "") -> None:
    """A line of the product's history, in the name of whoever acts."""
    who = work.identity
    work.session.add(
        ProductStep(
            product_id=product.id,
            step=step,
            at=work.now,
            person_id=who.person_id,
            account_id=who.account_id if who.kind == "external" else None,
            reason=reason,
            note=note,
        )
    )


def require_editable(product: Product) -> None:
    """ConflictError when what a moderator looks at may not change now."""
    if not may_edit(product.state):
        raise ConflictError(
            _("Produk ini %(state)s, jadi belum dapat diubah."),
            advice=_("Tarik kembali dahulu, atau salin menjadi produk baru."),
            state=STATE_WORDS[product.state].lower(),
        )


def apply_values(work: Work, product: Product, values: dict[str, Any]) -> frozenset[str]:
    """Set fields of a product; the names of those that changed.

    ConflictError when the state forbids it. Nothing is written where nothing changes.
    """
    before = {name: getattr(product, name) for name in values}
    changed = changed_fields(before, values)
    if changed & MODERATED:
        require_editable(product)
    if changed:
        for name in changed:
            setattr(product, name, values[name])
        touched(work, product, changed)
    return changed


def touched(work: Work, product: Product, changed: Iterable[str], **details: Any) -> None:
    """After a change by the vendor: version, state, audit, event."""
    names = frozenset(changed)
    was = product.state
    product.state = after_edit(was, names)
    product.version += 1
    if product.state != was:
        product.reason = product.note = ""
        note_step(work, product, REOPEN.step)
    work.audit(CHANGED, ref_of(product), fields=sorted(names), state=product.state, **details)
    if is_visible(was):
        tell(work, product)


def move(
    work: Work, product: Product, step: Move, who: Who, reason: str = "", note: str = ""
) -> None:
    """Take a step of a product's life; WrongStepError where it does not lead on."""
    was = product.state
    product.state = check_move(step, who, was, STATE_WORDS[was].lower())
    product.reason, product.note = reason, note
    product.version += 1
    note_step(work, product, step.step, reason, note)
    work.audit(
        MOVED, ref_of(product), step=step.step, before=was, after=product.state, reason=reason
    )
    if is_visible(was) or is_visible(product.state):
        tell(work, product)


def tell(work: Work, product: Product) -> None:
    """Tell listeners that what is shown of it is another one."""
    work.emit(ProductChanged(str(product.id)))
