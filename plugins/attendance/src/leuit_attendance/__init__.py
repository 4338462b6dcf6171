"""Attendance (absensi): punches from devices become days and months that explain themselves."""

from importlib_metadata import version

from leuit.plugins import Plugin

from .settings import AttendanceSettings

plugin = Plugin(
    name="attendance",
    title="Absensi",
    version=version("leuit-attendance"),
    module="leuit_attendance",
    hooks="leuit_attendance.hooks",
    # By the ports sign_document, request_payment and archive_record: without the first recaps are
    # signed by hand, without the second nobody is asked to pay, without the third they stay here.
    uses=("archives", "esign", "sp2d"),
    settings=AttendanceSettings,
    models="leuit_attendance.models:Base",
    root_prefixes=("/iclock",),
    unaudited=(
        "attendance_device_state",
        "attendance_unknown_device",
        "attendance_set_aside",
        "attendance_bad_line",
    ),
)

__all__ = ["plugin"]
