"""The office of these tests: units, the devices of the sample files, and looks into the tables."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.identity import SYSTEM, Account, Grant, Identity, Unit, UnitLink, rebuild_closure
from leuit.values import RecordRef
from leuit.work import AuditEntry, Job, Leuit, Work
from leuit_attendance.models import Device, PunchRow
from leuit_attendance.service.devices import register_device

SAMPLES = Path(__file__).parents[1] / "samples"
SERIAL, OLD_SERIAL = "LEUI204600001", "LEUI100900007"
START = dt.date(2020, 1, 1)
KEEPER = "attendance.device_keeper"


@attrs.frozen
class Office:
    """The units, and the device whose files are `1_attlog.dat`."""

    root: UUID
    unit: UUID
    other: UUID
    device: UUID


def make_unit(work: Work, code: str, name: str, parent: UUID | None = None) -> UUID:
    """A unit, below a parent or as a root."""
    unit = Unit(code=code, name=name, short=code, kind="opd", valid_from=START)
    work.session.add(unit)
    work.session.flush()
    if parent is not None:
        work.session.add(UnitLink(unit_id=unit.id, parent_id=parent, valid_from=START))
    work.session.flush()
    rebuild_closure(work.session)
    work.audit("core.unit.created", RecordRef("core.unit", str(unit.id), name))
    return unit.id


def found_office(work: Work) -> Office:
    """A regency of two units, and the device of the samples at the first."""
    root = make_unit(work, "LEBAK", "Kabupaten Lebak")
    unit = make_unit(work, "DISKOMINFO", "Dinas Komunikasi dan Informatika", root)
    other = make_unit(work, "RSUD", "RSUD dr. Adjidarmo", root)
    device = register_device(work, SERIAL, unit, usb_id="1", name="Lobi")
    return Office(root, unit, other, device.id)


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


def keeper(app: Leuit, unit_id: UUID, login: str = "petugas", role: str = KEEPER) -> Identity:
    """Somebody who holds a role on a unit."""
    with app.change(SYSTEM) as work:
        account = Account(login=login, created_at=work.now)
        work.session.add(account)
        work.session.flush()
        work.session.add(Grant(role=role, unit_id=unit_id, account_id=account.id, valid_from=START))
        work.audit("core.account.created", RecordRef("core.account", str(account.id), login))
        return Identity(kind="person", name=login, login=login, account_id=account.id)
