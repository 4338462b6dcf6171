"""What of a product counts as domestic: figures of the law, and the bands that buyers choose."""

from typing import Final

import attrs

SUM, CERTIFICATE, UNCERTIFIED, IMPORTED = "jumlah", "tkdn", "tanpa", "impor"
BANDS: Final = (SUM, CERTIFICATE, UNCERTIFIED, IMPORTED)
"""Ways in which a product may be domestic, or not; one product may be of several."""


@attrs.frozen
class DomesticFigures:
    """From which TKDN with BMP, and from which TKDN alone, domestic products go first, in
    hundredths of a percent.
    """

    sum_from: int
    tkdn_from: int
