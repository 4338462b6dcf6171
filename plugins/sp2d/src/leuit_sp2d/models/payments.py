"""A payment on its way: claim, lines, deductions, evidence, checks, who acted, and its papers.

One row goes through the whole chain SPP → SPM → SP2D → bank; `state` names whose turn it is. Every
act is kept; nobody acts at two steps of one payment, which the key of `Duty` guards in the
database.
"""

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    Numeric,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json
from leuit.values import new_id

from .base import Base, Rupiah

STANDING, VOIDED = "standing", "voided"
"""States of a paper: it holds, or was taken back."""


class Payment(Base):
    """The claim of one payee and where it stands.

    `kind` is LS_BJ, LS_GAJI, UP or GU. `since`, `due` and `return_due`, until when it may be sent
    back, are of the present step; `round` counts how often it was sent out. `returned_by` names the
    step that sent it back last, `refused_by` the one that refused it for good, by which it is
    cancelled. `taxed` is what the taxes were worked out from. A GU names the LPJ that it refills, a
    salary its month (2026-10), type and running number.
    """

    __tablename__ = "sp2d_payment"
    __table_args__ = (
        Index("ix_sp2d_payment_state_due", "state", "due", "since"),
        Index("ix_sp2d_payment_unit_year", "unit_id", "year", "id"),
        Index("ix_sp2d_payment_npwp", "npwp"),
        CheckConstraint("gross > 0", name="gross"),
        CheckConstraint("net > 0 AND net <= gross", name="net"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    unit_id: Mapped[UUID] = unit_fk()
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8))
    purpose: Mapped[str] = mapped_column(String(300))
    basis: Mapped[str] = mapped_column(String(200))
    payee: Mapped[str] = mapped_column(String(140))
    npwp: Mapped[str] = mapped_column(String(16), default="")
    bank: Mapped[str] = mapped_column(String(3))
    account: Mapped[str] = mapped_column(String(34))
    holder: Mapped[str] = mapped_column(String(70))
    invoice: Mapped[str] = mapped_column(String(100), default="")
    invoice_date: Mapped[dt.date | None]
    gross: Mapped[Rupiah]
    net: Mapped[Rupiah]
    taxed: Mapped[dict[str, Any] | None] = mapped_column(Json())
    lpj_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("sp2d_lpj.id", ondelete="RESTRICT"), index=True
    )
    salary_month: Mapped[str] = mapped_column(String(7), default="")
    salary_type: Mapped[str] = mapped_column(String(10), default="")
    salary_run: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(String(12))
    round: Mapped[int] = mapped_column(default=1)
    since: Mapped[dt.datetime]
    due: Mapped[dt.datetime | None]
    return_due: Mapped[dt.datetime | None]
    returned_by: Mapped[str] = mapped_column(String(12), default="")
    refused_by: Mapped[str] = mapped_column(String(12), default="")
    rules_id: Mapped[UUID | None]
    tax_rules_id: Mapped[UUID | None]
    created_by: Mapped[UUID] = person_fk(index=True)
    created_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)


class PaymentLine(Base):
    """How much of the payment a budget line bears."""

    __tablename__ = "sp2d_payment_line"
    __table_args__ = (CheckConstraint("amount > 0", name="amount"),)

    payment_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_payment.id", ondelete="RESTRICT"), primary_key=True
    )
    line_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_line.id", ondelete="RESTRICT"), primary_key=True, index=True
    )
    amount: Mapped[Rupiah]


class Deduction(Base):
    """A tax or another deduction; `reduces` when it is kept back from the transfer.

    `how` explains the amount; `billing_id` and `ntpn` follow when it was passed on to the state.
    """

    __tablename__ = "sp2d_deduction"
    __table_args__ = (
        UniqueConstraint("payment_id", "place"),
        CheckConstraint("amount > 0", name="amount"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("sp2d_payment.id", ondelete="RESTRICT"))
    place: Mapped[int]
    code: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(120))
    base: Mapped[Rupiah | None]
    rate: Mapped[Decimal | None] = mapped_column(Numeric(9, 4))
    how: Mapped[str] = mapped_column(String(200), default="")
    amount: Mapped[Rupiah]
    reduces: Mapped[bool]
    kap_kjs: Mapped[str] = mapped_column(String(10), default="")
    billing_id: Mapped[str] = mapped_column(String(15), default="")
    billing_date: Mapped[dt.date | None]
    ntpn: Mapped[str] = mapped_column(String(16), default="")


class Bill(Base):
    """A name under which the bill of a live payment is known: no two payments share one."""

    __tablename__ = "sp2d_bill"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    payment_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_payment.id", ondelete="RESTRICT"), index=True
    )


class Duty(Base):
    """That a person has acted on a payment, and at which step: one step only, ever."""

    __tablename__ = "sp2d_duty"

    payment_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_payment.id", ondelete="RESTRICT"), primary_key=True
    )
    person_id: Mapped[UUID] = person_fk(primary_key=True)
    step: Mapped[str] = mapped_column(String(12))


class Act(Base):
    """One act on a payment, never changed: who did what at which step of which round.

    `what` is done, returned, refused, voided, paid, retur or again; `reasons` are coded ones;
    `answers` are those of the checklist, by item. `version` is that of the payment which the actor
    had before him, by which the same request is known when it comes again; `purpose` and `gross`
    are those of the claim as it was then. `person_id` is empty for what the bank told.
    """

    __tablename__ = "sp2d_act"
    __table_args__ = (
        Index("ix_sp2d_act_payment", "payment_id", "at"),
        Index("ix_sp2d_act_person", "person_id", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("sp2d_payment.id", ondelete="RESTRICT"))
    round: Mapped[int]
    step: Mapped[str] = mapped_column(String(12))
    what: Mapped[str] = mapped_column(String(10))
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    acted_as: Mapped[str] = mapped_column(String(200), default="")
    reasons: Mapped[list[dict[str, str]]] = mapped_column(Json(), default=list)
    answers: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict)
    note: Mapped[str] = mapped_column(String(500), default="")
    purpose: Mapped[str] = mapped_column(String(300))
    gross: Mapped[Rupiah]
    version: Mapped[int]
    at: Mapped[dt.datetime]


class Paper(Base):
    """An SPP, SPM or SP2D of a payment, with its number; `state` is standing or voided.

    A voided one stays listed with the reason, and its number is used for nothing else. `content` is
    all that it says, as it stood when it was issued in that `round`. By `code` anybody asks whether
    it is genuine. `sha256` is the drawn file, `void_sha256` the one that says it was voided,
    `signed_sha256` the one that came back from the service that signs. `signing` is empty before
    that service was asked, then waiting, then signed or why it was not; `signing_note` says more,
    `signing_round` how often the signatures were asked for anew. `filed_kind` and `filed_id` name
    the record of the archive.
    """

    __tablename__ = "sp2d_paper"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("code"),
        UniqueConstraint("year", "kind", "value"),
        Index("ix_sp2d_paper_payment", "payment_id", "kind"),
        # A register is counted and summed from its index alone: papers are long.
        Index(
            "ix_sp2d_paper_register",
            "unit_id",
            "year",
            "kind",
            "value",
            "state",
            "amount",
            "payment_id",
        ),
        Index(
            "uq_sp2d_paper_standing",
            "payment_id",
            "kind",
            unique=True,
            sqlite_where=text("state = 'standing'"),
            postgresql_where=text("state = 'standing'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("sp2d_payment.id", ondelete="RESTRICT"))
    unit_id: Mapped[UUID] = unit_fk()
    year: Mapped[int]
    kind: Mapped[str] = mapped_column(String(4))
    value: Mapped[int]
    number: Mapped[str] = mapped_column(String(80))
    number_id: Mapped[UUID]
    dated: Mapped[dt.date]
    amount: Mapped[Rupiah]
    net: Mapped[Rupiah]
    state: Mapped[str] = mapped_column(String(10), default=STANDING)
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    round: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json())
    code: Mapped[str] = mapped_column(String(12))
    sha256: Mapped[str] = mapped_column(String(64), default="")
    void_sha256: Mapped[str] = mapped_column(String(64), default="")
    signing: Mapped[str] = mapped_column(String(10), default="")
    signing_note: Mapped[str] = mapped_column(String(500), default="")
    signing_round: Mapped[int] = mapped_column(default=0)
    signed_sha256: Mapped[str] = mapped_column(String(64), default="")
    filed_kind: Mapped[str] = mapped_column(String(80), default="")
    filed_id: Mapped[str] = mapped_column(String(80), default="")


class Evidence(Base):
    """A file that proves an item of the checklist."""

    __tablename__ = "sp2d_evidence"
    __table_args__ = (UniqueConstraint("payment_id", "item", "sha256"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(ForeignKey("sp2d_payment.id", ondelete="RESTRICT"))
    item: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    size: Mapped[int]
    added_at: Mapped[dt.datetime]


class Refund(Base):
    """Money of a payment that the payee paid back into the RKUD; `number` is that of its STS."""

    __tablename__ = "sp2d_refund"
    __table_args__ = (
        UniqueConstraint("year", "number"),
        CheckConstraint("total > 0", name="total"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    payment_id: Mapped[UUID] = mapped_column(
        ForeignKey("sp2d_payment.id", ondelete="RESTRICT"), index=True
    )
    year: Mapped[int]
    number: Mapped[str] = mapped_column(String(100))
    dated: Mapped[dt.date]
    total: Mapped[Rupiah]
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[UUID | None] = person_fk(nullable=True)
