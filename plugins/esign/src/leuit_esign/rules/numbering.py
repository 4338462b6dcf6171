"""Numbers of letters: a pattern of an edition, filled in for one letter.

`{kode}/{urut:03}/{unit}/{tahun}` becomes `000.1.2.3/001/Bag.Umum/2026`. The parts are `{urut}`,
also with a width, `{kode}` (classification), `{unit}`, `{tahun}`, `{bulan}` and `{bulan_romawi}`.
Which letters count in one series is said beside it: per unit or not, and from when anew.
"""

import datetime as dt
import re
from typing import Literal

import attrs

from leuit.values import _

Restart = Literal["tahun", "bulan", "tidak"]
Given = Literal["sebelum", "sesudah"]
PARTS = ("urut", "kode", "unit", "tahun", "bulan", "bulan_romawi")
_PART = re.compile(r"\{([^{}:]*)(?::0?([1-9]))?\}")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LONGEST = 100


@attrs.frozen
class NumberPattern:
    """A way to number letters, by a name that people choose.

    `restarts` says when counting begins anew; `per_unit` that each unit counts for itself. `given`
    before the first signature the number is printed on the page; after the last one it cannot be,
    as that would change what was signed, and stands beside the document only.
    """

    name: str
    pattern: str
    restarts: Restart = "tahun"
    per_unit: bool = True
    given: Given = "sebelum"

    def __attrs_post_init__(self) -> None:
        if fault := fault_of_pattern(self.pattern):
            raise ValueError(fault)
        if not self.name.strip() or len(self.name) > 60:
            raise ValueError(_("Nama penomoran paling banyak 60 huruf."))

    @property
    def is_printed(self) -> bool:
        """Whether the number stands on the page, reserved before anybody signs."""
        return self.given == "sebelum"

    @property
    def wants_classification(self) -> bool:
        """Whether a classification code stands in the number."""
        return "{kode}" in self.pattern


def fault_of_pattern(pattern: str) -> str:
    """What is wrong with a pattern, as a sentence; empty for nothing."""
    if not pattern.strip() or len(pattern) > LONGEST:
        return _("Pola nomor paling banyak %s huruf.") % LONGEST
    names = [found[1] for found in _PART.finditer(pattern)]
    if strange := [name for name in names if name not in PARTS]:
        return _("Bagian “{%s}” tidak dikenal dalam pola nomor.") % strange[0]
    if names.count("urut") != 1:
        return _("Pola nomor memuat {urut} tepat satu kali.")
    if re.search(r"[{}]", _PART.sub("", pattern)):
        return _("Kurung kurawal dalam pola nomor tidak lengkap.")
    return ""


def number_of(pattern: str, serial: int, code: str, unit: str, on: dt.date) -> str:
    """The number as it is printed."""
    values = {
        "kode": code,
        "unit": unit,
        "tahun": str(on.year),
        "bulan": f"{on.month:02d}",
        "bulan_romawi": _ROMAN[on.month - 1],
    }

    def filled(found: re.Match[str]) -> str:
        if found[1] == "urut":
            return str(serial).zfill(int(found[2] or 1))
        return values[found[1]]

    return _PART.sub(filled, pattern)


def series_of(wanted: NumberPattern, unit_code: str, on: dt.date) -> str:
    """The key of the series that a letter is counted in."""
    period = {"tahun": f"{on:%Y}", "bulan": f"{on:%Y-%m}", "tidak": "-"}[wanted.restarts]
    unit = unit_code if wanted.per_unit else "-"
    return f"esign:{wanted.name}:{unit}:{period}"
