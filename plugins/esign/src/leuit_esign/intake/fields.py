"""Signature fields that a PDF brings with it, by their full names (ISO 32000-1 12.7.3.2)."""

from collections.abc import Iterator
from typing import Any

import pikepdf

DEEPEST = 50
LONGEST = 100
"""Characters of a name; a place for a signature keeps no more."""


def is_signature(field: pikepdf.Object) -> bool:
    """Whether a field, or a widget of one, is for a signature: the kind may stand further up."""
    return bool(_inherited(field, "/FT") == "/Sig")


def is_signed_field(field: pikepdf.Object) -> bool:
    """Whether a field, or the one that a widget belongs to, holds a signature."""
    return _is_signature_value(_inherited(field, "/V"))


def holds_signature(field: pikepdf.Object) -> bool:
    """Whether a signature stands in the field itself."""
    return _is_signature_value(field.get("/V"))


def empty_fields(pdf: pikepdf.Pdf) -> list[tuple[str, list[float]]]:
    """Names and places (page, left, bottom, right, top) of empty signature fields on pages.

    Of fields with one name the first counts, as it does for who signs.
    """
    found: dict[str, list[float]] = {}
    for number, page in enumerate(pdf.pages):
        annotations: Any = page.obj.get("/Annots", [])
        for one in annotations:
            if not is_signature(one) or is_signed_field(one) or "/T" not in one:
                continue
            name = full_name(one)
            if len(name) <= LONGEST:
                left, bottom, right, top = (float(value) for value in one.Rect)
                found.setdefault(name, [number, left, bottom, right, top])
    return list(found.items())


def stand_alone(fields: list[pikepdf.Object]) -> None:
    """Make fields independent of fields above them, each with a name of its own.

    Fields with a common parent cannot be told from forged ones once somebody has signed.
    """
    taken: set[str] = set()
    for field in fields:
        first = full_name(field).replace(".", "_")[: LONGEST - 10]
        name, number = first, 2
        while name in taken:
            name, number = f"{first}_{number}", number + 1
        taken.add(name)
        field.T, field.FT = pikepdf.String(name), pikepdf.Name.Sig
        if "/Parent" in field:
            del field["/Parent"]


def full_name(field: pikepdf.Object) -> str:
    """The parts of a field's name from the top, joined by points."""
    parts = [str(one.T) for one in _upwards(field) if "/T" in one]
    return ".".join(reversed(parts))


def _inherited(field: pikepdf.Object, key: str) -> Any:
    return next((one[key] for one in _upwards(field) if key in one), None)


def _upwards(field: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The field and those above it."""
    above: Any = field
    for _level in range(DEEPEST):
        if not isinstance(above, pikepdf.Dictionary):
            return
        yield above
        above = above.get("/Parent")


def _is_signature_value(value: Any) -> bool:
    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value
