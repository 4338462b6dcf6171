"""What an edition of a DPA would do to the lines of an SKPD, row by row, before anything is stored.

The file is the whole budget: a line that it does not name becomes zero. More money comes from
outside into `unreleased`; less goes back from there, and where the SPDs have released more than the
new ceiling, their release is drawn back first. Below what SPM and SP2D hold no ceiling can go: such
a line is refused with the papers that hold it (PP 12/2019 Pasal 149 ayat (4)). Account codes hold
for a budget year: a new line under one that was replaced is refused with the code that holds.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from uuid import UUID

import attrs

from leuit.builtin.organisation import Report, RowReport
from leuit.values import FieldError, InvalidInputError, _
from leuit.work import View
from leuit_sp2d.models import FREE, OUTSIDE, UNRELEASED
from leuit_sp2d.rules.codes import parse_skpd
from leuit_sp2d.rules.rupiah import format_rupiah

from .budget_lines import LineKey, LineState, faults_of_paper
from .code_names import name_of_account, name_of_activity
from .commitments import NAMED, papers_on
from .dpa_file import AskedLine, AskedLines
from .ledger import Move
from .replaced_codes import replacement_of

_STAGE = re.compile(r"[A-Z0-9.]{1,8}")
GONE = 0
"""The row number of a line that the file does not name."""


@attrs.frozen
class DpaHead:
    """What is given beside the file; `stage` is M, P or P.04, `skpd_code` that of documents."""

    unit_id: UUID
    year: int
    stage: str
    number: str
    dated: dt.date
    skpd_code: str


@attrs.frozen
class Change:
    """A line and its new ceiling; `line` is None for a new one, `drawn` is taken out of SPDs."""

    line: LineState | None
    activity: str
    activity_name: str
    account: str
    account_name: str
    ceiling: int
    drawn: int = 0


@attrs.frozen
class ShortLine:
    """A line whose new ceiling does not bear what SPM and SP2D hold already."""

    activity: str
    account: str
    committed: int
    ceiling: int
    papers: tuple[str, ...]


@attrs.frozen
class DpaPlan:
    """The report of every row, and what to store when none of them is refused."""

    report: Report
    changes: tuple[Change, ...]
    short: tuple[ShortLine, ...]
    before: int

    @property
    def total(self) -> int:
        """The pagu of the whole edition."""
        return sum(change.ceiling for change in self.changes)

    @property
    def drawn(self) -> int:
        """How much of earlier SPDs is drawn back."""
        return sum(change.drawn for change in self.changes)


def check_head(head: DpaHead) -> DpaHead:
    """The head itself; InvalidInputError with every fault of it."""
    faults = faults_of_paper(head.year, head.number, head.dated)
    if not head.stage.isascii() or not _STAGE.fullmatch(head.stage):
        faults.append(FieldError("stage", _("Tulis tahap, misalnya M, P atau P.04.")))
    try:
        parse_skpd(head.skpd_code)
    except InvalidInputError as error:
        faults.append(FieldError("skpd_code", str(error), error.code))
    if faults:
        raise InvalidInputError(_("Keterangan DPA belum benar."), fields=faults)
    return attrs.evolve(head, skpd_code=head.skpd_code.strip())


def plan_dpa(
    view: View, asked: AskedLines, lines: Mapping[LineKey, LineState], year: int
) -> DpaPlan:
    """Judge every row of the file, and every line that it leaves out, against `lines` of a year."""
    left = dict(lines)
    short: list[ShortLine] = []
    rows, changes = [], []
    holders = papers_on(view, _endangered(asked, lines))
    for row in asked.rows:
        line = left.pop(row.key, None)
        report = RowReport(row.number, f"{row.activity} / {row.account}"[:60], "")
        report.faults.extend(row.faults)
        if line is None:  # one that is there already may hold payments: it stays
            report.faults.extend(_replaced(row.account, year))
        change = _named(row, line, report)
        rows.append(report)
        changes.append(_judge(change, report, holders, short))
    for line in left.values():
        if line.pockets.ceiling:
            report = RowReport(GONE, f"{line.activity} / {line.account}", line.account_name)
            rows.append(report)
            changes.append(_judge(_emptied(line), report, holders, short))
    before = sum(line.pockets.ceiling for line in lines.values())
    whole = Report("dpa", tuple(rows), asked.ignored)
    return DpaPlan(whole, tuple(changes), tuple(short), before)


def moves_of(change: Change, line_id: UUID) -> list[Move]:
    """The movements that bring a line to its new ceiling, in their order."""
    old = change.line.pockets.ceiling if change.line else 0
    moves = []
    if change.drawn:
        moves.append(Move(line_id, FREE, UNRELEASED, change.drawn))
    if change.ceiling > old:
        moves.append(Move(line_id, OUTSIDE, UNRELEASED, change.ceiling - old))
    elif change.ceiling < old:
        moves.append(Move(line_id, UNRELEASED, OUTSIDE, old - change.ceiling))
    return moves


def _replaced(account: str, year: int) -> Iterator[FieldError]:
    if (holds := replacement_of(account, year)) is not None:
        yield FieldError(
            "rekening",
            _("%(code)s tidak berlaku sejak tahun anggaran %(since)s; pakai %(holds)s."),
            "replaced_code",
            {
                "code": account,
                "since": holds.since,
                "holds": f"{holds.code} {name_of_account(holds.code)}".rstrip(),
            },
        )


def _named(row: AskedLine, line: LineState | None, report: RowReport) -> Change:
    """The row with the names of the file, else those that the line has, else those we know."""
    activity_name = row.activity_name or (
        line.activity_name if line else name_of_activity(row.activity)
    )
    account_name = row.account_name or (line.account_name if line else name_of_account(row.account))
    if not row.faults:
        if not activity_name:
            report.refuse("nama_sub_kegiatan", _("Isi nama sub-kegiatan."))
        if not account_name:
            report.refuse("nama_rekening", _("Isi nama rekening."))
        if line is None and not row.amount:
            report.refuse("pagu", _("Pagu baris baru harus di atas nol."))
    report.label = account_name
    return Change(line, row.activity, activity_name, row.account, account_name, row.amount or 0)


def _emptied(line: LineState) -> Change:
    return Change(line, line.activity, line.activity_name, line.account, line.account_name, 0)


def _judge(
    change: Change,
    report: RowReport,
    holders: Mapping[UUID, tuple[str, ...]],
    short: list[ShortLine],
) -> Change:
    """Fill the report of a row; returns the change with what has to be drawn back."""
    line = change.line
    if report.faults:
        report.status = "ditolak"
        return change
    if line is None:
        report.changed(_("Pagu %s.") % format_rupiah(change.ceiling), new=True)
        return change
    pockets, old = line.pockets, line.pockets.ceiling
    committed = pockets.reserved + pockets.spent
    if change.ceiling < committed:
        papers = holders.get(line.id, ())
        short.append(ShortLine(change.activity, change.account, committed, change.ceiling, papers))
        report.faults.append(_below(committed, change.ceiling, papers))
        report.status = "ditolak"
        return change
    if change.ceiling != old:
        amounts = (format_rupiah(old), format_rupiah(change.ceiling))
        if report.number == GONE:
            report.changed(_("Tidak ada di berkas: pagu %s menjadi %s.") % amounts)
        else:
            report.changed(_("Pagu %s menjadi %s.") % amounts)
    drawn = max(0, pockets.free + committed - change.ceiling)
    if drawn:
        report.changed(_("SPD ditarik kembali %s.") % format_rupiah(drawn))
    for was, name in (
        (line.activity_name, change.activity_name),
        (line.account_name, change.account_name),
    ):
        if was != name:
            report.changed(_("Nama “%s” menjadi “%s”.") % (was, name))
    return attrs.evolve(change, drawn=drawn)


def _endangered(asked: AskedLines, lines: Mapping[LineKey, LineState]) -> list[UUID]:
    """The lines that the file would bring below what is held on them."""
    amounts = {row.key: row.amount or 0 for row in asked.rows}
    return [
        line.id
        for key, line in lines.items()
        if amounts.get(key, 0) < line.pockets.reserved + line.pockets.spent
    ]


def _below(committed: int, ceiling: int, papers: tuple[str, ...]) -> FieldError:
    params = {"held": format_rupiah(committed), "ceiling": format_rupiah(ceiling)}
    if not papers:
        sentence = _("Pagu baru %(ceiling)s kurang dari %(held)s yang sudah diproses atau cair.")
    elif len(papers) <= NAMED:
        params["papers"] = ", ".join(papers)
        sentence = _(
            "Pagu baru %(ceiling)s kurang dari %(held)s yang ditahan atau dicairkan"
            " oleh %(papers)s."
        )
    else:
        params["papers"] = ", ".join(papers[:NAMED])
        params["more"] = str(len(papers) - NAMED)
        sentence = _(
            "Pagu baru %(ceiling)s kurang dari %(held)s yang ditahan atau dicairkan"
            " oleh %(papers)s dan %(more)s lainnya."
        )
    return FieldError("pagu", sentence, "below_commitments", params)
