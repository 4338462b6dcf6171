"""The table `[plugins.attendance]` of the settings."""

import attrs


@attrs.frozen
class AttendanceSettings:
    """How devices are treated.

    `set_aside_per_device` and `set_aside_devices` cap what unknown serials may leave behind.
    `drift_seconds` is how far a device's clock may be off before the fleet page warns.
    """

    set_aside_per_device: int = 20_000
    set_aside_devices: int = 200
    drift_seconds: int = 120
