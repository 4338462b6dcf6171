"""The vendor's page of a product: its state and next step, what is missing, what everybody sees."""

from leuit.values import InvalidInputError, _, new_id
from leuit.web import Request, Response, page, redirect
from leuit_ecatalog.product_words import reason_of
from leuit_ecatalog.rules.product_states import (
    ARCHIVE,
    SUBMIT,
    VENDOR,
    WITHDRAW,
    WITHDRAW_SHOWN,
    may,
    may_edit,
    may_price,
)
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.moderation import submit_product
from leuit_ecatalog.service.prices import district_names
from leuit_ecatalog.service.product_access import own_product
from leuit_ecatalog.service.product_view import product_view
from leuit_ecatalog.service.products import archive_product, hide_product, withdraw_product

from .product_common import LIST, chip_of, posted_version, product_id_of, product_path, steps_of


def show_product(request: Request) -> Response:
    """Everything about one product, and what may be done with it."""
    return _shown(request)


def submit(request: Request) -> Response:
    """Submit it; what is missing is told on its page."""
    product_id = product_id_of(request)
    try:
        with request.change() as work:
            submit_product(work, product_id, posted_version(request))
    except InvalidInputError as error:
        if not error.fields:
            raise
        return _shown(request, {"": str(_("Produk ini belum lengkap. Lengkapi yang bertanda."))})
    return redirect(product_path(product_id), _("Produk diajukan. Anda diberi tahu hasilnya."))


def withdraw(request: Request) -> Response:
    """Take a submitted product back."""
    product_id = product_id_of(request)
    with request.change() as work:
        withdraw_product(work, product_id, posted_version(request))
    return redirect(product_path(product_id), _("Produk ditarik kembali menjadi draf."))


def hide(request: Request) -> Response:
    """Take a shown product off display."""
    product_id = product_id_of(request)
    with request.change() as work:
        hide_product(work, product_id, posted_version(request))
    return redirect(product_path(product_id), _("Produk turun tayang."))


def archive(request: Request) -> Response:
    """Put it away."""
    product_id = product_id_of(request)
    with request.change() as work:
        archive_product(work, product_id, posted_version(request))
    return redirect(LIST, _("Produk diarsipkan."))


def _shown(request: Request, errors: dict[str, str] | None = None) -> Response:
    with request.read() as view:
        product = own_product(view, product_id_of(request))
        shown = product_view(view, product)
        names = district_names(view)
    state = product.state
    return page(
        request,
        "ecatalog/shop_product.html",
        status=422 if errors else 200,
        errors=errors or {},
        shown=shown,
        product=product,
        names=names,
        unit=unit_label(product.unit_code),
        chip=chip_of(state),
        reason=reason_of(state, product.reason),
        steps=steps_of(product.id, shown.gaps, shown.hints),
        blocked=[gap.sentence for gap in shown.gaps if not gap.step],
        base=product_path(product.id),
        home=LIST,
        copy_key=new_id(),
        may_edit=may_edit(state),
        may_price=may_price(state),
        may_submit=may(SUBMIT, VENDOR, state),
        may_withdraw=may(WITHDRAW, VENDOR, state),
        may_hide=may(WITHDRAW_SHOWN, VENDOR, state),
        may_archive=may(ARCHIVE, VENDOR, state),
    )
