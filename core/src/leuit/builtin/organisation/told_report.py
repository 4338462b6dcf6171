"""How commands tell the report of an import, for every plugin the same."""

from leuit.plugins import CommandContext
from leuit.values import _

from .report import Report


def print_rows(context: CommandContext, report: Report) -> None:
    """Every row that is not the same already, then how many there are of each outcome.

    A row that the file does not have (number 0) is one that it leaves out.
    """
    for row in report.rows:
        if row.status == "sama":
            continue
        context.print(f"{row.number or '-':>6}  {row.status:<8}  {row.key}  {row.label}")
        for fault in row.faults:
            context.print(f"{'':>8}{fault.path}: {fault.sentence()}")
        for change in row.changes if row.status != "ditolak" else ():
            context.print(f"{'':>8}{change}")
    if report.ignored_columns:
        context.print(_("Kolom yang diabaikan: %s") % ", ".join(report.ignored_columns))
    context.print(", ".join(f"{count} {status}" for status, count in report.counts.items()))


def print_report(context: CommandContext, report: Report, *, json: bool = False) -> int:
    """The rows and whether they were stored, or all of it for programs; the exit status.

    That is 1 when a row is refused.
    """
    if json:
        context.print_json(report.plain())
        return 1 if report.refused else 0
    print_rows(context, report)
    if report.applied:
        context.print(_("Sudah disimpan."))
    elif report.refused:
        context.print(_("Tidak ada yang disimpan karena ada baris yang ditolak."))
    else:
        context.print(_("Percobaan saja; tidak ada yang disimpan."))
    return 1 if report.refused else 0
