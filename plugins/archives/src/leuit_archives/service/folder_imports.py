"""Bringing in a folder by page: a ZIP that came in pieces is tried by a job, then taken by one.

Only the account that sent the ZIP sees what becomes of it; the jobs act with its rights as they are
when they run. A job that was stopped begins again: rows that are in already are left alone. What
fails is told, and the ZIP stays until it is taken, dropped, or expires.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import BinaryIO
from uuid import UUID

from sqlalchemy import delete, func, select

from leuit.builtin.uploads import (
    GoneError,
    keep_longer,
    let_go,
    open_sent_file,
    own_file,
)
from leuit.identity import Identity, Unit, known_by_account
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    TooLargeError,
    _,
)
from leuit.work import Job, JobContext, UploadPurpose, View, Work
from leuit_archives.models import IMPORTED_KIND, FolderImport, FolderImportRow, Record
from leuit_archives.models.folder_imports import DROPPED, FAILED, TAKEN, TAKING, TRIED, TRYING
from leuit_archives.permissions import FILE_RECORDS

from .folder_import import FolderPlan, apply_folder, try_folder
from .folder_reports import keep_report
from .zip_source import ZipSource

PURPOSE = UploadPurpose(
    "archives.folder", _("Folder arsip lama"), FILE_RECORDS, 4 * 1024**3, (".zip",)
)
TRY, TAKE = "archives.try_folder", "archives.take_folder"
BEGUN, WAS_TRIED, WAS_ASKED, WAS_TAKEN, WAS_DROPPED = (
    "archives.folder.brought",
    "archives.folder.tried",
    "archives.folder.asked",
    "archives.folder.taken",
    "archives.folder.dropped",
)
SHOWN = 20
_STOPPED = ("parked", "cancelled")
_TOLD = (
    ConflictError,
    GoneError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    TooLargeError,
)
"""What is wrong with a folder, not with the machine: said to its sender, not tried again."""


def units_to_bring_into(view: View) -> list[Unit]:
    """The units for which the reader may file, by name."""
    return list(
        view.session.scalars(
            select(Unit)
            .where(Unit.id.in_(view.units(FILE_RECORDS)), Unit.valid_to.is_(None))
            .order_by(Unit.name, Unit.code)
        )
    )


def bring_folder(work: Work, unit_id: UUID, upload_id: UUID) -> UUID:
    """Have a ZIP of one's own tried for a unit; returns the id of its import.

    Raises NotFoundError or GoneError for the ZIP, ConflictError for one that is not whole or is
    being brought in already, a refusal without the right to file there.
    """
    work.require(FILE_RECORDS, unit_id)
    file = own_file(work, upload_id, PURPOSE.name)
    if not file.is_whole:
        raise ConflictError(
            _("ZIP ini belum lengkap diterima."), advice=_("Lanjutkan mengirimnya.")
        )
    keep_longer(work, upload_id)  # whoever brings the same ZIP in at once waits here
    if used_uploads(work, [upload_id]):
        raise ConflictError(
            _("ZIP ini sudah diperiksa."), advice=_("Buka hasilnya di daftar di bawah.")
        )
    asked_by = work.identity.account_id
    assert asked_by is not None  # whoever has a file of his own has an account
    brought = FolderImport(
        asked_by=asked_by,
        unit_id=unit_id,
        upload_id=upload_id,
        name=file.name,
        size_megabytes=-(-file.size // 1024**2),
        state=TRYING,
        counts={},
        notes=[],
        ignored=[],
        asked_at=work.now,
    )
    work.session.add(brought)
    work.session.flush()
    work.audit(BEGUN, _ref(brought), unit=unit_id, size=file.size)
    _ask(work, brought)
    return brought.id


def own_import(view: View, import_id: UUID) -> FolderImport:
    """An import of the reader's own account; NotFoundError for any other."""
    found = view.session.get(FolderImport, import_id)
    if found is None or found.asked_by != view.identity.account_id:
        raise NotFoundError(_("Impor folder itu tidak ada."))
    return found


def own_imports(view: View) -> list[FolderImport]:
    """The newest imports of the reader's own account."""
    return list(
        view.session.scalars(
            select(FolderImport)
            .where(FolderImport.asked_by == view.identity.account_id, FolderImport.state != DROPPED)
            .order_by(FolderImport.asked_at.desc(), FolderImport.id.desc())
            .limit(SHOWN)
        )
    )


def used_uploads(view: View, wanted: Sequence[UUID]) -> set[UUID]:
    """Of these ZIPs, those that some import is about."""
    return set(
        view.connection.scalars(
            select(FolderImport.upload_id).where(FolderImport.upload_id.in_(wanted))
        )
    )


def job_of(view: View, brought: FolderImport) -> Job | None:
    """The job that is at it, or was last; None where its record is gone."""
    return view.session.get(Job, brought.job_id) if brought.job_id else None


def is_stopped(brought: FolderImport, job: Job | None) -> bool:
    """Whether it waits for its sender: it failed, or its job gave up."""
    going = brought.state in (TRYING, TAKING)
    return brought.state == FAILED or (going and (job is None or job.status in _STOPPED))


def ask_to_take(work: Work, import_id: UUID) -> None:
    """Have a folder taken that was tried, of which no row is refused.

    Raises ConflictError for any other.
    """
    brought = _locked(work, import_id)
    work.require(FILE_RECORDS, brought.unit_id)
    if brought.state != TRIED or brought.counts.get("ditolak") or not brought.counts.get("baru"):
        raise ConflictError(_("Folder ini tidak dapat dimasukkan sekarang."))
    brought.state = TAKING
    _ask(work, brought)
    work.audit(WAS_ASKED, _ref(brought), unit=brought.unit_id, fresh=brought.counts["baru"])


def ask_again(work: Work, import_id: UUID) -> None:
    """Go on with what stopped or failed; ConflictError where nothing did."""
    brought = _locked(work, import_id)
    work.require(FILE_RECORDS, brought.unit_id)
    if not is_stopped(brought, job_of(work, brought)):
        raise ConflictError(_("Folder ini tidak berhenti; tunggu hasilnya."))
    if brought.state == FAILED:
        brought.state, brought.fault = TRYING, ""
    _ask(work, brought)
    work.audit(WAS_ASKED, _ref(brought), state=brought.state)


def drop_folder(work: Work, import_id: UUID) -> None:
    """Let a folder go that was not taken; ConflictError while a job is at it.

    What a stopped import had taken before stays: it is in the archive.
    """
    brought = _locked(work, import_id)
    if brought.state != TRIED and not is_stopped(brought, job_of(work, brought)):
        raise ConflictError(_("Folder ini sedang dikerjakan atau sudah selesai."))
    brought.state, brought.ended_at = DROPPED, work.now
    work.session.flush()
    work.connection.execute(delete(FolderImportRow).where(FolderImportRow.import_id == import_id))
    _let_go(work, brought.upload_id)
    work.audit(WAS_DROPPED, _ref(brought))


def try_job(context: JobContext) -> None:
    """Try a folder and keep its report."""
    brought = _at_hand(context, TRYING)
    if brought is None:
        return
    try:
        with _opened(context, brought) as (identity, file):
            plan = _plan(context, brought, identity, ZipSource(file))
    except _TOLD as error:
        _failed(context, brought, error)
        return
    _keep(context, brought, plan)


def take_job(context: JobContext) -> None:
    """Take a folder, and let its ZIP go; one whose rows are no longer sound is told, not taken."""
    brought = _at_hand(context, TAKING)
    if brought is None:
        return
    words = str(_("Memasukkan arsip"))
    try:
        with _opened(context, brought) as (identity, file):
            source = ZipSource(file)
            plan = _plan(context, brought, identity, source)
            if plan.report.refused:
                _keep(context, brought, plan)
                return
            apply_folder(
                context.app,
                identity,
                source,
                plan,
                told=lambda done, total: context.progress(done, total, words),
            )
    except _TOLD as error:
        _failed(context, brought, error)
        return
    with context.change() as work:
        row = work.session.get_one(FolderImport, brought.id)
        row.state, row.ended_at, row.fault = TAKEN, work.now, ""
        row.taken = _count(work, row)
        _let_go(work, row.upload_id)
        work.audit(WAS_TAKEN, _ref(row), taken=row.taken)


def _ask(work: Work, brought: FolderImport) -> None:
    kind = TAKE if brought.state == TAKING else TRY
    brought.job_id = work.enqueue(
        kind, {"import": str(brought.id)}, dedupe_key=f"{kind}:{brought.id}"
    )


def _locked(work: Work, import_id: UUID) -> FolderImport:
    """An own import that nobody else changes until this unit ends."""
    work.session.execute(
        select(FolderImport.id).where(FolderImport.id == import_id).with_for_update()
    )
    return own_import(work, import_id)


def _at_hand(context: JobContext, state: str) -> FolderImport | None:
    """The import of a job, where it still waits for it."""
    with context.read() as view:
        found = view.session.get(FolderImport, UUID(context.args["import"]))
    return found if found is not None and found.state == state else None


@contextmanager
def _opened(context: JobContext, brought: FolderImport) -> Iterator[tuple[Identity, BinaryIO]]:
    """Who brought a folder, with the rights of now, and the ZIP."""
    with context.change() as work:
        keep_longer(work, brought.upload_id)
    with context.read() as view:
        identity = known_by_account(view.connection, brought.asked_by)
    if identity is None:
        raise PermissionDeniedError(_("Akun pengirim folder ini tidak aktif lagi."))
    with open_sent_file(context.app, identity, brought.upload_id, PURPOSE.name) as file:
        yield identity, file


def _plan(
    context: JobContext, brought: FolderImport, identity: Identity, source: ZipSource
) -> FolderPlan:
    with context.read() as view:
        code = view.session.get_one(Unit, brought.unit_id).code
    words = str(_("Memeriksa berkas"))
    return try_folder(
        context.app,
        identity,
        source,
        code,
        import_id=brought.id.hex,
        told=lambda done, total: context.progress(done, total, words),
    )


def _keep(context: JobContext, brought: FolderImport, plan: FolderPlan) -> None:
    keep_report(context, brought.id, plan.report.rows)
    counts = plan.report.counts
    with context.change() as work:
        row = work.session.get_one(FolderImport, brought.id)
        row.state, row.fault = TRIED, ""
        row.counts, row.ignored = counts, list(plan.report.ignored_columns)
        row.notes = [str(note) for note in plan.notes]
        work.audit(WAS_TRIED, _ref(row), **counts)


def _failed(context: JobContext, brought: FolderImport, error: LeuitError) -> None:
    with context.change() as work:
        row = work.session.get_one(FolderImport, brought.id)
        row.state, row.fault = FAILED, str(error)
        work.audit(WAS_TRIED, _ref(row), fault=error.code)


def _count(work: Work, brought: FolderImport) -> int:
    """How many records say that they came by this import, over all its attempts."""
    query = select(func.count()).where(
        Record.ref_kind == IMPORTED_KIND, Record.ref_id.startswith(f"{brought.id.hex}:")
    )
    return work.connection.execute(query).scalar_one()


def _let_go(work: Work, upload_id: UUID) -> None:
    try:
        let_go(work, upload_id)
    except NotFoundError:
        return  # it has expired and is forgotten


def _ref(brought: FolderImport) -> RecordRef:
    return RecordRef("archives.folder", str(brought.id), brought.name)
