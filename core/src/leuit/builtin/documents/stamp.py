"""The picture of a visible signature: a QR code at the left, who signed at the right."""

from collections.abc import Sequence
from typing import Literal

import attrs

from .qr import qr_svg
from .render import TEMPLATES, render_layer


@attrs.frozen
class StampLine:
    """One line of a stamp: small for the words above, strong for the name."""

    text: str
    style: Literal["small", "normal", "strong"] = "normal"


def stamp_pdf(
    lines: Sequence[StampLine], qr_text: str | None, width_pt: float, height_pt: float
) -> bytes:
    """A PDF of one transparent page of that size; text is wrapped, and shrunk until it fits.

    Below 3 points it is cut off rather than shrunk further.
    """
    return render_layer(
        TEMPLATES / "stamp.typ",
        {
            "lines": [attrs.asdict(line) for line in lines],
            "qr": qr_svg(qr_text).decode() if qr_text else "",
            "qr_text": qr_text or "",
            "width": width_pt,
            "height": height_pt,
        },
    )
