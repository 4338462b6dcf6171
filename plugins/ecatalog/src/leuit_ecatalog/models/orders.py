"""Orders: official documents, deliveries with inspection, bills, payment, rating."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import account_fk, person_fk, unit_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base, Rupiah, vendor_fk
from .purchases import CODE, FILE, REASON, purchase_fk

ORDER: Final = "surat_pesanan"
MINUTES: Final = "bast"
MADE, WAITING, SIGNED, BY_HAND, UNSIGNED, VOID = (
    "made",
    "waiting",
    "signed",
    "by_hand",
    "ended",
    "void",
)
SENT, INSPECTED = "dikirim", "diperiksa"
RETURNED, TAKEN = "dikembalikan", "diterima"
DOCUMENT_NUMBER, TITLE, WAYBILL, TAX_NUMBER = 60, 200, 60, 20


class OrderDocument(Base):
    """A Surat Pesanan or a BAST of a purchase; one that is not void holds.

    `number` is one of its unit's books for each kind, and stays so when it is void. `number_id` is
    its place in the series of numbers, None for a number that was typed in.
    `content` is what it says, from which it is drawn the same at any time. `position_id` is whose
    holder signs it, `signer` the name printed. It is `made`, `waiting` for its signature, `signed`,
    signed `by_hand` with a scan, or it `ended` without a signature for `reason`. `sha256` is the
    PDF that is signed electronically, `signed_sha256` the signed one or the scan. `round` counts
    the requests for a signature and is part of their key. `filed_kind` and `filed_id` name the
    record of the archive.
    """

    __tablename__ = "ecatalog_order_document"
    __table_args__ = (
        CheckConstraint("kind IN ('surat_pesanan', 'bast')", name="kind"),
        CheckConstraint(
            "state IN ('made', 'waiting', 'signed', 'by_hand', 'ended', 'void')", name="state"
        ),
        UniqueConstraint("unit_id", "kind", "number"),
        Index("ix_ecatalog_order_document_purchase", "purchase_id", "kind"),
        Index("ix_ecatalog_order_document_filed", "filed_id", "state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purchase_id: Mapped[UUID] = purchase_fk(index=False)
    unit_id: Mapped[UUID] = unit_fk(index=False)
    kind: Mapped[str] = mapped_column(String(13))
    number: Mapped[str] = mapped_column(String(DOCUMENT_NUMBER))
    number_id: Mapped[UUID | None]
    dated: Mapped[dt.date]
    content: Mapped[dict[str, Any]] = mapped_column(Json())
    position_id: Mapped[UUID | None]
    signer: Mapped[str] = mapped_column(String(TITLE))
    state: Mapped[str] = mapped_column(String(8), default=MADE)
    round: Mapped[int] = mapped_column(default=0)
    sha256: Mapped[str | None] = blob_fk(nullable=True, index=True)
    signed_sha256: Mapped[str | None] = blob_fk(nullable=True, index=True)
    signed_at: Mapped[dt.datetime | None]
    signed_on: Mapped[dt.date | None]
    reason: Mapped[str] = mapped_column(String(REASON), default="")
    made_by: Mapped[UUID] = person_fk()
    made_at: Mapped[dt.datetime]
    filed_kind: Mapped[str] = mapped_column(String(80), default="")
    filed_id: Mapped[str] = mapped_column(String(120), default="")
    version: Mapped[int] = mapped_column(default=1)


class Delivery(Base):
    """What the vendor sent at once, and what the inspection (Pemeriksaan Tepat Guna) found of it.

    The three ticks say that it serves its purpose, is as many as told, and came in time.
    """

    __tablename__ = "ecatalog_delivery"
    __table_args__ = (
        UniqueConstraint("purchase_id", "number"),
        CheckConstraint("state IN ('dikirim', 'diperiksa')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    purchase_id: Mapped[UUID] = purchase_fk(index=False)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(9), default=SENT)
    sent_on: Mapped[dt.date]
    waybill: Mapped[str] = mapped_column(String(WAYBILL), default="")
    note: Mapped[str] = mapped_column(String(REASON), default="")
    sha256: Mapped[str | None] = blob_fk(nullable=True, index=True)
    file_name: Mapped[str] = mapped_column(String(FILE), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")
    account_id: Mapped[UUID] = account_fk()
    at: Mapped[dt.datetime]
    received_on: Mapped[dt.date | None]
    fits_purpose: Mapped[bool] = mapped_column(default=False)
    fits_quantity: Mapped[bool] = mapped_column(default=False)
    fits_time: Mapped[bool] = mapped_column(default=False)
    remark: Mapped[str] = mapped_column(String(REASON), default="")
    inspected_by: Mapped[UUID | None] = person_fk(nullable=True)
    inspected_at: Mapped[dt.datetime | None]


class DeliveryLine(Base):
    """What a delivery brought of one line, and how much of it was accepted and returned."""

    __tablename__ = "ecatalog_delivery_line"
    __table_args__ = (
        CheckConstraint("sent > 0", name="sent"),
        CheckConstraint("accepted >= 0 AND returned >= 0", name="found"),
        CheckConstraint("accepted + returned IN (0, sent)", name="all"),
    )

    delivery_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_delivery.id", ondelete="RESTRICT"), primary_key=True
    )
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("ecatalog_purchase_line.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    sent: Mapped[int]
    accepted: Mapped[int] = mapped_column(default=0)
    returned: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(String(CODE), default="")


class Bill(Base):
    """The vendor's invoice for what was handed over; `round` counts how often it was sent."""

    __tablename__ = "ecatalog_bill"
    __table_args__ = (
        CheckConstraint("state IN ('dikirim', 'dikembalikan', 'diterima')", name="state"),
    )

    purchase_id: Mapped[UUID] = purchase_fk(primary_key=True)
    number: Mapped[str] = mapped_column(String(DOCUMENT_NUMBER))
    dated: Mapped[dt.date]
    tax_number: Mapped[str] = mapped_column(String(TAX_NUMBER), default="")
    state: Mapped[str] = mapped_column(String(12), default=SENT)
    round: Mapped[int] = mapped_column(default=1)
    reason: Mapped[str] = mapped_column(String(REASON), default="")
    account_id: Mapped[UUID] = account_fk()
    at: Mapped[dt.datetime]


class BillFile(Base):
    """A file of a bill: `item` is kuitansi, faktur or tagihan; a newer round replaces it."""

    __tablename__ = "ecatalog_bill_file"

    purchase_id: Mapped[UUID] = purchase_fk(primary_key=True)
    item: Mapped[str] = mapped_column(String(10), primary_key=True)
    sha256: Mapped[str] = blob_fk(index=True)
    file_name: Mapped[str] = mapped_column(String(FILE))
    media_type: Mapped[str] = mapped_column(String(100))


class OrderPayment(Base):
    """How the payment of an order stands.

    `state` is `asked` from the treasurer's word on until the claim is handed over, then a state of
    the payment events, `refused` for `reason`, `manual` where nobody pays claims, or `paid`. `told`
    is when that was said; what was said earlier is not heard later. `round` is part of the claim's
    key. `number` is that of the SP2D, `amount` what reached the vendor; `by_hand` says that the
    treasurer wrote it down, with a scan.
    """

    __tablename__ = "ecatalog_order_payment"

    purchase_id: Mapped[UUID] = purchase_fk(primary_key=True)
    round: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(String(10))
    reason: Mapped[str] = mapped_column(String(REASON), default="")
    told_at: Mapped[dt.datetime]
    number: Mapped[str] = mapped_column(String(DOCUMENT_NUMBER), default="")
    paid_on: Mapped[dt.date | None]
    amount: Mapped[Rupiah | None]
    by_hand: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str | None] = blob_fk(nullable=True, index=True)
    file_name: Mapped[str] = mapped_column(String(FILE), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="")


class Rating(Base):
    """What the PPK says of the vendor when an order is done; never changed."""

    __tablename__ = "ecatalog_rating"
    __table_args__ = (
        CheckConstraint(
            "quality BETWEEN 0 AND 3 AND cost BETWEEN 0 AND 3 AND time BETWEEN 0 AND 3"
            " AND service BETWEEN 0 AND 3",
            name="scores",
        ),
    )

    purchase_id: Mapped[UUID] = purchase_fk(primary_key=True)
    vendor_id: Mapped[UUID] = vendor_fk()
    quality: Mapped[int]
    cost: Mapped[int]
    time: Mapped[int]
    service: Mapped[int]
    note: Mapped[str] = mapped_column(String(REASON), default="")
    person_id: Mapped[UUID] = person_fk()
    at: Mapped[dt.datetime]
