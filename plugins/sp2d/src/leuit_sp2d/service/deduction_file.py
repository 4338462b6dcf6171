"""Reading the file of a salary's deductions: one a row, each fault beside its row, nothing stored.

Columns `kode`, `nama`, `nilai` and `mengurangi` (ya or tidak). IWP, BPJS and the like come worked
out from the salary roll; nothing is computed here, since their bases and rates are not ours.
"""

import attrs

from leuit.builtin.organisation import Line, read_table
from leuit.values import FieldError, InvalidInputError, LeuitError, Text, _, one_line
from leuit_sp2d.rules.rupiah import parse_rupiah

from .claims import MOST_DEDUCTIONS, ClaimedDeduction

COLUMNS = ("kode", "nama", "nilai", "mengurangi")
LONGEST_CODE, LONGEST_TITLE = 12, 120
_YES_NO = {"ya": True, "tidak": False}


@attrs.frozen
class RefusedRow:
    """A row that cannot be taken: its number as a spreadsheet shows it, and why."""

    number: int
    title: str
    faults: tuple[FieldError, ...]


@attrs.frozen
class DeductionFile:
    """What a file says: the deductions in their order, and the rows that are refused."""

    deductions: tuple[ClaimedDeduction, ...]
    refused: tuple[RefusedRow, ...]

    @property
    def reducing(self) -> int:
        """Sum of what is kept back from the transfer."""
        return sum(one.amount for one in self.deductions if one.reduces)

    @property
    def informing(self) -> int:
        """Sum of what is told only."""
        return sum(one.amount for one in self.deductions if not one.reduces)


def read_deductions(data: bytes) -> DeductionFile:
    """The deductions of a CSV or XLSX; InvalidInputError or TooLargeError for no such file."""
    table = read_table(data, COLUMNS, COLUMNS)
    if not table.lines:
        raise InvalidInputError(_("Berkas itu tidak berisi satu potongan pun."))
    if len(table.lines) > MOST_DEDUCTIONS:
        raise InvalidInputError(
            _("Paling banyak %(most)s potongan."),
            advice=_("Jumlahkan tiap jenis potongan menjadi satu baris."),
            most=MOST_DEDUCTIONS,
        )
    taken: list[ClaimedDeduction] = []
    refused: list[RefusedRow] = []
    seen: dict[str, int] = {}
    for line in table.lines:
        read = _read(line, seen)
        if isinstance(read, RefusedRow):
            refused.append(read)
        else:
            taken.append(read)
    return DeductionFile(tuple(taken), tuple(refused))


def parse_code(text: str) -> str:
    """A deduction's code in capitals: letters, digits, dot, dash and underscore, at most 12."""
    code = one_line(text).upper()
    plain = code.replace("-", "").replace(".", "").replace("_", "")
    if not (plain.isascii() and plain.isalnum() and len(code) <= LONGEST_CODE):
        raise InvalidInputError(
            _("“%(text)s” bukan kode potongan."),
            advice=_("Huruf, angka, titik atau garis; paling banyak 12."),
            text=text[:40],
        )
    return code


def _read(line: Line, seen: dict[str, int]) -> ClaimedDeduction | RefusedRow:
    faults: list[FieldError] = []
    code, amount = "", 0
    try:
        code = parse_code(line.get("kode"))
    except LeuitError as error:
        faults.append(error.at("kode"))
    title = one_line(line.get("nama"))
    if not title or len(title) > LONGEST_TITLE:
        faults.append(FieldError("nama", _("Isi nama potongan, paling banyak 120 huruf.")))
    try:
        amount = parse_rupiah(line.get("nilai"))
    except LeuitError as error:
        faults.append(error.at("nilai"))
    reduces = _YES_NO.get(line.get("mengurangi").strip().lower())
    if reduces is None:
        faults.append(FieldError("mengurangi", _("Tulis ya atau tidak."), "yes_no"))
    first = seen.setdefault(code, line.number) if code else line.number
    if first != line.number:
        told: Text = _("Kode ini sudah ada di baris %(first)s.")
        faults.append(FieldError("kode", told, "repeated", {"first": first}))
    if faults or reduces is None:
        return RefusedRow(line.number, title or code, tuple(faults))
    return ClaimedDeduction(code, title, amount, reduces)
