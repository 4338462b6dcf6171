"""What payments keep about people, and why (UU 27/2022)."""

from leuit.plugins import PersonalData
from leuit.values import _

_BASIS = _("Kewajiban hukum: penatausahaan keuangan daerah (PP 12/2019 Pasal 148 dan 149)")
_RETENTION = _("Menurut jadwal retensi arsip, paling singkat 10 tahun setelah tahun anggaran")

REGISTER = [
    PersonalData(
        "sp2d_payment",
        ("payee", "npwp", "bank", "account", "holder", "purpose", "created_by"),
        _("Membayar penerima yang berhak"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_instruction",
        ("payee", "bank", "account", "holder", "remittance"),
        _("Memerintahkan bank membayar penerima"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_act",
        ("person_id", "acted_as", "reasons", "answers", "note", "purpose"),
        _("Mencatat siapa bertindak pada tiap langkah pembayaran"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_paper",
        ("content", "void_reason", "signing_note"),
        _("Menggambar dokumen pembayaran seperti saat diterbitkan"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_duty",
        ("person_id",),
        _("Menjaga pemisahan tugas"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_bill",
        ("key",),
        _("Mencegah satu tagihan dibayar dua kali"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_evidence",
        ("name",),
        _("Membuktikan hak penerima"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_lpj",
        ("created_by", "decided_by", "decided_as", "reasons", "note", "purpose"),
        _("Mencatat siapa mempertanggungjawabkan dan mengesahkan pemakaian uang persediaan"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_claim",
        (
            "payee",
            "npwp",
            "bank",
            "account",
            "holder",
            "purpose",
            "handed_by",
            "decided_by",
            "reason",
        ),
        _("Membayar penerima yang berhak"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_receipt",
        ("number", "note"),
        _("Mempertanggungjawabkan pemakaian uang persediaan"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_claim_actor",
        ("person_id", "step"),
        _("Menjaga pemisahan tugas"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_claim_allowance",
        ("person_id", "deduction", "base", "amount"),
        _("Membayar TPP menurut kehadiran"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_tpp_base",
        ("person_id", "amount", "decree"),
        _("Membayar TPP menurut kehadiran"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_lpj_evidence",
        ("name",),
        _("Membuktikan pemakaian uang persediaan"),
        _BASIS,
        _RETENTION,
        "kept",
    ),
    PersonalData(
        "sp2d_answer",
        ("actor", "body"),
        _("Memberi jawaban yang sama kepada program yang bertanya dua kali"),
        _BASIS,
        _("Tujuh hari"),
        "row",
    ),
    *(
        PersonalData(
            table, (column,), _("Mencatat siapa memasukkan data"), _BASIS, _RETENTION, "kept"
        )
        for table, column in (
            ("sp2d_dpa", "imported_by"),
            ("sp2d_spd", "issued_by"),
            ("sp2d_batch", "made_by"),
            ("sp2d_statement", "read_by"),
            ("sp2d_refund", "recorded_by"),
        )
    ),
]
