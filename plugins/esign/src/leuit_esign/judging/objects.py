"""Reading entries of PDF dictionaries, and names out of files that people are to read."""

import re
from typing import Any


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """The value of an entry with references followed, or the default when there is none."""
    try:
        return dictionary[key]
    except KeyError:
        return default


def shown(name: Any) -> str:
    """A name out of a file as it can be told: text, printable, at most 200 characters.

    Ends of lines, and marks that turn the direction of writing or are not seen, could make one
    answer look like another: each is replaced by U+FFFD.
    """
    text = name.decode("latin-1") if isinstance(name, bytes) else str(name)
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:200])


def shown_person(name: Any) -> str:
    """The same for a person's name, which cannot stand apart as columns do."""
    return re.sub(" {2,}", " ", shown(name)).strip()
