"""The end of a file: dropped, used or expired; then its bytes go, by a job.

Bytes go at once, the row an hour later, together with whatever was on its way to the store when the
file ended: a piece that is refused by its offset is dropped by its sender, unless that one died.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import delete, select, update

from leuit.values import NotFoundError, RecordRef, _
from leuit.work import JobContext, JobKind, Schedule, Work

from .models import ENDED, SentFile, SentPiece

DROPPED, EXPIRED = "core.upload.dropped", "core.upload.expired"
LINGERS = dt.timedelta(hours=1)
AT_ONCE = 200


def let_go(work: Work, file_id: UUID) -> None:
    """End a file of one's own: what was made of it stays, its bytes go soon after the commit.

    Raises NotFoundError for a file of somebody else; nothing for one that has ended already. The
    system may end any.
    """
    own = SentFile.id == file_id
    if work.identity.kind != "system":
        own &= SentFile.account_id == work.identity.account_id
    found = work.connection.execute(select(SentFile.name, SentFile.state).where(own)).first()
    if found is None:
        raise NotFoundError(_("Kiriman itu tidak ada."))
    if found.state == ENDED:
        return
    ended = work.connection.execute(
        update(SentFile).where(own, SentFile.state != ENDED).values(state=ENDED, ended_at=work.now)
    )
    if ended.rowcount:
        work.audit(DROPPED, RecordRef("core.upload", str(file_id), found.name))
        work.enqueue(CLEAR.name, {}, dedupe_key=CLEAR.name)


def clear(context: JobContext) -> None:
    """End what has expired, let go of the bytes of all that ended, forget it an hour later."""
    while _expire(context) == AT_ONCE:
        pass
    with context.read() as view:
        ended = list(view.connection.scalars(select(SentFile.id).where(SentFile.state == ENDED)))
        long_ago = view.now - LINGERS
    for file_id in ended:
        context.app.blobs.parts.clear(str(file_id))
        with context.change() as work:
            work.connection.execute(delete(SentPiece).where(SentPiece.file_id == file_id))
            work.connection.execute(
                delete(SentFile).where(SentFile.id == file_id, SentFile.ended_at <= long_ago)
            )


CLEAR = JobKind("core.uploads.clear", clear, title=_("Hapus kiriman yang tidak dipakai lagi"))
JOBS = (CLEAR, Schedule("core.uploads.clear", "17 * * * *", CLEAR.name))


def _expire(context: JobContext) -> int:
    with context.change() as work:
        old = work.connection.execute(
            select(SentFile.id, SentFile.name)
            .where(SentFile.state != ENDED, SentFile.expires_at <= work.now)
            .order_by(SentFile.expires_at)
            .limit(AT_ONCE)
            .with_for_update()
        ).all()
        if old:
            work.connection.execute(
                update(SentFile)
                .where(SentFile.id.in_([row.id for row in old]))
                .values(state=ENDED, ended_at=work.now)
            )
        for row in old:
            work.audit(EXPIRED, RecordRef("core.upload", str(row.id), row.name))
    return len(old)
