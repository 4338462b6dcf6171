"""Vendors: their pages, menu, tasks, jobs, editions and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import PUBLIC, HomeCard, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_ecatalog.api import vendors as api
from leuit_ecatalog.inbox_vendors import INBOX as _INBOX
from leuit_ecatalog.inbox_vendors import SHOP_SOURCE, VENDORS
from leuit_ecatalog.pages import (
    public_vendor,
    registering,
    sanctions,
    shop,
    shop_forms,
    shop_papers,
    vendors,
    verifying,
)
from leuit_ecatalog.pages.cards import shop_card
from leuit_ecatalog.permissions import READ_VENDORS, SANCTION, SHOP, VERIFY
from leuit_ecatalog.service.sanction_rules import KIND as _SANCTIONS
from leuit_ecatalog.service.sanctions import TURN, tell_turns

_POST = ("POST",)
_BOTH = ("GET", "POST")
_ONE = "/vendors/{vendor_id}"
_SANCTION = "/sanctions/{sanction_id}"

ROUTES: list[Route] = [
    Route("/register", registering.registration, PUBLIC, methods=_BOTH, name="register"),
    Route("/shop", shop.show_desk, SHOP, name="shop"),
    Route("/shop/identity", shop_forms.identity, SHOP, methods=_BOTH, name="shop_identity"),
    Route("/shop/scale", shop_forms.scale, SHOP, methods=_BOTH, name="shop_scale"),
    Route("/shop/contact", shop_forms.contact, SHOP, methods=_BOTH, name="shop_contact"),
    Route("/shop/account", shop_forms.account, SHOP, methods=_BOTH, name="shop_account"),
    Route("/shop/papers", shop_papers.show_papers, SHOP, name="shop_papers"),
    Route(
        "/shop/papers/{kind}",
        shop_papers.bring,
        SHOP,
        methods=_BOTH,
        name="shop_paper",
        max_body=shop_papers.MAX_BODY,
    ),
    Route("/shop/papers/files/{document_id}", shop_papers.download, SHOP, name="shop_paper_file"),
    Route(
        "/shop/papers/files/{document_id}/remove",
        shop_papers.take_off,
        SHOP,
        methods=_POST,
        name="shop_paper_remove",
    ),
    Route("/shop/review", shop.review, SHOP, methods=_BOTH, name="shop_review"),
    Route("/shop/withdraw", shop.take_back, SHOP, methods=_POST, name="shop_withdraw"),
    Route("/shop/drop", shop.drop, SHOP, methods=_POST, name="shop_drop"),
    Route("/vendors", vendors.show_list, READ_VENDORS, name="vendors"),
    Route(_ONE, vendors.show_vendor, READ_VENDORS, name="vendor"),
    Route(f"{_ONE}/public", public_vendor.show, PUBLIC, name="vendor_public"),
    Route(f"{_ONE}/papers/{{document_id}}", vendors.download, READ_VENDORS, name="vendor_paper"),
    Route(f"{_ONE}/verify", verifying.check, VERIFY, methods=_BOTH, name="vendor_verify"),
    Route(f"{_ONE}/turn", vendors.turn, VERIFY, methods=_BOTH, name="vendor_turn"),
    Route(f"{_ONE}/sanctions", sanctions.choose, SANCTION, name="sanction_kinds"),
    Route(
        f"{_ONE}/sanctions/record",
        sanctions.record,
        SANCTION,
        methods=_BOTH,
        name="sanction_record",
        max_body=sanctions.MAX_BODY,
    ),
    Route(_SANCTION, sanctions.show, READ_VENDORS, name="sanction"),
    Route(f"{_SANCTION}/file", sanctions.download, READ_VENDORS, name="sanction_file"),
    Route(f"{_SANCTION}/lift", sanctions.lift, SANCTION, methods=_BOTH, name="sanction_lift"),
    *api.ROUTES,
]
MENU: list[MenuItem | HomeCard] = [
    MenuItem(
        "ecatalog_register",
        _("Daftar sebagai penyedia"),
        "store",
        "/ecatalog/register",
        "public",
        section="entrance",
    ),
    MenuItem(
        "ecatalog_shop",
        _("Usaha saya"),
        "store",
        "/ecatalog/shop",
        SHOP,
        order=20,
        tasks=SHOP_SOURCE,
    ),
    MenuItem(
        "ecatalog_vendors",
        _("Penyedia"),
        "store",
        "/ecatalog/vendors",
        READ_VENDORS,
        order=75,
        tasks=VENDORS,
    ),
    HomeCard("ecatalog_shop", _("Usaha Anda"), shop_card, SHOP, priority=10),
]
INBOX = _INBOX
REGULATIONS = (_SANCTIONS,)
JOBS: list[JobKind | Schedule] = [
    JobKind(TURN, tell_turns, title=_("Mengabarkan sanksi yang mulai atau berakhir")),
    Schedule(TURN, "5 0 * * *", TURN, catch_up=True),
]
ACTIONS: list[AuditAction] = [
    AuditAction("ecatalog.vendor.registered", _("Penyedia mendaftar")),
    AuditAction("ecatalog.vendor.answered", _("Penyedia mengisi data usaha")),
    AuditAction("ecatalog.vendor.contact", _("Penyedia mengisi alamat dan kontak")),
    AuditAction("ecatalog.vendor.paper_added", _("Dokumen penyedia diunggah")),
    AuditAction("ecatalog.vendor.paper_removed", _("Dokumen penyedia dilepas")),
    AuditAction("ecatalog.vendor.submitted", _("Data penyedia dikirim untuk verifikasi")),
    AuditAction("ecatalog.vendor.withdrawn", _("Kiriman penyedia ditarik kembali")),
    AuditAction("ecatalog.vendor.change_dropped", _("Perubahan data penyedia dibatalkan")),
    AuditAction("ecatalog.vendor.verified", _("Data penyedia diverifikasi")),
    AuditAction("ecatalog.vendor.sanctioned", _("Sanksi penyedia dicatat")),
    AuditAction("ecatalog.vendor.lifted", _("Sanksi penyedia dicabut")),
    AuditAction("ecatalog.vendor.closed", _("Penyedia dinonaktifkan")),
    AuditAction("ecatalog.vendor.reopened", _("Penyedia diaktifkan lagi")),
]
