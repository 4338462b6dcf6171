"""Executing a disposal: two people, a last check of each item, its content away, a whole report.

The job goes through the frozen list in batches of which each is a step: after a crash it goes on
where it stopped, and no item is ended twice. What a hold reaches by then, or what is not due any
more, is left and told. Bytes go in a second job, after the services that name a file were told; a
file that somebody still needs stays, is told beside its record, and is tried again every night.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import delete, func, insert, select, update

from leuit.builtin.core import confirm_password
from leuit.contracts import RecordEnded
from leuit.identity import Identity
from leuit.storage import Blob
from leuit.values import ConflictError, PermissionDeniedError, RecordRef, _
from leuit.work import (
    JobContext,
    Leuit,
    View,
    Work,
    files_in_use,
    forget_name,
    released_files,
    take_bytes_away,
)
from leuit_archives.models import (
    Disposal,
    DisposalItem,
    Record,
    RecordFile,
    Tombstone,
    TombstoneFile,
)
from leuit_archives.models.disposals import ENDED, LISTED
from leuit_archives.models.tombstones import KEPT_BY
from leuit_archives.permissions import EXECUTE
from leuit_archives.rules.disposal import exclusions
from leuit_archives.rules.lifecycle import DONE, INACTIVE, RUNNING, SIGNED
from leuit_archives.rules.secrecy import SECRET_FROM

from .appraisals import appraisers_of_list
from .committee import members_of
from .disposals import (
    disposal_ref,
    find_disposal,
    frozen_items,
    items_of,
    judged,
    leave,
    list_hash,
    lock_disposal,
)
from .letter_ending import end_letters, files_of_letters
from .moving import move_dossiers
from .record_source import KIND, LETTER
from .search_indexing import forget

RUN, BYTES, SWEEP = (
    "archives.disposal.run",
    "archives.disposal.bytes",
    "archives.disposal.sweep",
)
CONFIRMED = "archives.disposal.execution_confirmed"
ITEM_ENDED = "archives.disposal.item_ended"
ITEM_LEFT = "archives.disposal.item_left"
FILES_GONE = "archives.disposal.files_gone"
FINISHED = "archives.disposal.finished"
BATCH, FILES = 20, 200
REMEMBERING = (TombstoneFile.__tablename__,)
GRACE = timedelta(minutes=1)
"""How long services have to let a file go before its bytes are looked at the first time."""


def execute(
    app: Leuit,
    identity: Identity,
    disposal_id: UUID,
    version: int,
    password: str,
    *,
    request_id: str = "",
) -> Disposal:
    """Confirm the execution with one's password; the second person lets it begin.

    Raises InvalidInputError at `password`; ConflictError before the berita acara is signed,
    and where the list is not the frozen one any more (its hash);
    PermissionDeniedError for who proposed or appraised the list, or confirmed already.
    """
    confirm_password(app, identity, password, request_id)
    with app.change(identity, request_id=request_id) as work:
        return confirm_execution(work, disposal_id, version)


def confirm_execution(work: Work, disposal_id: UUID, version: int) -> Disposal:
    """As `execute`, for a person who has proved just now that it is he."""
    disposal = find_disposal(work, disposal_id)
    work.require(EXECUTE, disposal.unit_id)
    lock_disposal(work, disposal, version)
    if disposal.state != SIGNED:
        raise ConflictError(
            _("Berita acara daftar %(number)s belum ditandatangani, atau sudah dilaksanakan."),
            number=disposal.number,
        )
    if list_hash(frozen_items(items_of(work, disposal))) != disposal.list_sha256:
        raise ConflictError(
            _("Daftar %(number)s tidak sama lagi dengan yang dibekukan; tidak dilaksanakan."),
            advice=_("Laporkan kepada pengelola sistem dan auditor."),
            number=disposal.number,
        )
    person = work.identity.person_id
    if person is None:
        raise work.refusal(EXECUTE)
    others = {disposal.proposed_by, *(row.person_id for row in members_of(work, disposal))}
    if person in others | appraisers_of_list(work, disposal):
        raise PermissionDeniedError(
            _("Pengusul dan penilai tidak boleh melaksanakan daftar ini."),
            advice=_("Mintalah orang lain yang berwenang."),
        )
    if disposal.first_by is None:
        disposal.first_by = person
    elif disposal.first_by == person:
        raise PermissionDeniedError(
            _("Orang kedua harus orang lain."),
            advice=_("Pelaksanaan dikonfirmasi oleh dua orang."),
        )
    else:
        disposal.second_by, disposal.state = person, RUNNING
        work.enqueue(RUN, {"disposal_id": str(disposal.id)})
    disposal.version += 1
    work.audit(CONFIRMED, disposal_ref(disposal), second=disposal.second_by is not None)
    return disposal


def run(context: JobContext) -> None:
    """End what is listed, batch by batch; then leave the job behind that takes bytes away."""
    disposal_id = UUID(context.args["disposal_id"])
    with context.read() as view:
        count = view.session.get_one(Disposal, disposal_id).count
    for start in range(1, count + 1, BATCH):

        def batch(work: Work, first: int = start) -> dict[str, Any]:
            return _end_batch(work, disposal_id, first)

        last = min(start + BATCH - 1, count)
        context.step(f"items-{start}-{last}", batch)  # a batch of another size is another step
        context.progress(last, count)

    def hand_on(work: Work) -> dict[str, Any]:
        work.enqueue(BYTES, {"disposal_id": str(disposal_id)}, run_at=work.now + GRACE)
        return {}

    context.step("bytes", hand_on)


def take_bytes(context: JobContext) -> None:
    """Take the bytes of a disposal's files away, then say that it is done."""
    disposal_id = UUID(context.args["disposal_id"])
    _take_away(context, Tombstone.disposal_id == disposal_id)
    _take_versions_away(context)

    def finish(work: Work) -> dict[str, Any]:
        disposal = work.session.get_one(Disposal, disposal_id, with_for_update=True)
        if disposal.state == RUNNING:
            disposal.state, disposal.ended_at = DONE, work.now
            disposal.version += 1
            work.audit(FINISHED, disposal_ref(disposal), **report_of(work, disposal))
        return {}

    context.step("finish", finish)


def sweep(context: JobContext) -> None:
    """Try again what somebody still needed when its record was destroyed."""
    _take_away(context, Tombstone.record_id.is_not(None))
    _take_versions_away(context)


def report_of(view: View, disposal: Disposal) -> dict[str, int]:
    """How many items ended, how many were left, and how many files are gone or still there."""
    states: dict[str, int] = {
        row.state: row.number
        for row in view.connection.execute(
            select(DisposalItem.state, func.count().label("number"))
            .where(DisposalItem.disposal_id == disposal.id)
            .group_by(DisposalItem.state)
        )
    }
    gone, files = view.connection.execute(
        select(func.count(TombstoneFile.gone_at), func.count())
        .select_from(TombstoneFile)
        .join(Tombstone, Tombstone.record_id == TombstoneFile.record_id)
        .where(Tombstone.disposal_id == disposal.id)
    ).one()
    return {
        "ended": states.get("ended", 0),
        "left": states.get("left", 0),
        "files_gone": gone,
        "files_kept": files - gone,
    }


def kept_files(view: View, disposal: Disposal) -> list[tuple[int, str]]:
    """Files of a disposal that somebody still needs: the place of the item, and who needs it."""
    query = (
        select(Tombstone.place, TombstoneFile.kept_by)
        .join(TombstoneFile, TombstoneFile.record_id == Tombstone.record_id)
        .where(
            Tombstone.disposal_id == disposal.id,
            TombstoneFile.gone_at.is_(None),
            TombstoneFile.kept_by != "",
        )
        .distinct()
        .order_by(Tombstone.place, TombstoneFile.kept_by)
    )
    return [(row.place, row.kept_by) for row in view.connection.execute(query)]


def _end_batch(work: Work, disposal_id: UUID, first: int) -> dict[str, Any]:
    # Held first: whoever begins a hold waits for this batch, and the next one sees the hold.
    disposal = work.session.get_one(Disposal, disposal_id, with_for_update=True)
    items = work.session.scalars(
        select(DisposalItem)
        .where(
            DisposalItem.disposal_id == disposal.id,
            DisposalItem.place >= first,
            DisposalItem.place < first + BATCH,
            DisposalItem.state == LISTED,
        )
        .order_by(DisposalItem.place)
    ).all()
    against = _against(work, disposal, items)
    ended = 0
    for item in items:
        ref = disposal_ref(disposal)
        if reasons := against[item.dossier_id]:
            leave(work, [item], reasons[0])
            work.audit(ITEM_LEFT, ref, place=item.place, number=item.number, reasons=reasons)
            continue
        _end_item(work, disposal, item)
        work.audit(ITEM_ENDED, ref, place=item.place, number=item.number, records=item.records)
        ended += 1
    return {"ended": ended, "left": len(items) - ended}


def _against(
    work: Work, disposal: Disposal, items: Sequence[DisposalItem]
) -> dict[UUID, list[str]]:
    """What stands against each item now, apart from its being on this list."""
    found = judged(work, [item.dossier_id for item in items], disposal.kind, lock=True)  # type: ignore[arg-type]  # checked by the table
    return {
        one.standing.dossier.id: exclusions(
            one.standing.candidate(work, state=INACTIVE),
            disposal.kind,  # type: ignore[arg-type]  # checked by the table
            confirmed=disposal.confirmed,
        )
        for one in found
    }


def _end_item(work: Work, disposal: Disposal, item: DisposalItem) -> None:
    if disposal.kind == "destroy":
        _destroy(work, disposal, item)
        move_dossiers(work, [item.dossier_id], "destroy")
        item.outcome = "destroyed"
    else:
        move_dossiers(work, [item.dossier_id], "hand_over")
        item.outcome = "handed_over"
    item.state, item.ended_at = ENDED, work.now
    work.session.flush()


def _destroy(work: Work, disposal: Disposal, item: DisposalItem) -> None:
    """Take the content out of every record of a dossier, and leave a stub."""
    records = work.connection.execute(
        select(Record.id, Record.ref_kind, Record.ref_id, Record.ref_label).where(
            Record.dossier_id == item.dossier_id
        )
    ).all()
    if not records:
        return
    ids = [row.id for row in records]
    letters = {UUID(row.ref_id): row.id for row in records if row.ref_kind == LETTER}
    files = work.connection.execute(
        select(RecordFile.record_id, RecordFile.place, RecordFile.sha256, Blob.size)
        .join(Blob, Blob.sha256 == RecordFile.sha256)
        .where(RecordFile.record_id.in_(ids))
    ).all()
    gone = [TombstoneRow(*file) for file in files]
    gone += _beside(work, gone, letters)
    work.connection.execute(
        insert(Tombstone),
        [
            {
                "record_id": one,
                "disposal_id": disposal.id,
                "place": item.place,
                "destroyed_at": work.now,
            }
            for one in ids
        ],
    )
    if gone:
        work.connection.execute(
            insert(TombstoneFile),
            [{**attrs.asdict(row), "gone_at": None, "kept_by": ""} for row in gone],
        )
    work.connection.execute(delete(RecordFile).where(RecordFile.record_id.in_(ids)))
    work.connection.execute(
        update(Record)
        .where(Record.id.in_(ids), Record.secrecy >= SECRET_FROM)
        .values(title=str(_("(uraian disamarkan)")), number="")
    )
    work.connection.execute(update(Record).where(Record.id.in_(ids)).values(ref_label=""))
    if letters:
        end_letters(work, letters)
    forget(work, KIND, [row.id for row in records if row.ref_kind != LETTER])
    work.session.expire_all()
    refs = {row.id: RecordRef(row.ref_kind, row.ref_id, row.ref_label[:200]) for row in records}
    for file in gone:
        work.emit(RecordEnded(refs[file.record_id], file.sha256, disposal.number, work.now))


@attrs.frozen
class TombstoneRow:
    """A file of a destroyed record, whose bytes are still there."""

    record_id: UUID
    place: int
    sha256: str
    size: int


def _beside(
    work: Work, known: Sequence[TombstoneRow], letters: Mapping[UUID, UUID]
) -> list[TombstoneRow]:
    """Files of letters that are not in their records, such as those of reports: they go as well."""
    there = {(one.record_id, one.sha256) for one in known}
    wanted = sorted(
        (letters[letter_id], sha256) for letter_id, sha256 in files_of_letters(work, letters)
    )
    beside = [one for one in wanted if one not in there]
    sizes = {
        row.sha256: row.size
        for row in work.connection.execute(
            select(Blob.sha256, Blob.size).where(Blob.sha256.in_([one[1] for one in beside]))
        )
    }
    last: dict[UUID, int] = {}
    for one in known:
        last[one.record_id] = max(last.get(one.record_id, 0), one.place)
    found = []
    for record_id, sha256 in beside:
        last[record_id] = last.get(record_id, 0) + 1
        found.append(TombstoneRow(record_id, last[record_id], sha256, sizes[sha256]))
    return found


def _take_away(context: JobContext, which: Any) -> None:
    """Take away the bytes of files of destroyed records that nobody else needs."""
    last, number = "", 0
    while True:
        number += 1
        with context.read() as view:
            known = _files(view, which, last)
            hashes = sorted(known)
            used = files_in_use(view, hashes, REMEMBERING)
        if not hashes:
            return
        last = hashes[-1]
        if all(one in used and known[one] == _told(used[one]) for one in hashes):
            continue  # still needed by the same ones: told already
        free = [one for one in hashes if one not in used]
        take_bytes_away(context.app, free)

        def note(
            work: Work,
            free: Sequence[str] = free,
            used: dict[str, tuple[str, ...]] = used,
        ) -> dict[str, Any]:
            return _note_gone(work, free, used)

        context.step(f"files-{number}-{last[:16]}", note)


def _take_versions_away(context: JobContext) -> None:
    """Take away what services released beside a record's own file: its earlier versions."""
    last = ""
    while True:
        with context.read() as view:
            hashes = released_files(view, FILES, after=last)
            used = files_in_use(view, hashes, REMEMBERING)
        if not hashes:
            return
        last = hashes[-1]
        free = [one for one in hashes if one not in used]
        if free:
            take_bytes_away(context.app, free)

            def note(work: Work, free: Sequence[str] = free) -> dict[str, Any]:
                return _note_gone(work, free, {})

            context.step(f"versions-{last[:16]}", note)


def _files(view: View, which: Any, after: str) -> dict[str, str]:
    """The next files that are not gone yet, each with who needs it as far as was told."""
    query = (
        select(TombstoneFile.sha256, func.min(TombstoneFile.kept_by))
        .join(Tombstone, Tombstone.record_id == TombstoneFile.record_id)
        .where(which, TombstoneFile.gone_at.is_(None), TombstoneFile.sha256 > after)
        .group_by(TombstoneFile.sha256)
        .order_by(TombstoneFile.sha256)
        .limit(FILES)
    )
    return {row[0]: row[1] for row in view.connection.execute(query)}


def _told(names: Sequence[str]) -> str:
    return ", ".join(names)[:KEPT_BY]


def _note_gone(work: Work, free: Sequence[str], used: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    there = TombstoneFile.gone_at.is_(None)
    for sha256 in free:
        forget_name(work, sha256)
    work.connection.execute(
        update(TombstoneFile)
        .where(TombstoneFile.sha256.in_(free), there)
        .values(gone_at=work.now, kept_by="")
    )
    for sha256, names in used.items():
        work.connection.execute(
            update(TombstoneFile)
            .where(TombstoneFile.sha256 == sha256, there)
            .values(kept_by=_told(names))
        )
    work.session.expire_all()
    work.audit(
        FILES_GONE,
        RecordRef("archives.files", (*free, *used)[0]),
        gone=list(free),
        kept={sha256: list(names) for sha256, names in used.items()},
    )
    return {"gone": len(free), "kept": len(used)}
