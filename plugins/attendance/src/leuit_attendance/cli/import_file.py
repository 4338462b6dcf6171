"""`leuit attendance import FILE`: punches from a memory stick."""

from pathlib import Path
from typing import Any

import attrs

from leuit.plugins import CommandContext
from leuit.values import _
from leuit_attendance.models import Device
from leuit_attendance.service.attlog_import import ImportReport, import_file
from leuit_attendance.service.compute import drain

SHOWN_JUNK = 20


def import_punches(
    context: CommandContext, file: Path, *, device: str | None = None, json: bool = False
) -> int:
    """Store the punches of FILE (`*_attlog.dat`, both forms), each once.

    The device is the one of --device SERIAL, else the one that the file names. Exit status 1 when
    that device is not registered.
    """
    data, name = context.read_file(file), context.path(file).name
    found, report = import_file(context.app, context.identity, data, name, device)
    drain(context.app)  # the days are judged when the command returns, also without a server
    if json:
        context.print_json(_plain(found, report))
    else:
        _print(context, name, found, report)
    return 0


def _plain(device: Device, report: ImportReport) -> dict[str, Any]:
    junk = [
        {"line": line.line_number, "code": line.code, "reason": str(line.reason)}
        for line in report.junk
    ]
    return {"device": device.serial, **attrs.asdict(report, recurse=False), "junk": junk}


def _print(context: CommandContext, name: str, device: Device, report: ImportReport) -> None:
    form = _("bentuk lama") if report.form == "older" else _("bentuk sekarang")
    context.print(_("Berkas: %s (%s)") % (name, form))
    context.print(_("Mesin: %s") % " ".join(part for part in (device.serial, device.name) if part))
    context.print(_("Baris: %s") % report.lines)
    context.print(_("Baru: %s") % report.new)
    context.print(_("Sudah ada: %s") % report.known)
    context.print(_("Berulang dalam berkas: %s") % report.repeats)
    context.print(_("Tidak terbaca: %s") % report.junk_count)
    others = report.lines - report.new - report.known - report.repeats - report.junk_count
    if others:
        context.print(_("Judul, penutup, dan baris kosong: %s") % others)
    for line in report.junk[:SHOWN_JUNK]:
        context.print(_("  baris %s: %s") % (line.line_number, line.reason))
    if report.junk_count > SHOWN_JUNK:
        context.print(_("  … dan %s baris lain") % (report.junk_count - SHOWN_JUNK))
    if report.foreign:
        context.print(_("Perhatikan: %s rekaman menyebut nomor mesin lain.") % report.foreign)
