"""Who has which role, who works in shifts, who is away: entered by those whose work it is."""

import csv
import datetime as dt
import io
from random import Random

from sqlalchemy import select

from leuit.builtin.organisation import CAST, grant_role
from leuit.identity import Grant
from leuit.plugins import CommandContext
from leuit.values import _, format_date
from leuit_attendance.service.absences import NewAbsence, enter_absence
from leuit_attendance.service.shifts import import_shifts

from .office import Colleague, Office

ROTA = ("pagi", "pagi", "siang", "siang", "malam", "malam", "off", "off")
"""What a nurse works, day by day; each begins at another place."""
AHEAD = dt.timedelta(days=14)
ABSENT_SHARE = 0.05
_KINDS = (
    ("cuti", _("Cuti tahunan"), "800.1.11.4", 3),
    ("cuti", _("Cuti sakit"), "800.1.11.4", 2),
    ("dinas_luar", _("Perjalanan dinas"), "000.1.2.3", 2),
    ("izin", _("Izin"), "800.1.11", 1),
    ("tugas_belajar", _("Tugas belajar"), "800.1.4", 40),
)


def roles(context: CommandContext, office: Office) -> None:
    """Attendance's own roles for the personnel office and for the officer of one unit."""
    over = next(unit.id for unit in office.units.values() if unit.code == CAST["officer"].unit)
    with context.app.change(context.identity) as work:
        given = set(work.session.scalars(select(Grant.role)))
        for role, key, unit_id in (
            ("attendance.personnel", "personnel", office.root),
            ("attendance.officer", "officer", over),
        ):
            if role not in given:
                account = office.cast[key].account_id
                grant_role(work, role, unit_id, account_id=account, valid_from=work.today)


def shifts(
    context: CommandContext, office: Office, seed: int, first: dt.date, today: dt.date
) -> None:
    """A rota for the wards of the hospital, from the first day until two weeks from today."""
    people = [one for one in office.everybody if one.in_shifts]
    if office.shifts or not people:
        return
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("nip", "date", "shift", "on_holidays"))
    for number, one in enumerate(people):
        for step in range((today + AHEAD - first).days + 1):
            day = first + dt.timedelta(days=step)
            code = ROTA[(number * 3 + seed + step) % len(ROTA)]
            writer.writerow((one.nip, day.isoformat(), code, "ya"))
    with context.app.change(office.cast["officer"]) as work:
        import_shifts(work, text.getvalue().encode(), "jaga-rsud.csv")


def absences(
    context: CommandContext, office: Office, seed: int, first: dt.date, today: dt.date
) -> None:
    """Leave, duty trips and permits of some, approved and entered by the personnel office."""
    if office.absences:
        return
    personnel = office.cast["personnel"]
    chance = Random(f"{seed} absences")  # noqa: S311 -- an invented story, no secrets
    chosen: list[Colleague] = [
        one
        for one in office.everybody
        if not one.in_shifts
        and one.nip not in {member.nip for member in CAST.values()}
        and chance.random() < ABSENT_SHARE
    ]
    span = (today - first).days
    with context.app.change(personnel) as work:
        for number, one in enumerate(chosen, start=1):
            kind, title, code, days = _KINDS[number % len(_KINDS)]
            begins = first if days > span else first + dt.timedelta(days=chance.randrange(span))
            enter_absence(
                work,
                NewAbsence(
                    one.person_id,
                    kind,
                    begins,
                    begins + dt.timedelta(days=days - 1),
                    f"{code}/{number:03d}/BKPSDM/{begins.year} ({_('contoh')})",
                    title=title,
                    note=_("Data contoh, dicatat %s") % format_date(today),
                ),
            )
