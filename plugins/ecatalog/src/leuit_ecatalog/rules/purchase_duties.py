"""Who does what on one purchase, and that nobody does two things of it.

The Pejabat Pengadaan prepares and negotiates, the Pejabat Pembuat Komitmen (no PPK-SKPD) decides,
PA or KPA authorise what is above the edition's limit, the treasurer pays. Whoever has acted in one
of these roles on a purchase never acts in another on it. Where the edition makes the purchase the
PPK's own, the PPK prepares it as well: that is one role, not two.
"""

from typing import Final

from leuit.values import ConflictError, _

from .buying_rules import PA, PP, PPK

TREASURER: Final = "BENDAHARA"
WORDS: Final = {
    PP: _("Pejabat Pengadaan"),
    PPK: _("Pejabat Pembuat Komitmen"),
    PA: _("PA/KPA"),
    TREASURER: _("Bendahara Pengeluaran"),
}


class SeparateDutiesError(ConflictError):
    """The person has acted on this purchase in another role."""

    code = "separate_duties"


def same_person(held: str) -> SeparateDutiesError:
    """The refusal of somebody who has acted as `held` on the purchase."""
    return SeparateDutiesError(
        _("Anda sudah bertindak sebagai %(role)s pada pembelian ini."),
        advice=_("Langkah ini harus dilakukan orang lain."),
        role=WORDS[held],
    )
