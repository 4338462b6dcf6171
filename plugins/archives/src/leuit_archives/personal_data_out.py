"""What letters out keep about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

_LETTERS = _("Kewajiban hukum: tata naskah dinas (Permendagri 1/2023)")
_BY_SCHEDULE = _("Menurut jadwal retensi arsip")

LETTERS_OUT = [
    PersonalData(
        "archives_draft",
        ("fixed", "signing_note", "void_reason", "carried"),
        _("Mencetak nama penanda tangan pada surat dan mencatat jalannya"),
        _LETTERS,
        _BY_SCHEDULE,
        "kept",
    ),
    PersonalData(
        "archives_draft_version",
        ("content", "note", "saved_by"),
        _("Menunjukkan siapa mengubah apa pada naskah surat"),
        _LETTERS,
        _BY_SCHEDULE,
        "kept",
    ),
    PersonalData(
        "archives_draft_step",
        ("person_id", "note"),
        _("Mencatat siapa memaraf dan menandatangani surat"),
        _LETTERS,
        _BY_SCHEDULE,
        "kept",
    ),
    PersonalData(
        "archives_number_block",
        ("created_by", "reason"),
        _("Mempertanggungjawabkan nomor surat yang dicadangkan"),
        _LETTERS,
        _BY_SCHEDULE,
        "kept",
    ),
    PersonalData(
        "archives_block_number",
        ("ended_by", "reason"),
        _("Mempertanggungjawabkan nomor surat yang dicadangkan"),
        _LETTERS,
        _BY_SCHEDULE,
        "kept",
    ),
]
