"""The life of a purchase from its draft until its order is paid and its vendor rated.

draf → negosiasi → disepakati → menunggu_ppk → (menunggu_pa) → menunggu_pesanan → konfirmasi →
diproses → serah_terima → tagihan → pembayaran → dibayar → selesai. What is bought at the shown
price goes from the draft to the PPK at once. Whoever decides may send it back to the draft or
cancel it until its Surat Pesanan is signed; the vendor may then decline it, and what is overdue
lapses. An order of which nothing was accepted can be stopped. `HOLDING` are the states in which a
purchase holds money of its RUP package, `RESERVING` those in which it keeps all of its stock,
`ORDERED` those in which its Surat Pesanan has been signed.
"""

from typing import Final

from leuit.values import ConflictError, _

DRAFT: Final = "draf"
NEGOTIATING: Final = "negosiasi"
AGREED: Final = "disepakati"
REVIEW: Final = "menunggu_ppk"
AUTHORISING: Final = "menunggu_pa"
ORDERING: Final = "menunggu_pesanan"
CONFIRMING: Final = "konfirmasi"
PROCESSING: Final = "diproses"
HANDOVER: Final = "serah_terima"
BILLING: Final = "tagihan"
PAYING: Final = "pembayaran"
PAID: Final = "dibayar"
DONE: Final = "selesai"
DECLINED: Final = "ditolak"
STOPPED: Final = "dihentikan"
CANCELLED: Final = "batal"
LAPSED: Final = "lewat_waktu"
STATES: Final = (
    DRAFT,
    NEGOTIATING,
    AGREED,
    REVIEW,
    AUTHORISING,
    ORDERING,
    CONFIRMING,
    PROCESSING,
    HANDOVER,
    BILLING,
    PAYING,
    PAID,
    DONE,
    DECLINED,
    STOPPED,
    CANCELLED,
    LAPSED,
)
RESERVING: Final = (AGREED, REVIEW, AUTHORISING, ORDERING, CONFIRMING)
ACCEPTED: Final = (PROCESSING, HANDOVER, BILLING, PAYING, PAID, DONE)
HOLDING: Final = (NEGOTIATING, *RESERVING, *ACCEPTED)
ORDERED: Final = (CONFIRMING, *ACCEPTED, DECLINED, STOPPED)
NEXT: Final = {
    DRAFT: (NEGOTIATING, REVIEW, CANCELLED),
    NEGOTIATING: (AGREED, CANCELLED, LAPSED),
    AGREED: (REVIEW, CANCELLED, LAPSED),
    REVIEW: (ORDERING, AUTHORISING, DRAFT, CANCELLED),
    AUTHORISING: (ORDERING, DRAFT, CANCELLED),
    ORDERING: (CONFIRMING, CANCELLED),
    CONFIRMING: (PROCESSING, DECLINED, LAPSED),
    PROCESSING: (HANDOVER, STOPPED),
    HANDOVER: (BILLING,),
    BILLING: (PAYING,),
    PAYING: (BILLING, PAID),
    PAID: (DONE, PAYING),
    DONE: (),
    DECLINED: (),
    STOPPED: (),
    CANCELLED: (),
    LAPSED: (),
}
WORDS: Final = {
    DRAFT: _("Draf"),
    NEGOTIATING: _("Negosiasi"),
    AGREED: _("Harga disepakati"),
    REVIEW: _("Menunggu persetujuan PPK"),
    AUTHORISING: _("Menunggu penetapan PA/KPA"),
    ORDERING: _("Menunggu surat pesanan"),
    CONFIRMING: _("Menunggu konfirmasi penyedia"),
    PROCESSING: _("Diproses penyedia"),
    HANDOVER: _("Menunggu serah terima"),
    BILLING: _("Menunggu tagihan"),
    PAYING: _("Pembayaran"),
    PAID: _("Dibayar"),
    DONE: _("Selesai"),
    DECLINED: _("Ditolak penyedia"),
    STOPPED: _("Dihentikan"),
    CANCELLED: _("Batal"),
    LAPSED: _("Batal otomatis"),
}


class WrongStateError(ConflictError):
    """The purchase is not where this act belongs; somebody else may have acted."""

    code = "wrong_state"


def require_state(state: str, *wanted: str) -> None:
    """WrongStateError unless the purchase is in one of the states."""
    if state not in wanted:
        raise WrongStateError(
            _("Pembelian ini sekarang: %(state)s."),
            advice=_("Muat ulang halaman."),
            state=WORDS[state],
        )
