"""Files of units and staff that were brought in: kept as they came, with what became of them."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.storage import CoreBase, blob_fk
from leuit.values import new_id


class ImportFile(CoreBase):
    """One received file; `applied_at` is empty while it was only tried."""

    __tablename__ = "import_file"
    __table_args__ = (CheckConstraint("kind IN ('units', 'staff')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    kind: Mapped[str] = mapped_column(String(10))
    name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = blob_fk()
    received_by: Mapped[UUID | None] = mapped_column(ForeignKey("account.id", ondelete="RESTRICT"))
    received_at: Mapped[dt.datetime]
    applied_at: Mapped[dt.datetime | None]
    counts: Mapped[dict[str, Any]]
