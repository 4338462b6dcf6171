"""Text from outside before it is stored: trimmed, within its column, free of what no engine keeps.

PostgreSQL stores neither NUL nor lone surrogates, SQLite does; the same text must be refused on
both, with the path of the field rather than a database error.
"""

import re

from leuit.values import FieldError, _

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def storable(text: str) -> bool:
    """Whether both engines can keep the text unchanged."""
    return not _UNSTORABLE.search(text)


class TextChecker:
    """Reads text fields one after another and keeps every fault with its path."""

    def __init__(self) -> None:
        self.faults: list[FieldError] = []

    def read(self, path: str, text: str, *, most: int, required: bool = True) -> str:
        """The trimmed text; a fault is noted when it is missing, too long or cannot be stored."""
        text = text.strip()
        if not text and required:
            self.fault(path, _("Wajib diisi."), "required")
        elif len(text) > most:
            self.faults.append(
                FieldError(path, _("Paling banyak %(most)s huruf."), "too_long", {"most": most})
            )
        elif not storable(text):
            self.fault(path, _("Ada huruf yang tidak dapat disimpan; ketik ulang."), "unstorable")
        return text

    def fault(self, path: str, message: str, code: str = "invalid") -> None:
        """Note a fault of a field."""
        self.faults.append(FieldError(path, message, code))
