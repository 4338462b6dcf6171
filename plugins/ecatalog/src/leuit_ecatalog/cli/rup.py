"""`leuit ecatalog rup`: packages of the procurement plan from a file, as by page."""

from leuit.builtin.organisation import MAX_BYTES, RefusedRowsError, print_rows, unit_by_code
from leuit.plugins import CommandContext
from leuit.values import NotFoundError, _
from leuit_ecatalog.service.rup_import import RupHead, apply_rup, receive_rup, try_rup


def bring_in(
    context: CommandContext, unit: str, year: int, file: str, *, apply: bool = False
) -> int:
    """Try RUP packages of a unit and year from a CSV or XLSX file; with --apply store them.

    Exit status 1 when a row is refused; then nothing is stored.
    """
    with context.app.read(context.identity) as view:
        found = unit_by_code(view, unit)
    if found is None:
        raise NotFoundError(_("Unit %(code)s tidak ada."), code=unit)
    data = context.read_file(file, MAX_BYTES + 1)
    received = receive_rup(context.app, RupHead(found.id, year), data, context.path(file).name)
    try:
        if apply:
            report = apply_rup(context.app, context.identity, received)
        else:
            with context.app.read(context.identity) as view:
                report = try_rup(view, received)
    except RefusedRowsError as error:
        report = error.report
    print_rows(context, report)
    return 1 if report.refused else 0
