"""`leuit ecatalog products import`: the same as on the vendor's page, for an operator."""

from typing import Annotated

from cyclopts import Parameter
from sqlalchemy import select

from leuit.builtin.organisation import MAX_BYTES, RefusedRowsError, print_report
from leuit.plugins import CommandContext
from leuit.values import NotFoundError, _
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.service.product_import import apply_products, receive_products, try_for_vendor


def import_products(
    context: CommandContext,
    file: str,
    *,
    vendor: str,
    apply: bool = False,
    skip_bad: Annotated[bool, Parameter(name="--skip-bad")] = False,
    json: bool = False,
) -> int:
    """Try a vendor's products from a CSV or XLSX file; with --apply store them.

    --vendor is his NIB or his whole name. A sku that is new becomes a draft; a known one changes
    where the file says something else. --skip-bad stores the rows that are right. Exit status 1
    when a row is refused.
    """
    with context.app.read(context.identity) as view:
        found = view.session.scalars(
            select(Vendor.id).where((Vendor.nib == vendor) | (Vendor.name == vendor))
        ).one_or_none()
    if found is None:
        raise NotFoundError(_("Tidak ada penyedia “%(name)s”."), name=vendor[:80])
    data = context.read_file(file, MAX_BYTES + 1)
    received = receive_products(context.app, data, context.path(file).name)
    if not apply:
        with context.app.read(context.identity) as view:
            return print_report(context, try_for_vendor(view, found, received), json=json)
    try:
        report = apply_products(
            context.app, context.identity, received, vendor_id=found, skip_bad=skip_bad
        )
    except RefusedRowsError as error:
        report = error.report
    return print_report(context, report, json=json)
