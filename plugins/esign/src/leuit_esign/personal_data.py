"""What e-sign keeps about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

REGISTER = [
    PersonalData(
        "esign_step",
        ("person_id", "acting", "acted_as", "note", "decided_at"),
        _("Mencatat siapa memaraf dan menandatangani"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009)"),
        _("Menurut jadwal retensi arsip"),
        "kept",
    ),
    PersonalData(
        "esign_document",
        ("title", "owner_id", "reason", "asked_by"),
        _("Menyiapkan naskah untuk ditandatangani"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009)"),
        _("Menurut jadwal retensi arsip"),
        "row",
    ),
    PersonalData(
        "esign_handing",
        ("person_id", "note"),
        _("Mencatat siapa meneruskan naskah kepada siapa"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009)"),
        _("Menurut jadwal retensi arsip"),
        "kept",
    ),
    PersonalData(
        "esign_mandate",
        ("given_by",),
        _("Mencatat siapa melimpahkan wewenang menandatangani"),
        _("Kewajiban hukum: penyelenggaraan kearsipan (UU 43/2009)"),
        _("Menurut jadwal retensi arsip"),
        "kept",
    ),
    PersonalData(
        "esign_key",
        ("person_id", "subject", "serial", "certificate", "pkcs12"),
        _("Menandatangani naskah secara elektronik"),
        _("Kewajiban hukum: tanda tangan elektronik tersertifikasi (PP 71/2019 Pasal 59 dan 60)"),
        _("Selama naskah yang ditandatangani dengannya disimpan"),
        "row",
    ),
]
