"""What archives keep about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

REGISTER = [
    PersonalData(
        "archives_table",
        ("imported_by",),
        _("Mencatat siapa memasukkan instrumen kearsipan"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009 Pasal 40)"),
        _("Selama edisinya disimpan"),
        "kept",
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
