"""The operation log of devices: entries stored once, those that matter told to the auditor.

The listed codes (attendance.md 6.2) are what a person could do to a device to change what it
records: set its clock, delete records or users, point it at another server.
"""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from leuit.storage import insert_into
from leuit.values import new_id
from leuit.work import Work
from leuit_attendance.models import DeviceEvent, DeviceState
from leuit_attendance.wire import CLOCK_SET, Operation

from .bad_lines import storable
from .device_state import write_state
from .known_device import KnownDevice
from .tables import table_of


def store_events(work: Work, device: KnownDevice, operations: Sequence[Operation]) -> int:
    """Store the entries that are new and audit the listed ones; returns how many were new.

    When the clock was set, what was known of its drift ends.
    """
    work.session.execute(  # uploads of one device wait for each other: each entry is told once
        select(DeviceState.device_id).where(DeviceState.device_id == device.id).with_for_update()
    )
    upload_id = new_id()
    given = {_key(operation): operation for operation in operations}
    stored = {
        (row.code, row.operator, row.at, row.objects)
        for row in work.session.execute(
            select(
                DeviceEvent.code, DeviceEvent.operator, DeviceEvent.at, DeviceEvent.objects
            ).where(
                DeviceEvent.device_id == device.id,
                DeviceEvent.at.in_({operation.at for operation in operations}),
            )
        )
    }
    new = [key for key in given if key not in stored]
    if new:
        work.session.execute(
            insert_into(work.database.dialect, table_of(DeviceEvent)).on_conflict_do_nothing(),
            [_row(work, device, upload_id, key) for key in sorted(new)],
        )
    for key in new:
        operation = given[key]
        if operation.is_audited:
            work.audit(
                "attendance.device.operated",
                device.ref,
                code=operation.code,
                title=str(operation.title),
                operator=key[1],
                at=operation.at,
                objects=key[3],
            )
    if any(key[0] == CLOCK_SET for key in new):
        write_state(work, device, {"leads": []})
    return len(new)


def _key(operation: Operation) -> tuple[int, str, object, str]:
    objects = " ".join(operation.objects)
    return operation.code, storable(operation.operator), operation.at, storable(objects)[:270]


def _row(
    work: Work, device: KnownDevice, upload_id: UUID, key: tuple[int, str, object, str]
) -> dict[str, object]:
    code, operator, at, objects = key
    return {
        "device_id": device.id,
        "code": code,
        "operator": operator,
        "at": at,
        "objects": objects,
        "upload_id": upload_id,
        "received_at": work.now,
    }
