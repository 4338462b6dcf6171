"""Registered for devices and their punches."""

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import DEVICE, Command, HealthCheck, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_attendance.api import adms
from leuit_attendance.api import devices as devices_api
from leuit_attendance.cli import device, import_file
from leuit_attendance.pages import fleet, fleet_changes
from leuit_attendance.pages import import_file as import_pages
from leuit_attendance.service import daily_sums, set_aside
from leuit_attendance.service.attlog_import import IMPORT
from leuit_attendance.service.devices import MANAGE, READ
from leuit_attendance.service.fleet import silent_devices

PERMISSIONS: list[Permission | Role] = [
    Permission(READ, _("Melihat mesin absensi")),
    Permission(MANAGE, _("Mendaftarkan dan mengelola mesin absensi")),
    Permission(IMPORT, _("Mengimpor berkas absensi dari mesin")),
    Role("attendance.device_keeper", _("Pengelola mesin absensi"), {READ, MANAGE, IMPORT}),
]

DEVICE_ROUTES: list[Route] = [
    Route("/iclock/cdata", adms.handshake, DEVICE, kind="device", name="adms_handshake"),
    Route(
        "/iclock/cdata",
        adms.upload,
        DEVICE,
        methods=("POST",),
        kind="device",
        name="adms_upload",
        max_body=adms.MAX_BODY,
    ),
    Route("/iclock/getrequest", adms.poll, DEVICE, kind="device", name="adms_poll"),
    Route(
        "/iclock/devicecmd",
        adms.results,
        DEVICE,
        methods=("POST",),
        kind="device",
        name="adms_results",
        max_body=adms.MAX_BODY,
    ),
    Route("/iclock/ping", adms.ping, DEVICE, kind="device", name="adms_ping"),
    *(
        Route(
            path,
            adms.security_push,
            DEVICE,
            methods=("GET", "POST"),
            kind="device",
            name=f"adms_{path.rpartition('/')[2]}",
        )
        for path in ("/iclock/registry", "/iclock/push")
    ),
]

PAGES: list[Route] = [
    Route("/devices", fleet.show_fleet, READ, name="fleet"),
    Route(
        "/devices/new",
        fleet_changes.add_device,
        MANAGE,
        methods=("GET", "POST"),
        name="device_add",
    ),
    Route(
        "/devices/waiting/{serial}",
        fleet_changes.approve_device,
        MANAGE,
        methods=("GET", "POST"),
        name="device_approve",
    ),
    Route(
        "/devices/waiting/{serial}/reject",
        fleet_changes.reject_device,
        MANAGE,
        methods=("GET", "POST"),
        name="device_reject",
    ),
    Route("/devices/{device_id}", fleet.show_device, READ, name="device"),
    *(
        Route(
            f"/devices/{{device_id}}/{verb}",
            endpoint,
            MANAGE,
            methods=("GET", "POST"),
            name=f"device_{verb}",
        )
        for verb, endpoint in (
            ("edit", fleet_changes.edit_device),
            ("retire", fleet_changes.retire),
            ("backfill", fleet_changes.backfill),
        )
    ),
    *(
        Route(
            f"/devices/{{device_id}}/{verb}",
            endpoint,
            MANAGE,
            methods=("POST",),
            name=f"device_{verb}",
        )
        for verb, endpoint in (("resend", fleet_changes.resend), ("info", fleet_changes.info))
    ),
    Route(
        "/import",
        import_pages.send_file,
        IMPORT,
        methods=("GET", "POST"),
        name="import",
        max_body=import_pages.MAX_BODY,
    ),
    Route("/import/{import_id}", import_pages.show_report, IMPORT, name="import_report"),
    Route(
        "/import/{import_id}",
        import_pages.store,
        IMPORT,
        methods=("POST",),
        name="import_store",
    ),
]

API: list[Route] = [
    Route(
        "/devices",
        devices_api.list_devices,
        READ,
        kind="api",
        name="attendance_devices",
        summary=_("Daftar mesin absensi"),
        query=devices_api.DevicesQuery,
        answer=devices_api.DevicesAnswer,
    ),
    Route(
        "/devices/{serial}",
        devices_api.show_device,
        READ,
        kind="api",
        name="attendance_device",
        summary=_("Satu mesin absensi menurut nomor serinya"),
        answer=devices_api.DeviceAnswer,
    ),
]

ROUTES: list[Route] = [*DEVICE_ROUTES, *PAGES, *API]

MENU: list[MenuItem] = [
    MenuItem(
        "attendance_devices",
        _("Mesin absensi"),
        "router",
        "/attendance/devices",
        READ,
        order=300,
        section="administration",
    ),
]

JOBS: list[JobKind | Schedule] = [
    JobKind(daily_sums.KIND, daily_sums.ask_daily_sums, title=_("Menghitung rekaman mesin")),
    Schedule(daily_sums.KIND, "20 1 * * *", daily_sums.KIND),
    JobKind(set_aside.REPLAY, set_aside.replay, title=_("Memasukkan rekaman mesin baru")),
]

COMMANDS: list[Command] = [
    Command(("attendance", "import"), import_file.import_punches, writes=True),
    Command(("attendance", "device", "add"), device.add, writes=True),
    Command(("attendance", "device", "list"), device.list_devices),
    Command(("attendance", "device", "approve"), device.approve_device, writes=True),
    Command(("attendance", "device", "reject"), device.reject_device, writes=True),
    Command(("attendance", "device", "retire"), device.retire, writes=True),
    Command(("attendance", "device", "resend"), device.resend, writes=True),
    Command(("attendance", "device", "backfill"), device.backfill, writes=True),
]

ACTIONS: list[AuditAction] = [
    AuditAction("attendance.punches.received", _("Rekaman absensi diterima")),
    AuditAction("attendance.import.kept", _("Berkas absensi diunggah")),
    AuditAction("attendance.device.registered", _("Mesin absensi didaftarkan")),
    AuditAction("attendance.device.changed", _("Data mesin absensi diubah")),
    AuditAction("attendance.device.retired", _("Mesin absensi tidak dipakai lagi")),
    AuditAction("attendance.device.approved", _("Mesin yang menunggu disetujui")),
    AuditAction("attendance.device.rejected", _("Rekaman mesin tak dikenal dibuang")),
    AuditAction("attendance.device.resend_asked", _("Mesin diminta mengirim ulang semuanya")),
    AuditAction("attendance.device.operated", _("Mesin dioperasikan")),
    AuditAction("attendance.device.log_received", _("Catatan operasi mesin diterima")),
    AuditAction("attendance.command.asked", _("Perintah untuk mesin dibuat")),
    AuditAction("attendance.command.sent", _("Perintah diambil mesin")),
    AuditAction("attendance.command.answered", _("Perintah dijawab mesin")),
    AuditAction("attendance.command.expired", _("Perintah yang tidak dijawab dihentikan")),
]

HEALTH: list[HealthCheck] = [
    HealthCheck("attendance.devices_silent", _("Mesin absensi"), silent_devices),
]
