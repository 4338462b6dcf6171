"""`leuit archives instrument import` and `… list`: the same as by page."""

from typing import Annotated

from cyclopts import Parameter

from leuit.builtin.organisation import MAX_BYTES, RefusedRowsError, print_rows
from leuit.plugins import CommandContext
from leuit.values import _, format_date, parse_date
from leuit_archives.service.instrument_import import Head, draft_file, receive, try_import
from leuit_archives.service.instruments import INSTRUMENTS, instrument_named, standing


def import_file(
    context: CommandContext,
    name: str,
    file: str,
    *,
    title: str,
    basis: str,
    since: Annotated[str, Parameter(name="--from")],
    confidence: str = "unverified",
    source: str = "",
    apply: bool = False,
) -> int:
    """Try an instrument from a CSV or XLSX file; with --apply make a draft of its edition.

    NAME is classification, retention, secrecy, urgency or letter_kinds. The draft is proposed and
    activated by two people at the page Peraturan. Exit status 1 when a row is refused; then
    nothing is stored.
    """
    instrument = instrument_named(name)
    head = Head(title, basis, confidence, parse_date(since), source)
    data = context.read_file(file, MAX_BYTES + 1)
    received = receive(context.app, instrument, data, context.path(file).name)
    with context.app.read(context.identity) as view:
        plan = try_import(view, received, head.effective_from)
    print_rows(context, plan.report)
    for key, point in plan.open_points:
        context.print(f"{key}: {point}")
    for note in plan.notes:
        context.print(note)
    if plan.report.refused:
        context.print(_("Tidak ada yang disimpan karena ada baris yang ditolak."))
        return 1
    if not apply:
        context.print(_("Percobaan saja; tidak ada yang disimpan."))
        return 0
    try:
        draft = draft_file(context.app, context.identity, received, head, digest=plan.report.digest)
    except RefusedRowsError as error:
        print_rows(context, error.report)
        return 1
    context.print(_("Naskah edisi %s tersimpan; ajukan dan aktifkan di halaman Peraturan.") % draft)
    return 0


def list_all(context: CommandContext) -> int:
    """Every instrument with the edition that holds today."""
    with context.app.read(context.identity) as view:
        for instrument in INSTRUMENTS.values():
            stands = standing(view, instrument, view.today)
            held = stands.held
            told = (
                f"{held.title}, {stands.count}, {format_date(held.effective_from)}" if held else "–"
            )
            context.print(f"{instrument.name:<16} {told}")
    return 0
