"""Types of the bodies that programs send: bounds are read and stand in the OpenAPI document."""

from typing import Annotated

import msgspec

from leuit_sp2d.rules.rupiah import LARGEST
from leuit_sp2d.rules.tpp import WHOLE

Amount = Annotated[int, msgspec.Meta(ge=1, le=LARGEST)]
"""Whole rupiah above zero, at most fifteen digits."""

Deduction = Annotated[int, msgspec.Meta(ge=0, le=WHOLE)]
"""1/100 percent of the whole."""

Year = Annotated[int, msgspec.Meta(ge=2000, le=2100)]
Version = Annotated[int, msgspec.Meta(ge=0, le=2**31 - 1)]
Remark = Annotated[str, msgspec.Meta(max_length=300)]
Note = Annotated[str, msgspec.Meta(max_length=500)]
