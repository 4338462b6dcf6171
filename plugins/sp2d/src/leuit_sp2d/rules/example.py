"""Rules from which a regency's first edition may start: the usual ones, marked as an example.

Limits of PP 12/2019 Pasal 148 and 149 (two days, one for a return; “hari”, so calendar days); of
the SPM the two working days of Permendagri 13/2006. Documents after a checklist of 2022
[secondary]; of a salary the roll and what changed since the month before. Amounts of
floats are invented. Stamp duty of Rp10.000 on the SPTJM and on receipts of more than Rp5.000.000
[secondary].
"""

from decimal import Decimal

from leuit.values import _

from .chain import SP2D, SPM, SPP, TEST, VERIFY
from .regulation import ChecklistItem, PaymentRules, ReturnReason, StepLimit

_FLOAT = ("UP", "GU")
_DIRECT = ("LS_BJ",)
_SALARY = ("LS_GAJI",)

EXAMPLE = PaymentRules(
    limits=(
        StepLimit(VERIFY, 1, "working", SPP, 1),
        StepLimit(SPM, 2, "working", SPP, 1),
        StepLimit(TEST, 1, "calendar", SPM, 1),
        StepLimit(SP2D, 2, "calendar", SPM, 1),
    ),
    checklist=(
        ChecklistItem("kontrak", _("Kontrak, SPK atau surat pesanan"), _DIRECT),
        ChecklistItem("bast", _("Berita acara serah terima"), _DIRECT),
        ChecklistItem("kuitansi", _("Kuitansi"), _DIRECT, stamp="above"),
        ChecklistItem("faktur", _("Faktur pajak"), _DIRECT, required=False),
        ChecklistItem("daftar_gaji", _("Daftar gaji dan potongannya"), _SALARY),
        ChecklistItem("sk_perubahan", _("SK pangkat, jabatan, KGB"), _SALARY, required=False),
        ChecklistItem("keluarga", _("KP4, nikah, lahir, sekolah"), _SALARY, required=False),
        ChecklistItem("skpp", _("SKPP, mutasi atau kematian"), _SALARY, required=False),
        ChecklistItem("rekap_absensi", _("Rekap kehadiran (TPP)"), _SALARY, required=False),
        ChecklistItem("ssp_pph21", _("SSP PPh 21"), _SALARY, required=False),
        ChecklistItem(
            "spm",
            _("SPTJM dan tanda tangan PA/KPA pada SPM"),
            (*_DIRECT, *_SALARY),
            required=False,
            steps=(TEST,),
            stamp="always",
        ),
        ChecklistItem("lpj", _("Pengesahan LPJ sebelumnya"), ("GU",)),
        ChecklistItem("pernyataan_up", _("Pernyataan hanya untuk uang persediaan"), _FLOAT),
        ChecklistItem("salinan_spd", _("Salinan SPD"), _FLOAT),
        ChecklistItem("rincian", _("Rincian penggunaan"), _FLOAT, required=False),
    ),
    reasons=(
        ReturnReason("tidak_lengkap", _("Dokumen tidak lengkap")),
        ReturnReason("tidak_cocok", _("Dokumen tidak cocok satu sama lain")),
        ReturnReason("salah_hitung", _("Hitungan keliru")),
        ReturnReason("salah_rekening", _("Kode rekening keliru")),
        ReturnReason("salah_penerima", _("Data penerima keliru")),
        ReturnReason("salah_pajak", _("Potongan pajak keliru")),
        ReturnReason("pagu", _("Melampaui pagu atau SPD")),
        ReturnReason("tanpa_sptjm", _("Pernyataan tanggung jawab tidak ada")),
        ReturnReason("lain", _("Alasan lain")),
    ),
    warn_days=1,
    gu_share=Decimal(50),
    float_default=100_000_000,
    stamp_duty=10_000,
    stamp_above=5_000_000,
    basis="contoh",
)
