"""A small office that writes letters: people, posts, kinds of letters, and what tests do often."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import grant_role
from leuit.builtin.regulations import Draft as Edition
from leuit.builtin.regulations import edition, seed_edition
from leuit.identity import DEFINITIF, SYSTEM, Account, Assignment, Identity, Person, Position
from leuit.testing import Cast, cast
from leuit.values import RecordRef, new_id
from leuit.work import AuditEntry, Leuit, Number, View
from leuit_archives.models import Draft, Letter
from leuit_archives.rules.letter_content import LetterContent, Party
from leuit_archives.service.drafting import create
from leuit_archives.service.instrument_import import receive
from leuit_archives.service.instruments import INSTRUMENTS
from leuit_archives.service.letter_access import visible_letters
from leuit_archives.service.outgoing import find_outgoing
from leuit_archives.service.signing import send_for_signature
from tests.archives.keepers import SINCE, sample, table

CLASSES = table("000,Umum,,1", "000.1,Ketatausahaan,000,2", "000.1.2,Perjalanan Dinas,000.1,3")
FILES = {
    "classification": CLASSES,
    "secrecy": sample("keamanan_akses.csv"),
    "urgency": sample("kecepatan.csv"),
    "letter_kinds": sample("jenis_naskah.csv"),
}
KIND = "Surat Undangan"


@attrs.frozen
class LetterOffice:
    """The cast, and beside them `secretary` (a post of the unit that parafs), `writer` and
    `registrar` of the unit.
    """

    app: Leuit
    cast: Cast
    writer: Identity
    secretary: Identity
    registrar: Identity

    @property
    def unit(self) -> UUID:
        return self.cast.unit

    def post(self, who: Identity) -> str:
        """The id of somebody's own post."""
        with self.app.read(SYSTEM) as view:
            query = select(Assignment.position_id).where(Assignment.person_id == who.person_id)
            return str(view.session.scalars(query).one())

    def content(self, **changes: Any) -> LetterContent:
        """A letter in order: by the head of the unit to the head of its sibling."""
        values: dict[str, Any] = {
            "subject": "Undangan rapat data desa",
            "body": "Kami mengundang Saudara pada:\n\nwaktu : pukul 09.00\ntempat : ruang rapat",
            "closing": "Demikian disampaikan.",
            "place": "di tempat",
            "to": (Party("Kepala", self.post(self.cast.other_head)),),
            "class_code": "000.1.2",
            "urgency": "segera",
            "secrecy": "B",
            "signer": self.post(self.cast.head),
            "mode": "wet",
        }
        return LetterContent(**{**values, **changes})

    def drafted(self, kind: str = KIND, reply_to: UUID | None = None, **changes: Any) -> UUID:
        """A draft of the writer."""
        content = self.content(**changes)
        with self.app.change(self.writer) as work:
            return create(work, new_id(), self.unit, kind, content, reply_to).id

    def started(self, kind: str = KIND, **changes: Any) -> UUID:
        """A letter on its way."""
        letter_id = self.drafted(kind, **changes)
        with self.app.change(self.writer) as work:
            send_for_signature(work, letter_id, self.letter(letter_id).version)
        return letter_id

    def letter(self, letter_id: UUID) -> Letter:
        """As it is stored."""
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(Letter, letter_id)

    def draft(self, letter_id: UUID) -> Draft:
        """Its draft as it is stored."""
        with self.app.read(SYSTEM) as view:
            return find_outgoing(view, letter_id)[1]

    def numbers(self) -> list[tuple[int, str]]:
        """Values and states of all numbers of letters, in order."""
        with self.app.read(SYSTEM) as view:
            query = (
                select(Number.value, Number.state)
                .where(Number.series.startswith("archives/letter/"))
                .order_by(Number.series, Number.value)
            )
            return [(row.value, row.state) for row in view.connection.execute(query)]

    def actions(self) -> list[str]:
        """What was audited about letters out, in order."""
        with self.app.read(SYSTEM) as view:
            query = select(AuditEntry.action).order_by(AuditEntry.at, AuditEntry.id)
            found = view.session.scalars(query.where(AuditEntry.action.startswith("archives.")))
            return [one for one in found if not one.startswith("archives.table")]


def letter_office(app: Leuit) -> LetterOffice:
    """Store it in an empty installation."""
    made = cast(app)
    with app.change(SYSTEM) as work:
        people = {name: _person(work, name, made.unit) for name in ("tulis", "sekretaris", "catat")}
        for name, role in (("tulis", "archives.drafter"), ("catat", "archives.registrar")):
            account_id = people[name].account_id
            grant_role(work, role, made.unit, account_id=account_id, valid_from=SINCE)
        work.audit("core.unit.created", RecordRef("core.unit", str(made.unit), "contoh"))
    instruments_in_force(app)
    return LetterOffice(app, made, people["tulis"], people["sekretaris"], people["catat"])


def instruments_in_force(app: Leuit, names: Iterable[str] = tuple(FILES)) -> None:
    """A small classification, and the reference tables of kinds, secrecy and urgency."""
    for name in names:
        data = FILES[name]
        instrument = INSTRUMENTS[name]
        with app.read(SYSTEM) as view:
            if edition(view, instrument.regulation, view.today) is not None:
                continue
        received = receive(app, instrument, data, f"{name}.csv")
        with app.change(SYSTEM) as work:
            rows = [read.row for read in received.rows]
            body = instrument.body(work, rows, received.file)
            draft = Edition("Contoh", "Perbup contoh", "unverified", SINCE, body, "Data contoh")
            seed_edition(work, instrument.regulation, draft)


def _person(work: Any, name: str, unit: UUID) -> Identity:
    person = Person(name=f"{name.title()} Contoh, S.Sos.", nip=f"19800101200501{ord(name[0]):04}")
    position = Position(unit_id=unit, title=f"Jabatan {name.title()}")
    work.session.add_all([person, position])
    work.session.flush()
    work.session.add(
        Assignment(person_id=person.id, position_id=position.id, kind=DEFINITIF, valid_from=SINCE)
    )
    account = Account(login=name, person_id=person.id, created_at=work.now)
    work.session.add(account)
    work.session.flush()
    return Identity("person", person.name, account_id=account.id, person_id=person.id, login=name)


def seen_by(view: View, letter_id: UUID) -> bool:
    """Whether a reader finds a letter."""
    query = select(Letter.id).where(Letter.id == letter_id, visible_letters(view))
    return view.session.execute(query).first() is not None
