"""Deliveries: sent by the vendor in parts, inspected by the PPK, accepted or returned."""

import datetime as dt
from collections.abc import Mapping, Sequence
from uuid import UUID

import attrs

from leuit.builtin.checks import TextChecker
from leuit.values import ConflictError, FieldError, InvalidInputError, _, new_id
from leuit.work import StoredFile, View, Work, register_file
from leuit_ecatalog.models import Delivery, DeliveryLine, Purchase, PurchaseLine
from leuit_ecatalog.models.orders import INSPECTED, SENT, WAYBILL
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.buying_rules import PPK
from leuit_ecatalog.rules.deliveries import RETURN_REASONS, is_complete
from leuit_ecatalog.rules.late_fine import LatePart, late_fine
from leuit_ecatalog.rules.negotiation import VENDOR
from leuit_ecatalog.rules.purchase_states import HANDOVER, PROCESSING

from .buying_edition import buying_by_id
from .order_deliveries import Inspected, deliveries_of, standings_of
from .orders import committed_order, find_delivery, vendor_order
from .purchase_access import lines_of, note_act


@attrs.frozen
class Found:
    """What the inspection found of one line of a delivery."""

    accepted: int
    returned: int
    reason: str = ""


@attrs.frozen
class Inspection:
    """What the inspection found of a delivery: when it came, the three ticks, a remark."""

    received_on: dt.date
    fits_purpose: bool
    fits_quantity: bool
    fits_time: bool
    remark: str = ""


def deliver(
    work: Work,
    purchase_id: UUID,
    version: int,
    quantities: Mapping[UUID, int],
    sent_on: dt.date,
    waybill: str,
    note: str,
    file: StoredFile | None,
) -> Delivery:
    """The vendor sends some of what is still owed; lines of zero are left out.

    Raises InvalidInputError with faults at `quantity-<line>`, `sent_on`, `waybill`.
    """
    purchase = vendor_order(work, purchase_id, version, PROCESSING)
    lines = lines_of(work, purchase.id)
    before = deliveries_of(work, purchase.id)
    standing = standings_of(lines, before)
    checker = TextChecker()
    bill = checker.read("waybill", waybill, most=WAYBILL, required=False)
    said = checker.read("note", note, most=REASON, required=False)
    if not _ordered_on(work, purchase) <= sent_on <= work.today:
        checker.fault(
            "sent_on", _("Pilih hari sejak pesanan diterima sampai hari ini."), "out_of_range"
        )
    for line in lines:
        asked, owed = quantities.get(line.id, 0), standing[line.id].owed
        if not 0 <= asked <= owed:
            sentence = _("Yang belum dikirim %(owed)s.") % {"owed": owed}
            checker.fault(f"quantity-{line.id}", sentence, "over_owed")
    sent = {line.id: count for line in lines if (count := quantities.get(line.id, 0))}
    if not sent and not checker.faults:
        checker.fault(f"quantity-{lines[0].id}", _("Isi jumlah yang dikirim."), "nothing")
    if checker.faults:
        raise InvalidInputError(_("Periksa pengiriman."), fields=checker.faults)
    assert work.identity.account_id is not None
    made = Delivery(
        id=new_id(),
        purchase_id=purchase.id,
        number=len(before) + 1,
        sent_on=sent_on,
        waybill=bill,
        note=said,
        sha256=register_file(work, file) if file else None,
        file_name=file.name if file else "",
        media_type=file.media_type if file else "",
        account_id=work.identity.account_id,
        at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    work.session.add_all(
        DeliveryLine(delivery_id=made.id, line_id=line, sent=count) for line, count in sent.items()
    )
    note_act(work, purchase, "delivered", role=VENDOR, facts={"delivery": made.number})
    return made


def inspect(
    work: Work,
    purchase_id: UUID,
    delivery_id: UUID,
    version: int,
    inspection: Inspection,
    found: Mapping[UUID, Found],
) -> Delivery:
    """The PPK inspects a delivery (Pemeriksaan Tepat Guna); each piece is accepted or returned.

    What was returned is owed again. When nothing is owed any more, the order waits for its BAST and
    what came late is fined. Raises InvalidInputError with faults at `accepted-<line>`,
    `reason-<line>`, `received_on`, `remark`, ConflictError for one that was inspected already.
    """
    purchase = committed_order(work, purchase_id, version, PROCESSING)
    delivery = find_delivery(work, purchase, delivery_id)
    if delivery.state != SENT:
        raise ConflictError(_("Pengiriman itu sudah diperiksa."), advice=_("Muat ulang halaman."))
    deliveries = deliveries_of(work, purchase.id)
    rows = next(one.lines for one in deliveries if one.delivery.id == delivery.id)
    checker = TextChecker()
    remark = checker.read("remark", inspection.remark, most=REASON, required=False)
    if not delivery.sent_on <= inspection.received_on <= work.today:
        checker.fault("received_on", _("Pilih hari sejak dikirim sampai hari ini."), "out_of_range")
    faults = [*checker.faults, *_faults_of(rows, found)]
    if faults:
        raise InvalidInputError(_("Periksa hasil pemeriksaan."), fields=faults)
    for row in rows:
        one = found[row.line_id]
        row.accepted, row.returned = one.accepted, one.returned
        row.reason = one.reason if one.returned else ""
    delivery.state, delivery.received_on = INSPECTED, inspection.received_on
    delivery.fits_purpose = inspection.fits_purpose
    delivery.fits_quantity = inspection.fits_quantity
    delivery.fits_time = inspection.fits_time
    delivery.remark = remark
    delivery.inspected_by, delivery.inspected_at = work.identity.person_id, work.now
    purchase.fine = fine_of(work, purchase, lines_of(work, purchase.id), deliveries)[1]
    standing = standings_of(lines_of(work, purchase.id), deliveries)
    if is_complete({str(line): one for line, one in standing.items()}):
        purchase.state, purchase.due_at, purchase.since = HANDOVER, None, work.now
    facts = {
        "delivery": delivery.number,
        "accepted": sum(one.accepted for one in rows),
        "returned": sum(one.returned for one in rows),
    }
    note_act(work, purchase, "inspected", role=PPK, note=remark, facts=facts)
    return delivery


def fine_of(
    view: View,
    purchase: Purchase,
    lines: Sequence[PurchaseLine],
    deliveries: Sequence[Inspected],
) -> tuple[int, int]:
    """The most days that anything was late so far, and the fine for it."""
    if purchase.deliver_by is None:
        return 0, 0
    prices = {line.id: line.price for line in lines}
    parts = [
        LatePart(
            sum(line.accepted * prices[line.line_id] for line in one.lines),
            one.delivery.received_on,
        )
        for one in deliveries
        if one.delivery.received_on is not None
    ]
    rules = buying_by_id(view, purchase.edition_id)
    return late_fine(parts, purchase.deliver_by, rules.fine_per_mille, rules.fine_most_percent)


def _faults_of(rows: Sequence[DeliveryLine], found: Mapping[UUID, Found]) -> list[FieldError]:
    faults = []
    for row in rows:
        one = found.get(row.line_id)
        if one is None or one.accepted < 0 or one.returned < 0:
            sentence = _("Isi berapa yang diterima.")
            faults.append(FieldError(f"accepted-{row.line_id}", sentence, "required"))
        elif one.accepted + one.returned != row.sent:
            sentence = _("Dikirim %(sent)s: diterima dan dikembalikan harus sejumlah itu.")
            faults.append(
                FieldError(f"accepted-{row.line_id}", sentence % {"sent": row.sent}, "sum")
            )
        elif one.returned and one.reason not in RETURN_REASONS:
            sentence = _("Pilih alasan pengembalian.")
            faults.append(FieldError(f"reason-{row.line_id}", sentence, "unknown"))
    return faults


def _ordered_on(work: Work, purchase: Purchase) -> dt.date:
    """The day on which the order was confirmed: `since` of a purchase that is processed."""
    return purchase.since.astimezone(work.app.zone).date()
