"""The prices of a variant over time: a line, one sentence, and all figures in a table."""

from typing import Any

from leuit.values import _, format_date, format_rupiah
from leuit.web import Request, Response, local, page
from leuit.work import View
from leuit_ecatalog.models import Product, Variant
from leuit_ecatalog.rules.price_chart import Chart, Point, chart_of
from leuit_ecatalog.service.prices import Priced, district_names, history_of
from leuit_ecatalog.service.product_access import moderated_product, own_product
from leuit_ecatalog.service.variants import variant_in

from .product_common import DESK, product_id_of, product_path, variant_id_of


def own_history(request: Request) -> Response:
    """For the vendor."""
    with request.read() as view:
        product = own_product(view, product_id_of(request))
        return _answer(request, view, product, f"{product_path(product.id)}/variants")


def moderated_history(request: Request) -> Response:
    """For whoever moderates."""
    with request.read() as view:
        product = moderated_product(view, product_id_of(request))
        return _answer(request, view, product, f"{DESK}/{product.id}")


def chart_context(view: View, variant: Variant, district: str = "") -> dict[str, Any]:
    """What the macro `price_chart` of `ecatalog/price_chart.html` draws, for any page."""
    points = history_of(view, variant.id, district)
    drawn = [Point(point.at, point.amount) for point in points if point.amount is not None]
    chart = chart_of(drawn, view.now)
    return {
        "chart": chart,
        "points": points,
        "finding": "" if chart is None else finding(view, chart),
    }


def finding(view: View, chart: Chart) -> str:
    """The sentence over a chart: what became of the price since the first point drawn."""
    since = format_date(local_day_of(view, chart.first.at))
    if chart.direction == "same":
        told = _("Harga %(now)s, sama seperti %(day)s.")
        return told % {"now": format_rupiah(chart.last.amount), "day": since}
    told = (
        _("Harga naik %(percent)s%% sejak %(day)s: dari %(first)s menjadi %(now)s.")
        if chart.direction == "up"
        else _("Harga turun %(percent)s%% sejak %(day)s: dari %(first)s menjadi %(now)s.")
    )
    return told % {
        "percent": chart.percent,
        "day": since,
        "first": format_rupiah(chart.first.amount),
        "now": format_rupiah(chart.last.amount),
    }


def local_day_of(view: View, at: Any) -> Any:
    """The day of an instant in the region."""
    return at.astimezone(view.app.zone).date()


def _answer(request: Request, view: View, product: Product, back: str) -> Response:
    variant = variant_in(view, product, variant_id_of(request))
    names = district_names(view)
    wanted = request.query.get("district", "")
    district = wanted if wanted in names else ""
    context = chart_context(view, variant, district)
    points: list[Priced] = context.pop("points")
    rows = [(local(request, point.at), point) for point in reversed(points)]
    return page(
        request,
        "ecatalog/price_history.html",
        product=product,
        variant=variant,
        names=names,
        district=district,
        rows=rows,
        back=back,
        **context,
    )
