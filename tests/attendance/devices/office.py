"""The office of these tests: units, the devices of the sample files, and looks into the tables."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
from leuit.identity import SYSTEM, Unit, UnitClosure
from leuit.values import RecordRef
from leuit.work import AuditEntry, Job, Leuit, Work
from leuit_attendance.models import Device, PunchRow
from leuit_attendance.service.devices import register_device
from sqlalchemy import func, select

SAMPLES = Path(__file__).parents[1] / "samples"
SERIAL, OLD_SERIAL = "LEUI204600001", "LEUI100900007"
START = dt.date(2020, 1, 1)


@attrs.frozen
class Office:
    """The units, and the device whose files are `1_attlog.dat`."""

    unit: UUID
    other: UUID
    device: UUID


def make_unit(work: Work, code: str, name: str) -> UUID:
    """A unit without a parent."""
    unit = Unit(code=code, name=name, short=code, kind="opd", valid_from=START)
    work.session.add(unit)
    work.session.flush()
    work.session.add(
        UnitClosure(ancestor_id=unit.id, descendant_id=unit.id, valid_from=START, depth=0)
    )
    work.audit("core.unit.created", RecordRef("core.unit", str(unit.id), name))
    return unit.id


def found_office(work: Work) -> Office:
    """Two units and the device of the samples."""
    unit = make_unit(work, "DISKOMINFO", "Dinas Komunikasi dan Informatika")
    other = make_unit(work, "RSUD", "RSUD dr. Adjidarmo")
    device = register_device(work, SERIAL, unit, usb_id="1", name="Lobi")
    return Office(unit, other, device.id)


def punches(app: Leuit, serial: str | None = None) -> list[Any]:
    """Every stored tap as (serial, pin, at, status, copies), in order."""
    query = (
        select(Device.serial, PunchRow.pin, PunchRow.at, PunchRow.status, PunchRow.copies)
        .join(Device, Device.id == PunchRow.device_id)
        .order_by(Device.serial, PunchRow.pin, PunchRow.at, PunchRow.status)
    )
    if serial is not None:
        query = query.where(Device.serial == serial)
    with app.read(SYSTEM) as view:
        return [tuple(row) for row in view.session.execute(query)]


def count(app: Leuit, model: Any) -> int:
    """How many rows a table holds."""
    with app.read(SYSTEM) as view:
        return view.session.execute(select(func.count()).select_from(model)).scalar_one()


def entries(app: Leuit, action: str) -> int:
    """How many audit entries of an action there are."""
    with app.read(SYSTEM) as view:
        query = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)
        return view.session.execute(query).scalar_one()


def jobs(app: Leuit, kind: str) -> list[dict[str, Any]]:
    """The arguments of the jobs of a kind, oldest first."""
    with app.read(SYSTEM) as view:
        query = select(Job.args).where(Job.kind == kind).order_by(Job.id)
        return list(view.session.scalars(query))
