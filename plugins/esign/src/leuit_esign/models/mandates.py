"""Mandates: which position may sign in the name of which, from when to when."""

import datetime as dt
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.values import new_id

from .base import Base


class Mandate(Base):
    """`delegate_id` signs for `principal_id`, by an own certificate, until `valid_to`.

    Without `through_id` it is *atas nama* (a.n.), to the official one level below; with it *untuk
    beliau* (u.b.), to the official below him, who is named too. Ids are those of positions, whose
    holders of the day act. The range is half-open, of local dates. `basis` names the decree.
    """

    __tablename__ = "esign_mandate"
    __table_args__ = (
        Index("ix_esign_mandate_delegate", "delegate_id"),
        Index("ix_esign_mandate_principal", "principal_id"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    principal_id: Mapped[UUID]
    through_id: Mapped[UUID | None]
    delegate_id: Mapped[UUID]
    basis: Mapped[str] = mapped_column(String(200))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    given_by: Mapped[UUID] = person_fk()
    given_at: Mapped[dt.datetime]
