"""What listeners are told of editions."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

import attrs


@attrs.frozen
class EditionActivated:
    """An edition became active: what was worked out from `effective_from` on may change.

    The date may lie in the past. Work of before it is not touched.
    """

    event_name: ClassVar[str] = "core.edition_activated"
    version: ClassVar[int] = 1

    kind: str
    edition_id: UUID
    effective_from: dt.date
