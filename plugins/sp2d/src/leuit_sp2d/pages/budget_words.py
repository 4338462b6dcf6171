"""What the pages of the budget share: its addresses, and words for pockets and their causes."""

from collections.abc import Mapping
from uuid import UUID

from leuit.values import _
from leuit_sp2d.models import FREE, OUTSIDE, RESERVED, SPENT, UNRELEASED

BUDGET_PATH = "/sp2d/budget"

POCKET_WORDS: Mapping[str, str] = {
    OUTSIDE: _("di luar anggaran"),
    UNRELEASED: _("belum di-SPD"),
    FREE: _("sisa SPD"),
    RESERVED: _("dalam proses"),
    SPENT: _("cair"),
}
CAUSE_WORDS: Mapping[str, str] = {
    "dpa": _("DPA"),
    "spd": _("SPD"),
    "spm": _("SPM"),
    "sp2d": _("SP2D"),
    "void": _("Pembatalan"),
    "refund": _("Pengembalian (STS)"),
}


def year_path(unit_id: UUID | str, year: int | str) -> str:
    """The address of a unit's budget of a year."""
    return f"{BUDGET_PATH}/{unit_id}/{year}"


def spd_path(spd_id: UUID) -> str:
    """The address of an SPD."""
    return f"/sp2d/spd/{spd_id}"
