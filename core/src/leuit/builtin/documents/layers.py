"""A transparent PDF to lay over another one: a number that was given, footers with a QR code.

Boxes are in points from the bottom left of a page as it is shown; pages count from 0.
"""

from collections.abc import Sequence
from typing import Any, Literal, Self

import attrs

from .qr import qr_svg
from .render import TEMPLATES, render_layer


@attrs.frozen
class TextBlock:
    """A text in the middle of a box's height; shrunk from `size` points until it fits."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    text: str
    size: float = 11.0
    strong: bool = False
    align: Literal["left", "center", "right"] = "left"


@attrs.frozen
class FooterBlock:
    """Lines in italics of 8.5 points at most, with the QR code of a text at their left."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    lines: tuple[str, ...]
    qr_text: str = ""

    @classmethod
    def at_bottom(
        cls, page: int, width: float, lines: Sequence[str], qr_text: str = "", height: float = 48.0
    ) -> Self:
        """A footer in the lower margin of a page of that width."""
        side = min(40.0, width / 12)
        return cls(page, side, 12.0, width - side, 12.0 + height, tuple(lines), qr_text)


def overlay(
    pages: Sequence[tuple[float, float]], blocks: Sequence[TextBlock | FooterBlock]
) -> bytes:
    """A PDF with pages of these widths and heights, on which nothing but the blocks is drawn."""
    return render_layer(
        TEMPLATES / "overlay.typ",
        {
            "pages": [
                {
                    "width": width,
                    "height": height,
                    "blocks": [_told(block, height) for block in blocks if block.page == number],
                }
                for number, (width, height) in enumerate(pages)
            ]
        },
    )


def _told(block: TextBlock | FooterBlock, sheet: float) -> dict[str, Any]:
    box = {
        "x": block.left,
        "y": sheet - block.top,
        "width": block.right - block.left,
        "height": block.top - block.bottom,
    }
    if isinstance(block, FooterBlock):
        code = qr_svg(block.qr_text).decode() if block.qr_text else ""
        return box | {
            "kind": "footer",
            "lines": list(block.lines),
            "qr": code,
            "qr_text": block.qr_text,
        }
    return box | {
        "kind": "text",
        "text": block.text,
        "size": block.size,
        "strong": block.strong,
        "align": block.align,
    }
