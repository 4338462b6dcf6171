"""Files that a registrar brought and has not written down as a letter yet."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk, unit_fk
from leuit.storage import Json, blob_fk
from leuit.values import new_id

from .base import Base
from .letters import FILE_NAME


class BroughtFile(Base):
    """A file in the store, who brought it for which unit, and what its text proposed.

    Only who brought it goes on with it: knowing a file's hash is no right to it. It is gone once
    the letter is written down, or after some days.
    """

    __tablename__ = "archives_brought_file"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = person_fk(index=True)
    unit_id: Mapped[UUID] = unit_fk()
    sha256: Mapped[str] = blob_fk()
    name: Mapped[str] = mapped_column(String(FILE_NAME))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    pages: Mapped[int]
    proposals: Mapped[dict[str, Any]] = mapped_column(Json())
    brought_at: Mapped[dt.datetime] = mapped_column(index=True)
