"""What of a product counts as domestic: figures of the law, and the bands that buyers choose."""

from typing import Final

import attrs

from leuit.values import FieldError, InvalidInputError, _

SUM, CERTIFICATE, UNCERTIFIED, IMPORTED = "jumlah", "tkdn", "tanpa", "impor"
BANDS: Final = (SUM, CERTIFICATE, UNCERTIFIED, IMPORTED)
"""Ways in which a product may be domestic, or not; one product may be of several."""

WHOLE: Final = 10_000


@attrs.frozen
class DomesticFigures:
    """From which TKDN with BMP, and from which TKDN alone, domestic products go first, in
    hundredths of a percent.
    """

    sum_from: int
    tkdn_from: int


def check_figures(found: DomesticFigures) -> DomesticFigures:
    """The figures themselves; InvalidInputError for what is no percentage."""
    sentence = _("Tulis persentase dalam perseratus persen, dari 0 sampai 10.000.")
    faults = [
        FieldError(name, sentence)
        for name in ("sum_from", "tkdn_from")
        if not 0 <= getattr(found, name) <= WHOLE
    ]
    if faults:
        raise InvalidInputError(sentence, fields=faults)
    return found
