"""A page of a PDF as a picture; its number from 1 and its width are in the address."""

from starlette.responses import Response

from leuit.pdf_pages import PICTURE_WIDTHS, picture_of
from leuit.values import NotFoundError, _

from .request import Request

USUAL_WIDTH = PICTURE_WIDTHS[1]


def picture_answer(request: Request, pdf: bytes, *, kept: bool = True) -> Response:
    """The page `page` of the address, `w` pixels wide; NotFoundError for any other.

    `kept` lets the reader's browser keep it for a day: its address then names the version.
    """
    try:
        number, width = int(request.params["page"]), int(request.query.get("w", USUAL_WIDTH))
    except ValueError:
        raise NotFoundError(_("Gambar itu tidak ada.")) from None
    keeping = "private, max-age=86400" if kept else "no-store"
    png = picture_of(pdf, number - 1, width)
    return Response(png, media_type="image/png", headers={"Cache-Control": keeping})
