"""The picture of a visible signature: a QR code at the left, who signed at the right."""

from collections.abc import Sequence
from typing import Literal

import attrs

from .qr import qr_svg
from .render import TEMPLATES, render_layer


@attrs.frozen
class StampLine:
    """One line of a stamp: small for the words above, strong for the name.

    Where room is short, lines go in the order of `leave_out` from 1 on; those with 0 stay, cut at
    their end where they must be, the strong ones last.
    """

    text: str
    style: Literal["small", "normal", "strong"] = "normal"
    leave_out: int = 0


def stamp_pdf(
    lines: Sequence[StampLine], qr_text: str | None, width_pt: float, height_pt: float
) -> bytes:
    """A PDF of one transparent page of that size; text is wrapped, and shrunk until it fits.

    It is never smaller than 5 points: what has no room then is left out or cut.
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
