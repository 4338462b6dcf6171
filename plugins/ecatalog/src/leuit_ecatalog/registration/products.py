"""Products: pages of vendors and of whoever moderates, pictures, files, inbox, the nightly job."""

from typing import Any

from leuit.audit import AuditAction
from leuit.builtin.report_pages import MAX_REPORTED
from leuit.plugins import PUBLIC, Command, InboxSource, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_ecatalog.cli import products as commands
from leuit_ecatalog.inbox_products import INBOX as SOURCES
from leuit_ecatalog.inbox_products import MODERATION, RETURNED
from leuit_ecatalog.pages import (
    moderation,
    price_history,
    product_begin,
    product_files,
    product_offer,
    product_overview,
    product_pictures,
    product_steps,
    shop_products,
)
from leuit_ecatalog.permissions import MODERATE, SHOP
from leuit_ecatalog.service.certificates import JOB, NOTED, note_certificates
from leuit_ecatalog.service.local_content import KIND
from leuit_ecatalog.service.prices import PRICED
from leuit_ecatalog.service.product_changes import CHANGED, MOVED
from leuit_ecatalog.service.product_import import IMPORTED
from leuit_ecatalog.service.products import CREATED
from leuit_ecatalog.service.variants import STOCKED

_SHOP = "/shop/products"
_ONE = f"{_SHOP}/{{product_id:uuid}}"
_VARIANT = f"{_ONE}/variants/{{variant_id:uuid}}"
_PICTURE = f"{_ONE}/pictures/{{picture_id:uuid}}"
_DESK = "/products/{product_id:uuid}"
_FORM = ("GET", "POST")


def _act(path: str, endpoint: Any, name: str) -> Route:
    """A button of the vendor's pages."""
    return Route(path, endpoint, SHOP, methods=("POST",), name=name)


def _form(path: str, endpoint: Any, name: str) -> Route:
    """A form of the vendor's pages."""
    return Route(path, endpoint, SHOP, methods=_FORM, name=name)


ROUTES: list[Route] = [
    Route(_SHOP, shop_products.show_products, SHOP, name="own_products"),
    _form(f"{_SHOP}/new", product_begin.begin, "product_new"),
    _act(f"{_SHOP}/submit", shop_products.submit_all, "products_submit"),
    Route(
        f"{_SHOP}/import",
        product_files.send_file,
        SHOP,
        methods=_FORM,
        name="product_import",
        max_body=MAX_REPORTED,
    ),
    Route(f"{_SHOP}/import/report", product_files.show_report, SHOP, name="product_report"),
    _act(f"{_SHOP}/import/report", product_files.store, "product_store"),
    Route(f"{_SHOP}/export", product_files.export, SHOP, name="product_export"),
    Route(_ONE, product_overview.show_product, SHOP, name="own_product"),
    _act(f"{_ONE}/submit", product_overview.submit, "product_submit"),
    _act(f"{_ONE}/withdraw", product_overview.withdraw, "product_withdraw"),
    _act(f"{_ONE}/hide", product_overview.hide, "product_hide"),
    _act(f"{_ONE}/archive", product_overview.archive, "product_archive"),
    _act(f"{_ONE}/copy", product_begin.copy, "product_copy"),
    _form(f"{_ONE}/category", product_begin.choose_category, "product_category"),
    _form(f"{_ONE}/basics", product_steps.basics, "product_basics"),
    _form(f"{_ONE}/origin", product_steps.origin, "product_origin"),
    _form(f"{_ONE}/bmp", product_steps.bmp, "product_bmp"),
    _form(f"{_ONE}/certificates", product_steps.certificates, "product_certificates"),
    _form(f"{_ONE}/specification", product_steps.specification, "product_specification"),
    Route(
        f"{_ONE}/pictures",
        product_pictures.show_pictures,
        SHOP,
        methods=_FORM,
        name="product_pictures",
        max_body=product_pictures.MAX_BODY,
    ),
    _act(f"{_PICTURE}/first", product_pictures.first, "picture_first"),
    _act(f"{_PICTURE}/drop", product_pictures.drop, "picture_drop"),
    _form(f"{_ONE}/variants", product_offer.show_variants, "product_variants"),
    _form(_VARIANT, product_offer.rename, "variant"),
    _act(f"{_VARIANT}/drop", product_offer.drop, "variant_drop"),
    _form(f"{_ONE}/offer", product_offer.offer, "product_offer"),
    _form(f"{_VARIANT}/districts", product_offer.district_price, "variant_districts"),
    Route(f"{_VARIANT}/prices", price_history.own_history, SHOP, name="own_prices"),
    _form(f"{_ONE}/shipping", product_offer.shipping, "product_shipping"),
    Route("/products", moderation.show_desk, MODERATE, name="moderation"),
    Route(_DESK, moderation.show_product, MODERATE, name="moderated_product"),
    Route(f"{_DESK}/decide/{{step}}", moderation.decide, MODERATE, methods=_FORM, name="moderate"),
    Route(
        f"{_DESK}/variants/{{variant_id:uuid}}/prices",
        price_history.moderated_history,
        MODERATE,
        name="moderated_prices",
    ),
    Route(
        "/pictures/{picture_id:uuid}/{size}", product_pictures.serve, PUBLIC, name="product_picture"
    ),
]
MENU: list[MenuItem] = [
    MenuItem(
        "own_products",
        _("Produk saya"),
        "archive",
        "/ecatalog/shop/products",
        SHOP,
        order=30,
        tasks=RETURNED,
    ),
    MenuItem(
        "moderation",
        _("Periksa produk"),
        "list-checks",
        "/ecatalog/products",
        MODERATE,
        order=72,
        tasks=MODERATION,
    ),
]
INBOX: list[InboxSource] = SOURCES
COMMANDS: list[Command] = [
    Command(("ecatalog", "products", "import"), commands.import_products, writes=True)
]
REGULATIONS: list[Any] = [KIND]
JOBS: list[JobKind | Schedule] = [
    JobKind(JOB, note_certificates),
    Schedule("ecatalog.certificates_nightly", "20 1 * * *", JOB),
]
ACTIONS: list[AuditAction] = [
    AuditAction(CREATED, _("Produk dibuat")),
    AuditAction(CHANGED, _("Produk diubah")),
    AuditAction(MOVED, _("Keadaan produk berubah")),
    AuditAction(PRICED, _("Harga ditetapkan")),
    AuditAction(STOCKED, _("Stok berubah")),
    AuditAction(IMPORTED, _("Produk dimasukkan dari berkas")),
    AuditAction(NOTED, _("Akhir sertifikat dicatat")),
]
