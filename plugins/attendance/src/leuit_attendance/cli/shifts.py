"""`leuit attendance shifts FILE`: shift assignments from a CSV or XLSX file."""

from pathlib import Path

from leuit.builtin.organisation import RefusedRowsError, Report, print_report
from leuit.plugins import CommandContext
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
    data, name = context.read_file(file), context.path(file).name
    if dry_run:
        with context.app.read(context.identity) as view:
            report = plan_shifts(view, data).report
    else:
        report = _apply(context, data, name, skip_bad)
        drain(context.app)
    return print_report(context, report, json=json)


def _apply(context: CommandContext, data: bytes, name: str, skip_bad: bool) -> Report:
    try:
        with context.app.change(context.identity) as work:
            return import_shifts(work, data, name, skip_bad=skip_bad)
    except RefusedRowsError as error:
        return error.report
