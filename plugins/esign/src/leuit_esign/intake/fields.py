"""Signature fields that a PDF brings with it."""

from typing import Any

import pikepdf


def is_signed_field(field: pikepdf.Object) -> bool:
    """Whether a field holds a signature."""
    value = field.get("/V")
    return isinstance(value, pikepdf.Dictionary) and "/ByteRange" in value


def empty_fields(pdf: pikepdf.Pdf) -> list[tuple[str, list[float]]]:
    """Names and places (page, left, bottom, right, top) of empty signature fields on pages."""
    found: list[tuple[str, list[float]]] = []
    for number, page in enumerate(pdf.pages):
        annotations: Any = page.obj.get("/Annots", [])
        for one in annotations:
            if one.get("/FT") != "/Sig" or is_signed_field(one) or "/T" not in one:
                continue
            left, bottom, right, top = (float(value) for value in one.Rect)
            found.append((str(one.T), [number, left, bottom, right, top]))
    return found
