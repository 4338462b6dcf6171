"""The file that is signed: number and footer on its pages, and every signature field, still empty.

All fields are made before the first signature: one made after it would break a signature that
certifies the document. A PDF that came with signatures stays as it is, byte for byte: its new
fields are made with their signatures, as empty ones would put the earlier signatures in doubt.
Nothing is printed on a PDF that another service made.

A footer covers nothing: it stands in the free part of a page's lower margin, smaller where that is
low, and not at all where it is too low to be read.
"""

from collections.abc import Sequence

import attrs

from leuit.builtin.documents import FooterBlock, TextBlock, overlay
from leuit.values import _
from leuit.work import Leuit, StoredFile, store_file
from leuit_esign.models import FOR_NUMBER, FOR_SIGNATURE, PARAF, Document, PlaceRow, Step
from leuit_esign.rules import Place, below, onto_page

from .documents import free_parts, laid_over, sheets_of
from .places import place_of

LEAST_FOOTER = 24.0
"""Height of the lines of a footer at about 5 points."""


@attrs.frozen
class Final:
    """The file that is signed; `bare` are its pages (from 1) that had no room for the footer."""

    file: StoredFile
    bare: tuple[int, ...] = ()


def final_file(
    app: Leuit,
    document: Document,
    steps: Sequence[Step],
    places: Sequence[PlaceRow],
    footer: tuple[str, ...] = (),
) -> Final:
    """Make the file and put it into the store; call it outside a unit of work.

    `footer` are the lines at the bottom of each page.
    """
    from leuit_esign.signing.prepare import (
        NewField,
        with_fields,
    )  # late: pyHanko takes half a second

    if document.signatures:
        data = app.blobs.get(document.pdf_sha256)
        return Final(store_file(app, data, "application/pdf", f"{document.title}.pdf"))
    pdf = app.blobs.get(document.pdf_sha256)
    bare: tuple[int, ...] = ()
    if document.asked_by is None:
        pdf = _numbered(pdf, document, places)
        pdf, bare = _footed(pdf, document, places, footer)
    sheets = sheets_of(document)
    titles = {step.field: step.title for step in steps if step.field}
    fields = {
        row.field: NewField(
            tip_of(titles.get(row.field, "")), onto_page(place_of(row), sheets[row.page])
        )
        for row in places
        if row.purpose == FOR_SIGNATURE and not row.brought
    }
    placed = {row.field for row in places}
    for step in steps:
        if step.field and step.field not in placed:
            fields[step.field] = NewField(tip_of(step.title, step.kind))
    file = store_file(app, with_fields(pdf, fields), "application/pdf", f"{document.title}.pdf")
    return Final(file, bare)


def tip_of(title: str, kind: str = "sign") -> str:
    """What a screen reader says of a field: whose signature or paraf it is."""
    words = _("Paraf elektronik") if kind == PARAF else _("Tanda tangan elektronik")
    return f"{words} {title}".strip()


def _numbered(pdf: bytes, document: Document, places: Sequence[PlaceRow]) -> bytes:
    """The PDF with the document's number, where it has a place for one."""
    blocks = [
        TextBlock(row.page, row.left, row.bottom, row.right, row.top, document.number)
        for row in places
        if row.purpose == FOR_NUMBER and document.number
    ]
    if not blocks:
        return pdf
    read = {block.page: block.text for block in blocks}
    return laid_over(pdf, overlay(_sizes(document), blocks), read)


def _footed(
    pdf: bytes, document: Document, places: Sequence[PlaceRow], lines: tuple[str, ...]
) -> tuple[bytes, tuple[int, ...]]:
    """The PDF with the footer where it has room, and the pages (from 1) where it has none."""
    if not lines:
        return pdf, ()
    taken = [place_of(row) for row in places]
    wanted = [
        FooterBlock.at_bottom(number, sheet.width, lines)
        for number, sheet in enumerate(sheets_of(document))
    ]
    boxes = [
        below(Place(one.page, one.left, one.bottom, one.right, one.top), taken) for one in wanted
    ]
    rooms = free_parts(pdf, boxes)
    blocks = [
        attrs.evolve(block, bottom=room.bottom, top=room.top)
        for block, room in zip(wanted, rooms, strict=True)
        if room.height >= LEAST_FOOTER
    ]
    bare = tuple(room.page + 1 for room in rooms if room.height < LEAST_FOOTER)
    if blocks:
        pdf = laid_over(pdf, overlay(_sizes(document), blocks))
    return pdf, bare


def _sizes(document: Document) -> list[tuple[float, float]]:
    return [(sheet.width, sheet.height) for sheet in sheets_of(document)]
