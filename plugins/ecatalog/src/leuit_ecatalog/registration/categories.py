"""The order of the catalogue: its pages, its command, its actions."""

from leuit.audit import AuditAction
from leuit.builtin.report_pages import MAX_REPORTED
from leuit.plugins import Command, MenuItem, Route
from leuit.values import _
from leuit_ecatalog.cli import orders
from leuit_ecatalog.pages import categories
from leuit_ecatalog.permissions import ARRANGE
from leuit_ecatalog.service.categories import HIDDEN, OPENED
from leuit_ecatalog.service.category_import import IMPORTED

_POST = ("POST",)
_HOME = "/categories"
_ONE = f"{_HOME}/{{category_id}}"
_BOTH = ("GET", "POST")

ROUTES: list[Route] = [
    Route(_HOME, categories.show_categories, ARRANGE, name="categories"),
    Route(
        f"{_HOME}/import",
        categories.send_table,
        ARRANGE,
        methods=_BOTH,
        name="order_import",
        max_body=MAX_REPORTED,
    ),
    Route(f"{_HOME}/import/report", categories.show_report, ARRANGE, name="order_report"),
    Route(f"{_HOME}/import/report", categories.store, ARRANGE, methods=_POST, name="order_store"),
    Route(_ONE, categories.show_category, ARRANGE, name="category"),
    Route(f"{_ONE}/hide", categories.hide, ARRANGE, methods=_POST, name="category_hide"),
]
MENU: list[MenuItem] = [
    MenuItem(
        "ecatalog-categories",
        _("Kategori katalog"),
        "list-tree",
        "/ecatalog/categories",
        ARRANGE,
        order=560,
        section="administration",
    )
]
COMMANDS: list[Command] = [Command(("ecatalog", "import"), orders.bring_in, writes=True)]
ACTIONS = [
    AuditAction(IMPORTED, _("Tabel katalog diimpor")),
    AuditAction(HIDDEN, _("Kategori ditutup")),
    AuditAction(OPENED, _("Kategori dibuka kembali")),
]
