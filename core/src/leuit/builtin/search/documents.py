"""A document as the index takes it."""

import datetime as dt
from uuid import UUID

import attrs

KIND, CODE = 40, 40
"""Longest values, in characters."""

MOST_TEXT = 2_000_000
"""Of a document, in characters; see `words.MOST_BYTES` for how much of it is found."""


@attrs.frozen
class Document:
    """What is found: `kind` and `id` name it to its owner, the rest is looked for or filtered by.

    `keys` (numbers, names of sender or addressee) count like the title, but are not shown from the
    index. `grade` is the level of secrecy, 1 (open) to 4, `class_code` of the classification.
    """

    kind: str
    id: UUID
    unit_id: UUID
    grade: int
    day: dt.date
    title: str
    keys: str = ""
    text: str = attrs.field(default="", repr=False)
    class_code: str = ""
