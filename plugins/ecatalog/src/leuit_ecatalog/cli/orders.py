"""`leuit ecatalog import`: categories, attributes and kecamatan from a file, as by page."""

from leuit.builtin.organisation import MAX_BYTES, RefusedRowsError, print_rows
from leuit.plugins import CommandContext
from leuit_ecatalog.service.category_import import apply_order, receive_order, try_order


def bring_in(context: CommandContext, kind: str, file: str, *, apply: bool = False) -> int:
    """Try a table of the catalogue from a CSV or XLSX file; with --apply store it.

    KIND is categories, attributes or districts. Exit status 1 when a row is refused; then nothing
    is stored.
    """
    data = context.read_file(file, MAX_BYTES + 1)
    received = receive_order(context.app, kind, data, context.path(file).name)
    try:
        if apply:
            report = apply_order(context.app, context.identity, received)
        else:
            with context.app.read(context.identity) as view:
                report = try_order(view, received)
    except RefusedRowsError as error:
        report = error.report
    print_rows(context, report)
    return 1 if report.refused else 0
