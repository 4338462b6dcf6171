"""Which kinds of files have their text read, and how a kind is told from the first bytes.

The content decides. The end of the name is only compared with it: a name that promises another kind
is refused, since the person who opens the file would be led by it.
"""

from collections.abc import Mapping

MOST_BYTES = 50 * 1024 * 1024
MOST_LETTERS = 2_000_000
"""Of all parts of a file together; reading stops there and says so."""

_OPEN_XML = "application/vnd.openxmlformats-officedocument."
_ODF = "application/vnd.oasis.opendocument."

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": _OPEN_XML + "wordprocessingml.document",
    "xlsx": _OPEN_XML + "spreadsheetml.sheet",
    "pptx": _OPEN_XML + "presentationml.presentation",
    "odt": _ODF + "text",
    "ods": _ODF + "spreadsheet",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "text": "text/plain",
    "csv": "text/csv",
}
ENDINGS: Mapping[str, str] = {
    "jpe": "jpeg",
    "jpg": "jpeg",
    "txt": "text",
    **{kind: kind for kind in MEDIA_TYPES if kind != "text"},
}
MACRO_ENDINGS = frozenset(
    {"docm", "dotm", "xlsm", "xltm", "xlam", "pptm", "potm", "ppam", "ppsm", "sldm"}
)
_MARK_WITHIN = 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_PACKAGE = "EncryptedPackage".encode("utf-16-le")


class Fault(Exception):  # noqa: N818 -- the code of what is wrong, not an error of the program
    """A file is not read; the text is a key of `reader.FAULTS`."""


def ending(name: str) -> str:
    """What stands behind the last point of a name, in small letters; empty without one."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return last.rsplit(".", 1)[1].strip().lower() if "." in last else ""


def family(content: bytes) -> str:
    """`pdf`, `zip`, `png`, `jpeg` or `text`, as the content begins.

    Raises Fault: an old office file, which is also the wrapping of one with a password; anything
    else that is not read.
    """
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(_OLE):
        raise Fault("encrypted" if _LOCKED_PACKAGE in content else "old_office")
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if b"%PDF-" in content[:_MARK_WITHIN]:
        return "pdf"
    if content and not content.startswith(b"{\\rtf"):
        return "text"
    raise Fault("unknown_type" if content else "empty")


def agree(kind: str, name: str) -> str:
    """The kind, where the name promises the same; text is only taken where the name says so.

    Raises Fault `wrong_name`, or `unknown_type` for text under a name that promises none.
    """
    promised = ENDINGS.get(end := ending(name), end)
    if kind == "text":
        if promised in {"text", "csv"}:
            return promised
        raise Fault("wrong_name" if promised in MEDIA_TYPES else "unknown_type")
    if promised not in {"", kind}:
        raise Fault("wrong_name")
    return kind
