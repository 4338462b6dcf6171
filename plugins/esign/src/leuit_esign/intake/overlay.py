"""Words laid over the pages of a PDF that nobody has signed yet.

In a tagged PDF nothing may stand on a page without being known (ISO 32000-1 14.8.2.2.1): what is to
be read becomes a paragraph at the end of its structure, all else is an artifact of the page.
"""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from .checks import Fault
from .claims import drop_archive_claim


def laid_over(path: Path, overlay: Path, read: Mapping[int, str]) -> bytes:
    """The PDF with each page of the overlay on the page of the same number, as it is shown.

    A page of the overlay has the size of the page as it is shown: its crop box, turned. `read` has
    by page the words of the overlay that are read aloud. The file no longer claims to be PDF/A.
    """
    with pikepdf.open(path, attempt_recovery=False) as pdf, pikepdf.open(overlay) as words:
        if len(words.pages) != len(pdf.pages):
            raise Fault("unreadable")
        tagged = _is_tagged(pdf)
        for number, (page, above) in enumerate(zip(pdf.pages, words.pages, strict=True)):
            if not above.obj.Contents.read_bytes().strip():
                continue
            mark = b""
            if tagged:
                mark = _paragraph(pdf, page, read[number]) if number in read else b""
                mark = mark or b"/Artifact <</Type/Pagination>> BDC\n"
            _lay(page, above, mark)
        drop_archive_claim(pdf)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()


def _lay(page: pikepdf.Page, above: pikepdf.Page, mark: bytes) -> None:
    form = above.as_form_xobject()
    name = page.add_resource(form, Name.XObject)
    box = pikepdf.Rectangle(*(float(side) for side in page.cropbox))
    placed = page.calc_form_xobject_placement(
        page.obj.Resources.XObject[name], name, box, allow_shrink=True, allow_expand=True
    )
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"Q\n" + mark + placed + (b"\nEMC\n" if mark else b"\n"))
    page.contents_coalesce()


def _is_tagged(pdf: pikepdf.Pdf) -> bool:
    marked = pdf.Root.get("/MarkInfo", Dictionary())
    return bool(marked.get("/Marked", False)) and "/StructTreeRoot" in pdf.Root


def _paragraph(pdf: pikepdf.Pdf, page: pikepdf.Page, text: str) -> bytes:
    """Put a paragraph at the end of the structure; the operator that begins it on the page.

    Empty for a structure of another shape than that of ISO 32000-1 14.7.
    """
    root: Any = pdf.Root.StructTreeRoot
    above: Any = root.get("/K")
    above = above[0] if isinstance(above, Array) and len(above) else above
    key: Any = page.obj.get("/StructParents")
    if not (
        isinstance(above, Dictionary)
        and "/S" in above
        and isinstance(key, int)
        and key >= 0
        and isinstance(root.get("/ParentTree"), Dictionary)
    ):
        return b""
    parents = pikepdf.NumberTree(root.ParentTree)
    if key not in parents or not isinstance(parents[key], Array):
        return b""
    known: Any = parents[key]
    number = len(known)
    element = pdf.make_indirect(
        Dictionary(
            Type=Name.StructElem,
            S=Name.P,
            P=above,
            Pg=page.obj,
            K=number,
            ActualText=String(text),
        )
    )
    known.append(element)
    parents[key] = known
    kids = above.get("/K")
    if isinstance(kids, Array):
        kids.append(element)
    else:
        above.K = Array([element] if kids is None else [kids, element])
    return b"/P <</MCID %d>> BDC\n" % number
