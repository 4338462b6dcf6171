"""The lawful end: its pages, jobs and audit actions."""

from leuit.audit import AuditAction
from leuit.plugins import MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Schedule
from leuit_archives.pages import appraisals as appraisal_pages
from leuit_archives.pages import disposal_steps as step_pages
from leuit_archives.pages import disposals as disposal_pages
from leuit_archives.pages import holds as hold_pages
from leuit_archives.pages import reapplications as reapplication_pages
from leuit_archives.pages import retention as card
from leuit_archives.pages import retention_desk as desk
from leuit_archives.pages import transfers as transfer_pages
from leuit_archives.permissions import (
    APPRAISE,
    CHECK_LEGACY,
    DECIDE,
    EXECUTE,
    FILE_RECORDS,
    MANAGE_HOLDS,
    PROPOSE,
    READ_RECORDS,
    REAPPRAISE,
    TRANSFER,
)
from leuit_archives.service import (
    appraising,
    committee,
    disposal_steps,
    disposals,
    events,
    executing,
    holds,
    legacy,
    reapplying,
    reapplying_all,
    reckoning,
    transfers,
    vital,
)

_DOSSIER = "/dossiers/{dossier_id}"
_HOLD = "/holds/{hold_id}"
_TRANSFER = "/transfers/{transfer_id}"
_APPRAISAL = "/appraisals/{appraisal_id}"
_REAPPLICATION = "/reapplications/{reapplication_id}"
_DISPOSAL = "/disposals/{disposal_id}"
_FORM = ("GET", "POST")

ROUTES: list[Route] = [
    Route("/desk", desk.show_desk, READ_RECORDS, name="retention_desk"),
    Route(f"{_DOSSIER}/retention", card.show_retention, READ_RECORDS, name="retention"),
    Route(
        f"{_DOSSIER}/events",
        card.add_event,
        FILE_RECORDS,
        methods=_FORM,
        name="retention_event",
        max_body=card.MAX_BODY,
    ),
    Route(
        f"{_DOSSIER}/events/{{event_id}}/file",
        card.download_evidence,
        READ_RECORDS,
        name="retention_evidence",
    ),
    Route(f"{_DOSSIER}/vital", card.mark, FILE_RECORDS, methods=_FORM, name="retention_vital"),
    Route(
        f"{_DOSSIER}/take-back",
        card.take_it_back,
        TRANSFER,
        methods=_FORM,
        name="retention_take_back",
    ),
    Route(
        f"{_DOSSIER}/reapply",
        card.apply_later,
        TRANSFER,
        methods=("POST",),
        name="retention_reapply",
    ),
    Route(
        f"{_DOSSIER}/check-schedule",
        card.check_it,
        CHECK_LEGACY,
        methods=_FORM,
        name="retention_check_schedule",
    ),
    Route("/reapplications", reapplication_pages.show_runs, TRANSFER, name="reapplications"),
    Route(
        "/reapplications/new",
        reapplication_pages.begin,
        TRANSFER,
        methods=_FORM,
        name="reapplication_new",
    ),
    Route(_REAPPLICATION, reapplication_pages.show_run, TRANSFER, name="reapplication"),
    Route(
        f"{_REAPPLICATION}/apply",
        reapplication_pages.apply_longer,
        TRANSFER,
        methods=_FORM,
        name="reapplication_apply",
    ),
    Route(
        f"{_REAPPLICATION}/shorten",
        reapplication_pages.shorten_chosen,
        TRANSFER,
        methods=("POST",),
        name="reapplication_shorten",
    ),
    Route("/holds", hold_pages.show_holds, READ_RECORDS, name="holds"),
    Route("/holds/new", hold_pages.begin, MANAGE_HOLDS, methods=_FORM, name="hold_new"),
    Route(_HOLD, hold_pages.show_hold, READ_RECORDS, name="hold"),
    Route(f"{_HOLD}/end", hold_pages.end, MANAGE_HOLDS, methods=_FORM, name="hold_end"),
    Route("/appraisals", appraisal_pages.show_appraisals, READ_RECORDS, name="appraisals"),
    Route("/appraisals/new", appraisal_pages.choose, REAPPRAISE, name="appraisal_new"),
    Route(
        "/appraisals/decide",
        appraisal_pages.decide,
        REAPPRAISE,
        methods=_FORM,
        name="appraisal_decide",
        max_body=card.MAX_BODY,
    ),
    Route(_APPRAISAL, appraisal_pages.show_appraisal, READ_RECORDS, name="appraisal"),
    Route(
        f"{_APPRAISAL}/file",
        appraisal_pages.download_paper,
        READ_RECORDS,
        name="appraisal_paper",
    ),
    Route("/transfers", transfer_pages.show_transfers, READ_RECORDS, name="transfers"),
    Route("/transfers/new", transfer_pages.prepare, TRANSFER, methods=_FORM, name="transfer_new"),
    Route(_TRANSFER, transfer_pages.show_transfer, READ_RECORDS, name="transfer"),
    Route(
        f"{_TRANSFER}/minutes.pdf",
        transfer_pages.print_transfer,
        READ_RECORDS,
        name="transfer_minutes",
    ),
    Route(
        f"{_TRANSFER}/sign",
        transfer_pages.sign,
        TRANSFER,
        methods=_FORM,
        name="transfer_sign",
        max_body=card.MAX_BODY,
    ),
    Route(
        f"{_TRANSFER}/call-off",
        transfer_pages.call_off,
        TRANSFER,
        methods=_FORM,
        name="transfer_call_off",
    ),
    Route("/disposals", disposal_pages.show_disposals, READ_RECORDS, name="disposals"),
    Route(
        "/disposals/new",
        disposal_pages.propose_new,
        PROPOSE,
        methods=_FORM,
        name="disposal_new",
    ),
    Route(_DISPOSAL, disposal_pages.show_disposal, READ_RECORDS, name="disposal"),
    Route(
        f"{_DISPOSAL}/paper.pdf",
        disposal_pages.print_disposal,
        READ_RECORDS,
        name="disposal_paper",
    ),
    Route(
        f"{_DISPOSAL}/committee",
        step_pages.committee,
        DECIDE,
        methods=_FORM,
        name="disposal_committee",
        max_body=card.MAX_BODY,
    ),
    Route(
        f"{_DISPOSAL}/opinions",
        step_pages.opinions,
        APPRAISE,
        methods=_FORM,
        name="disposal_opinions",
    ),
    Route(
        f"{_DISPOSAL}/step",
        step_pages.step,
        DECIDE,
        methods=_FORM,
        name="disposal_step",
        max_body=card.MAX_BODY,
    ),
    Route(
        f"{_DISPOSAL}/execute",
        step_pages.carry_out,
        EXECUTE,
        methods=_FORM,
        name="disposal_execute",
    ),
    Route(
        f"{_DISPOSAL}/undo",
        step_pages.take_back,
        DECIDE,
        methods=_FORM,
        name="disposal_undo",
    ),
]
MENU: list[MenuItem] = [
    MenuItem("lawful_end", _("Penyusutan"), "history", desk.HOME, READ_RECORDS, order=59)
]
JOBS: list[JobKind | Schedule] = [
    JobKind(reckoning.RECKON, reckoning.reckon_all, title=_("Menghitung retensi semua berkas")),
    Schedule(reckoning.RECKON, "20 1 * * *", reckoning.RECKON),
    JobKind(
        reapplying_all.SURVEY,
        reapplying_all.survey,
        max_attempts=12,
        title=_("Memeriksa semua berkas menurut jadwal baru"),
    ),
    JobKind(
        reapplying_all.APPLY,
        reapplying_all.apply,
        max_attempts=12,
        title=_("Menerapkan jadwal baru pada berkas"),
    ),
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
    AuditAction(vital.MARKED, _("Berkas ditandai vital atau dilepas tandanya")),
    AuditAction(reapplying.APPLIED, _("Jadwal retensi baru diterapkan")),
    AuditAction(legacy.CHECKED, _("Jadwal retensi berkas lama diperiksa")),
    AuditAction(appraising.APPRAISED, _("Berkas dinilai kembali")),
    AuditAction(reapplying_all.BEGUN, _("Pemeriksaan menurut jadwal baru dimulai")),
    AuditAction(reapplying_all.SURVEYED_ACTION, _("Berkas diperiksa menurut jadwal baru")),
    AuditAction(reapplying_all.CONFIRMED, _("Penerapan jadwal baru disetujui")),
    AuditAction(reapplying_all.CHUNK_APPLIED, _("Jadwal baru diterapkan pada sebagian berkas")),
    AuditAction(reapplying_all.FINISHED, _("Penerapan jadwal baru selesai")),
    AuditAction(reapplying_all.SHORTENED, _("Retensi berkas dipendekkan atas pilihan orang")),
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
