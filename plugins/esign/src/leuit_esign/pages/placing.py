"""A document's page: its pictures with the places on them, and the forms that change these.

Boxes are shown over the pictures as SVG and may be dragged there, or moved with the arrow keys.
What is saved are the millimetres in the fields beside them, which do without a script.
"""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

import attrs

from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.web import Request, Response, page, version_of
from leuit.work import Work
from leuit_esign.models import FOR_NUMBER, FOR_SIGNATURE, Document, PlaceRow
from leuit_esign.rules import Place
from leuit_esign.rules.place import POINTS_PER_MM
from leuit_esign.service.documents import document_of, places_of, sheets_of
from leuit_esign.service.places import (
    add_place,
    add_preset,
    close_placing,
    find_mark,
    move_places,
    place_of,
    remove_place,
    reopen,
)

from .changing import changed, faults_of
from .documents import STATES, id_of, path_of

SPOTS: dict[str, str] = {
    "bottom_right": _("Kanan bawah"),
    "bottom_middle": _("Tengah bawah"),
    "bottom_left": _("Kiri bawah"),
    "middle_right": _("Kanan tengah"),
    "top_right": _("Kanan atas"),
    "top_left": _("Kiri atas"),
}
SIDES = ("left", "top", "width", "height")
LABELS = {
    "left": _("Dari kiri"),
    "top": _("Dari atas"),
    "width": _("Lebar"),
    "height": _("Tinggi"),
}


@attrs.frozen
class Shown:
    """A place as the page shows it: millimetres from the top left corner, and its box in points."""

    id: str
    field: str
    page: int
    brought: bool
    box: dict[str, str]
    values: dict[str, str]


def show_placing(request: Request, errors: dict[str, str] | None = None) -> Response:
    """The document with its places; with the values typed when some of them were refused."""
    with request.read() as view:
        document = document_of(view, id_of(request))
        rows = places_of(view, document.id)
        sheets = sheets_of(document)
        shown = [
            shown_place(row, sheets[row.page].height) for row in rows if row.page < len(sheets)
        ]
    typed = dict(request.form) if errors else {}
    return page(
        request,
        "esign/document.html",
        status=422 if errors else 200,
        document=document,
        path=path_of(document),
        state=STATES[document.state],
        sheets=[
            {
                "number": number + 1,
                "width": round(sheet.width, 2),
                "height": round(sheet.height, 2),
                "places": [place for place in shown if place.page == number + 1],
            }
            for number, sheet in enumerate(sheets)
        ],
        places=shown,
        movable=[place for place in shown if not place.brought],
        spots=SPOTS,
        labels=LABELS,
        errors=errors or {},
        typed=typed,
    )


def add(request: Request) -> Response:
    """Add a place at a usual spot, or where a character stands in the text."""
    document_id, version = id_of(request), version_of(request.form)
    purpose = FOR_NUMBER if request.form.get("purpose") == FOR_NUMBER else FOR_SIGNATURE
    if request.form.get("by") == "mark":
        character = request.form.get("mark", "").strip()

        def act(_work: Work) -> None:
            add_place(_work, document_id, version, place, purpose)

        try:
            with request.read() as view:
                place = find_mark(request.app, view, document_id, character, purpose)
        except InvalidInputError as error:
            return show_placing(request, faults_of(error))
        return _changed(request, act, _("Tempat ditambahkan."))

    def act_preset(work: Work) -> None:
        number = request.form.get("page", "")
        chosen = int(number) - 1 if number.isascii() and number.isdigit() else -1
        add_preset(work, document_id, version, request.form.get("spot", ""), chosen, purpose)

    return _changed(request, act_preset, _("Tempat ditambahkan."))


def move(request: Request) -> Response:
    """Save where all places are, or take one away."""
    document_id, version = id_of(request), version_of(request.form)
    removed = request.form.get("remove", "")
    if removed:
        return _changed(
            request,
            lambda work: remove_place(work, document_id, version, _uuid(removed)),
            _("Tempat tanda tangan dihapus."),
        )
    with request.read() as view:
        document = document_of(view, document_id)
        rows = [row for row in places_of(view, document_id) if not row.brought]
    try:
        wanted = _wanted(request, document, rows)
    except InvalidInputError as error:
        return show_placing(request, faults_of(error))
    return _changed(
        request,
        lambda work: move_places(work, document_id, version, wanted),
        _("Tempat tanda tangan disimpan."),
    )


def prepare(request: Request) -> Response:
    """Go on to choosing signers."""
    document_id, version = id_of(request), version_of(request.form)
    return _changed(
        request,
        lambda work: close_placing(work, document_id, version),
        _("Tempat sudah ditentukan. Pilih penanda tangannya."),
    )


def open_again(request: Request) -> Response:
    """Go back to placing."""
    document_id, version = id_of(request), version_of(request.form)
    return _changed(
        request, lambda work: reopen(work, document_id, version), _("Dokumen dibuka kembali.")
    )


def _changed(request: Request, act: Callable[[Work], Any], notice: str) -> Response:
    return changed(request, act, notice, show_placing)


def _wanted(request: Request, document: Document, rows: list[PlaceRow]) -> dict[UUID, Place]:
    """The boxes that the form asks for; every number that is none is told at its field."""
    sheets = sheets_of(document)
    wanted: dict[UUID, Place] = {}
    faults: list[FieldError] = []
    for row in rows:
        numbers: dict[str, float] = {}
        for side in SIDES:
            name = f"{side}-{row.id}"
            try:
                numbers[side] = _millimetres(request.form.get(name, ""))
            except InvalidInputError as error:
                faults.append(FieldError(name, str(error)))
        page_text = request.form.get(f"page-{row.id}", "")
        number = int(page_text) - 1 if page_text.isascii() and page_text.isdigit() else -1
        if not 0 <= number < len(sheets):
            faults.append(FieldError(f"page-{row.id}", _("Halaman itu tidak ada.")))
        if len(numbers) == len(SIDES) and 0 <= number < len(sheets):
            height = sheets[number].height
            top = height - numbers["top"]
            wanted[row.id] = Place(
                number,
                numbers["left"],
                top - numbers["height"],
                numbers["left"] + numbers["width"],
                top,
            )
    if faults:
        raise InvalidInputError(_("Periksa tempat tanda tangan."), fields=faults)
    return wanted


def _millimetres(text: str) -> float:
    """Points out of millimetres as they are typed, with a comma or a point."""
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise InvalidInputError(_("Tulis angka dalam milimeter.")) from None
    if not value.is_finite() or abs(value) > 10_000:
        raise InvalidInputError(_("Tulis angka dalam milimeter."))
    return float(value) * POINTS_PER_MM


def shown_place(row: PlaceRow, height: float) -> Shown:
    """A place as a page shows it, on a sheet of that height in points."""
    place = place_of(row)
    values = {
        "left": place.left,
        "top": height - place.top,
        "width": place.width,
        "height": place.height,
    }
    return Shown(
        str(row.id),
        row.field,
        row.page + 1,
        row.brought,
        {
            "x": f"{place.left:.2f}",
            "y": f"{height - place.top:.2f}",
            "width": f"{place.width:.2f}",
            "height": f"{place.height:.2f}",
        },
        {name: f"{value / POINTS_PER_MM:.1f}".replace(".", ",") for name, value in values.items()},
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise ConflictError(_("Tempat itu sudah tidak ada; muat ulang halaman.")) from None
