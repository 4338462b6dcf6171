"""Vendors (penyedia): who they are, who acts for them, what was checked, and sanctions."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import account_fk, person_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base, district_column, vendor_fk

DRAFT: Final = "draf"
WAITING: Final = "menunggu_verifikasi"
CORRECT: Final = "perlu_perbaikan"
ACTIVE: Final = "aktif"
REFUSED: Final = "ditolak"
CLOSED: Final = "nonaktif"
VENDOR_STATES: Final = (DRAFT, WAITING, CORRECT, ACTIVE, REFUSED, CLOSED)
SCALES: Final = ("mikro", "kecil", "menengah", "besar", "koperasi")
NAME, LINE, NOTE, CODE, FILE = 160, 300, 1_000, 40, 200


class Vendor(Base):
    """A firm that sells, or wants to.

    It begins as `draf` of whoever registered it, waits for verification (`menunggu_verifikasi`),
    comes back (`perlu_perbaikan`) or is `aktif`; `ditolak` ends a registration, `nonaktif` a firm.
    Sanctions are not states: `Sanction` has them with their dates. `npwp` has 16 digits, of a
    natural person it is the NIK; `nib` has 13. `key` makes the same registration one.

    What has to be verified stands in `pending` until it is: all of a registration, later only what
    differs. The columns hold what was verified, so they are empty in a registration (but for the
    name, by which lists call it) and go on holding while a change waits, since `pending_at`.
    """

    __tablename__ = "ecatalog_vendor"
    __table_args__ = (
        CheckConstraint(
            "state IN ('draf', 'menunggu_verifikasi', 'perlu_perbaikan', 'aktif', 'ditolak',"
            " 'nonaktif')",
            name="state",
        ),
        CheckConstraint(
            "scale IN ('mikro', 'kecil', 'menengah', 'besar', 'koperasi')", name="scale"
        ),
        Index("ix_ecatalog_vendor_state", "state", "submitted_at", "id"),
        Index("ix_ecatalog_vendor_name", "name", "id"),
        Index("ix_ecatalog_vendor_pending", "pending_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    key: Mapped[UUID] = mapped_column(unique=True, default=new_id)
    state: Mapped[str] = mapped_column(String(20), default=DRAFT)
    name: Mapped[str] = mapped_column(String(NAME))
    legal_form: Mapped[str] = mapped_column(String(30), default="")
    scale: Mapped[str] = mapped_column(String(8), default="mikro")
    taxable: Mapped[bool] = mapped_column(default=False)
    nib: Mapped[str | None] = mapped_column(String(13), unique=True)
    npwp: Mapped[str | None] = mapped_column(String(16), unique=True)
    kbli: Mapped[list[str]] = mapped_column(Json(), default=list)
    about: Mapped[str] = mapped_column(String(2_000), default="")
    address: Mapped[str] = mapped_column(String(LINE), default="")
    district: Mapped[str | None] = district_column(nullable=True)
    phone: Mapped[str] = mapped_column(String(20), default="")
    email: Mapped[str] = mapped_column(String(120), default="")
    bank: Mapped[str] = mapped_column(String(80), default="")
    account_number: Mapped[str] = mapped_column(String(34), default="")
    account_holder: Mapped[str] = mapped_column(String(120), default="")
    created_at: Mapped[dt.datetime]
    submitted_at: Mapped[dt.datetime | None]
    verified_at: Mapped[dt.datetime | None]
    verified_by: Mapped[UUID | None] = person_fk(nullable=True)
    pending: Mapped[dict[str, Any]] = mapped_column(Json(), default=dict, server_default="{}")
    pending_at: Mapped[dt.datetime | None]
    round: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=1)


class VendorMember(Base):
    """An account that acts for a vendor, from when to when; one account acts for one vendor."""

    __tablename__ = "ecatalog_vendor_member"

    account_id: Mapped[UUID] = account_fk(primary_key=True)
    vendor_id: Mapped[UUID] = vendor_fk()
    since: Mapped[dt.datetime]
    until: Mapped[dt.datetime | None]


class VendorDocument(Base):
    """A paper of a vendor; the newest of a kind that was not taken back counts.

    `verified_at` is empty until it was found right in a verification.
    """

    __tablename__ = "ecatalog_vendor_document"
    __table_args__ = (Index("ix_ecatalog_vendor_document_kind", "vendor_id", "kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vendor_id: Mapped[UUID] = vendor_fk(index=False)
    kind: Mapped[str] = mapped_column(String(CODE))
    number: Mapped[str] = mapped_column(String(80), default="")
    issued: Mapped[dt.date | None]
    expires: Mapped[dt.date | None]
    sha256: Mapped[str] = blob_fk(index=True)
    file_name: Mapped[str] = mapped_column(String(FILE))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    added_at: Mapped[dt.datetime]
    verified_at: Mapped[dt.datetime | None]
    removed_at: Mapped[dt.datetime | None]


class VendorCheck(Base):
    """What the manager of the catalogue found of one field in one round of verification.

    `reason` is a code of `rules.vendor_checks.REASONS`, empty for a field that is right.
    """

    __tablename__ = "ecatalog_vendor_check"
    __table_args__ = (UniqueConstraint("vendor_id", "round", "field"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vendor_id: Mapped[UUID] = vendor_fk(index=False)
    round: Mapped[int]
    field: Mapped[str] = mapped_column(String(CODE))
    reason: Mapped[str] = mapped_column(String(CODE), default="")
    note: Mapped[str] = mapped_column(String(NOTE), default="")


class VendorStep(Base):
    """One step in the life of a vendor, in order; `person_id` or `account_id` took it."""

    __tablename__ = "ecatalog_vendor_step"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vendor_id: Mapped[UUID] = vendor_fk()
    step: Mapped[str] = mapped_column(String(CODE))
    at: Mapped[dt.datetime]
    person_id: Mapped[UUID | None] = person_fk(nullable=True)
    account_id: Mapped[UUID | None] = account_fk(nullable=True)
    note: Mapped[str] = mapped_column(String(NOTE), default="")


class Sanction(Base):
    """A sanction on a vendor from a day on; `until` is the first day without it, None without end.

    `kind` is one of the kinds of the sanction edition that held on the day it was decided
    (`edition_id`). What it stops is kept beside it as that edition says, for lists to ask by SQL.
    `lifted_on` ends it before its time.
    """

    __tablename__ = "ecatalog_sanction"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until > since", name="range"),
        Index("ix_ecatalog_sanction_vendor", "vendor_id", "since"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    vendor_id: Mapped[UUID] = vendor_fk(index=False)
    kind: Mapped[str] = mapped_column(String(CODE))
    edition_id: Mapped[UUID]
    decree: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(NOTE))
    since: Mapped[dt.date]
    until: Mapped[dt.date | None]
    takes_down: Mapped[bool] = mapped_column(default=False, server_default=false())
    blocks: Mapped[bool] = mapped_column(default=False, server_default=false())
    sha256: Mapped[str | None] = blob_fk(nullable=True, index=True)
    file_name: Mapped[str] = mapped_column(String(FILE), default="")
    media_type: Mapped[str] = mapped_column(String(100), default="", server_default="")
    recorded_by: Mapped[UUID] = person_fk()
    recorded_at: Mapped[dt.datetime]
    lifted_on: Mapped[dt.date | None]
    lifted_reason: Mapped[str] = mapped_column(String(NOTE), default="")
    lifted_by: Mapped[UUID | None] = person_fk(nullable=True)
