"""How the catalogue cuts words: at everything that is no letter and no digit, and between the two.

`10kg`, `10 kg` and `10-KG` are the same two words, so are `A4:80` and `a4 80`; `meja-meja` is the
word `meja`. What is left has no meaning to any engine, whatever was typed.
"""

import re

from leuit.builtin.search import plain

_RUN = re.compile(r"[^\W\d_]+|\d+")
_ASKED = re.compile(r"[^\W\d_]+\*?|\d+")


def separate(text: str) -> str:
    """The words of a text, small, one blank between them."""
    return " ".join(_RUN.findall(plain(text)))


def separate_question(text: str) -> str:
    """The words of a question; a star behind letters stays, as it asks for how words begin."""
    return " ".join(_ASKED.findall(plain(text)))
