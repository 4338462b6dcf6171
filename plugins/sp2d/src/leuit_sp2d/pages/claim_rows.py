"""The rows of the form of a claim: budget lines and deductions, read as they were typed.

Rows are numbered in their names (`line-0`, `amount-0`); empty ones are passed over. Deductions of a
salary may come from a file, which fills the rows and stores nothing.
"""

from leuit.values import FieldError, InvalidInputError, LeuitError, _
from leuit.web import Form, FormPage, Request, parse_id
from leuit_sp2d.rules.rupiah import format_rupiah, parse_rupiah
from leuit_sp2d.service.claims import MOST_DEDUCTIONS, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.deduction_file import DeductionFile, parse_code, read_deductions
from leuit_sp2d.service.taxed import OTHER

ROWS = 3
MOST_ROWS = 40
LINES = ("line", "amount")
CUTS = ("cutcode", "cut", "cutamount", "cutinfo")


def rows_in(form: Form, names: tuple[str, ...], most: int = MOST_ROWS) -> int:
    """How many rows of these fields a form holds, at least those that are offered at first."""
    numbers = [
        int(tail)
        for name in form
        for head, _dash, tail in [name.rpartition("-")]
        if head in names and tail.isascii() and tail.isdigit() and len(tail) < 4
    ]
    return min(max([ROWS - 1, *numbers]) + 1, most)


def lines_in(request: Request, form: FormPage, rows: int) -> tuple[ClaimedLine, ...]:
    """The budget lines with their amounts; faults stand at the amount of their row."""
    found = []
    for row in range(rows):
        line, amount = (request.form.get(f"{name}-{row}", "").strip() for name in LINES)
        if not line and not amount:
            continue
        try:
            if not line:
                raise InvalidInputError(_("Pilih baris anggarannya."))
            found.append(ClaimedLine(parse_id(line), parse_rupiah(amount)))
        except InvalidInputError as error:
            form.errors[f"amount-{row}"] = str(error)
    return tuple(found)


def cuts_in(request: Request, form: FormPage, rows: int) -> tuple[ClaimedDeduction, ...]:
    """The deductions that were typed; without a code they are `LAIN`."""
    found = []
    for row in range(rows):
        code, title, amount = (
            request.form.get(f"{name}-{row}", "").strip()
            for name in ("cutcode", "cut", "cutamount")
        )
        if not (code or title or amount):
            continue
        field = "cutamount"
        try:
            value = parse_rupiah(amount)
            field = "cutcode"
            known = parse_code(code) if code else OTHER
            reduces = request.form.get(f"cutinfo-{row}") != "ya"
            found.append(ClaimedDeduction(known, title, value, reduces))
        except InvalidInputError as error:
            form.errors[f"{field}-{row}"] = str(error)
    return tuple(found)


def cut_values(deductions: tuple[ClaimedDeduction, ...]) -> dict[str, str]:
    """Deductions as the form shows them."""
    values: dict[str, str] = {}
    for row, one in enumerate(deductions):
        values |= {f"cut-{row}": one.title, f"cutamount-{row}": format_rupiah(one.amount)}
        values |= {} if one.code == OTHER else {f"cutcode-{row}": one.code}
        values |= {} if one.reduces else {f"cutinfo-{row}": "ya"}
    return values


def fill_cuts(request: Request, form: FormPage) -> DeductionFile | None:
    """Put the deductions of the sent file into the rows; with a faulty row none of them.

    What is wrong with the file stands at its field; the rows stay as they were then.
    """
    upload = request.files.get("cutfile")
    try:
        if upload is None or not upload.data:
            raise InvalidInputError(_("Pilih berkas."))
        read = read_deductions(upload.data)
    except LeuitError as error:
        if error.status not in (413, 422):
            raise
        form.errors["cutfile"] = str(error)
        return None
    if read.refused:
        fault = FieldError("cutfile", _("%(count)s baris ditolak; belum ada yang diisi."))
        fault.params["count"] = len(read.refused)
        form.errors["cutfile"] = fault.sentence()
        return read
    for name in [name for name in form.values if name.partition("-")[0] in CUTS]:
        del form.values[name]
    form.values.update(cut_values(read.deductions))
    return read


def cut_rows(form: Form, read: DeductionFile | None) -> int:
    """How many rows of deductions are shown: those typed, or those of a file."""
    filled = len(read.deductions) if read and not read.refused else 0
    return filled or rows_in(form, CUTS, MOST_DEDUCTIONS)
