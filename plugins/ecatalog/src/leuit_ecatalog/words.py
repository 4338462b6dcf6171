"""Words of vendors for people: states with their tones, scales, steps."""

from collections.abc import Mapping
from typing import Final

from leuit.values import Text, _

from .models.vendors import ACTIVE, CLOSED, CORRECT, DRAFT, REFUSED, WAITING

VENDOR_STATE_WORDS: Mapping[str, tuple[Text, str]] = {
    DRAFT: (_("Draf"), "abu"),
    WAITING: (_("Menunggu verifikasi"), "tunggu"),
    CORRECT: (_("Perlu perbaikan"), "bata"),
    ACTIVE: (_("Aktif"), "daun"),
    REFUSED: (_("Ditolak"), "bata"),
    CLOSED: (_("Nonaktif"), "abu"),
}
CHANGE_WORD: Final = (_("Perubahan menunggu"), "tunggu")
SANCTION_WORD: Final = (_("Kena sanksi"), "bata")
SCALE_WORDS: Mapping[str, Text] = {
    "mikro": _("Usaha mikro"),
    "kecil": _("Usaha kecil"),
    "menengah": _("Usaha menengah"),
    "besar": _("Usaha besar"),
    "koperasi": _("Koperasi"),
}
STEP_WORDS: Mapping[str, Text] = {
    "registered": _("Pendaftaran dimulai"),
    "submitted": _("Dikirim untuk verifikasi"),
    "withdrawn": _("Ditarik kembali"),
    "accepted": _("Diverifikasi dan aktif"),
    "returned": _("Dikembalikan untuk diperbaiki"),
    "refused": _("Pendaftaran ditolak"),
    "change_submitted": _("Perubahan dikirim untuk verifikasi"),
    "change_withdrawn": _("Perubahan ditarik kembali"),
    "change_dropped": _("Perubahan dibatalkan"),
    "change_accepted": _("Perubahan diterima"),
    "change_returned": _("Perubahan dikembalikan"),
    "change_refused": _("Perubahan ditolak"),
    "contact": _("Alamat atau kontak diubah"),
    "sanctioned": _("Sanksi dicatat"),
    "lifted": _("Sanksi dicabut sebelum waktunya"),
    "closed": _("Dinonaktifkan"),
    "reopened": _("Diaktifkan lagi"),
}
