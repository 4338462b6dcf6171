"""What the pages of the budget share: addresses, ids out of them, and words for money."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from leuit.builtin.organisation import Report, RowReport
from leuit.values import LeuitError, NotFoundError, _
from leuit.web import FormPage
from leuit_sp2d.models import FREE, OUTSIDE, RESERVED, SPENT, UNRELEASED

BUDGET_PATH = "/sp2d/budget"
STATUSES = ("baru", "berubah", "sama", "ditolak")
MAX_BODY = 8 * 1024 * 1024 + 64 * 1024

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
WORDS: Mapping[str, str] = {status: status for status in STATUSES}
RELEASE_WORDS: Mapping[str, str] = {**WORDS, "baru": _("dilepas")}
TONES: Mapping[str, str] = {"baru": "daun", "berubah": "nila", "sama": "abu", "ditolak": "bata"}


def parse_id(text: str) -> UUID:
    """An id of the address; NotFoundError for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise NotFoundError(_("Halaman itu tidak ada.")) from None


def year_path(unit_id: UUID | str, year: int | str) -> str:
    """The address of a unit's budget of a year."""
    return f"{BUDGET_PATH}/{unit_id}/{year}"


def spd_path(spd_id: UUID) -> str:
    """The address of an SPD."""
    return f"/sp2d/spd/{spd_id}"


def refuse(form: FormPage, error: LeuitError, field: str = "") -> None:
    """Put an error beside the questions that it names, else at `field`; a 403 or 404 goes on."""
    if error.status not in (409, 413, 422):
        raise error
    faults = getattr(error, "fields", ())
    if not faults:
        form.errors[field] = str(error)
    names = {question.name for question in form.fields}
    for fault in faults:
        form.errors.setdefault(fault.path if fault.path in names else field, fault.sentence())


def shown_row(row: RowReport, words: Mapping[str, str] = WORDS) -> dict[str, Any]:
    """A row of a report for its template; a line that the file leaves out has no number."""
    faults = [fault.sentence() for fault in row.faults]
    return {
        "number": row.number or "–",
        "key": row.key,
        "label": row.label,
        "outcome": words[row.status],
        "tone": TONES[row.status],
        "sentences": faults or [str(change) for change in row.changes],
    }


def shown_counts(report: Report, words: Mapping[str, str] = WORDS) -> list[tuple[str, int, str]]:
    """How many rows of each outcome: what none has is left out, but for refused ones."""
    return [
        (words[status], count, TONES[status])
        for status, count in report.counts.items()
        if count or status == "ditolak"
    ]
