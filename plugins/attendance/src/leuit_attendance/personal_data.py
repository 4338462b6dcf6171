"""What attendance keeps about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

DUTY = _("Kewajiban hukum: disiplin PNS (PP 94/2021) dan hari kerja ASN (Perpres 21/2023)")
ARCHIVE = _("Menurut jadwal retensi arsip kepegawaian")

REGISTER = [
    PersonalData(
        "attendance_punch",
        ("pin", "at", "latitude", "longitude", "accuracy"),
        _("Mencatat kehadiran"),
        DUTY,
        ARCHIVE,
        "row",
        specific=True,
    ),
    PersonalData(
        "attendance_set_aside",
        ("pin", "at", "latitude", "longitude"),
        _("Menyimpan tap mesin yang belum terdaftar sampai diputuskan"),
        DUTY,
        _("Sampai mesin disetujui atau ditolak"),
        "row",
        specific=True,
    ),
    PersonalData(
        "attendance_bad_line",
        ("raw",),
        _("Menyelamatkan baris yang tidak terbaca"),
        DUTY,
        _("Sampai diperiksa petugas"),
        "row",
    ),
    PersonalData(
        "attendance_device_event",
        ("operator",),
        _("Mengawasi perubahan pada mesin"),
        DUTY,
        ARCHIVE,
        "row",
    ),
    PersonalData(
        "attendance_day",
        ("person_id", "status", "check_in", "check_out", "classes", "deduction"),
        _("Menghitung kehadiran dan potongan TPP"),
        DUTY,
        ARCHIVE,
        "row",
    ),
    PersonalData(
        "attendance_absence",
        ("person_id", "kind", "title", "document", "note"),
        _("Mencatat cuti, dinas luar, dan izin yang disetujui"),
        DUTY,
        ARCHIVE,
        "row",
        specific=True,
    ),
    PersonalData(
        "attendance_shift",
        ("person_id", "code"),
        _("Menentukan jam kerja"),
        DUTY,
        ARCHIVE,
        "row",
    ),
    PersonalData(
        "attendance_recap_document",
        ("signer", "sha256", "electronic_sha256", "signed_sha256", "claim_reason"),
        _("Melaporkan kehadiran satu unit dengan naskah yang ditandatangani"),
        DUTY,
        ARCHIVE,
        "row",
    ),
    PersonalData(
        "attendance_recap_deduction",
        ("person_id", "deduction"),
        _("Menyerahkan potongan TPP dari rekap yang ditandatangani"),
        DUTY,
        ARCHIVE,
        "row",
    ),
]
