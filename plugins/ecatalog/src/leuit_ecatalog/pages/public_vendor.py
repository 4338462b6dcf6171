"""The public page of a vendor: who sells, verified since when, sanctions in force.

Nothing of it is personal data: no NPWP, telephone, address or account of anybody, and the NIB of
firms only. It is the same for everybody who has not signed in, and may be kept for some minutes.
"""

import datetime as dt

from leuit.web import Request, Response, page
from leuit_ecatalog.rules.legal_forms import form_of
from leuit_ecatalog.rules.vendor_rating import SCORES
from leuit_ecatalog.service.public_vendors import public_vendor
from leuit_ecatalog.service.rating import score_of
from leuit_ecatalog.words import SCALE_WORDS

from .asked import id_in
from .shop_words import sanctions_told

KEPT = dt.timedelta(minutes=5)


def show(request: Request) -> Response:
    """A vendor that was verified; NotFoundError for any other."""
    with request.read() as view:
        vendor, shown = public_vendor(view, id_in(request, "vendor_id"))
        sanctions = sanctions_told(view, vendor, view.today)
        score = score_of(view, vendor.id)
    answer = page(
        request,
        "ecatalog/public_vendor.html",
        shown=shown,
        legal_form=form_of(shown.legal_form).title,
        scale=SCALE_WORDS.get(shown.scale, ""),
        sanctions=sanctions,
        score=score,
        best=max(SCORES),
    )
    if not request.identity.signed_in and request.notice is None:
        answer.headers["Cache-Control"] = f"public, max-age={int(KEPT.total_seconds())}"
    return answer
