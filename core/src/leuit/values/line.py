"""What people type into a line, kept as others will see it."""

import re
import unicodedata

_GROUPS = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
# Marks and letters that have no shape of their own (Unicode: Default_Ignorable_Code_Point), and
# the empty pattern of Braille.
_SHAPELESS = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)


def one_line(text: str) -> str:
    """The text in one line, without characters that are not seen or turn the direction of writing.

    Two titles that look alike are then alike, and none reads otherwise than it was typed.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (
        " " if letter.isspace() else letter
        for letter in _SHAPELESS.sub("", text)
        if letter.isspace() or unicodedata.category(letter) not in _GROUPS
    )
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
