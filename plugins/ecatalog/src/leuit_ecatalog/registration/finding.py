"""Finding: pages and JSON for everybody, and what keeps the listing true."""

from leuit.plugins import ANY_ACCOUNT, PUBLIC, Command, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_ecatalog.answering import KEPT
from leuit_ecatalog.api import finding as api
from leuit_ecatalog.cli import search as commands
from leuit_ecatalog.events import ProductChanged, VendorChanged
from leuit_ecatalog.pages import catalogue, product
from leuit_ecatalog.service import listing

_ONE = "/p/{product_id:uuid}"
ROUTES: list[Route] = [
    Route("/", catalogue.show_catalogue, PUBLIC, name="catalogue", kept=KEPT),
    Route("/compare", catalogue.show_comparison, PUBLIC, name="compare", kept=KEPT),
    Route(_ONE, product.show_product, PUBLIC, name="shown_product", kept=KEPT),
    Route(
        "/products",
        api.list_products,
        PUBLIC,
        kind="api",
        name="products",
        summary=_("Mencari produk yang tayang"),
        query=api.FindQuery,
        answer=api.FoundProducts,
        kept=KEPT,
    ),
    Route(
        "/products/{product_id:uuid}",
        api.show_product,
        PUBLIC,
        kind="api",
        name="product",
        summary=_("Satu produk yang tayang"),
        query=api.OneQuery,
        answer=api.ShownProduct,
        kept=KEPT,
    ),
    Route(
        "/suggestions",
        api.suggest,
        PUBLIC,
        kind="api",
        name="suggestions",
        summary=_("Kelanjutan pertanyaan yang sedang diketik"),
        query=api.SuggestQuery,
        answer=api.Suggestions,
        kept=KEPT,
    ),
]
MENU: list[MenuItem] = [
    MenuItem("ecatalog", _("Katalog"), "store", "/ecatalog", ANY_ACCOUNT, order=50),
    MenuItem("ecatalog-door", _("Katalog lokal"), "store", "/ecatalog", PUBLIC, section="entrance"),
]
LISTENERS: list[Listener] = [
    Listener(
        ProductChanged,
        "ecatalog.list_product",
        listing.product_changed,
        title=_("Memperbarui produk di katalog"),
    ),
    Listener(
        VendorChanged,
        "ecatalog.list_vendor",
        listing.vendor_changed,
        title=_("Memperbarui produk penyedia di katalog"),
    ),
]
JOBS: list[JobKind | Schedule] = [
    JobKind(listing.VENDOR, listing.list_vendor, title=_("Mendaftar ulang produk penyedia")),
    JobKind(listing.REBUILD, listing.list_all, title=_("Menyusun ulang pencarian katalog")),
    JobKind(listing.DAY, listing.list_day, title=_("Memperbarui katalog pada pergantian hari")),
    Schedule("ecatalog.list_day", "1 0 * * *", listing.DAY),
]
COMMANDS: list[Command] = [
    Command(("ecatalog", "search", "rebuild"), commands.rebuild, writes=True)
]
