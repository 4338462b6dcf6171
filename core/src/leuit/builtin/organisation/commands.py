"""`leuit organisation import-units FILE` and `import-staff FILE`: the same import as by page."""

import datetime as dt
from typing import Annotated

from cyclopts import Parameter

from leuit.plugins import CommandContext
from leuit.values import parse_date

from .importing import Kind, RefusedRowsError, apply_import, receive, try_import
from .report import Report
from .tables import MAX_BYTES
from .told_report import print_report


def import_units(
    context: CommandContext,
    file: str,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    effective: str = "",
    json_output: Annotated[bool, Parameter(name="--json")] = False,
) -> int:
    """Bring in units from a CSV or XLSX file: code, name, short, kind, parent_code, effective.

    With --dry-run nothing is changed. With --skip-bad refused rows are left out and the rest is
    stored; without it one refused row means that nothing is. --effective is the day for rows that
    name none (today).
    """
    return _run(context, "units", file, dry_run, skip_bad, effective, json_output)


def import_staff(
    context: CommandContext,
    file: str,
    *,
    dry_run: bool = False,
    skip_bad: bool = False,
    effective: str = "",
    json_output: Annotated[bool, Parameter(name="--json")] = False,
) -> int:
    """Bring in staff from a CSV or XLSX file.

    Columns: nip, nik, name, sex, unit_code, position, is_head, kind, pin, effective, until, email,
    account. The options are those of import-units.
    """
    return _run(context, "staff", file, dry_run, skip_bad, effective, json_output)


def _run(
    context: CommandContext,
    kind: Kind,
    file: str,
    dry_run: bool,
    skip_bad: bool,
    effective: str,
    json_output: bool,
) -> int:
    data = context.read_file(file, MAX_BYTES + 1)
    day = parse_date(effective) if effective else None
    if dry_run:
        with context.app.read(context.identity) as view:
            report = try_import(view, kind, data, day)
    else:
        report = _apply(context, kind, file, data, day, skip_bad)
    return print_report(context, report, json=json_output)


def _apply(
    context: CommandContext,
    kind: Kind,
    file: str,
    data: bytes,
    day: dt.date | None,
    skip_bad: bool,
) -> Report:
    import_id = receive(context.app, context.identity, kind, file, data)
    try:
        return apply_import(context.app, context.identity, import_id, day=day, skip_bad=skip_bad)
    except RefusedRowsError as error:
        return error.report
