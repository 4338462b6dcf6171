"""Awarded orders for everybody: pages, files, and open contracting data."""

from leuit.plugins import PUBLIC, Route
from leuit.values import _
from leuit_ecatalog.answering import KEPT
from leuit_ecatalog.api import open_contracting as api
from leuit_ecatalog.pages import open_orders as pages

ROUTES: list[Route] = [
    Route("/orders", pages.show_orders, PUBLIC, name="open_orders", kept=KEPT),
    Route("/orders/export", pages.export, PUBLIC, name="open_orders_export"),
    Route("/orders/{number}", pages.show_order, PUBLIC, name="open_order", kept=KEPT),
    Route(
        "/open/releases",
        api.list_releases,
        PUBLIC,
        kind="api",
        name="open_releases",
        summary=_("Rilis OCDS semua pesanan, sejak sebuah waktu atau sesudah sebuah kursor"),
        query=api.ReleasesQuery,
        answer=api.ReleasePage,
        kept=KEPT,
    ),
    Route(
        "/open/orders/{number}/releases",
        api.show_releases,
        PUBLIC,
        kind="api",
        name="open_order_releases",
        summary=_("Rilis OCDS satu pesanan"),
        answer=api.ReleasePackage,
        kept=KEPT,
    ),
    Route(
        "/open/orders/{number}/record",
        api.show_record,
        PUBLIC,
        kind="api",
        name="open_order_record",
        summary=_("Catatan OCDS satu pesanan"),
        answer=api.RecordPackage,
        kept=KEPT,
    ),
]
