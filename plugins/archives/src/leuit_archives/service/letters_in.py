"""Letters that come in from outside: registered, mended, and sent on to their addressees."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from leuit.builtin.checks import TextChecker
from leuit.builtin.organisation import position_named
from leuit.identity import Position, Unit
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    LeuitError,
    NotFoundError,
    StaleEditError,
    _,
)
from leuit.work import StoredFile, View, Work, confirm_number, register_file, reserve_number
from leuit_archives.models import Addressee, Letter, LetterFile
from leuit_archives.models.letters import (
    ATTACHED,
    COPY,
    FILE_NAME,
    IN,
    NUMBER,
    REGISTERED,
    SENDER,
    SENT,
    SUBJECT,
    TO,
)
from leuit_archives.permissions import REGISTER

from .letter_access import find_letter, ref_of, require_kept, visible_letters
from .letter_filing import file_letter, follow_letter, index_letter
from .letter_levels import kind_named, level_of, urgency_named

MOST_ADDRESSEES = 60
MOST_FILES = 20
REASON = 500
OLDEST = dt.date(1945, 8, 17)


@attrs.frozen(kw_only=True)
class Incoming:
    """What the registrar writes down. `secrecy` and `urgency` are codes of the editions of today;
    `to` and `copies` are posts as `position_named` finds them.
    """

    sender: str
    subject: str
    received_on: dt.date
    secrecy: str
    to: tuple[str, ...]
    number: str = ""
    dated: dt.date | None = None
    kind: str = ""
    attached: str = ""
    urgency: str = ""
    copies: tuple[str, ...] = ()


class KnownLetterError(ConflictError):
    """The unit has a letter with that number and date already; `letter_id` names it for who may
    read it.
    """

    code = "letter_known"

    def __init__(self, number: str, letter: Letter | None) -> None:
        advice = _("Bila memang surat lain, centang “Catat juga” lalu simpan lagi.")
        if letter is None:
            super().__init__(_("Sudah ada naskah dengan nomor itu."), advice=advice, number=number)
        else:
            super().__init__(
                _("Surat bernomor %(number)s sudah tercatat dengan nomor agenda %(agenda)s."),
                advice=advice,
                number=number,
                agenda=letter.agenda,
            )
        self.letter_id = letter.id if letter is not None else None


def register_letter(
    work: Work,
    unit_id: UUID,
    incoming: Incoming,
    files: Sequence[tuple[StoredFile, int]],
    *,
    key: UUID,
    again: bool = False,
) -> Letter:
    """Write a letter into the unit's agenda; the same `key` a second time gives the same letter.

    `files` are stored files with their numbers of pages, the letter itself first; none for a letter
    that is on paper only. Raises InvalidInputError with every fault, and KnownLetterError unless
    `again` says that it is another one.
    """
    person_id = _registrar(work, unit_id)
    known = registered_with(work, key)
    if known is not None:
        return known
    values, parts = _checked(work, incoming)
    if not again and (known_already := _twin(work, unit_id, values)) is not None:
        raise known_already
    letter = Letter(
        key=key,
        direction=IN,
        state=REGISTERED,
        unit_id=unit_id,
        year=incoming.received_on.year,
        created_by=person_id,
        created_at=work.now,
        **values,
    )
    try:
        with work.session.begin_nested():
            work.session.add(letter)
    except IntegrityError:
        known = registered_with(work, key)  # the same form came twice at once
        if known is None:
            raise
        work.audit("archives.letter.registered", ref_of(known), repeated=True)
        return known
    letter.agenda = _agenda(work, letter)
    _put_parts(work, letter, parts)
    for file, pages in files:
        _put_file(work, letter, file, pages)
    work.session.flush()
    work.audit(
        "archives.letter.registered",
        ref_of(letter),
        agenda=letter.agenda,
        year=letter.year,
        secrecy=letter.secrecy,
        files=[file.sha256 for file, _pages in files],
    )
    index_letter(work, letter)
    return letter


def revise_letter(
    work: Work, letter_id: UUID, incoming: Incoming, version: int, reason: str = ""
) -> Letter:
    """Mend what was written down; once the letter was sent only with a reason.

    Whom a sent letter went to stays as it was; further addressees may be added. The audit log
    keeps what was there before.
    """
    letter = changing_letter(work, letter_id, version)
    checker = TextChecker()
    why = checker.read("reason", reason, most=REASON, required=False)
    if letter.state != REGISTERED and not why:
        checker.fault("reason", _("Surat sudah diteruskan. Tulis alasan perbaikannya."), "required")
    if checker.faults:
        raise InvalidInputError(_("Data surat keliru."), fields=checker.faults)
    values, parts = _checked(work, incoming)
    before = {name: getattr(letter, name) for name in values}
    for name, value in values.items():
        setattr(letter, name, value)
    changed = {name: before[name] for name in values if before[name] != values[name]}
    there = {one.id: one for one in parts_of(work, letter_id)}
    added = _put_parts(work, letter, parts)
    left = {one.id for one in parts_of(work, letter_id)}
    work.audit(
        "archives.letter.revised",
        ref_of(letter),
        before=changed,
        after={name: values[name] for name in changed},
        added=added,
        removed=[
            {"part": one.part, "position": str(one.position_id)}
            for one in there.values()
            if one.id not in left
        ],
        reason=why,
    )
    follow_letter(work, letter, why)
    index_letter(work, letter)
    return letter


def send_letter(work: Work, letter_id: UUID, version: int) -> Letter:
    """Pass the letter on: its addressees find it, and its record is kept. Twice is once."""
    letter = changing_letter(work, letter_id, version, done=SENT)
    if letter.state == SENT:
        return letter
    letter.state, letter.sent_at = SENT, work.now
    parts = work.session.scalars(select(Addressee).where(Addressee.letter_id == letter_id)).all()
    for part in parts:
        part.delivered_at = work.now
    if not any(part.part == TO for part in parts):
        sentence = _("Tulis sedikitnya satu penerima.")
        raise InvalidInputError(sentence, fields=[FieldError("to", sentence, "required")])
    work.audit(
        "archives.letter.sent",
        ref_of(letter),
        to=[str(one.position_id) for one in parts if one.part == TO],
        copies=[str(one.position_id) for one in parts if one.part == COPY],
    )
    file_letter(work, letter, signed=True)
    return letter


def add_letter_file(work: Work, letter_id: UUID, file: StoredFile, pages: int) -> LetterFile:
    """Put a further file beside a registered letter; the same file twice is one."""
    letter = _held_letter(work, letter_id)
    if letter.state != REGISTERED:
        raise ConflictError(
            _("Surat ini sudah diteruskan, jadi berkasnya tidak berubah lagi."),
            advice=_("Catat sebagai surat baru bila ada lampiran susulan."),
        )
    if (known := _known_file(work, letter, file)) is not None:
        return known
    stored = _put_file(work, letter, file, pages)
    work.audit("archives.letter.file_added", ref_of(letter), sha256=file.sha256)
    index_letter(work, letter)
    return stored


def files_of(view: View, letter_id: UUID) -> Sequence[LetterFile]:
    """The files of a letter in order."""
    query = select(LetterFile).where(LetterFile.letter_id == letter_id)
    return view.session.scalars(query.order_by(LetterFile.place)).all()


def parts_of(view: View, letter_id: UUID) -> Sequence[Addressee]:
    """The addressees of a letter, then those who get a copy."""
    query = select(Addressee).where(Addressee.letter_id == letter_id)
    return view.session.scalars(query.order_by(Addressee.part.desc(), Addressee.place)).all()


def changing_letter(work: Work, letter_id: UUID, version: int, *, done: str = "") -> Letter:
    """A letter in of the registrar's unit, held to be changed as it was seen.

    A letter in the state `done` is given as it is. Raises StaleEditError when it has moved on.
    """
    letter = _held_letter(work, letter_id)
    if done and letter.state == done:
        return letter
    require_kept(letter)
    if letter.version != version:
        raise StaleEditError(
            _("Surat ini sudah berubah sejak Anda membukanya."),
            advice=_("Muat ulang halaman, lalu ulangi perubahan Anda."),
        )
    letter.version += 1
    return letter


def _held_letter(work: Work, letter_id: UUID) -> Letter:
    """A letter in of the registrar's unit, locked: two who change it come one after the other."""
    letter = find_letter(work, letter_id)
    work.require(REGISTER, letter.unit_id)
    if letter.direction != IN:
        raise ConflictError(_("Ini surat keluar."), advice=_("Ubah di halaman surat keluarnya."))
    return work.session.get_one(Letter, letter_id, with_for_update=True, populate_existing=True)


def registered_with(view: View, key: UUID) -> Letter | None:
    """The letter that was registered with a key; NotFoundError when it is somebody else's."""
    known = view.session.scalar(select(Letter).where(Letter.key == key))
    if known is not None and known.created_by != view.identity.person_id:
        raise NotFoundError(_("Surat itu tidak ada, atau bukan untuk Anda."))
    return known


def _registrar(work: Work, unit_id: UUID) -> UUID:
    if work.session.get(Unit, unit_id) is None:
        raise NotFoundError(_("Unit itu tidak ada."))
    work.require(REGISTER, unit_id)
    if work.identity.person_id is None:
        raise work.refusal(REGISTER)
    return work.identity.person_id


def _checked(work: Work, incoming: Incoming) -> tuple[dict[str, Any], list[tuple[str, Position]]]:
    """The columns of a letter and its parts; InvalidInputError with every fault at once."""
    checker = TextChecker()
    values: dict[str, Any] = {
        "sender": checker.read("sender", incoming.sender, most=SENDER),
        "subject": checker.read("subject", incoming.subject, most=SUBJECT),
        "number": checker.read("number", incoming.number, most=NUMBER, required=False),
        "attached": checker.read("attached", incoming.attached, most=ATTACHED, required=False),
        "dated": incoming.dated,
        "received_on": incoming.received_on,
    }
    faults: list[FieldError] = [*checker.faults, *_faults_of_days(work, incoming)]
    read: Mapping[str, Any] = {
        "kind": lambda: kind_named(work, incoming.kind, work.today),
        "urgency": lambda: urgency_named(work, incoming.urgency, work.today),
        "secrecy": lambda: level_of(work, incoming.secrecy, work.today),
    }
    for name, ask in read.items():
        try:
            values[name] = ask()
        except InvalidInputError as error:
            faults += error.fields
    parts = [*_named(work, TO, incoming.to, faults), *_named(work, COPY, incoming.copies, faults)]
    if not any(part == TO for part, _post in parts) and not any(f.path == "to" for f in faults):
        faults.append(FieldError("to", _("Tulis sedikitnya satu penerima."), "required"))
    if faults:
        raise InvalidInputError(_("Data surat keliru."), fields=faults)
    level = values["secrecy"]
    return values | {"secrecy": level.order, "secrecy_code": level.code}, parts


def _faults_of_days(view: View, incoming: Incoming) -> list[FieldError]:
    """A letter is received today or before, and written on that day or before."""
    found = []
    later = {
        "received_on": (view.today, _("Tanggal terima tidak boleh sesudah hari ini.")),
        "dated": (incoming.received_on, _("Tanggal surat tidak boleh sesudah tanggal terima.")),
    }
    for field, (latest, sentence) in later.items():
        day = getattr(incoming, field)
        if day is not None and day > latest:
            found.append(FieldError(field, sentence, "range"))
        elif day is not None and day < OLDEST:
            found.append(FieldError(field, _("Tahunnya terlalu jauh di masa lalu."), "range"))
    return found


def _named(
    view: View, part: str, texts: Sequence[str], faults: list[FieldError]
) -> list[tuple[str, Position]]:
    """The posts that texts name, each once; what names none becomes a fault of its field."""
    field = "to" if part == TO else "copies"
    found: dict[UUID, Position] = {}
    for text in texts[:MOST_ADDRESSEES]:
        checker = TextChecker()
        title = checker.read(field, text, most=SENDER, required=False)
        faults += checker.faults
        if checker.faults or not title:
            continue
        try:
            position_id = position_named(view, title, view.today)
        except LeuitError as error:
            if error.status not in (404, 422):
                raise
            faults.append(error.at(field))
        else:
            found[position_id] = view.session.get_one(Position, position_id)
    if len(texts) > MOST_ADDRESSEES:
        sentence = _("Paling banyak %(most)s penerima.")
        faults.append(FieldError(field, sentence, "many", {"most": MOST_ADDRESSEES}))
    return [(part, post) for post in found.values()]


def _twin(view: View, unit_id: UUID, values: Mapping[str, Any]) -> KnownLetterError | None:
    """What is told of a letter with the same number and date; of a hidden one only that it is."""
    if not values["number"]:
        return None
    twins = select(Letter).where(
        Letter.unit_id == unit_id,
        Letter.direction == IN,
        Letter.number == values["number"],
        Letter.dated == values["dated"] if values["dated"] is not None else Letter.dated.is_(None),
    )
    twins = twins.order_by(Letter.id).limit(1)
    if (seen := view.session.scalars(twins.where(visible_letters(view))).first()) is not None:
        return KnownLetterError(seen.number, seen)
    hidden = view.session.scalars(twins).first()
    return KnownLetterError(hidden.number, None) if hidden is not None else None


def _agenda(work: Work, letter: Letter) -> int:
    """The next number of the unit's agenda of letters in; in use at once."""
    series = f"archives.agenda:{letter.unit_id}:{letter.direction}:{letter.year}"
    number = reserve_number(work, series, ref_of(letter))
    confirm_number(work, number.id)
    return number.value


def _put_parts(
    work: Work, letter: Letter, parts: Sequence[tuple[str, Position]]
) -> list[dict[str, str]]:
    """Make the letter's parts those given; of a sent one nothing is taken away. Returns the new."""
    known = {(one.part, one.position_id): one for one in parts_of(work, letter.id)}
    wanted = {(part, post.id) for part, post in parts}
    if letter.state == REGISTERED:
        for key, row in known.items():
            if key not in wanted:
                work.session.delete(row)
        work.session.flush()
        known = {key: row for key, row in known.items() if key in wanted}
    places = {part: _last_place(work, letter.id, part) for part in (TO, COPY)}
    added = []
    for part, post in parts:
        if (part, post.id) in known:
            continue
        places[part] += 1
        unit = work.session.get_one(Unit, post.unit_id)
        work.session.add(
            Addressee(
                letter_id=letter.id,
                part=part,
                place=places[part],
                position_id=post.id,
                name=f"{post.title} · {unit.short}"[:SENDER],
                delivered_at=work.now if letter.state == SENT else None,
            )
        )
        added.append({"part": part, "position": str(post.id)})
    return added


def _last_place(view: View, letter_id: UUID, part: str) -> int:
    query = select(func.max(Addressee.place)).where(
        Addressee.letter_id == letter_id, Addressee.part == part
    )
    return int(view.session.scalar(query) or 0)


def _known_file(view: View, letter: Letter, file: StoredFile) -> LetterFile | None:
    return next((one for one in files_of(view, letter.id) if one.sha256 == file.sha256), None)


def _put_file(work: Work, letter: Letter, file: StoredFile, pages: int) -> LetterFile:
    if (same := _known_file(work, letter, file)) is not None:
        return same
    known = files_of(work, letter.id)
    if len(known) >= MOST_FILES:
        sentence = _("Paling banyak %(most)s berkas untuk satu surat.")
        fault = FieldError("file", sentence, "many", {"most": MOST_FILES})
        raise InvalidInputError(sentence, fields=[fault], most=MOST_FILES)
    stored = LetterFile(
        letter_id=letter.id,
        place=len(known) + 1,
        sha256=register_file(work, file),
        name=file.name[:FILE_NAME],
        media_type=file.media_type,
        size=file.size,
        pages=pages,
    )
    work.session.add(stored)
    work.session.flush()
    return stored
