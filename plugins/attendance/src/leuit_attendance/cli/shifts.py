"""`leuit attendance shifts FILE`: shift assignments from a CSV or XLSX file."""

from pathlib import Path

from leuit.builtin.organisation import RefusedRowsError, Report
from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, _
from leuit_attendance.service.compute import drain
from leuit_attendance.service.shifts import import_shifts, plan_shifts


def import_file(
    context: CommandContext,
    file: Path,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    json: bool = False,
) -> int:
    """Bring in shift assignments from FILE (CSV or XLSX): nip or pin, date, shift, on_holidays.

    A shift of `-` takes the assignment away. With --dry-run nothing is changed; with --skip-bad
    refused rows are left out, without it one refused row means that nothing is stored. Exit status
    1 when a row is refused.
    """
    path = context.path(file)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InvalidInputError(
            _("Berkas %(file)s tidak dapat dibaca: %(reason)s."),
            file=str(file),
            reason=error.strerror or type(error).__name__,
        ) from error
    if dry_run:
        with context.app.read(context.identity) as view:
            report = plan_shifts(view, data).report
    else:
        report = _apply(context, data, path.name, skip_bad)
        drain(context.app)
    if json:
        context.print_json(report.plain())
    else:
        _print(context, report)
    return 1 if report.refused else 0


def _apply(context: CommandContext, data: bytes, name: str, skip_bad: bool) -> Report:
    try:
        with context.app.change(context.identity) as work:
            return import_shifts(work, data, name, skip_bad=skip_bad)
    except RefusedRowsError as error:
        return error.report


def _print(context: CommandContext, report: Report) -> None:
    for row in report.rows:
        if row.status == "sama":
            continue
        context.print(f"{row.number:>6}  {row.status:<8}  {row.label}")
        for fault in row.faults:
            context.print(f"{'':>8}{fault.path}: {fault.sentence()}")
        for change in row.changes if row.status != "ditolak" else ():
            context.print(f"{'':>8}{change}")
    context.print(", ".join(f"{count} {status}" for status, count in report.counts.items()))
    context.print(_("Sudah disimpan.") if report.applied else _("Tidak ada yang disimpan."))
