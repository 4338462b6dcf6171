"""Registered for devices and their punches."""

from leuit.audit import AuditAction
from leuit.identity import Permission, Role
from leuit.plugins import DEVICE, Command, HealthCheck, MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_attendance.api import adms
from leuit_attendance.cli import device, import_file
from leuit_attendance.service import daily_sums, set_aside
from leuit_attendance.service.attlog_import import IMPORT
from leuit_attendance.service.devices import MANAGE, READ

PERMISSIONS: list[Permission | Role] = [
    Permission(READ, _("Melihat mesin absensi")),
    Permission(MANAGE, _("Mendaftarkan dan mengelola mesin absensi")),
    Permission(IMPORT, _("Mengimpor berkas absensi dari mesin")),
]

ROUTES: list[Route] = [
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

MENU: list[MenuItem] = []

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

HEALTH: list[HealthCheck] = []
