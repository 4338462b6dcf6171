"""The lawful end: its pages, jobs and audit actions."""

from leuit.audit import AuditAction
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_archives.service import (
    committee,
    disposal_steps,
    disposals,
    events,
    executing,
    holds,
    reapplying,
    reckoning,
    transfers,
)

JOBS: list[JobKind | Schedule] = [
    JobKind(reckoning.RECKON, reckoning.reckon_all, title=_("Menghitung retensi semua berkas")),
    Schedule(reckoning.RECKON, "20 1 * * *", reckoning.RECKON),
    JobKind(executing.RUN, executing.run, max_attempts=12, title=_("Melaksanakan penyusutan")),
    JobKind(
        executing.BYTES,
        executing.take_bytes,
        max_attempts=12,
        title=_("Menghapus isi berkas digital yang dimusnahkan"),
    ),
    JobKind(executing.SWEEP, executing.sweep, title=_("Menghapus isi yang tadinya masih dipakai")),
    Schedule(executing.SWEEP, "10 3 * * *", executing.SWEEP),
]
ACTIONS: list[AuditAction] = [
    AuditAction(reckoning.RECKONED, _("Retensi dihitung ulang")),
    AuditAction(events.RECORDED, _("Peristiwa retensi dicatat")),
    AuditAction(reapplying.APPLIED, _("Jadwal retensi baru diterapkan")),
    AuditAction(holds.BEGUN, _("Penahanan hukum dimulai")),
    AuditAction(holds.WIDENED, _("Berkas ditambahkan ke penahanan hukum")),
    AuditAction(holds.ENDED, _("Penahanan hukum diakhiri")),
    AuditAction(transfers.PREPARED_ACTION, _("Pemindahan disiapkan")),
    AuditAction(transfers.MOVED_ACTION, _("Arsip dipindahkan ke unit kearsipan")),
    AuditAction(transfers.CALLED_OFF_ACTION, _("Pemindahan dibatalkan")),
    AuditAction(transfers.TAKEN_BACK, _("Berkas inaktif diaktifkan kembali")),
    AuditAction(disposals.PROPOSED_ACTION, _("Penyusutan diusulkan")),
    AuditAction(disposals.UNDONE_ACTION, _("Usul penyusutan dibatalkan")),
    AuditAction(committee.NAMED, _("Panitia penilai ditetapkan")),
    AuditAction(committee.OPINED, _("Panitia memberi pendapat")),
    AuditAction(disposal_steps.STEPPED, _("Langkah penyusutan dicatat")),
    AuditAction(executing.CONFIRMED, _("Pelaksanaan penyusutan dikonfirmasi")),
    AuditAction(executing.ITEM_ENDED, _("Berkas berakhir menurut daftar")),
    AuditAction(executing.ITEM_LEFT, _("Berkas dikeluarkan dari daftar saat pelaksanaan")),
    AuditAction(executing.FILES_GONE, _("Isi berkas digital dihapus")),
    AuditAction(executing.FINISHED, _("Penyusutan selesai")),
]
