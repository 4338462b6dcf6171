"""Reading entries of PDF dictionaries: what is referred to, not the reference."""

from typing import Any


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """The value of an entry with references followed, or the default when there is none."""
    try:
        return dictionary[key]
    except KeyError:
        return default


def shown(name: Any) -> str:
    """A name out of a file as it can be told: text, printable, at most 200 characters."""
    text = name.decode("latin-1") if isinstance(name, bytes) else str(name)
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in text[:200])
