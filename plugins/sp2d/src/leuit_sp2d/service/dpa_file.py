"""Reading the file of a DPA: one line a row, each fault beside its row, nothing of the database.

Columns `sub_kegiatan`, `rekening` and `pagu` are required; `nama_sub_kegiatan` and `nama_rekening`
name what the lists of this house do not know. A ceiling is whole rupiah; zero takes a line away.
"""

from collections.abc import Callable

import attrs

from leuit.builtin.organisation import Line, read_table
from leuit.values import FieldError, InvalidInputError, TooLargeError, _, one_line
from leuit_sp2d.rules.codes import parse_account, parse_activity
from leuit_sp2d.rules.rupiah import LARGEST, parse_rupiah

from .budget_lines import LineKey

REQUIRED = ("sub_kegiatan", "rekening", "pagu")
COLUMNS = ("sub_kegiatan", "nama_sub_kegiatan", "rekening", "nama_rekening", "pagu")
MAX_ROWS = 10_000
"""Far above the DPA of any SKPD, and stored within seconds: the writer waits as long."""

LONGEST_NAME = 300
_ZERO = frozenset({"0", "0,0", "0,00", "0.0", "0.00"})


@attrs.frozen
class AskedLine:
    """A row of a file: the line that it names and an amount; what is wrong stands in `faults`.

    A code is the text of the file where it is wrong; `amount` is None where there is none.
    """

    number: int
    activity: str
    account: str
    amount: int | None
    faults: tuple[FieldError, ...] = ()
    activity_name: str = ""
    account_name: str = ""

    @property
    def key(self) -> LineKey:
        return self.activity, self.account


@attrs.frozen
class AskedLines:
    """The rows of a file, and its columns that nobody reads."""

    rows: tuple[AskedLine, ...]
    ignored: tuple[str, ...] = ()


def read_dpa(data: bytes) -> AskedLines:
    """The rows of a DPA; TooLargeError or InvalidInputError for what is no such file at all."""
    return read_lines(data, COLUMNS, REQUIRED, parse_ceiling)


def parse_ceiling(text: str) -> int:
    """An amount as `parse_rupiah` reads it, or zero."""
    return 0 if text.removeprefix("Rp").strip() in _ZERO else parse_rupiah(text)


def read_lines(
    data: bytes,
    columns: tuple[str, ...],
    required: tuple[str, ...],
    parse: Callable[[str], int],
) -> AskedLines:
    """The rows of a file whose last required column is an amount; a line named twice is a fault."""
    table = read_table(data, columns, required)
    if not table.lines:
        raise InvalidInputError(_("Berkas itu tidak berisi satu baris anggaran pun."))
    if len(table.lines) > MAX_ROWS:
        raise TooLargeError(
            _("Terlalu banyak baris: paling banyak %(limit)s."),
            advice=_("Satu berkas memuat anggaran satu SKPD."),
            limit=MAX_ROWS,
        )
    seen: dict[LineKey, int] = {}
    rows = tuple(_asked(line, required[-1], parse, seen) for line in table.lines)
    if sum(row.amount or 0 for row in rows) > LARGEST:
        raise InvalidInputError(
            _("Jumlah seluruh baris melebihi nilai yang masuk akal."),
            advice=_("Periksa kolom %(column)s: satuannya rupiah."),
            column=required[-1],
        )
    return AskedLines(rows, table.ignored)


def _asked(
    line: Line, column: str, parse: Callable[[str], int], seen: dict[LineKey, int]
) -> AskedLine:
    faults: list[FieldError] = []
    activity, account = line.get("sub_kegiatan"), line.get("rekening")
    for name, read in (("sub_kegiatan", parse_activity), ("rekening", parse_account)):
        try:
            read(line.get(name))
        except InvalidInputError as error:
            faults.append(FieldError(name, str(error), error.code))
    first = seen.setdefault((activity, account), line.number)
    if first != line.number:
        faults.append(
            FieldError(
                "rekening",
                _("Baris anggaran ini sudah ada di baris %(first)s."),
                "repeated",
                {"first": first},
            )
        )
    amount = None
    try:
        amount = parse(line.get(column))
    except InvalidInputError as error:
        faults.append(FieldError(column, str(error), error.code))
    names = []
    for name in ("nama_sub_kegiatan", "nama_rekening"):
        names.append(one_line(line.get(name)))
        if len(names[-1]) > LONGEST_NAME:
            faults.append(
                FieldError(
                    name, _("Paling banyak %(most)s huruf."), "too_long", {"most": LONGEST_NAME}
                )
            )
    return AskedLine(line.number, activity, account, amount, tuple(faults), *names)
