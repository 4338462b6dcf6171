"""The look of a visible signature: a small page made elsewhere, turned as its page is shown."""

import binascii
import uuid
from io import BytesIO

from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.layout import (
    AxisAlignment,
    BoxConstraints,
    InnerScaling,
    Margins,
    SimpleBoxLayoutRule,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.stamp import StaticStampStyle, TextStampStyle

from leuit_esign.providers import Look


def style_of(look: Look | None) -> StaticStampStyle | TextStampStyle:
    """The look as pyHanko takes it; without one the field stays empty to the eye."""
    if look is None:
        return TextStampStyle(stamp_text=" ", border_width=0, background=None)
    return StaticStampStyle(border_width=0, background=_Page(look), background_layout=_WHOLE)


_WHOLE = SimpleBoxLayoutRule(
    AxisAlignment.ALIGN_MID,
    AxisAlignment.ALIGN_MID,
    margins=Margins(),
    inner_content_scaling=InnerScaling.NO_SCALING,
)


class _Page(PdfContent):
    """The page as an XObject, drawn upright on a page that is shown turned clockwise."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def render(self) -> bytes:
        writer = self._ensure_writer
        page = writer.import_page_as_xobject(PdfFileReader(BytesIO(self._look.pdf)))
        name = f"/Import{binascii.hexlify(uuid.uuid4().bytes).decode()}"
        self.resources.xobject[name] = page
        left, bottom, right, top = (float(side) for side in page.get_object()["/BBox"])
        width, height = right - left, top - bottom
        turned = self._look.turn % 360
        across, up = (height, width) if turned in (90, 270) else (width, height)
        self.box = BoxConstraints(width=across, height=up)
        matrix = {
            90: f"0 1 -1 0 {height} 0",
            180: f"-1 0 0 -1 {width} {height}",
            270: f"0 -1 1 0 0 {width}",
        }.get(turned, "1 0 0 1 0 0")
        return f"q {matrix} cm {name} Do Q".encode()
