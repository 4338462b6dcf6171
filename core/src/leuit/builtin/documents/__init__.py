"""Official documents: PDF/A by typst, QR codes, letterheads and footers as dated editions.

Call everything that draws outside a unit of work; what it draws is read inside one before.
"""

from leuit.plugins import Plugin
from leuit.values import _

from .footer import FOOTER, DocumentFooter, footer_lines
from .layers import FooterBlock, TextBlock, overlay
from .letterhead import LETTERHEAD, Letterhead, LetterheadBook, UnitLetterhead, letterhead_on
from .qr import qr_svg
from .render import Rendered, TemplateError, render_document, render_pdf
from .stamp import StampLine, stamp_pdf

plugin = Plugin(
    name="documents",
    title=_("Naskah dinas"),
    version="0.1.0",
    module="leuit.builtin.documents",
    hooks="leuit.builtin.documents.hooks",
    namespace="core",
)

__all__ = [
    "FOOTER",
    "LETTERHEAD",
    "DocumentFooter",
    "FooterBlock",
    "Letterhead",
    "LetterheadBook",
    "Rendered",
    "StampLine",
    "TemplateError",
    "TextBlock",
    "UnitLetterhead",
    "footer_lines",
    "letterhead_on",
    "overlay",
    "plugin",
    "qr_svg",
    "render_document",
    "render_pdf",
    "stamp_pdf",
]
