"""What the catalogue keeps about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

_TASK = _("Pelaksanaan tugas pelayanan publik (UU 27/2022 Pasal 20)")
_AS_LONG = _("Selama penyedia terdaftar, lalu menurut jadwal retensi arsip")
_FILED = _("Selama arsip pembelian disimpan menurut jadwal retensi")

REGISTER = [
    PersonalData(
        "ecatalog_vendor",
        (
            "npwp",
            "address",
            "phone",
            "email",
            "account_number",
            "account_holder",
            "about",
            "pending",
            "verified_by",
        ),
        _("Mengenali penyedia, menghubunginya, dan membayarnya"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_vendor_member",
        ("account_id",),
        _("Menentukan siapa bertindak untuk penyedia"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_vendor_document",
        ("number", "file_name", "sha256"),
        _("Memeriksa syarat penyedia"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_vendor_check",
        ("note",),
        _("Memberi tahu penyedia apa yang harus diperbaiki"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_vendor_step",
        ("person_id", "account_id", "note"),
        _("Mencatat siapa mengambil tiap langkah"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_sanction",
        ("reason", "file_name", "sha256", "recorded_by", "lifted_by", "lifted_reason"),
        _("Menjalankan sanksi yang ditetapkan"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_product_step",
        ("person_id", "account_id", "note"),
        _("Mencatat siapa mengambil tiap langkah"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_price_point",
        ("person_id", "account_id", "reason"),
        _("Mencatat siapa menetapkan harga"),
        _TASK,
        _AS_LONG,
        "kept",
    ),
    PersonalData(
        "ecatalog_basket_line",
        ("person_id",),
        _("Menyimpan keranjang pejabat"),
        _TASK,
        _("Sampai dibuat paket atau dikeluarkan"),
        "row",
    ),
    PersonalData(
        "ecatalog_purchase",
        ("created_by", "address", "price_file", "price_sha256"),
        _("Menyusun pembelian dan mengantarnya"),
        _TASK,
        _FILED,
        "kept",
    ),
    PersonalData(
        "ecatalog_negotiation_round",
        ("person_id", "account_id", "note"),
        _("Mencatat siapa menawar apa"),
        _TASK,
        _FILED,
        "kept",
    ),
    PersonalData(
        "ecatalog_agreement",
        ("content",),
        _("Membuktikan yang disepakati dan dengan siapa"),
        _TASK,
        _FILED,
        "kept",
    ),
    PersonalData(
        "ecatalog_purchase_act",
        ("person_id", "account_id", "note", "facts"),
        _("Mencatat siapa mengambil tiap langkah"),
        _TASK,
        _FILED,
        "kept",
    ),
    PersonalData(
        "ecatalog_purchase_duty",
        ("person_id",),
        _("Memisahkan tugas pejabat pada satu pembelian"),
        _TASK,
        _FILED,
        "kept",
    ),
]
