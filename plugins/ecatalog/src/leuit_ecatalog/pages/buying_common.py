"""What the pages of buying share: ids and versions, amounts that people type, and faults."""

import re
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from leuit.values import InvalidInputError, LeuitError, _, format_percent
from leuit.web import Choice, FormPage, Request, Response, Upload, parse_id, redirect
from leuit.work import StoredFile, View, Work
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.rules.purchase_states import require_state
from leuit_ecatalog.service.categories import districts
from leuit_ecatalog.service.paper_files import receive_file
from leuit_ecatalog.service.purchase_access import find_purchase, require_person

PURCHASES = "/ecatalog/purchases"
BASKET = "/ecatalog/basket"
RUP = "/ecatalog/rup"
OFFERS = "/ecatalog/shop/offers"
ORDERS = "/ecatalog/shop/orders"
_RUPIAH = re.compile(r"(?:Rp\s*)?([0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,15})(?:,00)?", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]{1,9}", re.ASCII)


def id_in(request: Request, name: str) -> UUID:
    """An id of the address; NotFoundError for anything that is none."""
    return parse_id(str(request.params[name]))


def acting(request: Request, view: View, permission: str, *states: str) -> Purchase:
    """The purchase of the address for a page on which one acts, where it stands in a state.

    Whoever may not act hears that before anything of what he sent: NotFoundError,
    PermissionDeniedError, WrongStateError.
    """
    purchase = find_purchase(view, id_in(request, "purchase_id"))
    view.require(permission, purchase.unit_id)
    if request.method == "POST":
        require_person(view)
    require_state(purchase.state, *states)
    return purchase


def rupiah_of(text: str) -> int:
    """Whole rupiah as people type them; InvalidInputError for anything else."""
    found = _RUPIAH.fullmatch(text.strip())
    if found is None:
        raise InvalidInputError(_("Tulis rupiah bulat, misalnya 48.000."))
    return int(found.group(1).replace(".", ""))


def number_of(text: str) -> int:
    """A whole number as people type it; InvalidInputError for anything else."""
    if not _NUMBER.fullmatch(text.strip()):
        raise InvalidInputError(_("Tulis bilangan bulat."))
    return int(text.strip().replace(".", ""))


def percent_of(hundredths: int) -> str:
    """Hundredths of a percent as people read them."""
    return format_percent(hundredths / 100)


def district_choices(view: View) -> list[Choice]:
    """The kecamatan by name, for a select."""
    return [Choice(code, name) for code, name in districts(view)]


def faults_of(error: LeuitError) -> dict[str, str]:
    """The faults of an error by field; one without fields stands at the top."""
    if isinstance(error, InvalidInputError) and error.fields:
        faults: dict[str, str] = {}
        for fault in error.fields:
            faults.setdefault(fault.path, fault.sentence())
        return faults
    return {"": str(error)}


def changed(
    request: Request,
    change: Callable[[Work], Any],
    path: str,
    told: str,
    again: Callable[[dict[str, str]], Response],
) -> Response:
    """Change in one unit of work, then go on; a refusal by state or input is shown again."""
    try:
        with request.change() as work:
            change(work)
    except LeuitError as error:
        if error.status not in (409, 422):
            raise
        return again(faults_of(error))
    return redirect(path, told)


def run_change(
    request: Request,
    form: FormPage,
    act: Callable[[Work, dict[str, Any]], Any],
    path: str,
    told: str,
) -> Response:
    """Show a form, or change by what it says in one unit of work; a refusal is shown beside it."""

    def change(values: dict[str, Any]) -> None:
        with request.change() as work:
            act(work, values)

    return run_act(request, form, change, path, told)


def run_act(
    request: Request, form: FormPage, act: Callable[[dict[str, Any]], Any], path: str, told: str
) -> Response:
    """As `run_change`, of an act with a unit of its own: one that receives files before it."""
    if request.method == "POST":
        values = form.read(request.form, request.files)
        if form.ok:
            try:
                act(values)
            except LeuitError as error:
                refuse(form, error)
            else:
                return redirect(path, told)
    return form.answer(request)


def receive(request: Request, upload: Upload) -> StoredFile:
    """Look at a file of a form and store it; call it outside of any unit."""
    return receive_file(request.app, upload.filename, upload.data)


def refuse(form: FormPage, error: LeuitError) -> None:
    """Put the faults of a service beside the questions that they name; a 403 or 404 goes on."""
    if error.status not in (409, 413, 422):
        raise error
    names = {field.name for field in form.fields}
    for path, sentence in faults_of(error).items():
        form.errors.setdefault(path if path in names else "", sentence)


def uuid_or_none(text: str) -> UUID | None:
    """An id out of a filter; None for anything else."""
    try:
        return UUID(text)
    except ValueError:
        return None


def chosen(query: Mapping[str, str], name: str, known: Mapping[str, Any]) -> str:
    """A value of a filter when it is a known one, else empty."""
    value = query.get(name, "")
    return value if value in known else ""
