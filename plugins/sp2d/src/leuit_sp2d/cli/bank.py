"""`leuit sp2d answer`, `leuit sp2d read-statement` and `leuit sp2d check-ledger`."""

from typing import Annotated

from cyclopts import Parameter

from leuit.builtin.core import has_real_people
from leuit.plugins import CommandContext
from leuit.values import ConflictError, InvalidInputError, _, parse_date
from leuit_sp2d.rules.rupiah import format_rupiah, parse_rupiah
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.statements import read_bank_statement


def answer(
    context: CommandContext,
    file: str,
    *,
    output: Annotated[str, Parameter(name=("--output", "-o"))],
    opening: str = "10.000.000.000",
    returned: tuple[str, ...] = (),
    date: str = "",
) -> int:
    """Answer a file of orders (pain.001) as a bank would, by a statement (camt.053): for trials.

    --returned SP2D2026-000123=AC04 has one of the orders come back. Only on an installation without
    real people: there a statement comes from the bank alone.
    """
    with context.app.read(context.identity) as view:
        if has_real_people(view):
            raise ConflictError(
                _("Jawaban bank tiruan hanya untuk instalasi contoh."),
                advice=_("Baca rekening koran yang dikirim bank."),
            )
        at = view.now
    if date:
        at = at.replace(
            **{part: getattr(parse_date(date), part) for part in ("year", "month", "day")}
        )
    from leuit_sp2d.bank.answering import answer_orders  # late: its forms take long to import

    orders = context.read_file(file)
    statement = answer_orders(
        orders, at, returned=dict(map(_pair, returned)), opening=parse_rupiah(opening)
    )
    context.path(output).write_bytes(statement)
    context.print(_("Rekening koran tiruan ditulis ke %s.") % output)
    return 0


def read(context: CommandContext, file: str) -> int:
    """Read a statement of the bank (camt.053), as by page."""
    told = read_bank_statement(
        context.app, context.identity, context.path(file).name, context.read_file(file)
    )
    if told.known_before:
        context.print(_("Rekening koran itu sudah dibaca; tidak ada yang berubah."))
        return 0
    sentence = _("Terbaca: %(paid)s dibayar, %(returned)s diretur, %(unknown)s tidak dikenal.")
    context.print(
        sentence % {"paid": told.paid, "returned": told.returned, "unknown": len(told.unknown)}
    )
    return 0


def check(context: CommandContext, *, json: bool = False) -> int:
    """Compare every kept balance with its entries and documents; exit status 1 when one differs."""
    with context.app.read(context.identity) as view:
        report = check_ledger(view)
    if json:
        context.print_json(
            {
                "lines": report.lines,
                "entries": report.entries,
                "payments": report.payments,
                "disagreements": [
                    {
                        "what": str(one.what),
                        "id": str(one.id),
                        "kept": one.kept,
                        "sum": one.worked_out,
                    }
                    for one in report.disagreements
                ],
            }
        )
    else:
        counts = {
            "lines": report.lines,
            "entries": report.entries,
            "payments": report.payments,
        }
        context.print(
            _("%(lines)s baris anggaran, %(entries)s entri, %(payments)s pembayaran.") % counts
        )
        for one in report.disagreements:
            sentence = _("%(what)s %(id)s: tersimpan %(kept)s, menurut entri %(sum)s.")
            context.print(
                sentence
                % {
                    "what": one.what,
                    "id": one.id,
                    "kept": format_rupiah(one.kept),
                    "sum": format_rupiah(one.worked_out),
                }
            )
        if not report.disagreements:
            context.print(_("Buku cocok: tiap rupiah ada penjelasannya."))
    return 1 if report.disagreements else 0


def _pair(text: str) -> tuple[str, str]:
    name, sign, reason = text.partition("=")
    if not sign or not name or not reason:
        raise InvalidInputError(
            _("“%(text)s” bukan pasangan nama=alasan."),
            advice=_("Tulis misalnya SP2D2026-000123=AC04."),
            text=text,
        )
    return name, reason
