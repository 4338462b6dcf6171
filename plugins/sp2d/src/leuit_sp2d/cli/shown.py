"""What the commands of imports share: reading the file, and telling the report of its rows."""

from leuit.builtin.organisation import Report
from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, _

LARGEST = 8 * 1024 * 1024


def show_report(context: CommandContext, report: Report) -> None:
    """Every row that is not the same already, then how many there are of each outcome."""
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


def read_file(context: CommandContext, file: str) -> bytes:
    """The bytes of a file, one more than is allowed at most; InvalidInputError names the reason."""
    try:
        with context.path(file).open("rb") as stream:
            return stream.read(LARGEST + 1)
    except OSError as error:
        raise InvalidInputError(
            _("Berkas “%(file)s” tidak dapat dibaca: %(reason)s."),
            file=file,
            reason=error.strerror or str(error),
        ) from error
