"""Placing signatures: by usual places, by millimetres, or by a character in the text."""

from collections.abc import Collection, Mapping
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import Leuit, View, Work
from leuit_esign.models import DRAFT, FOR_NUMBER, FOR_SIGNATURE, PREPARED, Document, PlaceRow, Step
from leuit_esign.rules import NUMBER_HEIGHT, PRESETS, Place, around, fault_of, overlaps, preset

from .documents import changing, document_of, marks_of, places_of, ref_of, sheets_of
from .faults import fault_at
from .numbering import give_back

MOST_PLACES = 50
FAULTS = {
    "page": _("Halaman itu tidak ada."),
    "outside": _("Tempat tanda tangan keluar dari halaman."),
    "small": _("Tempat tanda tangan terlalu kecil untuk dibaca. Beri sedikitnya 32 mm kali 15 mm."),
    "small_number": _("Tempat nomor terlalu kecil untuk dibaca. Beri sedikitnya 22 mm kali 4 mm."),
}


def add_preset(
    work: Work,
    document_id: UUID,
    version: int,
    name: str,
    page: int,
    purpose: str = FOR_SIGNATURE,
) -> PlaceRow:
    """A place at one of the usual spots of a page (from 0), moved up while another is there."""
    document = _draft(work, document_id, version)
    sheets = sheets_of(document)
    if name not in PRESETS or not 0 <= page < len(sheets):
        raise InvalidInputError(_("Pilih tempat dan halamannya."))
    place = preset(name, page, sheets[page])
    if purpose == FOR_NUMBER:
        place = attrs.evolve(place, bottom=place.top - NUMBER_HEIGHT)
    others = [place_of(row) for row in places_of(work, document_id)]
    step = -(place.height + 8) if name.startswith("top") else place.height + 8
    while any(overlaps(place, other) for other in others):
        moved = attrs.evolve(place, bottom=place.bottom + step, top=place.top + step)
        if fault_of(moved, sheets, purpose):
            break
        place = moved
    return _add(work, document, place, purpose)


def find_mark(
    app: Leuit, view: View, document_id: UUID, character: str, purpose: str = FOR_SIGNATURE
) -> Place:
    """The box at the only mark of that character; InvalidInputError unless there is just one.

    Called outside a unit of work: reading the text takes a moment.
    """
    document = document_of(view, document_id)
    if len(character) != 1 or character.isspace():
        raise fault_at("mark", _("Tulis satu huruf tanda saja, misalnya #."))
    found = marks_of(app, document, character)
    if not found:
        raise fault_at("mark", _("Tanda itu tidak ada dalam dokumen."))
    if len(found) > 1:
        raise fault_at("mark", _("Tanda itu ada %s kali; harus tepat satu.") % len(found))
    return around(found[0], sheets_of(document)[found[0].page], purpose)


def add_place(
    work: Work, document_id: UUID, version: int, place: Place, purpose: str = FOR_SIGNATURE
) -> PlaceRow:
    """A place with that box."""
    return _add(work, _draft(work, document_id, version), place, purpose)


def move_places(
    work: Work, document_id: UUID, version: int, wanted: Mapping[UUID, Place]
) -> Document:
    """Give places other boxes, all or none; faults name the place by its id."""
    document = _draft(work, document_id, version)
    sheets = sheets_of(document)
    rows = {row.id: row for row in places_of(work, document_id)}
    faults = []
    for place_id, place in wanted.items():
        row = rows.get(place_id)
        if row is None or row.brought:
            raise ConflictError(_("Tempat itu sudah tidak ada; muat ulang halaman."))
        if fault := fault_of(place, sheets, row.purpose):
            faults.append(FieldError(f"left-{place_id}", FAULTS[fault], fault))
            continue
        row.page, row.left, row.bottom = place.page, place.left, place.bottom
        row.right, row.top = place.right, place.top
    if faults:
        raise InvalidInputError(_("Periksa tempat tanda tangan."), fields=faults)
    work.audit("esign.document.placed", ref_of(document), places=len(rows))
    return document


def remove_place(work: Work, document_id: UUID, version: int, place_id: UUID) -> None:
    """Take a place away; one that the PDF brought stays."""
    document = _draft(work, document_id, version)
    row = work.session.get(PlaceRow, place_id)
    if row is None or row.document_id != document.id:
        raise ConflictError(_("Tempat itu sudah tidak ada; muat ulang halaman."))
    if row.brought:
        raise ConflictError(_("Tempat ini bawaan PDF-nya dan tidak dapat dihapus."))
    step = work.session.scalar(
        select(Step).where(Step.document_id == document.id, Step.field == row.field)
    )
    if step is not None:  # who would have signed there is chosen anew
        work.session.delete(step)
    work.session.delete(row)
    work.audit("esign.document.placed", ref_of(document), removed=row.field)


def close_placing(work: Work, document_id: UUID, version: int) -> Document:
    """Go on to choosing signers; ConflictError while there is no place for a signature."""
    document = _draft(work, document_id, version)
    if not any(row.purpose == FOR_SIGNATURE for row in places_of(work, document_id)):
        raise ConflictError(_("Tentukan dahulu sedikitnya satu tempat tanda tangan."))
    document.state = PREPARED
    work.audit("esign.document.prepared", ref_of(document))
    return document


def reopen(work: Work, document_id: UUID, version: int) -> Document:
    """Go back to placing; the steps stay as far as their places do."""
    document = changing(work, document_id, version)
    if document.state != PREPARED:
        raise ConflictError(_("Dokumen ini belum disiapkan."))
    document.state = DRAFT
    give_back(work, document)
    work.audit("esign.document.reopened", ref_of(document))
    return document


def place_of(row: PlaceRow) -> Place:
    """The box of a row."""
    return Place(row.page, row.left, row.bottom, row.right, row.top)


def _add(work: Work, document: Document, place: Place, purpose: str) -> PlaceRow:
    rows = places_of(work, document.id)
    if len(rows) >= MOST_PLACES:
        raise ConflictError(_("Paling banyak %s tempat tanda tangan.") % MOST_PLACES)
    if fault := fault_of(place, sheets_of(document), purpose):
        raise InvalidInputError(FAULTS[fault])
    taken = {row.field for row in rows} | set(document.names)
    if purpose == FOR_NUMBER:
        if any(row.purpose == FOR_NUMBER for row in rows):
            raise ConflictError(_("Tempat nomor sudah ada."))
        field = "NOMOR"
    else:
        field = free_name("TTE", taken)
    row = PlaceRow(document_id=document.id, field=field, purpose=purpose, **attrs.asdict(place))
    work.session.add(row)
    work.audit("esign.document.placed", ref_of(document), added=row.field)
    return row


def free_name(stem: str, taken: Collection[str]) -> str:
    """The first of `TTE1`, `TTE2` and so on that no field of the document has."""
    number = 1
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _draft(work: Work, document_id: UUID, version: int) -> Document:
    document = changing(work, document_id, version)
    if document.state != DRAFT:
        raise ConflictError(
            _("Dokumen ini sudah disiapkan."), advice=_("Buka kembali dahulu untuk mengubahnya.")
        )
    return document
