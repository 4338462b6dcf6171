"""Beginning a file and adding its pieces; each piece is stored before its offset is.

The offset moves by compare-and-set, so that of two who send the same piece one adds it and the
other is told to look again. A piece whose offset was never written is no part of the file: it lies
in the file's folder and goes with it.
"""

import hashlib
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, text, update

from leuit.identity import Identity
from leuit.values import InvalidInputError, RecordRef, TooLargeError, _, new_id, one_line
from leuit.work import Leuit, UploadPurpose, View, Work

from .errors import QuotaError, WrongOffsetError
from .models import ENDED, LONGEST_NAME, OPEN, WHOLE, SentFile, SentPiece
from .own import FileOnItsWay, own_file, purpose_named, settings_of

MEGABYTE = 1024 * 1024
MOST_PIECE = 16 * MEGABYTE
USUAL_PIECE = 8 * MEGABYTE
BEGUN, FINISHED = "core.upload.begun", "core.upload.finished"
_LOCK = 0x756E676761  # "ungga": files are begun one after another, so that a quota holds


def begin_file(
    app: Leuit,
    identity: Identity,
    purpose: str,
    name: str,
    size: int,
    *,
    metadata: str = "",
    request_id: str = "",
) -> FileOnItsWay:
    """A new file of so many bytes, none of which has come; one of none is whole at once.

    Raises InvalidInputError for a purpose that nobody declared or another kind of file, a refusal
    without the purpose's permission, TooLargeError beyond its size, QuotaError.
    """
    declared = purpose_named(app, purpose)
    if declared is None:
        raise InvalidInputError(_("Tujuan kiriman itu tidak dikenal."))
    label = one_line(name)[-LONGEST_NAME:]
    file_id = new_id()
    with app.change(identity, request_id=request_id) as work:
        work.require_anywhere(declared.permission)
        if identity.account_id is None:
            raise work.refusal(declared.permission)
        _check_wanted(declared, label, size)
        _check_quota(work, size)
        settings = settings_of(app)
        work.connection.execute(
            insert(SentFile).values(
                id=file_id,
                account_id=identity.account_id,
                purpose=purpose,
                name=label,
                metadata_text=metadata,
                size=size,
                received=0,
                pieces=0,
                state=OPEN if size else WHOLE,
                begun_at=work.now,
                expires_at=work.now + (settings.open_for if size else settings.kept_for),
            )
        )
        work.audit(BEGUN, _ref(file_id, label), purpose=purpose, size=size)
        return own_file(work, file_id)


def add_piece(
    app: Leuit,
    identity: Identity,
    file_id: UUID,
    start: int,
    data: bytes,
    *,
    request_id: str = "",
) -> FileOnItsWay:
    """Add bytes at an offset; the last ones make the file whole. Call it outside a unit of work.

    Raises NotFoundError and GoneError as `own_file`, WrongOffsetError for another offset than that
    of the next byte, TooLargeError beyond the size that the file was begun with.
    """
    with app.read(identity, request_id=request_id) as view:
        found = _wanted(view, file_id, start, len(data))
    if not data:
        return found
    part = f"{start}-{uuid4().hex}"
    app.blobs.parts.put(str(file_id), part, data)
    digest = hashlib.sha256(data).hexdigest()
    with app.change(identity, request_id=request_id) as work:
        added = _added(work, found, start, len(data))
        if added:
            work.connection.execute(
                insert(SentPiece).values(
                    file_id=file_id, start=start, size=len(data), digest=digest, part=part
                )
            )
            return own_file(work, file_id)
    app.blobs.parts.drop(str(file_id), part)
    with app.read(identity, request_id=request_id) as view:
        own_file(view, file_id)
    raise WrongOffsetError


def keep_whole(
    app: Leuit, identity: Identity, purpose: str, name: str, data: bytes, *, request_id: str = ""
) -> FileOnItsWay:
    """A file that came by a plain form, as if it had been sent in pieces."""
    file = begin_file(app, identity, purpose, name, len(data), request_id=request_id)
    for start in range(0, len(data), USUAL_PIECE):
        piece = data[start : start + USUAL_PIECE]
        file = add_piece(app, identity, file.id, start, piece, request_id=request_id)
    return file


def most_pieces(size: int) -> int:
    """How many pieces a file may come in: a quarter of a megabyte each, and some cut short."""
    return 64 + size // (MEGABYTE // 4)


def _check_wanted(declared: UploadPurpose, name: str, size: int) -> None:
    if declared.kinds and not name.lower().endswith(declared.kinds):
        raise InvalidInputError(
            _("Berkas ini harus berakhiran %(kinds)s."), kinds=", ".join(declared.kinds)
        )
    if size > declared.most_bytes:
        raise TooLargeError(
            _("Berkas terlalu besar: paling banyak %(limit)s MB."),
            advice=_("Bagi menjadi beberapa berkas."),
            limit=declared.most_bytes // MEGABYTE,
        )


def _check_quota(work: Work, size: int) -> None:
    """Refuse what would be too much, of this account or of all; others who begin wait."""
    if work.database.dialect == "postgresql":
        work.connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
    settings = settings_of(work.app)
    live = select(func.count(), func.coalesce(func.sum(SentFile.size), 0)).where(
        SentFile.state != ENDED
    )
    own = live.where(SentFile.account_id == work.identity.account_id)
    count, held = work.connection.execute(own).one()
    if count >= settings.files_each or held + size > settings.bytes_each:
        raise QuotaError(
            _("Kiriman Anda sudah banyak: %(count)s berkas belum dipakai."),
            advice=_("Selesaikan atau buang kiriman yang lama dahulu."),
            count=count,
        )
    if work.connection.execute(live).one()[1] + size > settings.bytes_together:
        raise QuotaError(
            _("Tempat untuk kiriman besar sedang penuh."),
            advice=_("Coba lagi nanti, atau hubungi petugas sistem."),
        )


def _wanted(view: View, file_id: UUID, start: int, size: int) -> FileOnItsWay:
    """The file, where it wants these bytes next."""
    found = own_file(view, file_id)
    declared = purpose_named(view.app, found.purpose)
    if declared is None:
        raise InvalidInputError(_("Tujuan kiriman itu tidak dikenal."))
    view.require_anywhere(declared.permission)
    if start != found.received:
        raise WrongOffsetError
    if start + size > found.size:
        raise TooLargeError(_("Kiriman lebih panjang daripada yang dinyatakan."))
    if size and start + size < found.size and found.pieces >= most_pieces(found.size):
        raise TooLargeError(
            _("Kiriman terbagi menjadi terlalu banyak potongan."),
            advice=_("Kirim dalam potongan yang lebih besar, dari awal."),
        )
    return found


def _added(work: Work, found: FileOnItsWay, start: int, size: int) -> bool:
    """Move the offset from where the piece begins to where it ends; whether it stood there."""
    whole = start + size == found.size
    settings = settings_of(work.app)
    moved = work.connection.execute(
        update(SentFile)
        .where(SentFile.id == found.id, SentFile.state == OPEN, SentFile.received == start)
        .values(
            received=start + size,
            pieces=SentFile.pieces + 1,
            state=WHOLE if whole else OPEN,
            expires_at=work.now + (settings.kept_for if whole else settings.open_for),
        )
    )
    if moved.rowcount and whole:
        work.audit(FINISHED, _ref(found.id, found.name), size=found.size, pieces=found.pieces + 1)
    return bool(moved.rowcount)


def _ref(file_id: UUID, name: str) -> RecordRef:
    return RecordRef("core.upload", str(file_id), name)
