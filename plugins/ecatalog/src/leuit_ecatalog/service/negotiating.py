"""Negotiation: offers in turn, numbered and never changed, until a side takes the other's last.

The buyer is the official of the purchase, the vendor an account that acts for it; no other vendor
ever reaches it, by whatever address.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.values import ConflictError, FieldError, InvalidInputError, NotFoundError, _
from leuit.work import View, Work
from leuit_ecatalog.models import NegotiationRound, Purchase, PurchaseLine, RoundPrice
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.negotiation import (
    BUYER,
    MOST_ROUNDS,
    VENDOR,
    OfferFault,
    Round,
    Side,
    faults_of_offer,
    may_take,
)
from leuit_ecatalog.rules.purchase_states import (
    AGREED,
    CANCELLED,
    DRAFT,
    NEGOTIATING,
    require_state,
)

from .agreeing import agree, let_go, require_sold
from .buying_edition import buying_by_id
from .deadlines import due_after, require_open
from .membership import own_vendor
from .purchase_access import held, held_purchase, lines_of, note_act, take_duty

_TOLD: Final = {
    "least": _("Tulis rupiah bulat di atas nol."),
    "ceiling": _("Tidak boleh di atas harga tayang."),
    "above": _("Tidak boleh di atas tawaran penyedia."),
    "lines": _("Isi harga setiap barang."),
}
_BACK: Final = {
    BUYER: _("Tidak boleh di bawah tawaran Anda sebelumnya."),
    VENDOR: _("Tidak boleh di atas tawaran Anda sebelumnya."),
}


class NotYourTurnError(ConflictError):
    """The other side is to answer."""

    code = "not_your_turn"


@attrs.frozen
class Offered:
    """A round with when it was made and what was said."""

    round: Round
    at: Any
    note: str


def buyer_purchase(work: Work, purchase_id: UUID, version: int) -> Purchase:
    """The negotiation for an act of its official."""
    purchase = held_purchase(work, purchase_id, version)
    require_state(purchase.state, NEGOTIATING)
    require_open(work, purchase)
    take_duty(work, purchase, purchase.official)
    return purchase


def find_offer(view: View, purchase_id: UUID) -> Purchase:
    """A purchase as its own vendor sees it; NotFoundError for anybody else's and for drafts."""
    vendor = own_vendor(view)
    found = view.session.scalars(
        select(Purchase).where(
            Purchase.id == purchase_id, Purchase.vendor_id == vendor.id, Purchase.state != DRAFT
        )
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("Penawaran itu tidak ada."), advice=_("Pilih dari daftar."))
    return found


def vendor_purchase(work: Work, purchase_id: UUID, version: int) -> Purchase:
    """The negotiation for an act of its vendor."""
    purchase = held(work, find_offer(work, purchase_id), version)
    require_state(purchase.state, NEGOTIATING)
    require_open(work, purchase)
    return purchase


def make_offer(
    work: Work,
    purchase: Purchase,
    side: Side,
    prices: Mapping[UUID, int],
    shipping: int,
    note: str = "",
) -> NegotiationRound:
    """The next round by a side; the purchase is held by the caller (`buyer_purchase`, …).

    Raises InvalidInputError with faults at `price-<line>` and `shipping`, NotYourTurnError,
    NoLongerSoldError.
    """
    lines = lines_of(work, purchase.id)
    require_sold(work, purchase, lines)
    checker = TextChecker()
    said = checker.read("note", note, most=REASON, required=False)
    rounds = [one.round for one in rounds_of(work, purchase)]
    found = faults_of_offer(
        rounds,
        side,
        {str(line): price for line, price in prices.items()},
        shipping,
        {str(one.id): one.shown_price for one in lines},
        purchase.shown_shipping,
    )
    faults = [*_told(found, side), *checker.faults]
    if faults:
        raise InvalidInputError(_("Periksa tawaran Anda."), fields=faults)
    made = NegotiationRound(
        purchase_id=purchase.id,
        attempt=purchase.attempt,
        number=len(rounds) + 1,
        side=side,
        shipping=shipping,
        note=said,
        at=work.now,
        person_id=work.identity.person_id if side == BUYER else None,
        account_id=work.identity.account_id if side == VENDOR else None,
    )
    work.session.add(made)
    work.session.flush()
    work.session.add_all(
        RoundPrice(round_id=made.id, line_id=one.id, price=prices[one.id]) for one in lines
    )
    purchase.turn = VENDOR if side == BUYER else BUYER
    rules = buying_by_id(work, purchase.edition_id)
    purchase.since, purchase.due_at = work.now, due_after(work, rules.answer_days)
    note_act(work, purchase, "offered", role=_role(purchase, side), facts={"round": made.number})
    return made


def take_offer(work: Work, purchase: Purchase, side: Side, number: int) -> Purchase:
    """Take the other side's last offer, which the page showed by its `number`: it is frozen now.

    Raises NotYourTurnError, NoLongerSoldError, ShortStockError.
    """
    rounds = [one.round for one in rounds_of(work, purchase)]
    if not may_take(rounds, side) or rounds[-1].number != number:
        raise NotYourTurnError(
            _("Tidak ada tawaran terakhir untuk diterima."), advice=_("Muat ulang halaman.")
        )
    last = rounds[-1]
    agree(work, purchase, {UUID(key): price for key, price in last.prices.items()}, last.shipping)
    rules = buying_by_id(work, purchase.edition_id)
    purchase.state, purchase.turn, purchase.since = AGREED, "", work.now
    purchase.due_at = due_after(work, rules.negotiation_days)
    note_act(work, purchase, "agreed", role=_role(purchase, side), facts={"round": number})
    return purchase


def decline(work: Work, purchase: Purchase, reason: str) -> Purchase:
    """The vendor ends the negotiation; why is told to the buyer."""
    checker = TextChecker()
    why = checker.read("reason", reason, most=REASON)
    if checker.faults:
        raise InvalidInputError(_("Tulis alasan Anda."), fields=checker.faults)
    let_go(work, purchase)
    purchase.state, purchase.turn, purchase.due_at = CANCELLED, "", None
    purchase.since = work.now
    note_act(work, purchase, "declined", role=VENDOR, note=why)
    return purchase


def rounds_of(view: View, purchase: Purchase) -> Sequence[Offered]:
    """The rounds of the present attempt in order."""
    rows = view.session.scalars(
        select(NegotiationRound)
        .where(
            NegotiationRound.purchase_id == purchase.id,
            NegotiationRound.attempt == purchase.attempt,
        )
        .order_by(NegotiationRound.number)
    ).all()
    prices: dict[UUID, dict[str, int]] = {one.id: {} for one in rows}
    query = select(RoundPrice).where(RoundPrice.round_id.in_(prices))
    for price in view.session.scalars(query):
        prices[price.round_id][str(price.line_id)] = price.price
    return [
        Offered(
            Round(one.number, BUYER if one.side == BUYER else VENDOR, prices[one.id], one.shipping),
            one.at,
            one.note,
        )
        for one in rows
    ]


def last_offer(rounds: Sequence[Offered], lines: Sequence[PurchaseLine]) -> dict[UUID, int]:
    """The prices of the last round by line, those shown where there is none."""
    if not rounds:
        return {one.id: one.shown_price for one in lines}
    return {one.id: rounds[-1].round.prices[str(one.id)] for one in lines}


def _told(found: Sequence[OfferFault], side: Side) -> list[FieldError]:
    faults = []
    for one in found:
        if one.code == "turn":
            raise NotYourTurnError(
                _("Sekarang giliran pihak lain menjawab."), advice=_("Muat ulang halaman.")
            )
        if one.code == "rounds":
            raise ConflictError(
                _("Sudah %(most)s putaran."),
                advice=_("Terima tawaran terakhir, atau akhiri negosiasi."),
                most=MOST_ROUNDS,
            )
        path = "shipping" if one.line in ("", "shipping") else f"price-{one.line}"
        told = _BACK[side] if one.code == "back" else _TOLD[one.code]
        faults.append(FieldError(path, told, one.code))
    return faults


def _role(purchase: Purchase, side: Side) -> str:
    return purchase.official if side == BUYER else VENDOR
