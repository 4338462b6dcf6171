"""What the calendar brings to the installation."""

from collections.abc import Iterable
from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import SIGNED_IN, MenuItem, Route, hookimpl
from leuit.values import _

from . import api, demo, pages
from .editing import EDIT


@hookimpl
def leuit_permissions() -> Iterable[Permission | Role]:
    return [
        Permission(EDIT, _("Mengubah hari libur dan cuti bersama")),
        Role("core.calendar_editor", _("Pengelola kalender"), {EDIT}),
    ]


@hookimpl
def leuit_audit_actions() -> Iterable[AuditAction]:
    return [
        AuditAction("core.holiday.proposed", _("Hari libur satu tahun diusulkan")),
        AuditAction("core.holiday.confirmed", _("Usul hari libur dikonfirmasi")),
        AuditAction("core.holiday.set", _("Hari libur ditetapkan")),
        AuditAction("core.holiday.removed", _("Hari libur dihapus")),
    ]


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return [*pages.routes(), *api.routes()]


@hookimpl
def leuit_menu() -> Iterable[MenuItem]:
    return [
        MenuItem(
            "calendar",
            _("Kalender"),
            "calendar-days",
            "/calendar",
            SIGNED_IN,
            order=710,
            section="administration",
        )
    ]


@hookimpl
def leuit_demo() -> Iterable[Any]:
    return [demo.fill]
