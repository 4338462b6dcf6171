"""Changing the calendar: set, confirm and remove days off, each change told by its range.

A day carries a version. Who changes one says which version he has read (None: he saw no entry);
a stale change is refused and told how the day stands now.
"""

import datetime as dt
from collections.abc import Iterable

from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.values import (
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
    format_date,
)
from leuit.work import Work

from .events import HolidaysChanged
from .models import LEGAL_BASIS, TITLE, HolidayRow

EDIT = "core.calendar.edit"
KINDS = {"libur": _("Libur nasional"), "cuti_bersama": _("Cuti bersama")}
EARLIEST, LATEST = dt.date(1945, 8, 17), dt.date(2199, 12, 31)


def set_holiday(
    work: Work,
    day: dt.date,
    *,
    kind: str,
    title: str,
    legal_basis: str,
    version: int | None = None,
) -> HolidayRow:
    """Enter a day off, or change the one that was read as `version`; a proposal is confirmed so.

    Raises InvalidInputError with every fault, StaleEditError telling how the day stands now.
    """
    work.require_on_root(EDIT)
    check = TextChecker()
    title = check.read("title", title, most=TITLE)
    legal_basis = check.read("legal_basis", legal_basis, most=LEGAL_BASIS)
    if kind not in KINDS:
        check.fault("kind", _("Pilih libur nasional atau cuti bersama."), "unknown_choice")
    if not EARLIEST <= day <= LATEST:
        check.fault("day", _("Tahun itu tidak masuk akal."), "range")
    if check.faults:
        raise InvalidInputError(_("Hari libur belum disimpan."), fields=check.faults)
    row = _locked(work, day, version)
    if row is None:
        row = HolidayRow(day=day, version=0)
        work.session.add(row)
    elif (row.kind, row.title, row.legal_basis, row.status) == (
        kind,
        title,
        legal_basis,
        "confirmed",
    ):
        return row
    row.kind, row.title, row.legal_basis, row.status = kind, title, legal_basis, "confirmed"
    _stamp(work, row)
    work.audit("core.holiday.set", _ref(row), kind=kind, title=title, basis=legal_basis)
    work.emit(HolidaysChanged(first=day, last=day))
    return row


def confirm_holidays(
    work: Work, days: Iterable[dt.date], *, legal_basis: str = ""
) -> list[dt.date]:
    """Confirm proposals, optionally under the decree that fixed them; returns the confirmed days.

    Days without a proposal are left out: somebody else has confirmed or removed them meanwhile.
    """
    work.require_on_root(EDIT)
    check = TextChecker()
    legal_basis = check.read("legal_basis", legal_basis, most=LEGAL_BASIS, required=False)
    if check.faults:
        raise InvalidInputError(_("Usul belum dikonfirmasi."), fields=check.faults)
    rows = work.session.scalars(
        select(HolidayRow)
        .where(HolidayRow.day.in_(sorted(set(days))), HolidayRow.status == "proposed")
        .order_by(HolidayRow.day)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for row in rows:
        row.status = "confirmed"
        row.legal_basis = legal_basis or row.legal_basis
        _stamp(work, row)
    confirmed = [row.day for row in rows]
    for first, last in runs(confirmed):
        work.audit(
            "core.holiday.confirmed",
            RecordRef("core.holiday", first.isoformat(), format_date(first)),
            first=first,
            last=last,
            basis=legal_basis,
        )
        work.emit(HolidaysChanged(first=first, last=last))
    return confirmed


def remove_holiday(work: Work, day: dt.date, version: int) -> None:
    """Take a day off out of the calendar, or throw a proposal away."""
    work.require_on_root(EDIT)
    row = _locked(work, day, version)
    if row is None:
        raise NotFoundError(_("Tanggal itu tidak ada di kalender libur."))
    work.session.delete(row)
    work.session.flush()
    work.audit("core.holiday.removed", _ref(row), kind=row.kind, title=row.title, status=row.status)
    if row.status == "confirmed":
        work.emit(HolidaysChanged(first=day, last=day))


def runs(days: list[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Sorted days as ranges without gaps, first and last included."""
    found: list[tuple[dt.date, dt.date]] = []
    for day in days:
        if found and day - found[-1][1] == dt.timedelta(days=1):
            found[-1] = (found[-1][0], day)
        else:
            found.append((day, day))
    return found


def described(row: HolidayRow) -> str:
    """An entry in a few words."""
    state = "" if row.status == "confirmed" else f" ({_('usul')})"
    return f"{KINDS[row.kind]} “{row.title}”{state}"


def _locked(work: Work, day: dt.date, version: int | None) -> HolidayRow | None:
    row = work.session.scalars(
        select(HolidayRow)
        .where(HolidayRow.day == day)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if (row.version if row else None) == version:
        return row
    if row is None:
        raise StaleEditError(
            _("%(day)s sudah dihapus orang lain dari kalender libur."),
            advice=_("Muat ulang kalender, lalu ulangi bila masih perlu."),
            day=format_date(day),
        )
    sentence = _("%(day)s sudah diubah orang lain menjadi %(now)s.")
    raise StaleEditError(
        sentence if version is not None else _("%(day)s sudah ada di kalender: %(now)s."),
        advice=_("Muat ulang kalender, lalu ulangi bila masih perlu."),
        day=format_date(day),
        now=described(row),
    )


def _stamp(work: Work, row: HolidayRow) -> None:
    row.edited_by, row.edited_at = work.identity.account_id, work.now
    row.version += 1
    work.session.flush()


def _ref(row: HolidayRow) -> RecordRef:
    return RecordRef("core.holiday", row.day.isoformat(), f"{format_date(row.day)}: {row.title}")
