"""Which form fields changed after a signature, and what they are.

A field's kind is asked of both the signed revision and the present file: a text field that a later
revision declares a signature field has not become one.
"""

from collections.abc import Iterator
from typing import Any

from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from leuit_esign.rules import ChangedField

from .objects import entry

DEEPEST = 32
"""Levels of fields below one another; a form has two or three, a loop has no end."""


def changed_fields(signature: EmbeddedPdfSignature, result: DiffResult) -> tuple[ChangedField, ...]:
    """The changed fields of a difference analysis with their kinds, in order of their names."""
    if not result.changed_form_fields:
        return ()
    reader = signature.reader
    now = dict(_fields(reader.root))
    then = dict(_fields(reader.get_historical_root(signature.signed_revision)))
    found = []
    for name in sorted(result.changed_form_fields):
        kind, signed = now.get(name, ("", False))
        before = then.get(name)
        if before is not None and before[0] != kind:
            kind = ""
        found.append(ChangedField(name, kind, signed))
    return tuple(found)


def _fields(root: Any) -> Iterator[tuple[str, tuple[str, bool]]]:
    """Full names of fields with their kind and whether they have a value."""
    form = entry(root, "/AcroForm")
    if form is not None:
        yield from _below(entry(form, "/Fields", ()), "", "", 0)


def _below(
    fields: Any, prefix: str, inherited: str, depth: int
) -> Iterator[tuple[str, tuple[str, bool]]]:
    if depth > DEEPEST:
        raise ValueError("fields lie too deep")
    for reference in fields:
        field = reference.get_object()
        kind = str(entry(field, "/FT", inherited))
        part = entry(field, "/T")
        name = prefix if part is None else f"{prefix}.{part}" if prefix else str(part)
        yield name, (kind, "/V" in field)
        yield from _below(entry(field, "/Kids", ()), name, kind, depth + 1)
