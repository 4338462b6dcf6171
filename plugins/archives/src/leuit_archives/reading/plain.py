"""Files of plain text and CSV: decoded, or found to be no text."""

import codecs

from .kinds import Fault

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BLANKS = frozenset("\t\n\r\f")


def decoded(content: bytes) -> str:
    """The text, as UTF-8, as UTF-16 with a mark, or as old Windows programs wrote it.

    Raises Fault `unknown_type` where control characters show that it is no text.
    """
    encodings = [name for mark, name in _MARKS if content.startswith(mark)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(ord(letter) < 32 and letter not in _BLANKS for letter in text):
            break
        return text
    raise Fault("unknown_type")
