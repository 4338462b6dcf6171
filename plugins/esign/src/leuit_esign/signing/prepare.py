"""Empty signature fields at their places, before anybody signs."""

from collections.abc import Mapping
from io import BytesIO

from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from leuit_esign.rules import Place

from .locks import require_room
from .pades import writer_of


def with_fields(pdf: bytes, places: Mapping[str, Place]) -> bytes:
    """The PDF with a field of each name at its place, as an incremental update.

    Raises ConflictError for a document that an earlier signer closed to new fields.
    """
    if not places:
        return pdf
    writer = writer_of(pdf)
    require_room(writer, places)
    for name, place in places.items():
        append_signature_field(
            writer,
            SigFieldSpec(
                name,
                on_page=place.page,
                box=(round(place.left), round(place.bottom), round(place.right), round(place.top)),
            ),
        )
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
