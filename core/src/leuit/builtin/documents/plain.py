"""Values on their way into a template: plain text that the bundled fonts can draw.

PDF/A refuses a page with a character for which no font has a shape, so that one strange name would
stop a whole list: such a character is drawn as U+FFFD. White space of any kind becomes a space;
controls and marks that turn the direction of writing are left out, as they would let a page show
something else than was decided. A template that wants lines is given a list.
"""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from leuit.values import TooLargeError, _

LONGEST = 1_000_000
"""Characters of all values of one document together, as JSON."""

_DRAWN = re.compile(
    "[\u0020-\u007e\u00a0-\u04ff\u1e00-\u1fff\u2010-\u2027\u2030-\u203a\u2044"
    "\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2100-\u211e\u2122\u2190-\u22ff\u2500-\u25ff\u2714\u2717]"
)
_DROPPED = frozenset({"Cc", "Cf"})
UNKNOWN = "\ufffd"


def plain_text(text: str) -> str:
    """The text as a template may draw it."""
    if text.isascii() and text.isprintable():
        return text
    normal = unicodedata.normalize("NFC", text)
    return "".join(_drawn(letter) for letter in normal)


def as_json(values: Mapping[str, Any]) -> str:
    """Values as JSON with every text made plain; raises TooLargeError beyond LONGEST."""
    written = json.dumps(_plain(values), ensure_ascii=False)
    if len(written) > LONGEST:
        raise TooLargeError(
            _("Isi dokumen terlalu panjang untuk dibuat sekaligus."),
            advice=_("Bagi menjadi beberapa dokumen."),
        )
    return written


def _drawn(letter: str) -> str:
    category = unicodedata.category(letter)
    if letter.isspace():
        return " "
    if category in _DROPPED:
        return ""
    return letter if _DRAWN.match(letter) and category != "Cn" else UNKNOWN


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence):
        return [_plain(inner) for inner in value]
    return value
