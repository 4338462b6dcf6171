"""`leuit sp2d dpa import` and `leuit sp2d spd issue`: the same as by page."""

from typing import Annotated
from uuid import UUID

from cyclopts import Parameter

from leuit.builtin.organisation import (
    MAX_BYTES,
    RefusedRowsError,
    Report,
    print_rows,
    unit_by_code,
)
from leuit.plugins import CommandContext
from leuit.values import InvalidInputError, NotFoundError, _, parse_date
from leuit_sp2d.service.dpa import DpaHead
from leuit_sp2d.service.dpa_import import StoredDpa, apply_dpa, receive_dpa, try_dpa
from leuit_sp2d.service.spd import SpdHead, issue_spd
from leuit_sp2d.service.spd_request import Share, SpdRequest, parse_percent, read_spd


def import_dpa(
    context: CommandContext,
    file: str,
    *,
    unit: str,
    year: int,
    stage: str,
    number: str,
    dated: Annotated[str, Parameter(name="--date")],
    skpd_code: str,
    apply: bool = False,
) -> int:
    """Try the DPA of an SKPD from a CSV or XLSX file; with --apply store it.

    Columns: sub_kegiatan, nama_sub_kegiatan, rekening, nama_rekening, pagu. The file is the whole
    budget of the SKPD: a line that it does not name becomes zero. Exit status 1 when a row is
    refused; then nothing is stored.
    """
    head = DpaHead(_unit(context, unit), year, stage, number, parse_date(dated), skpd_code)
    received = receive_dpa(
        context.app, head, context.read_file(file, MAX_BYTES + 1), context.path(file).name
    )
    try:
        if apply:
            stored = apply_dpa(context.app, context.identity, received)
            return _told(context, stored, stored.report)
        with context.app.read(context.identity) as view:
            tried = try_dpa(view, received)
    except RefusedRowsError as error:
        return _told(context, None, error.report)
    return _told(context, tried if isinstance(tried, StoredDpa) else None, tried.report)


def issue(
    context: CommandContext,
    *,
    unit: str,
    year: int,
    quarter: int,
    number: str,
    dated: Annotated[str, Parameter(name="--date")],
    percent: str = "",
    file: str = "",
) -> int:
    """Issue an SPD: --percent of the ceiling of every line, or the amounts of --file.

    A share is never more than what a line has left; a file names sub_kegiatan, rekening and nilai.
    Exit status 1 when a row is refused; then nothing is stored.
    """
    if bool(percent) == bool(file):
        raise InvalidInputError(_("Beri salah satu: --percent atau --file."))
    asked: SpdRequest = (
        Share(parse_percent(percent))
        if percent
        else read_spd(context.read_file(file, MAX_BYTES + 1))
    )
    head = SpdHead(_unit(context, unit), year, quarter, number, parse_date(dated))
    try:
        issued = issue_spd(context.app, context.identity, head, asked)
    except RefusedRowsError as error:
        print_rows(context, error.report)
        context.print(_("SPD tidak terbit karena ada baris yang ditolak."))
        return 1
    if issued.report is None:
        context.print(_("SPD ini sudah terbit; tidak ada yang berubah."))
        return 0
    print_rows(context, issued.report)
    context.print(_("SPD terbit."))
    return 0


def _told(context: CommandContext, stored: StoredDpa | None, report: Report | None) -> int:
    """Print how an import went; its exit status."""
    if report is not None:
        print_rows(context, report)
    if report is None and stored is not None:
        told = _("Berkas ini sudah tersimpan sebagai DPA ke-%s; tidak ada yang berubah.")
        context.print(told % stored.sequence)
    elif stored is not None:
        context.print(_("DPA ke-%s tersimpan.") % stored.sequence)
    elif report is not None and report.refused:
        context.print(_("Tidak ada yang disimpan karena ada baris yang ditolak."))
        return 1
    else:
        context.print(_("Percobaan saja; tidak ada yang disimpan."))
    return 0


def _unit(context: CommandContext, code: str) -> UUID:
    with context.app.read(context.identity) as view:
        found = unit_by_code(view, code)
        if found is None:
            raise NotFoundError(_("Tidak ada unit berkode %(code)s."), code=code[:40])
        return found.id
