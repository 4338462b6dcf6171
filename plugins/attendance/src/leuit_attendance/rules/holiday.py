"""Holiday: a national day off or cuti bersama, fixed every year by decree.

Law: Perpres 21/2023 Pasal 6 (days may change by the President's policy); cuti bersama by the yearly
Keppres, national holidays by the yearly joint decree (SKB) of three ministers.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from attrs import frozen

HolidayKind = Literal["libur", "cuti_bersama"]


@frozen
class Holiday:
    """One date off: `libur` (libur nasional) or `cuti_bersama`.

    `basis` names the decree and becomes the article of the day's reason. A holiday cancels every
    duty whose `on_holidays` is false.
    """

    day: date
    kind: HolidayKind
    title: str
    basis: str = ""
