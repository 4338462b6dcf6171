"""The JSON routes of archives, below `/api/archives/v1`."""

from leuit.plugins import ApiPath, Route
from leuit.values import _
from leuit_archives.permissions import FILE_RECORDS, READ_RECORDS

from . import dossiers, records
from .values import DossierAnswer, RecordAnswer

_RECORDS = ApiPath("/records", RecordAnswer)
_RECORD = _RECORDS / "{record_id:uuid}"
_DOSSIERS = ApiPath("/dossiers", DossierAnswer)
_DOSSIER = _DOSSIERS / "{dossier_id:uuid}"

ROUTES: list[Route] = [
    _RECORDS.get(
        records.list_records,
        READ_RECORDS,
        "archives_records",
        _("Arsip yang menunggu atau diberkaskan"),
        query=records.RecordsQuery,
        answer=records.RecordsAnswer,
    ),
    (_RECORDS / "file").post(
        records.file,
        FILE_RECORDS,
        "archives_file",
        _("Berkaskan arsip"),
        records.FileBody,
        answer=DossierAnswer,
    ),
    _RECORD.get(records.show, READ_RECORDS, "archives_record", _("Satu arsip")),
    (_RECORD / "files/{place:int}").get(
        records.download,
        READ_RECORDS,
        "archives_record_file",
        _("Unduh berkas digital arsip"),
        answer=bytes,
        media_type="application/octet-stream",
    ),
    (_RECORD / "correct").post(
        records.correct,
        FILE_RECORDS,
        "archives_correct",
        _("Perbaiki arsip dengan alasan"),
        records.CorrectBody,
    ),
    _DOSSIERS.get(
        dossiers.list_dossiers,
        READ_RECORDS,
        "archives_dossiers",
        _("Daftar berkas, yang terbaru lebih dahulu"),
        query=dossiers.DossiersQuery,
        answer=dossiers.DossiersAnswer,
    ),
    _DOSSIER.get(dossiers.show, READ_RECORDS, "archives_dossier", _("Satu berkas")),
    (_DOSSIER / "records").get(
        dossiers.list_contents,
        READ_RECORDS,
        "archives_contents",
        _("Daftar isi berkas"),
        query=dossiers.ContentsQuery,
        answer=records.RecordsAnswer,
    ),
    (_DOSSIER / "close").post(
        dossiers.close, FILE_RECORDS, "archives_close", _("Tutup berkas"), dossiers.CloseBody
    ),
    (_DOSSIER / "reopen").post(
        dossiers.reopen,
        FILE_RECORDS,
        "archives_reopen",
        _("Buka kembali berkas"),
        dossiers.ReopenBody,
    ),
]
