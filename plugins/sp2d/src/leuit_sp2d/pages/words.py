"""How payments are put into words on pages: states with their tones, kinds, amounts."""

from leuit.values import Text, _
from leuit_sp2d.rules.chain import BANK, CANCELLED, DRAFT, PAID, RETUR, STATES

KINDS: dict[str, Text] = {
    "LS_BJ": _("LS barang dan jasa"),
    "LS_GAJI": _("LS gaji dan tunjangan"),
    "UP": _("Uang persediaan (UP)"),
    "GU": _("Ganti uang (GU)"),
}
_TONES = {DRAFT: "abu", CANCELLED: "abu", PAID: "daun", RETUR: "bata", BANK: "nila"}


def state_chip(state: str, returned_by: str = "") -> tuple[str, str]:
    """The word for a state and its tone."""
    if state == DRAFT and returned_by:
        return _("Dikembalikan"), "bata"
    return STATES[state], _TONES.get(state, "tunggu")
