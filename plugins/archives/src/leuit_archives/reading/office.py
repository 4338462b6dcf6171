"""Text of office files, part by part: OOXML and ODF, and their spreadsheets by calamine."""

import io
import re
from collections.abc import Iterable, Iterator, Sequence

from .kinds import MEDIA_TYPES, Fault
from .packages import Package
from .xml_text import ODF, OPEN_XML, Words, texts

_TYPES = "[Content_Types].xml"
_MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
_SLIDE = re.compile(r"ppt/slides/slide(\d{1,6})\.xml")
_MARGINS = re.compile(r"word/(header|footer|footnotes|endnotes)\d{0,4}\.xml")
_ODF_KINDS = {MEDIA_TYPES[kind]: kind for kind in ("odt", "ods")}


def kind_of(package: Package) -> str:
    """`docx`, `xlsx`, `pptx`, `odt` or `ods`.

    Raises Fault: `macros`, `encrypted`, or `unknown_type` for an archive that is none of them.
    """
    if b"macroEnabled" in package.read(_TYPES):
        raise Fault("macros")
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise Fault("encrypted")
    said = package.read("mimetype")[:100].decode("ascii", "replace").strip()
    if said in _ODF_KINDS:
        return _ODF_KINDS[said]
    if _TYPES in package.names:
        for part, kind in _MAIN_PARTS.items():
            if part in package.names:
                return kind
    raise Fault("unknown_type")


def parts_of(package: Package, kind: str, content: bytes) -> Iterator[Iterable[str]]:
    """The parts of a file, each as pieces of text that are made while they are asked for."""
    if kind in {"xlsx", "ods"}:
        yield from _sheets(content)
    elif kind == "docx":
        yield _joined(package, _document_parts(package), OPEN_XML)
    elif kind == "pptx":
        slides = [
            (int(found[1]), found[0]) for found in map(_SLIDE.fullmatch, package.names) if found
        ]
        for _number, name in sorted(slides):
            yield texts(package.chunks(name), OPEN_XML)
    else:
        # Letterheads of an ODT stand in its page styles.
        yield _joined(package, ("styles.xml", "content.xml"), ODF)


def _document_parts(package: Package) -> list[str]:
    """Headers, body, notes, footers: the order in which a page is read."""
    margins = sorted(name for name in package.names if _MARGINS.fullmatch(name))
    headers = [name for name in margins if name.startswith("word/header")]
    return [*headers, "word/document.xml", *(one for one in margins if one not in headers)]


def _joined(package: Package, names: Iterable[str], words: Words) -> Iterator[str]:
    for name in names:
        if name in package.names:
            yield from texts(package.chunks(name), words)


def _sheets(content: bytes) -> Iterator[Iterable[str]]:
    from python_calamine import CalamineError, CalamineWorkbook  # late: few files are spreadsheets

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            yield _rows(name, book.get_sheet_by_name(name).iter_rows())
    except (CalamineError, OSError, ValueError, IndexError):
        raise Fault("broken") from None


def _rows(name: str, rows: Iterable[Sequence[object]]) -> Iterator[str]:
    yield name + "\n"
    for row in rows:
        cells = [_cell(one) for one in row if one not in {"", None}]
        if cells:
            yield "\t".join(cells) + "\n"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
