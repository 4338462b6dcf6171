"""What regulations bring to the installation."""

from collections.abc import Iterable

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import MenuItem, Route, hookimpl
from leuit.values import _

from . import api, pages
from .register import ACTIVATE, DRAFT, READ


@hookimpl
def leuit_permissions() -> Iterable[Permission | Role]:
    return [
        Permission(READ, _("Membaca peraturan yang berlaku")),
        Permission(DRAFT, _("Menyusun edisi peraturan")),
        Permission(ACTIVATE, _("Mengaktifkan edisi peraturan")),
        Role("core.regulation_reader", _("Pembaca peraturan"), {READ}, "everyone"),
        Role("core.regulation_drafter", _("Penyusun peraturan"), {READ, DRAFT}),
        Role("core.regulation_activator", _("Pengaktif peraturan"), {READ, ACTIVATE}),
    ]


@hookimpl
def leuit_audit_actions() -> Iterable[AuditAction]:
    return [
        AuditAction("core.regulation.drafted", _("Naskah edisi peraturan dibuat")),
        AuditAction("core.regulation.revised", _("Naskah edisi peraturan diubah")),
        AuditAction("core.regulation.proposed", _("Edisi peraturan diajukan")),
        AuditAction("core.regulation.activated", _("Edisi peraturan diaktifkan")),
        AuditAction("core.regulation.withdrawn", _("Naskah edisi peraturan ditarik")),
    ]


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return [*pages.routes(), *api.routes()]


@hookimpl
def leuit_menu() -> Iterable[MenuItem]:
    return [
        MenuItem(
            "regulations",
            _("Peraturan"),
            "scale",
            "/regulations",
            READ,
            order=700,
            section="administration",
        )
    ]
