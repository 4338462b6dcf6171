"""Words for states, origins, reasons and steps of products, as pages and refusals show them."""

from typing import Final

from leuit.values import Text, _

from .models import CERTIFIED, DOMESTIC, IMPORTED, LISTED
from .rules.product_states import (
    ARCHIVED,
    CORRECT,
    DRAFT,
    FROZEN,
    REFUSED,
    SHOWN,
    SUBMITTED,
    TAKEN_DOWN,
)

STATE_WORDS: Final[dict[str, Text]] = {
    DRAFT: _("Draf"),
    SUBMITTED: _("Diajukan"),
    CORRECT: _("Perlu perbaikan"),
    REFUSED: _("Ditolak"),
    SHOWN: _("Tayang"),
    FROZEN: _("Dibekukan"),
    TAKEN_DOWN: _("Turun tayang"),
    ARCHIVED: _("Diarsipkan"),
}
STATE_TONES: Final = {
    DRAFT: "abu",
    SUBMITTED: "tunggu",
    CORRECT: "bata",
    REFUSED: "bata",
    SHOWN: "daun",
    FROZEN: "bata",
    TAKEN_DOWN: "abu",
    ARCHIVED: "abu",
}
ORIGIN_WORDS: Final[dict[str, Text]] = {
    CERTIFIED: _("Dalam negeri, bersertifikat TKDN"),
    LISTED: _("Dalam negeri, terdaftar di SIINas"),
    DOMESTIC: _("Dalam negeri, tanpa sertifikat"),
    IMPORTED: _("Impor"),
}
RETURN_REASONS: Final[dict[str, Text]] = {
    "nama": _("Nama atau uraian tidak jelas"),
    "gambar": _("Gambar tidak sesuai dengan produk"),
    "kategori": _("Kategori tidak sesuai"),
    "spesifikasi": _("Spesifikasi belum lengkap atau keliru"),
    "harga": _("Harga tampak keliru"),
    "satuan": _("Satuan tidak sesuai"),
    "tkdn": _("Data TKDN tidak cocok dengan sertifikatnya"),
    "sertifikat": _("Sertifikat SNI atau halal tidak sah"),
    "lain": _("Lain-lain, lihat catatan"),
}
REFUSE_REASONS: Final[dict[str, Text]] = {
    "terlarang": _("Barang atau jasa yang tidak boleh dijual di katalog"),
    "bukan_usaha": _("Di luar bidang usaha penyedia"),
    "ganda": _("Produk yang sama sudah ada"),
    "palsu": _("Keterangan palsu"),
    "lain": _("Lain-lain, lihat catatan"),
}
FREEZE_REASONS: Final[dict[str, Text]] = {
    "harga": _("Harga keliru"),
    "kategori": _("Kategori keliru"),
    "tkdn": _("Data TKDN keliru"),
    "substitusi": _("Produk impor yang ada penggantinya di dalam negeri"),
    "laporan": _("Laporan sedang diperiksa"),
    "lain": _("Lain-lain, lihat catatan"),
}
TAKE_DOWN_REASONS: Final[dict[str, Text]] = {
    "sanksi": _("Penyedia dikenai sanksi"),
    "terlarang": _("Barang atau jasa yang tidak boleh dijual di katalog"),
    "palsu": _("Keterangan palsu"),
    "lain": _("Lain-lain, lihat catatan"),
}
REASONS: Final[dict[str, dict[str, Text]]] = {
    "returned": RETURN_REASONS,
    "refused": REFUSE_REASONS,
    "frozen": FREEZE_REASONS,
    "taken_down": TAKE_DOWN_REASONS,
}
"""The coded reasons of each step that needs one."""
STEP_WORDS: Final[dict[str, Text]] = {
    "created": _("Dibuat"),
    "copied": _("Disalin dari produk lain"),
    "imported": _("Dimasukkan dari berkas"),
    "submitted": _("Diajukan"),
    "withdrawn": _("Ditarik kembali"),
    "reopened": _("Diubah, perlu diajukan lagi"),
    "approved": _("Disetujui dan tayang"),
    "returned": _("Dikembalikan"),
    "refused": _("Ditolak"),
    "frozen": _("Dibekukan"),
    "unfrozen": _("Pembekuan dicabut"),
    "taken_down": _("Diturunkan dari tayang"),
    "hidden": _("Diturunkan oleh penyedia"),
    "archived": _("Diarsipkan"),
    "tkdn_ending": _("Sertifikat TKDN hampir berakhir"),
    "sni_ending": _("Sertifikat SNI hampir berakhir"),
    "halal_ending": _("Sertifikat halal hampir berakhir"),
    "tkdn_ended": _("Sertifikat TKDN berakhir"),
    "sni_ended": _("Sertifikat SNI berakhir"),
    "halal_ended": _("Sertifikat halal berakhir"),
}
CERTIFICATE_WORDS: Final[dict[str, Text]] = {
    "tkdn": _("Sertifikat TKDN"),
    "sni": _("Sertifikat SNI"),
    "halal": _("Sertifikat halal"),
}


def reason_of(state: str, code: str) -> Text:
    """The words of the reason that a product carries in a state; empty without one."""
    step = {CORRECT: "returned", REFUSED: "refused", FROZEN: "frozen", TAKEN_DOWN: "taken_down"}
    return REASONS.get(step.get(state, ""), {}).get(code, Text("")) if code else Text("")
