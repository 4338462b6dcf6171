"""Reading entries of PDF dictionaries: what is referred to, not the reference."""

from typing import Any


def entry(dictionary: Any, key: str, default: Any = None) -> Any:
    """The value of an entry with references followed, or the default when there is none."""
    try:
        return dictionary[key]
    except KeyError:
        return default
