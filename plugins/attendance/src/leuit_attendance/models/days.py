"""Tables of days: what people were to do, what excuses them, and what each day came to.

A row of `attendance_day` is derived: it can be computed again from punches, schedules, shifts,
holidays, absences and editions, and equals what they give. Wall times are naive local times of the
region, as devices tell them. A day belongs to the date on which its duty starts.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Index, String, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from leuit.identity import person_fk
from leuit.values import new_id

from .base import Base

_CODE = 40


class DayBasis(Base):
    """Which editions days were judged under: one row for each combination that occurred.

    Ids are those of the core's editions; NULL where none held (without a deduction table no day is
    judged at all). `mark` is the three ids in one text, so that NULLs are unique too.
    """

    __tablename__ = "attendance_basis"

    id: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[str] = mapped_column(String(120), unique=True)
    deductions_id: Mapped[UUID]
    schedules_id: Mapped[UUID | None]
    shifts_id: Mapped[UUID | None]


class AttendanceDay(Base):
    """What one date of one person came to.

    `unit_id` is the unit of the person's own post that day. `status`, `classes` (names joined by a
    space) and `flags` (likewise) are those of the rules' verdict. `deduction` is 1/100 percent of
    the base before the month's free days and cap; `late_deduction` is its part for lateness, which
    free days may take off. `schedule_start` and `schedule_end` are the duty's window, NULL without
    one.

    The rows carry no foreign keys: each costs PostgreSQL a sixth of judging a day. The posts that
    they are derived from carry them, and a day whose post is gone is taken out.
    """

    __tablename__ = "attendance_day"
    # On SQLite the rows lie in the order of the key: one tree less to write and to read.
    __table_args__ = (
        Index(
            "ix_attendance_day_open",
            "day",
            sqlite_where=text("status = 'belum'"),
            postgresql_where=text("status = 'belum'"),
        ),
        {"sqlite_with_rowid": False},
    )

    person_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    unit_id: Mapped[UUID]
    status: Mapped[str] = mapped_column(String(20))
    schedule_start: Mapped[dt.datetime | None] = mapped_column(DateTime())
    schedule_end: Mapped[dt.datetime | None] = mapped_column(DateTime())
    check_in: Mapped[dt.datetime | None] = mapped_column(DateTime())
    check_out: Mapped[dt.datetime | None] = mapped_column(DateTime())
    late_minutes: Mapped[int]
    early_minutes: Mapped[int]
    classes: Mapped[str] = mapped_column(String(120))
    deduction: Mapped[int]
    late_deduction: Mapped[int]
    flags: Mapped[str] = mapped_column(String(120))
    basis_id: Mapped[int]
    computed_at: Mapped[dt.datetime]


class ShiftRow(Base):
    """Which shift a person works on a date (the one it starts on); `code` is the edition's."""

    __tablename__ = "attendance_shift"
    __table_args__ = (Index("ix_attendance_shift_day", "day"),)

    person_id: Mapped[UUID] = person_fk(primary_key=True)
    day: Mapped[dt.date] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(_CODE))
    on_holidays: Mapped[bool] = mapped_column(default=True)
    entered_by: Mapped[UUID | None]
    entered_at: Mapped[dt.datetime]


class ScheduleUse(Base):
    """To whom a schedule of the edition is given, [valid_from, valid_to).

    `target_id` is a unit (with its subtree), a position or a person, NULL for the whole region.
    `override` marks a passing rule such as Ramadan, which beats every ordinary schedule.
    """

    __tablename__ = "attendance_schedule_use"
    __table_args__ = (
        CheckConstraint("level IN ('region', 'unit', 'position', 'person')", name="level"),
        CheckConstraint("(level = 'region') = (target_id IS NULL)", name="target"),
        CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="range"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    level: Mapped[str] = mapped_column(String(10))
    target_id: Mapped[UUID | None] = mapped_column(Uuid(), index=True)
    code: Mapped[str] = mapped_column(String(_CODE))
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    override: Mapped[bool] = mapped_column(default=False)
    on_holidays: Mapped[bool] = mapped_column(default=False)
    entered_by: Mapped[UUID | None]
    entered_at: Mapped[dt.datetime]
    version: Mapped[int] = mapped_column(default=1)


class AbsenceRow(Base):
    """An approved absence, both days included; a cancelled one counts for nothing.

    `document` is the number of the approving document; `record_kind` and `record_id` point to it
    where another service keeps it.
    """

    __tablename__ = "attendance_absence"
    __table_args__ = (
        CheckConstraint("kind IN ('cuti', 'tugas_belajar', 'dinas_luar', 'izin')", name="kind"),
        CheckConstraint("last_day >= first_day", name="range"),
        Index("ix_attendance_absence_person", "person_id", "first_day"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    person_id: Mapped[UUID] = person_fk()
    kind: Mapped[str] = mapped_column(String(15))
    title: Mapped[str] = mapped_column(String(80))
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]
    document: Mapped[str] = mapped_column(String(120))
    record_kind: Mapped[str] = mapped_column(String(80), default="")
    record_id: Mapped[str] = mapped_column(String(80), default="")
    note: Mapped[str] = mapped_column(String(500), default="")
    entered_by: Mapped[UUID | None]
    entered_at: Mapped[dt.datetime]
    cancelled_by: Mapped[UUID | None]
    cancelled_at: Mapped[dt.datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(String(200), default="")
    version: Mapped[int] = mapped_column(default=1)
