"""Empty signature fields at their places, before anybody signs."""

from collections.abc import Mapping
from io import BytesIO

import attrs
from pyhanko.sign.fields import SigFieldSpec, append_signature_field

from leuit_esign.rules import Place

from .pades import writer_of


@attrs.frozen
class NewField:
    """An empty signature field: `tip` is what a screen reader says of it, no `place` hides it."""

    tip: str
    place: Place | None = None


def with_fields(pdf: bytes, fields: Mapping[str, NewField]) -> bytes:
    """The PDF with a field of each name, as an incremental update."""
    if not fields:
        return pdf
    writer = writer_of(pdf)
    for name, wanted in fields.items():
        place = wanted.place
        if place is None:
            spec = SigFieldSpec(name, readable_field_name=wanted.tip)
        else:
            box = (round(place.left), round(place.bottom), round(place.right), round(place.top))
            spec = SigFieldSpec(name, place.page, box, readable_field_name=wanted.tip)
        append_signature_field(writer, spec)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
