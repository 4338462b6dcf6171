"""`leuit sp2d tpp import`: the same as by page."""

from leuit.builtin.organisation import MAX_BYTES, RefusedRowsError, print_report
from leuit.plugins import CommandContext
from leuit_sp2d.service.tpp_import import apply_bases, receive_bases, try_bases


def import_bases(
    context: CommandContext, file: str, *, apply: bool = False, replace: bool = False
) -> int:
    """Try the TPP base amounts of a CSV or XLSX file; with --apply store them.

    Columns: nip, nama, nominal, berlaku_sejak, dasar_keputusan. A row that says something else
    than what is stored for the same person and day is refused, unless --replace is given. Exit
    status 1 when a row is refused; then nothing is stored.
    """
    data, name = context.read_file(file, MAX_BYTES + 1), context.path(file).name
    received = receive_bases(context.app, data, name, replace=replace)
    try:
        if apply:
            report = apply_bases(context.app, context.identity, received)
        else:
            with context.app.read(context.identity) as view:
                report = try_bases(view, received)
    except RefusedRowsError as error:
        report = error.report
    return print_report(context, report)
