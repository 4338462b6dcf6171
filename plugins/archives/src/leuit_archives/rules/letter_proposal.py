"""A value that a text proposes, for a person to confirm."""

from typing import Generic, TypeVar

import attrs

T = TypeVar("T")


@attrs.frozen
class Proposed(Generic[T]):
    """A value, the line that it was read from, and whether the text was plain there.

    Where it is not `sure`, a scan may have mistaken a character: the person should compare.
    """

    value: T
    line: str
    sure: bool = True
