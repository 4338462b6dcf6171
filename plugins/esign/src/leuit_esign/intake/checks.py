"""What speaks against a PDF from outside, and how a form becomes plain pages.

Looked for in every object, also those that nothing seems to refer to: a viewer may find them. A
file that is signed is only checked, never rewritten; any other is written anew by qpdf, so that
nothing is left of what lay between its objects.
"""

import base64
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from .claims import drop_archive_claim
from .fields import (
    empty_fields,
    full_name,
    holds_signature,
    is_signature,
    is_signed_field,
    stand_alone,
)

MARK_WITHIN = 1024
MOST_PAGES = 500
LEAST_SIDE, MOST_SIDE = 36.0, 14_400.0
"""Half an inch, and the largest page of ISO 32000-1 annex C, in points."""
_MOST_OBJECTS = 200_000
_DEEPEST = 50
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
_MEDIA = frozenset({"/RichMedia", "/3D", "/Screen", "/Movie", "/Sound"})


class Fault(Exception):  # noqa: N818 -- the code of what is wrong, not an error of the program
    """A PDF is not taken in; the text is a key of `reader.FAULTS`."""


def take_in(path: Path) -> dict[str, Any]:
    """Check a file, flatten it when it is a form without signatures, and tell what it holds."""
    with path.open("rb") as stream:
        if b"%PDF-" not in stream.read(MARK_WITHIN):
            raise Fault("not_pdf")
    try:
        # What qpdf would have to guess is not what its author wrote.
        with pikepdf.open(path, attempt_recovery=False, suppress_warnings=True) as pdf:
            return _told(pdf)
    except pikepdf.PasswordError:
        raise Fault("encrypted") from None
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RuntimeError):
        raise Fault("unreadable") from None


def _told(pdf: pikepdf.Pdf) -> dict[str, Any]:
    if pdf.is_encrypted:
        raise Fault("encrypted")
    for thing in _dictionaries(pdf):
        _check(thing)
    _check_catalog(pdf.Root)
    pages = [_size(page) for page in pdf.pages]
    if not pages:
        raise Fault("no_pages")
    if len(pages) > MOST_PAGES:
        raise Fault("too_many_pages")
    signatures = sum(1 for field in _form_fields(pdf) if holds_signature(field))
    flattened = 0 if signatures else _flatten(pdf)
    if not signatures:
        # Looks of signatures have what PDF/A-1 forbids; what a form was drawn with, nobody knows.
        drop_archive_claim(pdf, parts="1234" if flattened else "1")
    written = None if signatures else base64.b64encode(_written(pdf)).decode("ascii")
    return {
        "pages": pages,
        "fields": empty_fields(pdf),
        "names": sorted({full_name(field) for field in _form_fields(pdf)}),
        "signatures": signatures,
        "flattened": flattened,
        "pdf": written,
    }


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, however deep inside an object."""
    if len(pdf.objects) > _MOST_OBJECTS:
        raise Fault("unreadable")
    for thing in pdf.objects:
        yield from _inside(thing, 0)


def _inside(thing: Any, depth: int) -> Iterator[pikepdf.Object]:
    if depth > _DEEPEST:
        raise Fault("unreadable")
    if isinstance(thing, pikepdf.Stream):
        thing = thing.stream_dict
    if isinstance(thing, pikepdf.Dictionary):
        yield thing
        children: Any = [thing[key] for key in thing.keys()]  # noqa: SIM118 -- no mapping
    elif isinstance(thing, pikepdf.Array):
        children = list(thing)
    else:
        return
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _inside(child, depth + 1)


def _check(thing: pikepdf.Object) -> None:
    """One dictionary: scripts, actions, attachments, media."""
    if "/JS" in thing or "/JavaScript" in thing or thing.get("/S") == "/JavaScript":
        raise Fault("script")
    if "/EmbeddedFiles" in thing or "/EF" in thing or thing.get("/Subtype") == "/FileAttachment":
        raise Fault("attachment")
    if "/XFA" in thing:
        raise Fault("dynamic_form")
    if thing.get("/Subtype") in _MEDIA:
        raise Fault("media")
    if "/AA" in thing:
        raise Fault("action")
    action = thing.get("/A")
    if isinstance(action, pikepdf.Dictionary) and "/S" in action:
        _check_action(action)


def _check_catalog(root: pikepdf.Object) -> None:
    opening = root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary):
        _check_action(opening)


def _check_action(action: pikepdf.Object) -> None:
    """Going to a page or an address is harmless; so is all that follows it, or it is not."""
    seen = 0
    following: Any = action
    while isinstance(following, pikepdf.Dictionary):
        if str(following.get("/S")) not in _HARMLESS_ACTIONS or seen > 20:
            raise Fault("action")
        seen += 1
        following = following.get("/Next")
    if isinstance(following, pikepdf.Array):
        raise Fault("action")


def _size(page: pikepdf.Page) -> tuple[float, float, int, float, float]:
    """Width and height as shown, the turn, and the crop box's corner: the values of a Sheet."""
    left, bottom, right, top = (float(value) for value in page.cropbox)
    width, height = abs(right - left), abs(top - bottom)
    if not (LEAST_SIDE <= width <= MOST_SIDE and LEAST_SIDE <= height <= MOST_SIDE):
        raise Fault("page_size")
    turn = _turn(page.obj)
    shown = (height, width) if turn % 180 else (width, height)
    return (*shown, turn, min(left, right), min(bottom, top))


def _turn(page: pikepdf.Object) -> int:
    """How far a page is turned clockwise, which it may inherit (ISO 32000-1 table 30)."""
    node: Any = page
    for _level in range(_DEEPEST):
        if "/Rotate" in node:
            turn = int(node.Rotate) % 360
            return turn if turn % 90 == 0 else 0
        if "/Parent" not in node:
            break
        node = node.Parent
    return 0


def _form_fields(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    form = pdf.Root.get("/AcroForm")
    fields = form.get("/Fields") if isinstance(form, pikepdf.Dictionary) else None
    if isinstance(fields, pikepdf.Array):
        for field in fields:
            yield from _with_kids(field, 0)


def _with_kids(field: pikepdf.Object, depth: int) -> Iterator[pikepdf.Object]:
    if depth > _DEEPEST:
        raise Fault("unreadable")
    yield field
    kids = field.get("/Kids")
    if isinstance(kids, pikepdf.Array):
        for kid in kids:
            yield from _with_kids(kid, depth + 1)


def _flatten(pdf: pikepdf.Pdf) -> int:
    """Make fields and remarks part of their pages; links and empty signature fields stay.

    Returns how many were made so. A text field left open could be filled after signing (shadow
    attack "replace"), so none is left.
    """
    kept: list[tuple[pikepdf.Page, list[pikepdf.Object]]] = []
    count = 0
    for page in pdf.pages:
        annotations = page.obj.get("/Annots")
        if not isinstance(annotations, pikepdf.Array):
            continue
        stays = [one for one in annotations if _stays(one)]
        count += len(annotations) - len(stays)
        kept.append((page, stays))
    fields = [field for field in _form_fields(pdf) if _stays(field) and _is_last(field)]
    if count:
        pdf.generate_appearance_streams()
        for page, _stays_on in kept:
            annotations = page.obj.Annots
            page.obj.Annots = pikepdf.Array([one for one in annotations if not _stays(one)])
        pdf.flatten_annotations("all")
        for page, stays in kept:
            if stays:
                page.obj.Annots = pdf.make_indirect(pikepdf.Array(stays))
            elif "/Annots" in page.obj:
                del page.obj["/Annots"]
    if fields:
        stand_alone(fields)
        pdf.Root.AcroForm = pdf.make_indirect(
            pikepdf.Dictionary(Fields=pikepdf.Array(fields), SigFlags=1)
        )
    elif "/AcroForm" in pdf.Root:
        del pdf.Root["/AcroForm"]
    return count


def _stays(annotation: pikepdf.Object) -> bool:
    """A link, or a signature field that nobody has signed yet."""
    if annotation.get("/Subtype") == "/Link":
        return True
    return is_signature(annotation) and not is_signed_field(annotation)


def _is_last(field: pikepdf.Object) -> bool:
    """Whether it is a field with a name that is no parent of others: below are widgets at most."""
    kids = field.get("/Kids")
    below = list(kids) if isinstance(kids, pikepdf.Array) else []
    return "/T" in field and not any("/T" in kid for kid in below)


def _written(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.remove_unreferenced_resources()
    pdf.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()
