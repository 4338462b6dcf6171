"""Buying: RUP, baskets, purchases, negotiation: routes, menu, tasks, jobs, actions."""

from leuit.audit import AuditAction
from leuit.builtin.report_pages import MAX_REPORTED
from leuit.plugins import Command, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_ecatalog.buying_words import ACT_WORDS
from leuit_ecatalog.cli import rup as rup_command
from leuit_ecatalog.pages import (
    baskets,
    comparing,
    negotiation,
    offers,
    purchase_acts,
    purchase_steps,
    purchases,
    rup,
    rup_import,
)
from leuit_ecatalog.permissions import (
    APPROVE,
    AUTHORISE,
    BUY,
    IMPORT_RUP,
    READ_PURCHASES,
    SHOP,
)
from leuit_ecatalog.purchase_inbox import OFFERS, PURCHASES, SOURCES
from leuit_ecatalog.service.baskets import CHANGED
from leuit_ecatalog.service.buying_edition import buying_kind
from leuit_ecatalog.service.drafting import LARGEST_FILE
from leuit_ecatalog.service.lapsing import LAPSE, lapse_overdue
from leuit_ecatalog.service.rup_import import IMPORTED

_POST = ("POST",)
_BOTH = ("GET", "POST")
_ONE = "/purchases/{purchase_id}"
_OFFER = "/shop/offers/{purchase_id}"
_BASKET = "/basket"

ROUTES: list[Route] = [
    Route("/rup", rup.show_packages, READ_PURCHASES, name="rup"),
    Route(
        "/rup/import",
        rup_import.send_file,
        IMPORT_RUP,
        methods=_BOTH,
        name="rup_import",
        max_body=MAX_REPORTED,
    ),
    Route("/rup/import/report", rup_import.show_report, IMPORT_RUP, name="rup_report"),
    Route("/rup/import/report", rup_import.store, IMPORT_RUP, methods=_POST, name="rup_store"),
    Route("/rup/{package_id}", rup.show_package, READ_PURCHASES, name="rup_package"),
    Route(_BASKET, baskets.show_basket, BUY, name="basket"),
    Route(_BASKET, baskets.put, BUY, methods=_POST, name="basket_put"),
    Route(f"{_BASKET}/remove", baskets.remove, BUY, methods=_POST, name="basket_remove"),
    Route("/purchases", purchases.show_purchases, READ_PURCHASES, name="purchases"),
    Route("/purchases/export", purchases.export, READ_PURCHASES, name="purchases_export"),
    Route("/purchases/new", purchase_steps.start, BUY, methods=_BOTH, name="purchase_new"),
    Route(_ONE, purchases.show_purchase, READ_PURCHASES, name="purchase"),
    Route(f"{_ONE}/file", purchases.price_file, READ_PURCHASES, name="purchase_file"),
    Route(f"{_ONE}/package", purchase_steps.package, BUY, methods=_BOTH, name="purchase_package"),
    Route(
        f"{_ONE}/delivery", purchase_steps.delivery, BUY, methods=_BOTH, name="purchase_delivery"
    ),
    Route(f"{_ONE}/comparison", comparing.show_comparison, BUY, name="purchase_comparison"),
    Route(
        f"{_ONE}/comparison",
        comparing.reasons,
        BUY,
        methods=_POST,
        name="purchase_reasons",
    ),
    Route(
        f"{_ONE}/lines/{{line_id}}",
        comparing.line,
        BUY,
        methods=_BOTH,
        name="purchase_line",
    ),
    Route(
        f"{_ONE}/price",
        purchase_steps.price,
        BUY,
        methods=_BOTH,
        name="purchase_price",
        max_body=LARGEST_FILE + 64 * 1024,
    ),
    Route(f"{_ONE}/method", purchase_steps.method, BUY, methods=_BOTH, name="purchase_method"),
    Route(f"{_ONE}/check", purchase_acts.check, BUY, methods=_BOTH, name="purchase_check"),
    Route(f"{_ONE}/offer", negotiation.show, BUY, name="purchase_offer"),
    Route(f"{_ONE}/offer", negotiation.offer, BUY, methods=_POST, name="purchase_offer_send"),
    Route(f"{_ONE}/take", negotiation.take, BUY, methods=_POST, name="purchase_take"),
    Route(
        f"{_ONE}/proceed", purchase_acts.proceed, APPROVE, methods=_POST, name="purchase_proceed"
    ),
    Route(f"{_ONE}/review", purchase_acts.review, APPROVE, methods=_BOTH, name="purchase_review"),
    Route(
        f"{_ONE}/authorise",
        purchase_acts.authorise,
        AUTHORISE,
        methods=_POST,
        name="purchase_authorise",
    ),
    Route(
        f"{_ONE}/return",
        purchase_acts.give_back,
        READ_PURCHASES,
        methods=_BOTH,
        name="purchase_return",
    ),
    Route(
        f"{_ONE}/cancel",
        purchase_acts.give_up,
        READ_PURCHASES,
        methods=_BOTH,
        name="purchase_cancel",
    ),
    Route("/shop/offers", offers.show_offers, SHOP, name="offers"),
    Route(_OFFER, offers.show, SHOP, name="offer"),
    Route(_OFFER, offers.offer, SHOP, methods=_POST, name="offer_send"),
    Route(f"{_OFFER}/take", offers.take, SHOP, methods=_POST, name="offer_take"),
    Route(f"{_OFFER}/decline", offers.decline, SHOP, methods=_BOTH, name="offer_decline"),
]
MENU: list[MenuItem] = [
    MenuItem(
        "ecatalog-purchases",
        _("Pembelian"),
        "package",
        "/ecatalog/purchases",
        READ_PURCHASES,
        order=52,
        tasks=PURCHASES,
    ),
    MenuItem("ecatalog-basket", _("Keranjang"), "basket", "/ecatalog/basket", BUY, order=53),
    MenuItem(
        "ecatalog-offers",
        _("Penawaran"),
        "scale",
        "/ecatalog/shop/offers",
        SHOP,
        order=54,
        tasks=OFFERS,
    ),
]
INBOX = SOURCES
REGULATIONS = [buying_kind()]
JOBS: list[JobKind | Schedule] = [
    JobKind(LAPSE, lapse_overdue, title=_("Pembelian yang lewat waktu dibatalkan")),
    Schedule("ecatalog.lapsing", "*/15 * * * *", LAPSE),
]
COMMANDS: list[Command] = [Command(("ecatalog", "rup"), rup_command.bring_in, writes=True)]
ACTIONS = [
    AuditAction(IMPORTED, _("Paket RUP diimpor")),
    AuditAction(CHANGED, _("Keranjang diubah")),
    *(AuditAction(f"ecatalog.purchase.{what}", told) for what, told in ACT_WORDS.items()),
]
