"""People: who they are, and the PIN by which devices know them.

A name is one field, as written. The NIP may change (a PPPK's does with a contract elsewhere), the
NIK never. An empty answer about NIP or NIK is allowed for one of the two only.
"""

import datetime as dt
import re
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.builtin.checks import TextChecker
from leuit.identity import Person, PersonPin
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    RecordRef,
    StaleEditError,
    _,
    parse_nik,
    parse_nip,
)
from leuit.work import View, Work

from .events import StaffChanged
from .rights import EDIT, one_at_a_time, require_person
from .series import Span, set_from

PIN = re.compile(r"[A-Za-z0-9-]{1,24}")
EMAIL = re.compile(r"[^@\s,;<>]{1,64}@[^@\s,;<>]+\.[^@\s,;<>.]{2,}")


def person_ref(person: Person) -> RecordRef:
    """The reference by which the audit log names a person."""
    return RecordRef("core.person", str(person.id), person.name)


def get_person(view: View, person_id: UUID) -> Person:
    """The person; raises NotFoundError."""
    person = view.session.get(Person, person_id)
    if person is None:
        raise NotFoundError(_("Pegawai itu tidak ada."))
    return person


@attrs.frozen
class Details:
    """What is known of a person, read and checked by `check_details`."""

    nip: str | None
    nik: str | None
    name: str
    sex: str | None
    email: str | None


def check_details(
    checker: TextChecker, *, nip: str, nik: str, name: str, sex: str, email: str
) -> Details:
    """The details in stored form; every fault is noted. Sex is taken from the NIP when empty."""
    found_nip = found_nik = found_sex = None
    if nip.strip():
        try:
            parsed = parse_nip(nip)
            found_nip, found_sex = parsed.text, parsed.sex
        except InvalidInputError as error:
            checker.faults.extend(error.fields)
    if nik.strip():
        try:
            found_nik = parse_nik(nik).text
        except InvalidInputError as error:
            checker.faults.extend(error.fields)
    if not nip.strip() and not nik.strip():
        checker.fault("nip", _("Isi NIP atau NIK."), "required")
    told = {"l": "L", "p": "P", "laki-laki": "L", "perempuan": "P", "": None}
    given = sex.strip().lower()
    if given not in told:
        checker.fault("sex", _("Jenis kelamin: L atau P."))
    elif told[given] and found_sex and told[given] != found_sex:
        checker.fault("sex", _("Jenis kelamin tidak cocok dengan angka ke-15 NIP."), "mismatch")
    email = checker.read("email", email, most=200, required=False)
    if email and not EMAIL.fullmatch(email):
        checker.fault("email", _("Alamat surel tidak sah."))
    return Details(
        nip=found_nip,
        nik=found_nik,
        name=checker.read("name", name, most=200),
        sex=told.get(given) or found_sex,
        email=email or None,
    )


def create_person(
    work: Work, *, name: str, nip: str = "", nik: str = "", sex: str = "", email: str = ""
) -> Person:
    """A new person without a post; needs the right to edit somewhere."""
    one_at_a_time(work)
    work.require_anywhere(EDIT)
    checker = TextChecker()
    details = check_details(checker, nip=nip, nik=nik, name=name, sex=sex, email=email)
    _refuse_taken(work, checker, details, None)
    person = Person(
        nip=details.nip, nik=details.nik, name=details.name, sex=details.sex, email=details.email
    )
    work.session.add(person)
    work.session.flush()
    work.audit("core.person.created", person_ref(person), nip=person.nip)
    return person


def change_person(
    work: Work,
    person_id: UUID,
    *,
    name: str,
    nip: str,
    nik: str,
    sex: str,
    email: str,
    version: int,
) -> None:
    """Correct a person's details; a stale edit is refused with what changed."""
    one_at_a_time(work)
    person = get_person(work, person_id)
    require_person(work, EDIT, person_id)
    if person.version != version:
        raise StaleEditError(
            _("Data pegawai ini baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, lalu ulangi perubahan Anda."),
        )
    checker = TextChecker()
    details = check_details(checker, nip=nip, nik=nik, name=name, sex=sex, email=email)
    _refuse_taken(work, checker, details, person_id)
    changed = [
        field
        for field in ("nip", "nik", "name", "sex", "email")
        if getattr(person, field) != getattr(details, field)
    ]
    for field in changed:
        setattr(person, field, getattr(details, field))
    person.version += 1
    work.audit("core.person.changed", person_ref(person), fields=changed)


def set_pin(work: Work, person_id: UUID, pin: str | None, on: dt.date) -> None:
    """From the day on devices know the person by this PIN; None takes it away.

    Raises ConflictError when somebody else has the PIN on that day or later.
    """
    one_at_a_time(work)
    person = get_person(work, person_id)
    require_person(work, EDIT, person_id)
    if pin is not None:
        require_pin(pin)
        owner = work.session.execute(
            select(Person.name)
            .join(PersonPin, PersonPin.person_id == Person.id)
            .where(
                PersonPin.pin == pin,
                PersonPin.person_id != person_id,
                or_(PersonPin.valid_to.is_(None), PersonPin.valid_to > on),
            )
        ).scalar()
        if owner is not None:
            sentence = _("PIN %(pin)s sudah dipakai %(name)s.")
            raise ConflictError(sentence, pin=pin, name=owner)
    rows = {
        row.id: row
        for row in work.session.execute(
            select(PersonPin).where(PersonPin.person_id == person_id)
        ).scalars()
    }
    spans: list[Span[str | None]] = [
        Span(row.id, row.pin, row.valid_from, row.valid_to) for row in rows.values()
    ]
    step = set_from(spans, pin, on)
    if step.kind == "same" or (pin is None and step.span is None):
        return
    old = rows[step.span.id] if step.span else None
    if old is not None and step.kind == "open":
        old.valid_to = on
    if old is not None and step.kind == "correct":
        if pin is None:
            work.session.delete(old)
        else:
            old.pin = pin
    elif pin is not None:
        work.session.add(PersonPin(person_id=person_id, pin=pin, valid_from=on))
    work.audit("core.person.pin_set", person_ref(person), pin=pin, on=on)
    work.emit(StaffChanged(people=(str(person_id),), since=on))


def require_pin(pin: str) -> None:
    """Refuse what no device can hold."""
    if not PIN.fullmatch(pin):
        raise InvalidInputError(_("PIN mesin: 1 sampai 24 angka atau huruf."))


def _refuse_taken(
    work: Work, checker: TextChecker, details: Details, person_id: UUID | None
) -> None:
    for path, column, value, sentence in (
        ("nip", Person.nip, details.nip, _("NIP itu sudah dipakai pegawai lain.")),
        ("nik", Person.nik, details.nik, _("NIK itu sudah dipakai pegawai lain.")),
    ):
        if value is None:
            continue
        owner = work.session.execute(select(Person.id).where(column == value)).scalar()
        if owner is not None and owner != person_id:
            checker.fault(path, sentence, "taken")
    if checker.faults:
        raise InvalidInputError(_("Data pegawai keliru."), fields=checker.faults)
