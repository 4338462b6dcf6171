"""Office files for tests, sound and hostile, made part by part."""

import io
import struct
import zipfile
from collections.abc import Mapping

from openpyxl import Workbook

_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
_OVERRIDE = '<Override PartName="/{}" ContentType="application/vnd.ms-office.{}"/>'
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLIDE = f'<p xmlns:a="{_A}"><a:p><a:r><a:t>{{}}</a:t></a:r></a:p></p>'
_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
)


def package(parts: Mapping[str, bytes | str], stored: bool = False) -> bytes:
    """A zip archive of these parts."""
    buffer = io.BytesIO()
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraphs(lines: str) -> str:
    """Lines as paragraphs, each with properties that hold a tab stop."""
    return "".join(
        f"<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>{line}</w:t></w:r></w:p>"
        for line in lines.splitlines()
    )


def document(body: str) -> str:
    """The main part of a DOCX."""
    return f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>'


def docx(lines: str, extra: Mapping[str, bytes | str] | None = None, kind: str = "docx") -> bytes:
    """A DOCX of these lines; `extra` adds parts or replaces them."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": _TYPES.format(_OVERRIDE.format("word/document.xml", kind)),
        "word/document.xml": document(paragraphs(lines)),
    }
    return package(parts | dict(extra or {}))


def header(lines: str) -> str:
    """A page header of a DOCX."""
    return f'<w:hdr xmlns:w="{_W}">{paragraphs(lines)}</w:hdr>'


def pptx(*slides: str) -> bytes:
    """A PPTX of so many slides."""
    parts = {
        f"ppt/slides/slide{number}.xml": _SLIDE.format(text)
        for number, text in enumerate(slides, 1)
    }
    return package({"[Content_Types].xml": _TYPES, "ppt/presentation.xml": "<p/>"} | parts)


def odt(letterhead: str, lines: str, extra: Mapping[str, bytes | str] | None = None) -> bytes:
    """An ODT with a page header."""
    head = f"<style:header><text:p>{letterhead}</text:p></style:header>"
    body = "".join(
        f"<text:p>{line.replace('~', '<text:s/>')}</text:p>" for line in lines.splitlines()
    )
    parts: dict[str, bytes | str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "styles.xml": f"<office:document-styles {_ODF}>{head}</office:document-styles>",
        "content.xml": f"<office:document-content {_ODF}><office:body>{body}</office:body>"
        "</office:document-content>",
        "META-INF/manifest.xml": "<manifest/>",
    }
    return package(parts | dict(extra or {}))


def ods(*cells: str) -> bytes:
    """An ODS of one row."""
    row = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
        for cell in cells
    )
    table = (
        f'<table:table table:name="Lembar"><table:table-row>{row}</table:table-row></table:table>'
    )
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": f"<office:document-content {_ODF}><office:body>"
            f"<office:spreadsheet>{table}</office:spreadsheet>"
            "</office:body></office:document-content>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def xlsx(rows: Mapping[str, list[list[object]]]) -> bytes:
    """An XLSX of these sheets."""
    book = Workbook(write_only=True)
    for name, lines in rows.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    return _saved(book)


def far_cell() -> bytes:
    """An XLSX whose only cells are the first and the last that a sheet can have."""
    book = Workbook()
    sheet = book["Sheet"]
    sheet["A1"] = "awal"
    sheet["XFD1048576"] = "akhir"
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def overlapping() -> bytes:
    """A DOCX in whose directory a hundred names point at the same packed bytes."""
    data = bytearray(docx("isi", {"word/big.xml": b" " * 100_000}))
    end = data.rindex(b"PK\x05\x06")
    start = struct.unpack_from("<I", data, end + 16)[0]
    directory = bytes(data[start:end])
    at = directory.rindex(b"PK\x01\x02")
    entry = bytearray(directory[at:])
    copies = b"".join(
        bytes(entry).replace(b"word/big.xml", b"word/b%02d.xml" % number) for number in range(100)
    )
    tail = bytearray(data[end:])
    struct.pack_into("<HH", tail, 8, 3 + 99, 3 + 99)
    struct.pack_into("<I", tail, 12, at + len(copies))
    return bytes(data[:start]) + directory[:at] + copies + bytes(tail)


def said_smaller() -> bytes:
    """A DOCX with a part that claims 10 bytes, and holds 2 MB."""
    data = docx("isi", {"word/liar.xml": b" " * 2_000_000})
    return data.replace(struct.pack("<I", 2_000_000), struct.pack("<I", 10))


def locked() -> bytes:
    """What an office program writes for a file with a password: an OLE file around a package."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def with_locked_part() -> bytes:
    """A DOCX whose directory says that a part is encrypted."""
    data = bytearray(docx("isi"))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)
