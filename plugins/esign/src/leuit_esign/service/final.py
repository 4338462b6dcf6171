"""The file that is signed: number and footer on its pages, and every signature field, still empty.

All fields are made before the first signature: one made after it would break a signature that
certifies the document. Nothing is printed on a PDF that came with signatures, or that another
service made.
"""

from collections.abc import Sequence

from leuit.builtin.documents import FooterBlock, TextBlock, overlay
from leuit.values import _
from leuit.work import Leuit, StoredFile, store_file
from leuit_esign.models import FOR_NUMBER, FOR_SIGNATURE, PARAF, Document, PlaceRow, Step
from leuit_esign.rules import onto_page

from .documents import laid_over, sheets_of
from .places import place_of


def final_file(
    app: Leuit,
    document: Document,
    steps: Sequence[Step],
    places: Sequence[PlaceRow],
    footer: tuple[str, ...] = (),
) -> StoredFile:
    """Make the file and put it into the store; call it outside a unit of work.

    `footer` are the lines at the bottom of each page.
    """
    from leuit_esign.signing.prepare import (
        NewField,
        with_fields,
    )  # late: pyHanko takes half a second

    pdf = _printed(app, document, places, footer)
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
    return store_file(app, with_fields(pdf, fields), "application/pdf", f"{document.title}.pdf")


def tip_of(title: str, kind: str = "sign") -> str:
    """What a screen reader says of a field: whose signature or paraf it is."""
    words = _("Paraf elektronik") if kind == PARAF else _("Tanda tangan elektronik")
    return f"{words} {title}".strip()


def _printed(
    app: Leuit, document: Document, places: Sequence[PlaceRow], footer: tuple[str, ...]
) -> bytes:
    """The document's PDF with its number and footer, unless somebody made it final already."""
    blocks: list[TextBlock | FooterBlock] = [
        TextBlock(row.page, row.left, row.bottom, row.right, row.top, document.number)
        for row in places
        if row.purpose == FOR_NUMBER and document.number
    ]
    sheets = sheets_of(document)
    if footer:
        blocks += [
            FooterBlock.at_bottom(number, sheet.width, footer)
            for number, sheet in enumerate(sheets)
        ]
    if not blocks or document.signatures or document.asked_by is not None:
        return app.blobs.get(document.pdf_sha256)
    layer = overlay([(sheet.width, sheet.height) for sheet in sheets], blocks)
    return laid_over(app, document.pdf_sha256, layer)
