"""The life of a purchase from its draft until the PPK hands it on to the Surat Pesanan.

draf → negosiasi → disepakati → menunggu_ppk → (menunggu_pa) → menunggu_pesanan. What is bought at
the shown price goes from the draft to the PPK at once. Whoever decides may send it back to the
draft or cancel it; what is overdue lapses. `HOLDING` are the states in which a purchase holds money
of its RUP package, `RESERVING` those in which it keeps stock.
"""

from typing import Final

from leuit.values import ConflictError, _

DRAFT: Final = "draf"
NEGOTIATING: Final = "negosiasi"
AGREED: Final = "disepakati"
REVIEW: Final = "menunggu_ppk"
AUTHORISING: Final = "menunggu_pa"
ORDERING: Final = "menunggu_pesanan"
CANCELLED: Final = "batal"
LAPSED: Final = "lewat_waktu"
STATES: Final = (
    DRAFT,
    NEGOTIATING,
    AGREED,
    REVIEW,
    AUTHORISING,
    ORDERING,
    CANCELLED,
    LAPSED,
)
RESERVING: Final = (AGREED, REVIEW, AUTHORISING, ORDERING)
HOLDING: Final = (NEGOTIATING, *RESERVING)
NEXT: Final = {
    DRAFT: (NEGOTIATING, REVIEW, CANCELLED),
    NEGOTIATING: (AGREED, CANCELLED, LAPSED),
    AGREED: (REVIEW, CANCELLED, LAPSED),
    REVIEW: (ORDERING, AUTHORISING, DRAFT, CANCELLED),
    AUTHORISING: (ORDERING, DRAFT, CANCELLED),
    ORDERING: (),
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
