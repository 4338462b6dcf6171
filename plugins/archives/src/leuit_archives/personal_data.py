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
        "archives_search_text",
        ("text",),
        _("Menunjukkan bagian surat atau arsip yang dicari"),
        _("Kewajiban hukum: penemuan kembali arsip (UU 43/2009 Pasal 40)"),
        _("Selama surat atau arsipnya disimpan"),
        "row",
    ),
    PersonalData(
        "archives_search_entry",
        ("words",),
        _("Menemukan kembali surat dan arsip dari isinya"),
        _("Kewajiban hukum: penemuan kembali arsip (UU 43/2009 Pasal 40)"),
        _("Selama surat atau arsipnya disimpan"),
        "row",
    ),
]
