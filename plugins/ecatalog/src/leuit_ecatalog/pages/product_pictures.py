"""Pictures of a product: sent from a phone, ordered, taken off; and served to whoever may see them.

A picture of what is shown may be kept by everybody for ever: its address is that of a picture that
never changes. Others are for the vendor and the moderator, and kept by nobody.
"""

from typing import Any

from leuit.values import NotFoundError, _
from leuit.web import Field, Request, Response, parse_id, redirect, run_form, version_of
from leuit_ecatalog.service.picture_making import MAX_BYTES, MEDIA_TYPE
from leuit_ecatalog.service.pictures import (
    MOST_PICTURES,
    add_picture,
    drop_picture,
    put_first,
    served_picture,
    store_picture,
)
from leuit_ecatalog.service.product_access import own_product, pictures_of

from .product_common import after, posted_version, product_id_of, product_path, step_form

MAX_BODY = MAX_BYTES + 64 * 1024
SIZES = ("large", "small")
FOR_EVER = "public, max-age=31536000, immutable"


def show_pictures(request: Request) -> Response:
    """The pictures of a product, and a form for one more."""
    product_id = product_id_of(request)
    with request.read() as view:
        product = own_product(view, product_id)
        pictures = pictures_of(view, product.id)
        fields = [
            Field(
                "file",
                _("Foto JPEG atau PNG"),
                "file",
                accept="image/jpeg,image/png",
                hint=_("Paling kecil 300 × 300 piksel, paling besar 10 MB."),
            ),
            Field("alt", _("Apa yang tampak di foto"), required=False, most=160),
        ]
        form = step_form(product, "pictures", _("Gambar"), fields)
        form.submit = _("Kirim gambar")

    def act(values: dict[str, Any]) -> tuple[str, str]:
        picture = store_picture(request.app, values["file"].data)
        with request.change() as work:
            add_picture(work, product_id, version_of(values), picture, values["alt"] or "")
        return f"{product_path(product_id)}/pictures", _("Gambar tersimpan.")

    return run_form(
        request,
        form,
        act,
        "ecatalog/product_pictures.html",
        product=product,
        pictures=pictures,
        most=MOST_PICTURES,
        following=after("pictures", product),
        base=product_path(product.id),
    )


def first(request: Request) -> Response:
    """Make a picture the main one."""
    product_id = product_id_of(request)
    with request.change() as work:
        put_first(work, product_id, posted_version(request), _picture_id(request))
    return redirect(f"{product_path(product_id)}/pictures", _("Gambar utama diganti."))


def drop(request: Request) -> Response:
    """Take a picture off."""
    product_id = product_id_of(request)
    with request.change() as work:
        drop_picture(work, product_id, posted_version(request), _picture_id(request))
    return redirect(f"{product_path(product_id)}/pictures", _("Gambar dihapus."))


def serve(request: Request) -> Response:
    """The bytes of a picture, large or small."""
    size = str(request.params["size"])
    if size not in SIZES:
        raise NotFoundError(_("Gambar itu tidak ada."))
    with request.read() as view:
        found = served_picture(view, _picture_id(request), small=size == "small")
    keeping = FOR_EVER if found.shown else "private, no-store"
    data = request.app.blobs.get(found.sha256)
    return Response(data, media_type=MEDIA_TYPE, headers={"Cache-Control": keeping})


def _picture_id(request: Request) -> Any:
    return parse_id(str(request.params["picture_id"]))
