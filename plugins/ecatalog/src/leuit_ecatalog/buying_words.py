"""What codes of buying are called on pages, in tasks and in files."""

from collections.abc import Mapping
from typing import Final

from leuit.values import Text, _

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
    CANCELLED,
    DRAFT,
    LAPSED,
    NEGOTIATING,
    ORDERING,
    REVIEW,
)

TONES: Final[Mapping[str, str]] = {
    DRAFT: "abu",
    NEGOTIATING: "nila",
    AGREED: "tunggu",
    REVIEW: "tunggu",
    AUTHORISING: "tunggu",
    ORDERING: "daun",
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
}
