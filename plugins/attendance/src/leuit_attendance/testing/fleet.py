"""Fleet: many simulated devices at once against one server, and the truth to compare it with.

Each device lives its own life at the same time as all others; only the number of open connections
is bounded. The same seed gives the same taps, faults and truth; the order in which uploads of
different devices reach the server is the network's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence

import attrs
from attrs import frozen

from .behaviour import HONEST, Behaviour, invent_behaviour
from .device import Device, DeviceCounts
from .dice import dice
from .link import Link
from .memory import Key
from .punch_plan import PlannedTap

Progress = Callable[[int, int], None]
"""Called with records acknowledged so far and records in all."""


@frozen
class FleetReport:
    """What a run came to: `acknowledged` of `records`; serials that were sent away; all counts."""

    devices: int
    records: int
    acknowledged: int
    refused: tuple[str, ...]
    unsent: Mapping[str, int]
    counts: Mapping[str, int]

    @property
    def is_complete(self) -> bool:
        """Every record of every device was acknowledged."""
        return self.acknowledged == self.records and not self.unsent


class Fleet:
    """Devices, by serial."""

    def __init__(self, devices: Iterable[Device]) -> None:
        self.devices: dict[str, Device] = {device.serial: device for device in devices}

    @classmethod
    def invent(
        cls,
        count: int,
        *,
        seed: int = 1,
        honest: bool = False,
        prefix: str = "SIM",
        zone_offset: int = 25200,
    ) -> Fleet:
        """So many devices, `SIM0000000001` onwards; `honest` ones make no faults."""
        serials = [f"{prefix}{number:010d}" for number in range(1, count + 1)]
        return cls.of(serials, seed=seed, honest=honest, zone_offset=zone_offset)

    @classmethod
    def of(
        cls,
        serials: Iterable[str],
        *,
        seed: int = 1,
        honest: bool = False,
        behaviours: Mapping[str, Behaviour] | None = None,
        zone_offset: int = 25200,
    ) -> Fleet:
        """Devices of these serials; `behaviours` replaces what would be invented for some."""
        given = behaviours or {}
        devices = []
        for serial in serials:
            chance = dice(seed, "behaviour", serial)
            invented = HONEST if honest else invent_behaviour(chance)
            behaviour = given.get(serial, invented)
            devices.append(Device(serial, behaviour=behaviour, seed=seed, zone_offset=zone_offset))
        return cls(devices)

    async def run(
        self,
        base_url: str,
        records: Mapping[str, Sequence[PlannedTap]],
        *,
        concurrency: int = 32,
        patience: float = 60.0,
        progress: Progress | None = None,
    ) -> FleetReport:
        """Let each device live through its taps, given by serial in the order they happen.

        `patience`: seconds to wait for one reply. A serial without a device is a KeyError before
        anything is sent.
        """
        lives = [(self.devices[serial], taps) for serial, taps in records.items()]
        total = sum(len(taps) for _device, taps in lives)
        link = Link(base_url, patience=patience, connections=concurrency)
        acknowledged = 0

        def sent(count: int) -> None:
            nonlocal acknowledged
            acknowledged += count
            if progress is not None:
                progress(acknowledged, total)

        async with asyncio.TaskGroup() as group:
            for device, taps in lives:
                group.create_task(device.run(link, taps, sent))
        devices = [device for device, _taps in lives]
        return FleetReport(
            devices=len(devices),
            records=total,
            acknowledged=acknowledged,
            refused=tuple(device.serial for device in devices if device.refused),
            unsent={
                device.serial: left
                for device in devices
                if (left := len(device.memory.lines) - device.memory.sent)
            },
            counts=_sum(devices),
        )

    def run_blocking(
        self,
        base_url: str,
        records: Mapping[str, Sequence[PlannedTap]],
        *,
        concurrency: int = 32,
        patience: float = 60.0,
        progress: Progress | None = None,
    ) -> FleetReport:
        """`run` for callers without an event loop."""
        return asyncio.run(
            self.run(
                base_url, records, concurrency=concurrency, patience=patience, progress=progress
            )
        )

    def truth(self) -> set[Key]:
        """What the server must have stored, each once."""
        return {key for device in self.devices.values() for key in device.memory.truth()}


def _sum(devices: Sequence[Device]) -> dict[str, int]:
    names = [field.name for field in attrs.fields(DeviceCounts)]
    return {name: sum(getattr(device.counts, name) for device in devices) for name in names}
