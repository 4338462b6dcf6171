"""The office that the sample files mean: ten invented people, their PINs, shifts and devices.

Named as a sample wherever a person sees it. Doing it again changes nothing. Editions that the
regency has put in force are never covered: where one of a kind holds, the sample uses it.
"""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import (
    assign,
    create_person,
    create_position,
    create_unit,
    set_pin,
    unit_by_code,
)
from leuit.builtin.regulations import Draft, edition, seed_edition
from leuit.identity import DEFINITIF, Person, PersonPin, Unit, UnitLink
from leuit.values import ConflictError, _
from leuit.work import Work
from leuit_attendance.data import seed_schedules, seed_shifts, seed_tables
from leuit_attendance.models import AbsenceRow, Device, ScheduleUse, ShiftRow
from leuit_attendance.rules import to_plain

from .absences import NewAbsence, enter_absence
from .devices import register_device
from .figures import DEDUCTIONS, SCHEDULES, SHIFTS, ScheduleBook, ShiftBook, figures_now
from .schedules import NewUse, give_schedule
from .shifts import Wanted, store_shifts

UNIT = "CONTOH"
SCHEDULE = "kantor"
SINCE = dt.date(2026, 10, 1)
"""The first day of the sample's posts and PINs."""
FIRST, LAST = dt.date(2026, 10, 5), dt.date(2026, 10, 16)
"""The days that the sample's schedule holds: two weeks, as planted in the files."""
NIGHT_WORKER = "102"
ROSTER = {
    **dict.fromkeys((5, 6, 12, 13, 16), "malam"),
    **dict.fromkeys((8, 15), "pagi"),
    9: "siang",
}
"""Shifts of PIN 102 by day of October; the other days from 5 to 17 October are off."""
DUTY_TRIP = ("118", dt.date(2026, 10, 13), dt.date(2026, 10, 14), "SPT 094/118/2026 (contoh)")


@attrs.frozen
class _Figure:
    """An invented person: NIK numbers of district 99 exist nowhere."""

    pin: str
    name: str
    nip: str
    nik: str


PEOPLE = (
    _Figure("1", "Asep Contoh", "198503122010011001", "3602991203850001"),
    _Figure("2", "Budi Contoh", "198704212011011002", "3602992104870002"),
    _Figure("7", "Citra Contoh", "199006152014032003", "3602995506900003"),
    _Figure("15", "Dedi Contoh", "198211302008011004", "3602993011820004"),
    _Figure("23", "Euis Contoh", "199302032019032005", "3602994302930005"),
    _Figure("101", "Fajar Contoh", "198909092015031006", "3602990909890006"),
    _Figure("102", "Gita Contoh", "199105202016032007", "3602996005910007"),
    _Figure("118", "Hadi Contoh", "198001012005011008", "3602990101800008"),
    _Figure("205", "Intan Contoh", "199412252020122009", "3602996512940009"),
    _Figure("1001", "Jajang Contoh", "197807172003121010", "3602991707780010"),
)
DEVICES = (
    ("LEUI204600001", "1", _("Mesin contoh 1")),
    ("LEUI100900007", None, _("Mesin contoh lama")),
    ("3602099000001", "2", _("Mesin contoh 2")),
)


@attrs.frozen
class SampleOffice:
    """What the sample holds: the unit, and ids of its people by PIN."""

    unit: Unit
    people: dict[str, UUID]


def found_sample(work: Work) -> SampleOffice:
    """Make whatever of the sample is not there yet."""
    unit = _unit(work)
    post = create_position(work, unit.id, _("Pelaksana (contoh)"))
    people = {figure.pin: _person(work, figure, post.id) for figure in PEOPLE}
    for serial, usb_id, name in DEVICES:
        if work.session.scalars(select(Device).where(Device.serial == serial)).first() is None:
            register_device(work, serial, unit.id, usb_id=usb_id, name=name)
    _editions(work)
    _schedule(work, unit)
    _shifts(work, people[NIGHT_WORKER])
    _duty_trip(work, people)
    return SampleOffice(unit, people)


def _unit(work: Work) -> Unit:
    known = unit_by_code(work, UNIT)
    if known is not None:
        return known
    root = work.session.scalars(
        select(Unit)
        .where(~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists())
        .order_by(Unit.valid_from, Unit.code)
        .limit(1)
    ).one_or_none()
    if root is None:
        raise ConflictError(
            _("Belum ada kabupaten sebagai induk kantor contoh."),
            advice=_("Jalankan leuit init dahulu."),
        )
    return create_unit(
        work,
        code=UNIT,
        name=_("Kantor Contoh (data contoh)"),
        short=_("Kantor Contoh"),
        kind="dinas",
        parent_id=root.id,
        on=SINCE,
    )


def _person(work: Work, figure: _Figure, position_id: UUID) -> UUID:
    person = work.session.scalars(select(Person).where(Person.nip == figure.nip)).one_or_none()
    if person is not None:
        return person.id
    person = create_person(work, name=figure.name, nip=figure.nip, nik=figure.nik)
    assign(work, person.id, position_id, DEFINITIF, SINCE)
    if _pin_is_free(work, figure.pin):
        set_pin(work, person.id, figure.pin, SINCE)
    return person.id


def _pin_is_free(work: Work, pin: str) -> bool:
    taken = work.session.scalars(select(PersonPin.id).where(PersonPin.pin == pin).limit(1)).first()
    if taken is not None:
        raise ConflictError(
            _("PIN %(pin)s sudah dipakai pegawai lain."),
            advice=_("Contoh ini untuk pemasangan percobaan; pakai LEUIT_DATA yang lain."),
            pin=pin,
        )
    return True


def _editions(work: Work) -> None:
    since = dt.date(SINCE.year, 1, 1)
    week = seed_schedules()["schedule_permenpanrb_6_2018"]
    table = seed_tables()["tpp_umum"]
    shifts = seed_shifts()
    for kind, figures, title, basis in (
        (SCHEDULES, ScheduleBook({SCHEDULE: week}), week.title, week.basis),
        (SHIFTS, ShiftBook(tuple(shifts.values())), _("Sif rumah sakit"), shifts["malam"].basis),
        (DEDUCTIONS, table, table.title, table.basis),
    ):
        if edition(work, kind, FIRST) is None:
            seed_edition(
                work,
                kind,
                Draft(
                    title=_("Contoh: %s") % title,
                    legal_basis=basis.label,
                    confidence=basis.confidence,
                    effective_from=since,
                    body=to_plain(figures),
                    source=_("Data contoh"),
                ),
            )


def _schedule(work: Work, unit: Unit) -> None:
    query = select(ScheduleUse.id).where(ScheduleUse.target_id == unit.id)
    if work.session.scalars(query.limit(1)).first() is None:
        give_schedule(
            work,
            NewUse("unit", unit.id, SCHEDULE, FIRST, LAST + dt.timedelta(days=1)),
        )


def _shifts(work: Work, person_id: UUID) -> None:
    known = work.session.scalars(
        select(ShiftRow.day).where(ShiftRow.person_id == person_id).limit(1)
    ).first()
    if known is not None:
        return
    codes = figures_now(work).on(FIRST).shifts
    if codes is None or not {"malam", "pagi", "siang", "off"} <= set(codes.figures.by_code):
        raise ConflictError(
            _("Edisi sif yang berlaku tidak memuat malam, pagi, siang, dan off."),
            advice=_("Contoh ini untuk pemasangan percobaan; pakai LEUIT_DATA yang lain."),
        )
    days = range(FIRST.day, LAST.day + 2)
    store_shifts(
        work,
        [Wanted(person_id, dt.date(2026, 10, day), ROSTER.get(day, "off"), True) for day in days],
        _("Jadwal sif contoh"),
    )


def _duty_trip(work: Work, people: dict[str, UUID]) -> None:
    pin, first, last, document = DUTY_TRIP
    known = select(AbsenceRow.id).where(AbsenceRow.person_id == people[pin])
    if work.session.scalars(known.limit(1)).first() is None:
        enter_absence(work, NewAbsence(people[pin], "dinas_luar", first, last, document))
