"""What archives keep about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

_BASIS = _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009 Pasal 40)")
_RETENTION = _("Menurut jadwal retensi arsip suratnya")

REGISTER = [
    PersonalData(
        "archives_table",
        ("imported_by",),
        _("Mencatat siapa memasukkan instrumen kearsipan"),
        _BASIS,
        _("Selama edisinya disimpan"),
        "kept",
    ),
    PersonalData(
        "archives_letter",
        ("subject", "sender", "created_by"),
        _("Mengurus surat dinas dan mencatat siapa mencatatnya"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "archives_letter_file",
        ("name", "sha256"),
        _("Menyimpan isi surat dinas"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "archives_addressee",
        ("name", "read_by", "settled_by", "outcome"),
        _("Mencatat kepada siapa surat sampai dan siapa menindaklanjutinya"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "archives_disposition",
        ("person_id", "acted_as", "note"),
        _("Mencatat siapa memberi disposisi dan apa isinya"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "archives_disposition_receiver",
        ("title", "read_by", "report", "report_name", "ended_by"),
        _("Mencatat siapa membaca dan melaporkan disposisi"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "archives_brought_file",
        ("person_id", "name", "proposals"),
        _("Menyimpan berkas surat sampai suratnya dicatat"),
        _BASIS,
        _("Paling lama 7 hari"),
        "row",
    ),
    PersonalData(
        "archives_record",
        ("ref_label", "title", "number", "filed_by"),
        _("Arsip dinas dapat menyebut orang pada uraiannya; mencatat siapa memberkaskannya"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009 Pasal 40)"),
        _("Menurut jadwal retensi arsip berkasnya"),
        "kept",
    ),
    PersonalData(
        "archives_record_file",
        ("sha256", "name"),
        _("Isi arsip dinas sebagaimana ditandatangani"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009 Pasal 40)"),
        _("Menurut jadwal retensi arsip berkasnya"),
        "kept",
    ),
    PersonalData(
        "archives_dossier",
        ("title", "closed_by"),
        _("Berkas dapat bernama orang; mencatat siapa menutupnya"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009 Pasal 40)"),
        _("Menurut jadwal retensi arsip berkasnya"),
        "kept",
    ),
]
