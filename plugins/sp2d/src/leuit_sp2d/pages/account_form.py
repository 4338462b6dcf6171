"""The form of an LPJ: receipt by receipt what was spent of the float, from which budget line."""

from typing import Any
from uuid import UUID

import attrs

from leuit.values import ConflictError, InvalidInputError, LeuitError, _, new_id, parse_date
from leuit.web import Choice, Field, FormPage, Request, Response, parse_id, redirect
from leuit.work import View
from leuit_sp2d.inbox_accounts import account_path
from leuit_sp2d.models import Lpj
from leuit_sp2d.permissions import REQUEST
from leuit_sp2d.rules.float import Float
from leuit_sp2d.rules.rupiah import format_rupiah, parse_rupiah
from leuit_sp2d.service.float import float_of
from leuit_sp2d.service.lines import line_choices
from leuit_sp2d.service.lpj import (
    MOST_RECEIPTS,
    OPEN,
    SpentReceipt,
    draft_lpj,
    find_lpj,
    receipts_of,
    require_lpj,
    revise_lpj,
)
from leuit_sp2d.service.lpj_listing import units_with_float

from .claim_rows import ROWS, rows_in
from .common import faults_of, id_in, version_in

LIST = "/sp2d/accounts"
NEW = f"{LIST}/new"
COLUMNS = ("line", "amount", "number", "dated", "note")
_PAGE = "sp2d/account_form.html"


@attrs.frozen
class Desk:
    """Where an LPJ is written: the unit, the lines it may name, and its float."""

    unit_id: UUID
    unit: str
    lines: dict[str, str]
    funds: Float


def new_account(request: Request) -> Response:
    """Choose the unit where there are several, then the form; what is sent is written down once."""
    asked = request.form.get("unit") or request.query.get("unit", "")
    with request.read() as view:
        if asked:
            view.require(REQUEST, parse_id(asked))
        units = units_with_float(view)
        if not units:
            raise ConflictError(
                _("Belum ada UP yang cair untuk unit Anda tahun ini."),
                advice=_("LPJ ditulis sesudah UP diterima bendahara."),
            )
        if not asked and len(units) > 1:
            return _choose(request, units)
        unit_id = parse_id(asked) if asked else units[0][0]
        desk = _desk(view, unit_id, dict(units).get(unit_id, ""), view.today.year)
    if request.method != "POST":
        form = _form(desk, None).fill({"key": new_id()})
        return form.answer(request, _PAGE, desk=desk, rows=ROWS)
    return _sent(request, desk, None)


def edit_account(request: Request) -> Response:
    """The form of an LPJ that is with its writer."""
    with request.read() as view:
        lpj = find_lpj(view, id_in(request, "lpj_id"), REQUEST)
        require_lpj(lpj, OPEN, lpj.version)
        desk = _desk(view, lpj.unit_id, "", lpj.year)
        values = _values(view, lpj)
    if request.method != "POST":
        rows = max(ROWS, sum(name.startswith("line-") for name in values) + 1)
        return _form(desk, lpj).fill(values).answer(request, _PAGE, desk=desk, rows=rows)
    return _sent(request, desk, lpj)


def _sent(request: Request, desk: Desk, lpj: Lpj | None) -> Response:
    form = _form(desk, lpj)
    values = form.read(request.form, request.files)
    form.values.update({name: value for name, value in request.form.items() if "-" in name})
    rows = rows_in(request.form, COLUMNS, MOST_RECEIPTS)
    if "more" in request.form:
        form.errors.clear()
        rows = min(rows + ROWS, MOST_RECEIPTS)
        return form.answer(request, _PAGE, desk=desk, rows=rows)
    receipts = _receipts(request, form, rows)
    if form.ok:
        spent = tuple(receipts.values())
        try:
            with request.change() as work:
                if lpj is None:
                    key = parse_id(values["key"] or str(new_id()))
                    stored = draft_lpj(work, desk.unit_id, values["purpose"], spent, key=key)
                else:
                    stored = revise_lpj(work, lpj.id, values["purpose"], spent, version_in(request))
                path = account_path(stored.id)
            return redirect(path, _("LPJ disimpan. Lampirkan buktinya, lalu ajukan."))
        except (InvalidInputError, ConflictError) as error:
            _refuse(form, error, list(receipts))
    return form.answer(request, _PAGE, desk=desk, rows=rows)


def _receipts(request: Request, form: FormPage, rows: int) -> dict[int, SpentReceipt]:
    """The receipts by their rows; faults stand at the field of their row."""
    found: dict[int, SpentReceipt] = {}
    for row in range(rows):
        typed = {name: request.form.get(f"{name}-{row}", "").strip() for name in COLUMNS}
        if not any(typed.values()):
            continue
        read: dict[str, Any] = {}
        for name, convert in _CONVERT.items():
            try:
                read[name] = convert(_given(name, typed[name]))
            except InvalidInputError as error:
                form.errors[f"{name}-{row}"] = str(error)
        if len(read) == len(_CONVERT):
            found[row] = SpentReceipt(
                read["line"], read["amount"], typed["number"], read["dated"], typed["note"]
            )
    return found


def _given(name: str, text: str) -> str:
    if not text:
        raise InvalidInputError(_MISSING[name])
    return text


_CONVERT: dict[str, Any] = {"line": parse_id, "amount": parse_rupiah, "dated": parse_date}
_MISSING = {
    "line": _("Pilih baris anggarannya."),
    "amount": _("Isi nilainya."),
    "dated": _("Isi tanggalnya."),
}


def _refuse(form: FormPage, error: LeuitError, rows: list[int]) -> None:
    """Put faults of receipts at their rows; `rows` are those of the receipts in their order."""
    for path, sentence in faults_of(error).items():
        head, _dot, field = path.partition("].")
        place = head.removeprefix("receipts[")
        if field and place.isdigit() and int(place) < len(rows):
            form.errors[f"{field}-{rows[int(place)]}"] = sentence
        else:
            form.errors.setdefault(path if path in ("purpose", "receipts") else "", sentence)


def _desk(view: View, unit_id: UUID, unit: str, year: int) -> Desk:
    lines = {
        str(one.id): f"{one.label} ({_('sisa')} {format_rupiah(one.free)})"
        for one in line_choices(view, unit_id, year)
    }
    return Desk(unit_id, unit, lines, float_of(view, unit_id, year))


def _choose(request: Request, units: list[tuple[UUID, str]]) -> Response:
    choices = [Choice(str(unit_id), name) for unit_id, name in units]
    form = FormPage(
        title=_("Tulis LPJ"),
        lead=_("Pilih unit yang uang persediaannya dipakai."),
        fields=[Field("unit", _("Unit"), "select", choices=choices)],
        submit=_("Lanjut"),
        action=NEW,
        back=LIST,
        back_label=_("LPJ"),
    )
    return form.answer(request, "sp2d/claim_kind.html")


def _form(desk: Desk, lpj: Lpj | None) -> FormPage:
    hidden = Field("version" if lpj else "key", "", "hidden", required=False)
    hint = _("Misalnya: belanja kantor minggu kedua Oktober.")
    return FormPage(
        title=_("Perbaiki LPJ") if lpj else _("Tulis LPJ"),
        lead=lpj.number if lpj else desk.unit,
        fields=[hidden, Field("purpose", _("Untuk apa"), most=200, hint=hint)],
        submit=_("Simpan LPJ"),
        action=f"{account_path(lpj.id)}/edit" if lpj else NEW,
        back=account_path(lpj.id) if lpj else LIST,
        back_label=lpj.purpose if lpj else _("LPJ"),
    )


def _values(view: View, lpj: Lpj) -> dict[str, Any]:
    """What the form shows of a stored LPJ."""
    values: dict[str, Any] = {"version": lpj.version, "purpose": lpj.purpose}
    for row, one in enumerate(receipts_of(view, lpj.id)):
        values |= {
            f"line-{row}": one.line_id,
            f"amount-{row}": format_rupiah(one.amount),
            f"number-{row}": one.number,
            f"dated-{row}": f"{one.dated:%d/%m/%Y}",
            f"note-{row}": one.note,
        }
    return values
