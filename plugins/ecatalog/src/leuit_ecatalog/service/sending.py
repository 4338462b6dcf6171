"""Sending a draft: to the vendor to negotiate, or at the shown price to the PPK."""

from typing import Any
from uuid import UUID

from leuit.values import ConflictError, FieldError, InvalidInputError, _, format_rupiah
from leuit.work import Work, confirm_number, reserve_number
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.rules.buying_rules import NEGOTIATION, PP, PPK
from leuit_ecatalog.rules.negotiation import BUYER
from leuit_ecatalog.rules.purchase_states import DRAFT, NEGOTIATING, REVIEW, require_state

from .agreeing import agree
from .deadlines import due_after
from .proposing import Shown, shown
from .purchase_access import RIGHTS, held_purchase, note_act, ref_of, take_duty
from .rup import move_held


class ChangedShownError(ConflictError):
    """Prices, stock or rules are not those that were shown; nothing was sent."""

    code = "changed_shown"


class OtherOfficialError(ConflictError):
    """The value makes the purchase somebody else's to go on with."""

    code = "other_official"


def send(work: Work, purchase_id: UUID, version: int, digest: str) -> Purchase:
    """Send a draft as it was shown (`digest` of `Shown`); all that was shown is kept with it.

    From here on its total is held of the RUP package. Raises InvalidInputError with every fault,
    ChangedShownError, OtherOfficialError, OverPaguError, ShortStockError, SeparateDutiesError.
    """
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, DRAFT)
    now = shown(work, purchase)
    if now.faults:
        faults = [FieldError(one.step, one.sentence, "unready") for one in now.faults]
        raise InvalidInputError(_("Draf ini belum dapat dikirim."), fields=faults)
    if digest != now.digest:
        raise ChangedShownError(
            _("Harga, stok atau aturannya berubah sejak halaman ini dibuka."),
            advice=_("Periksa lagi, lalu kirim."),
        )
    official = now.proposal.official
    _require_official(work, purchase, now, official)
    take_duty(work, purchase, official)
    _keep(purchase, now)
    if purchase.number is None:
        purchase.number = _number(work, purchase, now)
    move_held(work, purchase.rup_id, now.totals.total)
    purchase.held = now.totals.total
    if purchase.method == NEGOTIATION:
        purchase.state, purchase.turn = NEGOTIATING, BUYER
        purchase.due_at = due_after(work, now.rules.answer_days)
    else:
        work.session.flush()
        agree(work, purchase, {one.id: one.price for one in now.lines}, purchase.shipping)
        purchase.state, purchase.turn, purchase.due_at = REVIEW, "", None
    purchase.since = work.now
    note_act(work, purchase, "sent", role=official, facts=purchase.decision)
    return purchase


def _require_official(work: Work, purchase: Purchase, now: Shown, official: str) -> None:
    if work.allows(RIGHTS[official], purchase.unit_id):
        return
    params: dict[str, Any] = {
        "total": format_rupiah(now.totals.total),
        "limit": format_rupiah(now.rules.pp_most),
    }
    if official == PPK:
        raise OtherOfficialError(
            _("Nilai %(total)s melebihi %(limit)s: yang melanjutkan adalah PPK."),
            advice=_("Minta Pejabat Pembuat Komitmen membuka dan mengirim draf ini."),
            **params,
        )
    assert official == PP
    raise OtherOfficialError(
        _("Nilai %(total)s tidak melebihi %(limit)s: yang melanjutkan adalah Pejabat Pengadaan."),
        advice=_("Minta Pejabat Pengadaan membuka dan mengirim draf ini."),
        **params,
    )


def _keep(purchase: Purchase, now: Shown) -> None:
    purchase.attempt += 1
    purchase.edition_id = now.edition.id
    purchase.official = now.proposal.official
    purchase.method = purchase.method or now.proposal.method
    purchase.taxable = now.vendor.taxable
    purchase.goods, purchase.tax = now.totals.goods, now.totals.tax
    purchase.shipping = purchase.shown_shipping = now.totals.shipping
    for line in now.lines:
        line.shown_price = line.price = now.quotes[line.variant_id].price
    purchase.decision = {
        **now.plain(),
        "method": purchase.method,
        "method_reason": purchase.method_reason,
        "reservation_reason": purchase.reservation_reason,
        "price_paper": {
            "kind": purchase.price_kind,
            "amount": purchase.price_amount,
            "source": purchase.price_source,
            "sha256": purchase.price_sha256,
            "file": purchase.price_file,
        },
    }


def _number(work: Work, purchase: Purchase, now: Shown) -> str:
    """The next number of the year; gapless, and kept also where the purchase is sent again."""
    year = work.today.year
    reserved = reserve_number(work, f"ecatalog.purchase.{year}", ref_of(purchase))
    confirm_number(work, reserved.id)
    return f"{now.rules.number_prefix}-{year}-{reserved.value:06d}"
