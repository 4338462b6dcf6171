"""How payments are put into words on pages: states with their tones, kinds, banks, months."""

from leuit.contracts import banks
from leuit.values import Text, _, format_date
from leuit.web import Choice
from leuit_sp2d.rules.chain import BANK, CANCELLED, DRAFT, PAID, RETUR, STATES
from leuit_sp2d.rules.salary import first_of
from leuit_sp2d.service import float as floats

KINDS: dict[str, Text] = {
    "LS_BJ": _("LS barang dan jasa"),
    "LS_GAJI": _("LS gaji dan tunjangan"),
    "UP": _("Uang persediaan (UP)"),
    "GU": _("Ganti uang (GU)"),
}
_TONES = {DRAFT: "abu", CANCELLED: "abu", PAID: "daun", RETUR: "bata", BANK: "nila"}


def state_chip(state: str, returned_by: str = "", refused_by: str = "") -> tuple[str, str]:
    """The word for a state and its tone."""
    if state == CANCELLED and refused_by:
        return _("Ditolak"), "bata"
    if state == DRAFT and returned_by:
        return _("Dikembalikan"), "bata"
    return STATES[state], _TONES.get(state, "tunggu")


LPJ_STATES: dict[str, tuple[Text, str]] = {
    floats.DRAFT: (_("Konsep"), "abu"),
    floats.SUBMITTED: (_("Menunggu PPK-SKPD"), "tunggu"),
    floats.RETURNED: (_("Dikembalikan"), "bata"),
    floats.APPROVED: (_("Disahkan"), "daun"),
    floats.DROPPED: (_("Dibatalkan"), "abu"),
}
"""The word for a state of an LPJ, and its tone."""


def month_name(month: str) -> str:
    """A month written 2026-10 in words: `Oktober 2026`."""
    return format_date(first_of(month)).partition(" ")[2]


def bank_choices() -> list[Choice]:
    """Every known bank, by name; none is chosen before somebody does."""
    by_name = sorted(banks().items(), key=lambda pair: pair[1])
    named = [Choice(code, f"{name} ({code})") for code, name in by_name]
    return [Choice("", _("Pilih bank")), *named]
