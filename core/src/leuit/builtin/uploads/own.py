"""An account's own files: nobody else learns that they are there."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.values import NotFoundError, _
from leuit.work import Leuit, UploadPurpose, View, Work

from .errors import GoneError
from .models import ENDED, OPEN, WHOLE, SentFile
from .settings import UploadSettings

_SHOWN = select(
    SentFile.id,
    SentFile.purpose,
    SentFile.name,
    SentFile.metadata_text,
    SentFile.size,
    SentFile.received,
    SentFile.pieces,
    SentFile.state,
    SentFile.begun_at,
    SentFile.expires_at,
)


@attrs.frozen
class FileOnItsWay:
    """A file as its owner sees it; `received` of `size` bytes are there."""

    id: UUID
    purpose: str
    name: str
    metadata: str
    size: int
    received: int
    pieces: int
    state: str
    begun_at: dt.datetime
    expires_at: dt.datetime

    @property
    def is_whole(self) -> bool:
        return self.state == WHOLE


def own_file(view: View, file_id: UUID, purpose: str = "") -> FileOnItsWay:
    """A file that the reader's account began, for the purpose where one is told.

    Raises NotFoundError for any other, GoneError for one that has expired or was dropped.
    """
    found = view.connection.execute(
        _SHOWN.where(SentFile.id == file_id, SentFile.account_id == view.identity.account_id)
    ).first()
    if found is None or (purpose and found.purpose != purpose):
        raise NotFoundError(_("Kiriman itu tidak ada."), advice=_("Kirim lagi dari awal."))
    if found.state == ENDED or found.expires_at <= view.now:
        raise GoneError
    return _file(found)


def own_files(view: View, purpose: str) -> list[FileOnItsWay]:
    """What the reader's account has on its way for a purpose, the newest first."""
    rows = view.connection.execute(
        _SHOWN.where(
            SentFile.account_id == view.identity.account_id,
            SentFile.purpose == purpose,
            SentFile.state.in_((OPEN, WHOLE)),
            SentFile.expires_at > view.now,
        ).order_by(SentFile.begun_at.desc(), SentFile.id)
    )
    return [_file(row) for row in rows]


def keep_longer(work: Work, file_id: UUID) -> None:
    """A whole file is being used: it expires as late as one that has just come."""
    work.connection.execute(
        update(SentFile)
        .where(SentFile.id == file_id, SentFile.state == WHOLE)
        .values(expires_at=work.now + settings_of(work.app).kept_for)
    )


def purpose_named(app: Leuit, name: str) -> UploadPurpose | None:
    """A declared purpose; None for any other word."""
    return app.vocabulary.uploads.get(name)


def settings_of(app: Leuit) -> UploadSettings:
    """How much may lie on its way in this installation."""
    found = app.vocabulary.settings["uploads"]
    assert isinstance(found, UploadSettings)
    return found


def _file(row: Any) -> FileOnItsWay:
    return FileOnItsWay(*row)
