"""What this part brings: permissions, roles, commands, audit actions."""

from collections.abc import Iterable
from typing import Any

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import Command, MenuItem, Route, hookimpl
from leuit.values import _

from . import commands, demo
from .rights import EDIT, GRANT, MANAGE, READ
from .routes import MENU, ROUTES


@hookimpl
def leuit_permissions() -> Iterable[Permission | Role]:
    return [
        Permission(READ, _("Melihat pegawai dan unit")),
        Permission(EDIT, _("Mengubah pegawai dan unit")),
        Permission(MANAGE, _("Mengelola akun pegawai")),
        Permission(GRANT, _("Memberikan peran")),
        Role("core.personnel_officer", _("Petugas kepegawaian"), {READ, EDIT, MANAGE}),
        Role("core.role_keeper", _("Pengelola peran"), {READ, GRANT}),
        Role("core.unit_head", _("Kepala unit"), {READ}, given_to="head"),
    ]


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return ROUTES


@hookimpl
def leuit_menu() -> Iterable[MenuItem]:
    return MENU


@hookimpl
def leuit_commands() -> Iterable[Command]:
    return [
        Command(("organisation", "import-units"), commands.import_units, writes=True),
        Command(("organisation", "import-staff"), commands.import_staff, writes=True),
    ]


@hookimpl
def leuit_audit_actions() -> Iterable[AuditAction]:
    return [
        AuditAction("core.unit.moved", _("Unit berpindah induk")),
        AuditAction("core.unit.renamed", _("Nama unit diubah")),
        AuditAction("core.unit.closed", _("Unit ditutup")),
        AuditAction("core.unit.imported", _("Unit diimpor")),
        AuditAction("core.person.created", _("Pegawai ditambahkan")),
        AuditAction("core.person.changed", _("Data pegawai diubah")),
        AuditAction("core.person.imported", _("Pegawai diimpor")),
        AuditAction("core.person.pin_set", _("PIN mesin ditetapkan")),
        AuditAction("core.position.set", _("Jabatan ditetapkan")),
        AuditAction("core.assignment.started", _("Penempatan dimulai")),
        AuditAction("core.assignment.ended", _("Penempatan diakhiri")),
        AuditAction("core.grant.given", _("Peran diberikan")),
        AuditAction("core.grant.revoked", _("Peran dicabut")),
        AuditAction("core.account.password_set", _("Kata sandi ditetapkan petugas")),
        AuditAction("core.account.disabled", _("Akun dinonaktifkan")),
        AuditAction("core.account.enabled", _("Akun diaktifkan lagi")),
        AuditAction("core.import.received", _("Berkas impor diterima")),
        AuditAction("core.import.applied", _("Berkas impor diterapkan")),
    ]


@hookimpl
def leuit_demo() -> Iterable[Any]:
    return [demo.fill]
