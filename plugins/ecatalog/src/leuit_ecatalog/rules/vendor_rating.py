"""How a vendor did on an order: four aspects, each from 0 to 3.

Peraturan LKPP 4/2021 has the commitment maker rate quality and quantity, cost, time and service
[secondary]; the scale of v6 is not known, so its words here are ours.
"""

from collections.abc import Mapping
from typing import Final

from leuit.values import Text, _

ASPECTS: Final[Mapping[str, Text]] = {
    "quality": _("Mutu dan jumlah"),
    "cost": _("Biaya"),
    "time": _("Ketepatan waktu"),
    "service": _("Layanan"),
}
SCORES: Final[Mapping[int, Text]] = {
    3: _("Sangat baik"),
    2: _("Baik"),
    1: _("Cukup"),
    0: _("Buruk"),
}
