"""What the entrance brings: permissions, routes, menu, commands, audit actions, health."""

from collections.abc import Iterable

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import (
    ANY_ACCOUNT,
    PUBLIC,
    SIGNED_IN,
    Command,
    HealthCheck,
    MenuItem,
    PersonalData,
    Route,
    hookimpl,
)
from leuit.values import _
from leuit.work import JOBS, JobKind, Schedule

from . import demo, health, home, jobs, personal_data, sign_in, tokens
from .api import api_description


@hookimpl
def leuit_permissions() -> Iterable[Permission | Role]:
    return [
        Permission("core.health.read", _("Melihat keadaan sistem")),
        Permission("core.job.read", _("Melihat pekerjaan sistem")),
        Permission("core.job.manage", _("Mengulang dan membatalkan pekerjaan sistem")),
        Role("core.administrator", _("Administrator"), {"*"}),
    ]


@hookimpl
def leuit_routes() -> Iterable[Route]:
    return [
        Route("/", home.show, ANY_ACCOUNT, name="home"),
        Route("/sign-in", sign_in.show, PUBLIC, name="sign_in"),
        Route("/sign-in", sign_in.submit, PUBLIC, methods=("POST",), name="sign_in_submit"),
        Route("/sign-out", sign_in.leave, ANY_ACCOUNT, methods=("POST",), name="sign_out"),
        Route("/healthz", health.alive, PUBLIC, name="alive"),
        Route("/readyz", health.ready, PUBLIC, name="ready"),
        Route("/health", health.show, "core.health.read", name="health"),
        Route("/jobs", jobs.show, "core.job.read", name="jobs"),
        Route("/jobs/{id}", jobs.act, "core.job.manage", methods=("POST",), name="job_act"),
        Route("/privacy", personal_data.show, ANY_ACCOUNT, name="privacy"),
        Route("/api/openapi.json", api_description, SIGNED_IN, name="openapi"),
    ]


@hookimpl
def leuit_menu() -> Iterable[MenuItem]:
    return [
        MenuItem("home", _("Beranda"), "home", "/", ANY_ACCOUNT, order=0),
        MenuItem(
            "jobs",
            _("Pekerjaan"),
            "list-checks",
            "/jobs",
            "core.job.read",
            order=890,
            section="administration",
        ),
        MenuItem(
            "health",
            _("Keadaan sistem"),
            "shield-check",
            "/health",
            "core.health.read",
            order=900,
            section="administration",
        ),
    ]


@hookimpl
def leuit_commands() -> Iterable[Command]:
    return [
        Command(("demo",), demo.fill, writes=True),
        Command(("token", "create"), tokens.create, writes=True),
        Command(("token", "revoke"), tokens.revoke, writes=True),
        Command(("jobs", "list"), jobs.listed),
        Command(("jobs", "retry"), jobs.retry, writes=True),
        Command(("jobs", "cancel"), jobs.cancel, writes=True),
        Command(("jobs", "run"), jobs.run_now, writes=True),
    ]


@hookimpl
def leuit_audit_actions() -> Iterable[AuditAction]:
    return [
        AuditAction("core.unit.created", _("Unit dibuat")),
        AuditAction("core.account.created", _("Akun dibuat")),
        AuditAction(demo.FILLED, _("Data contoh diisi")),
        AuditAction("core.session.opened", _("Masuk")),
        AuditAction("core.session.ended", _("Keluar")),
        AuditAction("core.account.locked_out", _("Percobaan masuk dikunci sementara")),
        AuditAction("core.token.created", _("Token dibuat")),
        AuditAction("core.job.retried", _("Pekerjaan diulang")),
        AuditAction("core.job.cancelled", _("Pekerjaan dibatalkan")),
        AuditAction("core.job.hastened", _("Pekerjaan dipercepat")),
        AuditAction("core.number.reserved", _("Nomor dipesan")),
        AuditAction("core.number.confirmed", _("Nomor dipakai")),
        AuditAction("core.number.voided", _("Nomor dibatalkan")),
        AuditAction("core.token.revoked", _("Token dicabut")),
        AuditAction("core.personal_data.read", _("Data pribadi dibaca")),
    ]


@hookimpl
def leuit_jobs() -> Iterable[JobKind | Schedule]:
    return JOBS


@hookimpl
def leuit_health() -> Iterable[HealthCheck]:
    return [HealthCheck("core.jobs", _("Pekerjaan"), jobs.health)]


@hookimpl
def leuit_personal_data() -> Iterable[PersonalData]:
    return personal_data.REGISTER
