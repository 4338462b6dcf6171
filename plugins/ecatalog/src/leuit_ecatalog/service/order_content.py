"""What a Surat Pesanan and a BAST say, read once and kept; drawn from that the same at any time."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.documents import Rendered, letterhead_on, render_document
from leuit.identity import Unit
from leuit.values import format_date, format_number, format_rupiah
from leuit.work import View
from leuit_ecatalog.documents import BAST, SURAT_PESANAN
from leuit_ecatalog.models import Agreement, OrderDocument, Purchase, RupPackage
from leuit_ecatalog.models.orders import ORDER
from leuit_ecatalog.rules.units import unit_label

from .buying_edition import buying_by_id
from .order_deliveries import Inspected, accepted_of
from .signatory import Signatory

PLACE = "signer"
_TITLES = {ORDER: "Surat Pesanan", "bast": "Berita Acara Serah Terima"}


def title_of(kind: str, number: str) -> str:
    """How a document is called in lists, tasks and files."""
    return f"{_TITLES[kind]} {number}"


def order_content(
    view: View, purchase: Purchase, agreement: Agreement, number: str, signer: Signatory
) -> dict[str, Any]:
    """The values of a Surat Pesanan of today, but for its footer."""
    rules = buying_by_id(view, purchase.edition_id)
    agreed = agreement.content
    package = view.session.get_one(RupPackage, purchase.rup_id)
    assert purchase.deliver_by is not None
    day, place = format_date(purchase.deliver_by), _place(agreed["delivery"])
    terms = [
        f"Barang atau jasa diserahkan seluruhnya paling lambat {day} di {place}.",
        (
            f"Penyedia mengonfirmasi pesanan ini di katalog dalam {rules.confirm_days} hari kerja"
            " setelah surat ini ditandatangani; sesudah itu pesanan batal otomatis."
        ),
        (
            f"Keterlambatan dikenai denda {rules.fine_per_mille} per seribu dari nilai yang"
            " terlambat, sebelum PPN, setiap hari kalender, paling banyak"
            f" {rules.fine_most_percent} persen. Dasar: {rules.fine_basis}."
        ),
        "Pembayaran dilakukan setelah berita acara serah terima dan tagihan diterima.",
    ]
    return {
        **_head(view, purchase, number, signer),
        "facts": [
            *_parties(view, purchase, agreed),
            ("Keperluan", purchase.need),
            ("Paket RUP", f"{package.rup_id}, {package.name}"),
            ("Nomor pembelian", purchase.number or ""),
        ],
        "lines": [
            {
                "name": line_name(one),
                "quantity": f"{format_number(one['quantity'])} {unit_label(one['unit'])}",
                "price": format_rupiah(one["price"]),
                "total": format_rupiah(one["price"] * one["quantity"]),
            }
            for one in agreed["lines"]
        ],
        "sums": _sums(purchase),
        "terms": terms,
        "clauses": [line for line in purchase.clauses.splitlines() if line.strip()],
    }


def minutes_content(
    view: View,
    purchase: Purchase,
    agreement: Agreement,
    order: OrderDocument,
    deliveries: Sequence[Inspected],
    number: str,
    signer: Signatory,
) -> dict[str, Any]:
    """The values of a BAST of today, but for its footer."""
    accepted = accepted_of(deliveries)
    notes = []
    if purchase.fine:
        notes.append(
            f"Denda keterlambatan {format_rupiah(purchase.fine)}, dipotong atau disetor sebelum"
            " pembayaran."
        )
    return {
        **_head(view, purchase, number, signer),
        "facts": [
            *_parties(view, purchase, agreement.content),
            ("Surat pesanan", f"{order.number}, {format_date(order.dated)}"),
            ("Diserahkan di", _place(agreement.content["delivery"])),
            ("Nomor pembelian", purchase.number or ""),
        ],
        "lines": [
            {
                "name": line_name(one),
                "ordered": f"{format_number(one['quantity'])} {unit_label(one['unit'])}",
                "accepted": format_number(accepted.get(UUID(one["line_id"]), 0)),
                "total": format_rupiah(one["price"] * accepted.get(UUID(one["line_id"]), 0)),
            }
            for one in agreement.content["lines"]
        ],
        "sums": _sums(purchase),
        "deliveries": [_delivery(one) for one in deliveries],
        "notes": notes,
    }


def draw(document: OrderDocument, footer: Sequence[str], now: dt.datetime) -> Rendered:
    """The PDF; call it outside of a unit of work. `footer` is empty for what a pen signs."""
    return render_document(
        SURAT_PESANAN if document.kind == ORDER else BAST,
        {**document.content, "footer": list(footer)},
        title=title_of(document.kind, document.number),
        now=now,
        author=document.content["letterhead"]["government"],
    )


def line_name(line: Mapping[str, Any]) -> str:
    """A line as it was agreed, by product and variant."""
    return f"{line['name']} ({line['variant']})" if line["variant"] else line["name"]


def _head(view: View, purchase: Purchase, number: str, signer: Signatory) -> dict[str, Any]:
    letterhead = letterhead_on(view, purchase.unit_id, view.today)
    return {
        "letterhead": attrs.asdict(letterhead),
        "number": number,
        "signer": {
            "place": letterhead.placed(view.today),
            "post": signer.post or "Pejabat Pembuat Komitmen",
            "name": signer.name,
            "nip": signer.nip,
        },
    }


def _parties(view: View, purchase: Purchase, agreed: Mapping[str, Any]) -> list[tuple[str, str]]:
    vendor = agreed["vendor"]
    nib = f"NIB {vendor['nib']}" if vendor["nib"] else ""
    told = ", ".join(part for part in (vendor["name"], nib, vendor["address"]) if part)
    return [
        ("Pemesan", view.session.get_one(Unit, purchase.unit_id).name),
        ("Penyedia", told),
    ]


def _place(delivery: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (delivery["address"], delivery["district_name"]) if part)


def _sums(purchase: Purchase) -> list[tuple[str, str]]:
    return [
        ("Barang dan jasa", format_rupiah(purchase.goods)),
        ("Pengiriman", format_rupiah(purchase.shipping)),
        ("PPN", format_rupiah(purchase.tax) if purchase.tax else "–"),
        ("Jumlah", format_rupiah(purchase.total)),
    ]


def _delivery(one: Inspected) -> dict[str, str]:
    delivery = one.delivery
    ticks = [
        told
        for ticked, told in (
            (delivery.fits_purpose, "sesuai fungsi"),
            (delivery.fits_quantity, "sesuai jumlah"),
            (delivery.fits_time, "tepat waktu"),
        )
        if ticked
    ]
    back = sum(line.returned for line in one.lines)
    if back:
        ticks.append(f"{format_number(back)} dikembalikan")
    found = ", ".join(ticks)
    if delivery.remark:
        found = f"{found}. {delivery.remark}" if found else delivery.remark
    assert delivery.received_on is not None  # of one that was inspected
    return {
        "number": str(delivery.number),
        "sent": format_date(delivery.sent_on),
        "received": format_date(delivery.received_on),
        "found": found or "–",
    }
