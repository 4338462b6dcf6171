"""Dispositions: given by an addressee, handed on by who got one, taken back, reported on.

Notes, reports and outcomes are content of the letter and end with it, so the audit log, which does
not end, has only their hashes.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.checks import TextChecker
from leuit.identity import Position, Unit
from leuit.values import (
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
)
from leuit.work import StoredFile, View, Work, register_file
from leuit_archives.models import Addressee, Disposition, Letter, Receiver
from leuit_archives.models.dispositions import ACTED, CANCELLED, DONE, REPORT
from leuit_archives.models.letters import NOTE, TO
from leuit_archives.rules.disposition import require_open, require_recallable

from .disposition_rules import disposition_rules
from .letter_access import find_letter, kept_letter, ref_of
from .letter_ending import let_go
from .posts import require_acting, title_of
from .receivers import require_receivers

MOST_RECEIVERS = 40
FARTHEST = dt.timedelta(days=366)


@attrs.frozen(kw_only=True)
class Instructed:
    """What a leader tells: to whom (posts), which instructions (codes), words, and until when.

    `coordinator` is one of the receivers, whom the others report to, or None.
    """

    receivers: tuple[UUID, ...]
    instructions: tuple[str, ...] = ()
    note: str = ""
    due: dt.date | None = None
    coordinator: UUID | None = None


def instruct(work: Work, addressee_id: UUID, told: Instructed, *, key: UUID) -> Disposition:
    """The disposition of an addressee; the letter is settled by it as far as he is concerned.

    The same `key` a second time gives the same sheet.
    """
    part = work.session.get(Addressee, addressee_id, with_for_update=True, populate_existing=True)
    if part is None or part.part != TO or part.delivered_at is None or part.position_id is None:
        raise _no_letter()
    letter = kept_letter(work, part.letter_id)
    require_acting(work, part.position_id)
    sheet = _given(work, letter, part.position_id, told, key, addressee_id=addressee_id)
    if part.settled_at is None:
        part.settled_at, part.settled_by = work.now, work.identity.person_id
    if part.read_at is None:
        part.read_at, part.read_by = work.now, work.identity.person_id
    return sheet


def hand_on(
    work: Work, receiver_id: UUID, told: Instructed, version: int, *, key: UUID
) -> Disposition:
    """A disposition on the ground of one's own; the chain stays to be seen."""
    receiver = held_receiver(work, receiver_id, None)  # locked: the same form twice is one sheet
    known = work.session.scalar(select(Disposition).where(Disposition.key == key))
    if known is None:
        require_version(receiver, version)
        require_open(receiver.state)
    letter = kept_letter(work, receiver.letter_id)
    sheet = _given(work, letter, receiver.position_id, told, key, from_id=receiver_id)
    if known is None:
        _seen(work, receiver)
        receiver.state, receiver.handed_at = ACTED, work.now
        receiver.acted_at = receiver.acted_at or work.now
        receiver.version += 1
    return sheet


def recall(work: Work, receiver_id: UUID) -> Receiver:
    """Take a disposition back from a post while it has not been read; twice is once."""
    receiver = work.session.get(Receiver, receiver_id, with_for_update=True, populate_existing=True)
    if receiver is None:
        raise _no_letter()
    find_letter(work, receiver.letter_id)
    sheet = work.session.get_one(Disposition, receiver.disposition_id)
    require_acting(work, sheet.position_id)
    if receiver.state == CANCELLED:
        return receiver
    require_recallable(receiver.state)
    receiver.state, receiver.ended_at = CANCELLED, work.now
    receiver.ended_by = work.identity.person_id
    receiver.version += 1
    work.audit("archives.disposition.recalled", _ref(sheet), position=receiver.position_id)
    return receiver


def report(
    work: Work,
    receiver_id: UUID,
    text: str,
    version: int,
    *,
    done: bool,
    file: StoredFile | None = None,
) -> Receiver:
    """Say how far it is; `done` ends it, with or without words; ended so already, it stays."""
    receiver = held_receiver(work, receiver_id, None)
    if done and receiver.state == DONE and text.strip() in ("", receiver.report):
        return receiver
    require_version(receiver, version)
    require_open(receiver.state)
    kept_letter(work, receiver.letter_id)
    checker = TextChecker()
    words = checker.read("report", text, most=REPORT, required=not done)
    if checker.faults:
        raise InvalidInputError(_("Laporan keliru."), fields=checker.faults)
    _seen(work, receiver)
    receiver.report = words or receiver.report
    if file is not None:
        earlier = receiver.report_sha256
        receiver.report_sha256, receiver.report_name = register_file(work, file), file.name
        if earlier != receiver.report_sha256:
            let_go(work, earlier)
    receiver.acted_at = receiver.acted_at or work.now
    receiver.state = DONE if done else ACTED
    if done:
        receiver.ended_at, receiver.ended_by = work.now, work.identity.person_id
    receiver.version += 1
    sheet = work.session.get_one(Disposition, receiver.disposition_id)
    work.audit(
        "archives.disposition.done" if done else "archives.disposition.reported",
        _ref(sheet),
        position=receiver.position_id,
        report=_proof(words),
        sha256=file.sha256 if file else None,
    )
    return receiver


def settle(work: Work, addressee_id: UUID, outcome: str) -> Addressee:
    """Say that nothing more is needed of an addressee, and why; twice is once."""
    part = work.session.get(Addressee, addressee_id, with_for_update=True, populate_existing=True)
    if part is None or part.delivered_at is None or part.position_id is None:
        raise _no_letter()
    letter = kept_letter(work, part.letter_id)
    require_acting(work, part.position_id)
    if part.settled_at is not None:
        return part
    checker = TextChecker()
    part.outcome = checker.read("outcome", outcome, most=NOTE, required=False)
    if checker.faults:
        raise InvalidInputError(_("Keterangan keliru."), fields=checker.faults)
    part.settled_at, part.settled_by = work.now, work.identity.person_id
    if part.read_at is None:
        part.read_at, part.read_by = work.now, work.identity.person_id
    work.audit(
        "archives.letter.settled",
        ref_of(letter),
        position=part.position_id,
        outcome=_proof(part.outcome),
    )
    return part


def held_receiver(work: Work, receiver_id: UUID, version: int | None) -> Receiver:
    """A disposition of a post of the reader's, locked, as it was seen if a version is given."""
    receiver = work.session.get(Receiver, receiver_id, with_for_update=True, populate_existing=True)
    if receiver is None:
        raise _no_letter()
    require_own(work, receiver)
    if version is not None:
        require_version(receiver, version)
    return receiver


def require_own_receiver(view: View, receiver_id: UUID) -> None:
    """NotFoundError, or PermissionDeniedError, unless a post of the reader's has it in hand."""
    receiver = view.session.get(Receiver, receiver_id)
    if receiver is None:
        raise _no_letter()
    require_own(view, receiver)


def require_own(view: View, receiver: Receiver) -> None:
    """The same of a row that was read."""
    if receiver.state == CANCELLED:
        raise _no_letter()
    find_letter(view, receiver.letter_id)
    require_acting(view, receiver.position_id)


def require_version(receiver: Receiver, version: int) -> None:
    """StaleEditError unless it is still as it was seen."""
    if receiver.version != version:
        raise StaleEditError(
            _("Disposisi ini sudah berubah sejak Anda membukanya."),
            advice=_("Muat ulang halaman, lalu ulangi."),
        )


def receivers_of(view: View, letter_id: UUID) -> Sequence[Receiver]:
    """Everybody who got a disposition of a letter, in the order given."""
    query = select(Receiver).where(Receiver.letter_id == letter_id).order_by(Receiver.id)
    return view.session.scalars(query).all()


def sheets_of(view: View, letter_id: UUID) -> Sequence[Disposition]:
    """The sheets of a letter in the order given."""
    query = select(Disposition).where(Disposition.letter_id == letter_id)
    return view.session.scalars(query.order_by(Disposition.created_at, Disposition.id)).all()


def _given(
    work: Work,
    letter: Letter,
    giver_id: UUID,
    told: Instructed,
    key: UUID,
    *,
    addressee_id: UUID | None = None,
    from_id: UUID | None = None,
) -> Disposition:
    person_id = work.identity.person_id
    assert person_id is not None  # who acts for a post is a person
    known = work.session.scalar(select(Disposition).where(Disposition.key == key))
    if known is not None:
        if known.person_id != person_id or known.letter_id != letter.id:
            raise _no_letter()
        return known
    words = _checked(work, told)
    require_receivers(work, giver_id, letter, disposition_rules(work), told.receivers)
    sheet = Disposition(
        key=key,
        letter_id=letter.id,
        addressee_id=addressee_id,
        from_id=from_id,
        position_id=giver_id,
        person_id=person_id,
        acted_as=title_of(work, giver_id)[:240],
        instructions=words,
        note=told.note.strip(),
        due_at=_last_instant(work, told.due),
        created_at=work.now,
    )
    work.session.add(sheet)
    work.session.flush()
    for position_id in dict.fromkeys(told.receivers):
        post = work.session.get_one(Position, position_id)
        unit = work.session.get_one(Unit, post.unit_id)
        work.session.add(
            Receiver(
                disposition_id=sheet.id,
                letter_id=letter.id,
                position_id=position_id,
                title=f"{post.title} · {unit.short}"[:240],
                coordinator=position_id == told.coordinator,
            )
        )
    work.session.flush()
    work.audit(
        "archives.disposition.given",
        _ref(sheet),
        letter=str(letter.id),
        receivers=[str(one) for one in told.receivers],
        instructions=[one["code"] for one in words],
        note=_proof(sheet.note),
        due=told.due,
    )
    return sheet


def _checked(view: View, told: Instructed) -> list[dict[str, str]]:
    """The instructions with their words of today; InvalidInputError with every fault."""
    checker = TextChecker()
    note = checker.read("note", told.note, most=1_000, required=False)
    known = {one.code: one.text for one in disposition_rules(view).instructions}
    if any(code not in known for code in told.instructions):
        checker.fault("instructions", _("Pilih instruksi dari daftar."), "unknown")
    if not told.instructions and not note:
        checker.fault("instructions", _("Pilih instruksi, atau tulis catatan."), "required")
    if not told.receivers:
        checker.fault("receivers", _("Pilih penerima disposisi."), "required")
    elif len(told.receivers) > MOST_RECEIVERS:
        checker.fault("receivers", _("Terlalu banyak penerima."), "many")
    if told.coordinator is not None and told.coordinator not in told.receivers:
        checker.fault("coordinator", _("Koordinator harus salah satu penerima."), "unknown")
    if told.due is not None and not view.today <= told.due <= view.today + FARTHEST:
        sentence = _("Batas waktu dari hari ini sampai setahun lagi.")
        checker.fault("due", sentence, "range")
    if checker.faults:
        raise InvalidInputError(_("Disposisi belum lengkap."), fields=checker.faults)
    return [{"code": code, "text": known[code]} for code in dict.fromkeys(told.instructions)]


def _last_instant(view: View, due: dt.date | None) -> dt.datetime | None:
    if due is None:
        return None
    last = dt.datetime.combine(due, dt.time(23, 59, 59), view.app.zone)
    return last.astimezone(dt.UTC)


def _seen(work: Work, receiver: Receiver) -> None:
    if receiver.read_at is None:
        receiver.read_at, receiver.read_by = work.now, work.identity.person_id


def _proof(words: str) -> str:
    """What the audit log keeps of words that go with the letter: enough to prove them by."""
    return hashlib.sha256(words.encode()).hexdigest() if words else ""


def _ref(sheet: Disposition) -> RecordRef:
    return RecordRef("archives.disposition", str(sheet.id))


def _no_letter() -> NotFoundError:
    return NotFoundError(_("Disposisi itu tidak ada, atau bukan untuk Anda."))


def report_file(view: View, receiver_id: UUID) -> tuple[str, str]:
    """Hash and name of the file of a report, for whoever may read the letter; NotFoundError."""
    receiver = view.session.get(Receiver, receiver_id)
    if receiver is None or receiver.report_sha256 is None:
        raise NotFoundError(_("Berkas itu tidak ada."))
    find_letter(view, receiver.letter_id)
    return receiver.report_sha256, receiver.report_name
