"""QR codes, as SVG for templates."""

import functools
import io


@functools.lru_cache(maxsize=32)  # one document asks for the same code on every page
def qr_svg(text: str) -> bytes:
    """The code of a text, usually an address, dark on white with the quiet zone it needs.

    Error correction level M: it is read again with 15 % of it damaged (ISO/IEC 18004).
    """
    import segno

    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False, boost_error=False)
    code.save(out, kind="svg", border=4, light="#fff", xmldecl=False, nl=False)
    return out.getvalue()
