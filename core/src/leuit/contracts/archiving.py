"""Filing a record, as services ask for it: `archive_record`.

The caller hands over a finished file of a record that it made, and gets the archive's own record at
once. A provider takes every record that is complete: what it cannot classify yet lies on the
archivist's desk, and is no error of the caller, who cannot know codes of classification.
"""

import datetime as dt
from typing import Any, ClassVar, Literal, Protocol
from uuid import UUID

import attrs

from leuit.values import RecordRef

Secrecy = Literal["open", "limited", "secret", "top_secret"]
"""Biasa/Terbuka, Terbatas, Rahasia and Sangat Rahasia (Perka ANRI 17/2011)."""


@attrs.frozen(kw_only=True)
class ArchiveRequest:
    """A record to be filed. `sha256` names its file in the register of files.

    `ref` is the caller's own record; its kind is what an archivist gives a classification to.
    `unit_id` is the unit that made the record (pencipta arsip), `date` and `number` are those on
    it, the number empty where it has none. `signed` says that the file bears its signatures.
    `secrecy` is what the caller knows of its content; None leaves it to the classification. The
    same `key` a second time gives the first answer, whatever else is in the request: begin it with
    the name of your service, as no two services may share one.
    """

    key: str
    ref: RecordRef
    title: str
    sha256: str
    date: dt.date
    unit_id: UUID
    signed: bool
    number: str = ""
    secrecy: Secrecy | None = None


class ArchiveRecord(Protocol):
    """Provider of `archive_record`: accept a record inside the caller's unit of work.

    Returns the provider's record. Raises InvalidInputError for a request without key or title, and
    for a file or unit that is not known.
    """

    def __call__(self, work: Any, request: ArchiveRequest) -> RecordRef: ...


@attrs.frozen
class RecordEnded:
    """The archive lawfully destroyed a record; `sha256` names a file that it had.

    Whoever keeps that file lets it go (`leuit.work.release_file`) unless a matter that still runs
    needs it; then it stays, and the archive tells so beside the record. `ref` is the caller's own.
    """

    event_name: ClassVar[str] = "core.record_ended"
    version: ClassVar[int] = 1

    ref: RecordRef
    sha256: str
    disposal: str
    at: dt.datetime
