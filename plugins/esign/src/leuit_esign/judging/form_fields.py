"""Which form fields changed after a signature, and what they are.

A field's kind is asked of both the signed revision and the present file: a text field that a later
revision declares a signature field has not become one. The difference analysis names some fields
that nobody touched; those are left out. It takes fields for unseen by their box alone; here a field
that is new must be signed, or have nothing to draw and nothing to run.
"""

from collections.abc import Collection, Iterator
from typing import Any

import attrs
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import DiffResult
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature

from leuit_esign.rules import ChangedField

from .objects import entry, shown
from .revisions import pages_with_annotations, same

DEEPEST = 32
"""Levels of fields below one another; a form has two or three, a loop has no end."""


@attrs.frozen
class _Field:
    """`acts` and `draws` are also true when one of the field's widgets does."""

    kind: str
    acts: bool
    draws: bool
    dictionary: Any


def changed_fields(
    signature: EmbeddedPdfSignature, result: DiffResult, signed: Collection[str]
) -> tuple[ChangedField, ...]:
    """The changed fields of a difference analysis with their kinds, in order of their names.

    `signed` names the fields whose signatures are examined, or whose time stamps hold and are not
    seen.
    """
    if not result.changed_form_fields:
        return ()
    reader = signature.reader
    now = fields_of(reader.root)
    then = fields_of(reader.get_historical_root(signature.signed_revision))
    found = []
    for name in sorted(result.changed_form_fields, key=str):
        field, before = now.get(name), then.get(name)
        if field is None:
            found.append(ChangedField(shown(name), "", False))
            continue
        kind = field.kind
        if before is not None and before.kind != kind:
            kind = ""
        elif before is not None and same(before.dictionary, field.dictionary):
            continue
        found.append(ChangedField(shown(name), kind, name in signed))
    return tuple(found)


def acts_or_shows_anew(reader: PdfFileReader, revision: int, signed: Collection[str]) -> bool:
    """Whether a field runs or draws what it did not in a revision, without being signed."""
    then, now = fields_of(reader.get_historical_root(revision)), fields_of(reader.root)
    for name, field in now.items():
        before = then.get(name)
        if before is not None and same(before.dictionary, field.dictionary):
            continue
        if field.acts or (before is None and field.draws and name not in signed):
            return True
    return False


def has_other_fields(reader: PdfFileReader, revision: int) -> bool:
    """Whether there is a field but signatures, in a revision or now."""
    for root in (reader.get_historical_root(revision), reader.root):
        if any(field.kind not in ("/Sig", "") for field in fields_of(root).values()):
            return True
        if any(kind != "/Sig" for kind in _widget_kinds(root)):
            return True
    return False


def _widget_kinds(root: Any) -> Iterator[str]:
    """The kinds of widgets on pages, also of those that no form lists."""
    for annotations in pages_with_annotations(root):
        for at in range(len(annotations)):
            widget = annotations[at]
            if entry(widget, "/Subtype") == "/Widget":
                above = entry(widget, "/Parent", {})
                yield str(entry(widget, "/FT", entry(above, "/FT", "")))


def fields_of(root: Any) -> dict[str, _Field]:
    """The fields of a form by their full names; the first of a name counts."""
    found: dict[str, _Field] = {}
    form = entry(root, "/AcroForm")
    if form is not None:
        for name, field in _below(entry(form, "/Fields", ()), "", "", 0):
            first = found.setdefault(name, field)
            found[name] = attrs.evolve(
                first, acts=first.acts or field.acts, draws=first.draws or field.draws
            )
    return found


def _below(fields: Any, prefix: str, inherited: str, depth: int) -> Iterator[tuple[str, _Field]]:
    if depth > DEEPEST:
        raise ValueError("fields lie too deep")
    for reference in fields:
        field = reference.get_object()
        kind = str(entry(field, "/FT", inherited))
        part = entry(field, "/T")
        name = prefix if part is None else f"{prefix}.{part}" if prefix else str(part)
        acts, draws = "/A" in field or "/AA" in field, "/AP" in field or "/MK" in field
        yield name, _Field(kind, acts, draws, field)
        yield from _below(entry(field, "/Kids", ()), name, kind, depth + 1)
