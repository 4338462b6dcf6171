"""Empty signature fields at their places, before anybody signs."""

from collections.abc import Mapping
from io import BytesIO

import attrs
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.sign.fields import SigFieldSpec, append_signature_field, enumerate_sig_fields

from leuit_esign.rules import Place

from .pades import writer_of


@attrs.frozen
class NewField:
    """An empty signature field: `tip` is what a screen reader says of it, no `place` hides it.

    It is the field's alternate name and the words of its annotation.
    """

    tip: str
    place: Place | None = None


def with_fields(pdf: bytes, fields: Mapping[str, NewField]) -> bytes:
    """The PDF with a field of each name, as an incremental update; for one that nobody signed."""
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
    for name, _value, field in enumerate_sig_fields(writer):
        if name in fields:
            # Set before anybody signs: a later change would put earlier signatures in doubt.
            field.get_object()["/Contents"] = TextStringObject(fields[name].tip)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()
