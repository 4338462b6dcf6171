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
]
