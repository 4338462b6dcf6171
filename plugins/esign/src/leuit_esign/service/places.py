"""Placing signatures: by usual places, by millimetres, or by a character in the text."""

from collections.abc import Mapping, Sequence
from uuid import UUID

import attrs

from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import Leuit, StoredFile, View, Work, register_file, store_file
from leuit_esign.models import DRAFT, PREPARED, Document, PlaceRow
from leuit_esign.rules import PRESETS, Place, around, fault_of, onto_page, overlaps, preset

from .documents import changing, document_of, marks_of, places_of, ref_of, sheets_of

MOST_PLACES = 50
FAULTS = {
    "page": _("Halaman itu tidak ada."),
    "outside": _("Tempat tanda tangan keluar dari halaman."),
    "small": _("Tempat tanda tangan terlalu kecil."),
}


def add_preset(work: Work, document_id: UUID, version: int, name: str, page: int) -> PlaceRow:
    """A place at one of the usual spots of a page (from 0), moved up while another is there."""
    document = _draft(work, document_id, version)
    sheets = sheets_of(document)
    if name not in PRESETS or not 0 <= page < len(sheets):
        raise InvalidInputError(_("Pilih tempat dan halamannya."))
    place = preset(name, page, sheets[page])
    others = [place_of(row) for row in places_of(work, document_id)]
    step = -(place.height + 8) if name.startswith("top") else place.height + 8
    while any(overlaps(place, other) for other in others):
        moved = attrs.evolve(place, bottom=place.bottom + step, top=place.top + step)
        if fault_of(moved, sheets):
            break
        place = moved
    return _add(work, document, place)


def find_mark(app: Leuit, view: View, document_id: UUID, character: str) -> Place:
    """Where the only mark of that character stands; InvalidInputError unless there is just one.

    Called outside a unit of work: reading the text takes a moment.
    """
    document = document_of(view, document_id)
    if len(character) != 1 or character.isspace():
        raise _at("mark", _("Tulis satu huruf tanda saja, misalnya #."))
    found = marks_of(app, document, character)
    if not found:
        raise _at("mark", _("Tanda itu tidak ada dalam dokumen."))
    if len(found) > 1:
        raise _at("mark", _("Tanda itu ada %s kali; harus tepat satu.") % len(found))
    return around(found[0], sheets_of(document)[found[0].page])


def add_place(work: Work, document_id: UUID, version: int, place: Place) -> PlaceRow:
    """A place with that box."""
    return _add(work, _draft(work, document_id, version), place)


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
        if fault := fault_of(place, sheets):
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
    work.session.delete(row)
    work.audit("esign.document.placed", ref_of(document), removed=row.field)


def prepared_file(app: Leuit, document: Document, places: Sequence[PlaceRow]) -> StoredFile:
    """The PDF with an empty signature field at each place, in the store; outside a unit of work.

    All fields are made before the first signature: one made after it would break a signature that
    certifies the document. Raises ConflictError while there is no place.
    """
    from leuit_esign.signing.prepare import with_fields  # late: pyHanko takes half a second

    if not places:
        raise ConflictError(_("Tentukan dahulu sedikitnya satu tempat tanda tangan."))
    sheets = sheets_of(document)
    wanted = {
        row.field: onto_page(place_of(row), sheets[row.page]) for row in places if not row.brought
    }
    pdf = with_fields(app.blobs.get(document.pdf_sha256), wanted)
    return store_file(app, pdf, "application/pdf", f"{document.title}.pdf")


def close_placing(work: Work, document_id: UUID, version: int, file: StoredFile) -> Document:
    """Go on with a prepared PDF, made of what the document was in that version."""
    document = _draft(work, document_id, version)
    document.prepared_sha256, document.state = register_file(work, file), PREPARED
    work.audit("esign.document.prepared", ref_of(document), sha256=file.sha256)
    return document


def reopen(work: Work, document_id: UUID, version: int) -> Document:
    """Go back to placing; the prepared PDF is made anew later."""
    document = changing(work, document_id, version)
    if document.state != PREPARED:
        raise ConflictError(_("Dokumen ini belum disiapkan."))
    document.state, document.prepared_sha256 = DRAFT, None
    work.audit("esign.document.reopened", ref_of(document))
    return document


def place_of(row: PlaceRow) -> Place:
    """The box of a row."""
    return Place(row.page, row.left, row.bottom, row.right, row.top)


def _add(work: Work, document: Document, place: Place) -> PlaceRow:
    rows = places_of(work, document.id)
    if len(rows) >= MOST_PLACES:
        raise ConflictError(_("Paling banyak %s tempat tanda tangan.") % MOST_PLACES)
    if fault := fault_of(place, sheets_of(document)):
        raise InvalidInputError(FAULTS[fault])
    taken = {row.field for row in rows}
    number = len(rows) + 1
    while f"TTE{number}" in taken:
        number += 1
    row = PlaceRow(document_id=document.id, field=f"TTE{number}", **attrs.asdict(place))
    work.session.add(row)
    work.audit("esign.document.placed", ref_of(document), added=row.field)
    return row


def _draft(work: Work, document_id: UUID, version: int) -> Document:
    document = changing(work, document_id, version)
    if document.state != DRAFT:
        raise ConflictError(
            _("Dokumen ini sudah disiapkan."), advice=_("Buka kembali dahulu untuk mengubahnya.")
        )
    return document


def _at(field: str, sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError(field, sentence)])
