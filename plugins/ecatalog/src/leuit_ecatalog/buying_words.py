"""What codes of buying are called on pages, in tasks and in files."""

from collections.abc import Mapping
from typing import Final

from leuit.values import Text, _

from .models.orders import (
    BY_HAND,
    MADE,
    RETURNED,
    SENT,
    SIGNED,
    TAKEN,
    UNSIGNED,
    VOID,
    WAITING,
)
from .rules.buying_rules import DIRECT, NEGOTIATION
from .rules.preference import (
    CERTIFIED,
    DOMESTIC,
    IMPORT,
    IMPORTED,
    LISTED,
    LITTLE_CONTENT,
    NO_CERTIFICATE,
    NOT_LISTED,
    UNCLASSIFIED,
)
from .rules.purchase_states import (
    AGREED,
    AUTHORISING,
    BILLING,
    CANCELLED,
    CONFIRMING,
    DECLINED,
    DONE,
    DRAFT,
    HANDOVER,
    LAPSED,
    NEGOTIATING,
    ORDERING,
    PAID,
    PAYING,
    PROCESSING,
    REVIEW,
    STOPPED,
)

TONES: Final[Mapping[str, str]] = {
    DRAFT: "abu",
    NEGOTIATING: "nila",
    AGREED: "tunggu",
    REVIEW: "tunggu",
    AUTHORISING: "tunggu",
    ORDERING: "tunggu",
    CONFIRMING: "tunggu",
    PROCESSING: "nila",
    HANDOVER: "tunggu",
    BILLING: "tunggu",
    PAYING: "tunggu",
    PAID: "daun",
    DONE: "daun",
    DECLINED: "bata",
    STOPPED: "bata",
    CANCELLED: "bata",
    LAPSED: "bata",
}
METHOD_WORDS: Final[Mapping[str, Text]] = {
    DIRECT: _("Beli dengan harga tayang"),
    NEGOTIATION: _("Negosiasi harga"),
}
ORIGIN_WORDS: Final[Mapping[str, Text]] = {
    CERTIFIED: _("PDN bersertifikat TKDN"),
    LISTED: _("PDN tercatat di SIINas"),
    DOMESTIC: _("PDN tanpa sertifikat"),
    IMPORTED: _("Impor"),
}
STEP_WORDS: Final[Mapping[int, Text]] = {
    1: _("Ada produk dengan TKDN ditambah BMP yang cukup: wajib PDN dengan TKDN paling sedikit."),
    2: _("Tidak ada yang mencapai jumlah itu; PDN dengan TKDN paling sedikit dapat dibeli."),
    3: _("Hanya ada PDN bersertifikat dengan TKDN rendah; itu dapat dibeli."),
    4: _("Tidak ada yang bersertifikat; PDN yang tercatat di SIINas dapat dibeli."),
    5: _("Tidak ada produk dalam negeri; impor dapat dibeli."),
    UNCLASSIFIED: _("PDN ini tidak bersertifikat dan tidak tercatat: alasan wajib ditulis."),
}
EXCLUSION_WORDS: Final[Mapping[str, Text]] = {
    IMPORT: _("Impor, sedangkan ada produk dalam negeri."),
    NOT_LISTED: _("Tidak bersertifikat TKDN dan tidak tercatat di SIINas."),
    NO_CERTIFICATE: _("Tercatat di SIINas, tetapi tanpa sertifikat TKDN."),
    LITTLE_CONTENT: _("TKDN-nya %(tkdn)s, di bawah %(least)s."),
}
ACT_WORDS: Final[Mapping[str, Text]] = {
    "drafted": _("Draf dibuat"),
    "revised": _("Draf diubah"),
    "sent": _("Draf dikirim"),
    "offered": _("Tawaran diberikan"),
    "agreed": _("Tawaran diterima"),
    "declined": _("Penyedia mengakhiri negosiasi"),
    "proceeded": _("Hasil negosiasi dilanjutkan"),
    "approved": _("Disetujui PPK"),
    "authorised": _("Ditetapkan PA/KPA"),
    "returned": _("Dikembalikan ke draf"),
    "cancelled": _("Dibatalkan"),
    "lapsed": _("Batal otomatis karena lewat waktu"),
    "surat_pesanan_made": _("Surat pesanan dibuat"),
    "surat_pesanan_asked": _("Tanda tangan surat pesanan diminta lagi"),
    "surat_pesanan_unsigned": _("Surat pesanan tidak ditandatangani"),
    "surat_pesanan_void": _("Surat pesanan dibatalkan"),
    "surat_pesanan_signed": _("Surat pesanan ditandatangani"),
    "confirmed": _("Pesanan diterima penyedia"),
    "refused": _("Pesanan ditolak penyedia"),
    "delivered": _("Barang dikirim"),
    "inspected": _("Pengiriman diperiksa"),
    "stopped": _("Pesanan dihentikan"),
    "bast_made": _("Berita acara dibuat"),
    "bast_asked": _("Tanda tangan berita acara diminta lagi"),
    "bast_unsigned": _("Berita acara tidak ditandatangani"),
    "bast_void": _("Berita acara dibatalkan"),
    "bast_signed": _("Berita acara ditandatangani"),
    "billed": _("Tagihan dikirim"),
    "bill_returned": _("Tagihan dikembalikan"),
    "bill_taken": _("Tagihan diterima"),
    "claimed": _("Klaim pembayaran diserahkan"),
    "payment_asked": _("Pembayaran diminta lagi"),
    "payment_told": _("Keadaan pembayaran berubah"),
    "payment_refused": _("Pembayaran ditolak"),
    "paid": _("Dibayar"),
    "rated": _("Penyedia dinilai"),
}
PAYMENT_WORDS: Final[Mapping[str, Text]] = {
    "asked": _("menunggu diserahkan"),
    "open": _("di meja bendahara pengeluaran"),
    "draft": _("disusun menjadi SPP"),
    "spp": _("menunggu SPP"),
    "verify": _("diverifikasi"),
    "spm": _("menunggu SPM"),
    "test": _("diuji"),
    "sp2d": _("menunggu SP2D"),
    "bank": _("SP2D terbit, di bank"),
    "retur": _("dikembalikan bank"),
    "paid": _("dibayar"),
    "refused": _("ditolak"),
    "manual": _("dibayar di luar sistem ini"),
}
"""What states of a payment are called; one that is not here is shown as it is."""
DOCUMENT_WORDS: Final[Mapping[str, Text]] = {
    MADE: _("Belum ditandatangani"),
    WAITING: _("Menunggu tanda tangan"),
    SIGNED: _("Ditandatangani elektronik"),
    BY_HAND: _("Ditandatangani dengan pena"),
    UNSIGNED: _("Tidak ditandatangani"),
    VOID: _("Dibatalkan"),
}
DOCUMENT_TONES: Final[Mapping[str, str]] = {
    MADE: "tunggu",
    WAITING: "tunggu",
    SIGNED: "daun",
    BY_HAND: "daun",
    UNSIGNED: "bata",
    VOID: "abu",
}
BILL_WORDS: Final[Mapping[str, Text]] = {
    SENT: _("Menunggu bendahara"),
    RETURNED: _("Dikembalikan"),
    TAKEN: _("Diterima"),
}
