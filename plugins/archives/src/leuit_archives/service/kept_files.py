"""Every file that the archive keeps for long, and what it belongs to for who may read that.

Files of records and letters, what came up in a letter's course, papers of transfers and disposals,
and what proves events: `fixity` reads them all, and names a faulty one by what is listed here.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import Select, String, cast, literal, select

from leuit.values import Text, _
from leuit.work import View
from leuit_archives.models import (
    Appraisal,
    AppraisedDossier,
    Disposal,
    DisposalPaper,
    Dossier,
    Draft,
    Letter,
    LetterFile,
    MinutesRound,
    Receiver,
    Record,
    RecordFile,
    RetentionEvent,
    Transfer,
)
from leuit_archives.permissions import READ_RECORDS

from .letter_access import visible_letters
from .record_access import readable_dossiers, visible_records

_Rows = Select[str, str, UUID]


@attrs.frozen
class KeptFile:
    """A column of hashes. `rows` selects title, name of the file (empty: it is called `word`) and
    id of what has one, as far as the reader may read it; the id stands in `path`.
    """

    column: Any
    path: str
    rows: Callable[[View], _Rows]
    word: Text | None = None


def _records(view: View) -> _Rows:
    return (
        select(Record.title, RecordFile.name, Record.id)
        .join(RecordFile, RecordFile.record_id == Record.id)
        .where(visible_records(view))
    )


def _of_letters(table: Any, name: Any) -> Callable[[View], _Rows]:
    def rows(view: View) -> _Rows:
        return (
            select(Letter.subject, name, Letter.id)
            .join(table, table.letter_id == Letter.id)
            .where(visible_letters(view))
        )

    return rows


def _events(view: View) -> _Rows:
    return (
        select(Dossier.title, literal(""), Dossier.id)
        .join(RetentionEvent, RetentionEvent.dossier_id == Dossier.id)
        .where(readable_dossiers(view))
    )


def _appraisals(view: View) -> _Rows:
    return (
        select(Appraisal.number, literal(""), AppraisedDossier.dossier_id)
        .join(AppraisedDossier, AppraisedDossier.appraisal_id == Appraisal.id)
        .join(Dossier, Dossier.id == AppraisedDossier.dossier_id)
        .where(readable_dossiers(view))
    )


def _transfers(view: View) -> _Rows:
    return select(Transfer.number, literal(""), Transfer.id).where(
        Transfer.unit_id.in_(view.units(READ_RECORDS))
    )


def _disposals(view: View) -> _Rows:
    number = cast(Disposal.serial, String) + "/" + cast(Disposal.year, String)
    return select(number, literal(""), Disposal.id).where(
        Disposal.unit_id.in_(view.units(READ_RECORDS))
    )


def _papers(view: View) -> _Rows:
    return _disposals(view).join(DisposalPaper, DisposalPaper.disposal_id == Disposal.id)


def _rounds_of_transfers(view: View) -> _Rows:
    return _transfers(view).join(MinutesRound, MinutesRound.transfer_id == Transfer.id)


def _rounds_of_disposals(view: View) -> _Rows:
    return _disposals(view).join(MinutesRound, MinutesRound.disposal_id == Disposal.id)


_LETTER, _OUT = "/archives/letters/%s", "/archives/outgoing/%s"
_TRANSFER, _DISPOSAL = "/archives/transfers/%s", "/archives/disposals/%s"
_DRAFTS = _of_letters(Draft, literal(""))
_TO_SIGN, _SIGNED = _("Naskah yang dikirim untuk ditandatangani"), _("Naskah bertanda tangan")
_MINUTES, _SIGNED_MINUTES = _("Berita acara untuk ditandatangani"), _("Berita acara")
KEPT = (
    KeptFile(RecordFile.sha256, "/archives/records/%s", _records),
    KeptFile(LetterFile.sha256, _LETTER, _of_letters(LetterFile, LetterFile.name)),
    KeptFile(Receiver.report_sha256, _LETTER, _of_letters(Receiver, Receiver.report_name)),
    KeptFile(Draft.drawn_sha256, _OUT, _DRAFTS, _TO_SIGN),
    KeptFile(Draft.signed_sha256, _OUT, _DRAFTS, _SIGNED),
    KeptFile(
        RetentionEvent.evidence_sha256,
        "/archives/dossiers/%s/retention",
        _events,
        _("Bukti peristiwa"),
    ),
    KeptFile(
        Appraisal.sha256,
        "/archives/dossiers/%s/retention",
        _appraisals,
        _("Berita acara penilaian kembali"),
    ),
    KeptFile(Transfer.minutes_sha256, _TRANSFER, _transfers, _SIGNED_MINUTES),
    KeptFile(DisposalPaper.sha256, _DISPOSAL, _papers, _("Naskah penyusutan")),
    KeptFile(MinutesRound.drawn_sha256, _TRANSFER, _rounds_of_transfers, _MINUTES),
    KeptFile(MinutesRound.signed_sha256, _TRANSFER, _rounds_of_transfers, _SIGNED_MINUTES),
    KeptFile(MinutesRound.drawn_sha256, _DISPOSAL, _rounds_of_disposals, _MINUTES),
    KeptFile(MinutesRound.signed_sha256, _DISPOSAL, _rounds_of_disposals, _SIGNED_MINUTES),
)
KEPT_FILES = tuple({str(one.column): one.column for one in KEPT}.values())
"""The columns, each once."""
