"""A small office for tests of letters: a dinas of three levels, its sibling, and who registers.

    KAB   bupati
    DIN   kadis, sekretaris, staf, arsiparis (cleared for secret papers), registrar, clerk
    BID   kabid, analis, and a vacant post      (below DIN)
    SEK   kasi, juru                            (below BID)
    SIB   sibling                               (a dinas beside DIN)

Everybody is known by a label, which is his login. Letters are registered and sent as the registrar
does it, by the functions that pages use.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import (
    DEFINITIF,
    SYSTEM,
    Account,
    Assignment,
    Grant,
    Identity,
    Person,
    Position,
    Unit,
    UnitLink,
    rebuild_closure,
)
from leuit.values import RecordRef, new_id
from leuit.work import AuditEntry, Leuit, StoredFile, Work, store_file
from leuit_archives.models import Addressee, Disposition, Letter, Receiver
from leuit_archives.rules.disposition import DispositionRules
from leuit_archives.service import dispositions
from leuit_archives.service.disposition_rules import EXAMPLE, KIND, REGULATION
from leuit_archives.service.dispositions import Instructed
from leuit_archives.service.letter_reading import note_read
from leuit_archives.service.letters_in import Incoming, register_letter, send_letter
from tests.archives.keepers import keepers, sample

SINCE = dt.date(2026, 1, 1)
TODAY = dt.date(2026, 10, 5)
CODES = {1: "B", 2: "T", 3: "R", 4: "SR"}
UNITS = {"KAB": None, "DIN": "KAB", "BID": "DIN", "SEK": "BID", "SIB": "KAB"}
POSTS = {
    "bupati": ("KAB", "Bupati"),
    "kadis": ("DIN", "Kepala Dinas"),
    "sekretaris": ("DIN", "Sekretaris"),
    "staf": ("DIN", "Pengadministrasi"),
    "arsiparis": ("DIN", "Arsiparis"),
    "registrar": ("DIN", "Pencatat Surat"),
    "clerk": ("DIN", "Pencatat Surat Pengganti"),
    "kabid": ("BID", "Kepala Bidang"),
    "analis": ("BID", "Analis"),
    "kasi": ("SEK", "Kepala Seksi"),
    "juru": ("SEK", "Juru Tulis"),
    "sibling": ("SIB", "Kepala Dinas Sebelah"),
}
HEADS = frozenset({"bupati", "kadis", "kabid", "kasi", "sibling"})
GRANTS = {
    "registrar": "archives.registrar",
    "clerk": "archives.registrar",
    "arsiparis": "archives.secret",
}


@attrs.frozen
class LetterOffice:
    """The installation, its people by label, their posts, and the units by code."""

    app: Leuit
    who: Mapping[str, Identity]
    posts: Mapping[str, UUID]
    units: Mapping[str, UUID]
    vacant: UUID

    def incoming(self, **changes: Any) -> Incoming:
        """What a registrar writes down, all in order, with some fields changed."""
        values: dict[str, Any] = {
            "sender": "Dinas Kesehatan Kabupaten Contoh",
            "subject": "Undangan rapat",
            "received_on": TODAY,
            "secrecy": "B",
            "to": ("Kepala Dinas · DIN",),
            "number": "",
            "urgency": "biasa",
        }
        return Incoming(**{**values, **changes})

    def register(
        self,
        *,
        by: str = "registrar",
        unit: str = "DIN",
        files: Sequence[tuple[StoredFile, int]] = (),
        again: bool = False,
        key: UUID | None = None,
        **changes: Any,
    ) -> UUID:
        """Write a letter into the agenda of a unit; returns its id."""
        with self.app.change(self.who[by]) as work:
            told = self.incoming(**changes)
            return register_letter(
                work, self.units[unit], told, files, key=key or new_id(), again=again
            ).id

    def send(self, letter_id: UUID, by: str = "registrar") -> None:
        """Pass a letter on as it stands."""
        with self.app.change(self.who[by]) as work:
            send_letter(work, letter_id, self.letter(letter_id).version)

    def came(self, *, grade: int = 1, **changes: Any) -> UUID:
        """A letter that was registered and sent."""
        letter_id = self.register(secrecy=CODES[grade], **changes)
        self.send(letter_id)
        return letter_id

    def letter(self, letter_id: UUID) -> Letter:
        """The letter as it is stored, whoever may read it."""
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(Letter, letter_id)

    def part(self, letter_id: UUID, label: str = "kadis") -> Addressee:
        """The row of an addressee, or of one who has a copy."""
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(
                select(Addressee).where(
                    Addressee.letter_id == letter_id, Addressee.position_id == self.posts[label]
                )
            ).one()

    def got(self, letter_id: UUID, label: str) -> Receiver:
        """The last disposition of a letter at a post."""
        with self.app.read(SYSTEM) as view:
            rows = view.session.scalars(
                select(Receiver)
                .join(Disposition, Disposition.id == Receiver.disposition_id)
                .where(Receiver.letter_id == letter_id, Receiver.position_id == self.posts[label])
                .order_by(Disposition.created_at, Disposition.id)
            ).all()
            return rows[-1]

    def read(self, letter_id: UUID, label: str) -> None:
        """Open a letter as its page does."""
        with self.app.change(self.who[label]) as work:
            note_read(work, letter_id)

    def told(self, *labels: str, **changes: Any) -> Instructed:
        """A disposition to some posts, in order otherwise."""
        values: dict[str, Any] = {
            "receivers": tuple(self.posts[label] for label in labels),
            "instructions": ("tindak_lanjut",),
        }
        return Instructed(**{**values, **changes})

    def instruct(
        self, letter_id: UUID, *to: str, by: str = "kadis", of: str = "kadis", **changes: Any
    ) -> UUID:
        """The disposition of the addressee `of`, given by somebody; returns the sheet's id."""
        part_id = self.part(letter_id, of).id
        with self.app.change(self.who[by]) as work:
            told = self.told(*to, **changes)
            return dispositions.instruct(work, part_id, told, key=new_id()).id

    def hand_on(self, letter_id: UUID, label: str, *to: str, **changes: Any) -> UUID:
        """Somebody hands on what he got; returns the sheet's id."""
        row = self.got(letter_id, label)
        with self.app.change(self.who[label]) as work:
            told = self.told(*to, **changes)
            return dispositions.hand_on(work, row.id, told, row.version, key=new_id()).id

    def report(
        self, letter_id: UUID, label: str, text: str = "Sudah.", *, done: bool = True
    ) -> None:
        """Somebody says how far it is."""
        row = self.got(letter_id, label)
        with self.app.change(self.who[label]) as work:
            dispositions.report(work, row.id, text, row.version, done=done)

    def report_with_file(self, letter_id: UUID, label: str) -> None:
        """Somebody ends his disposition with a file and no words."""
        row, file = self.got(letter_id, label), self.file(b"%PDF-1.7 lapor", "laporan.pdf")
        with self.app.change(self.who[label]) as work:
            dispositions.report(work, row.id, "", row.version, done=True, file=file)

    def recall(self, letter_id: UUID, label: str, by: str = "kadis") -> None:
        """Take a disposition back from a post."""
        row = self.got(letter_id, label)
        with self.app.change(self.who[by]) as work:
            dispositions.recall(work, row.id)

    def stands_in(
        self, label: str, post: str, kind: str = "Plh.", until: dt.date | None = None
    ) -> None:
        """Let somebody hold a post beside his own from today on."""
        with self.app.change(SYSTEM) as work:
            work.session.add(
                Assignment(
                    person_id=self.who[label].person_id,
                    position_id=self.posts[post],
                    kind=kind,
                    valid_from=work.today,
                    valid_to=until,
                )
            )
            work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))

    def ends_standing_in(self, label: str) -> None:
        """Let whatever somebody holds beside his own post end today."""
        with self.app.change(SYSTEM) as work:
            for row in work.session.scalars(
                select(Assignment).where(
                    Assignment.person_id == self.who[label].person_id, Assignment.kind != DEFINITIF
                )
            ):
                row.valid_to = work.today
            work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))

    def leaves(self, label: str) -> None:
        """Let somebody's own post end today."""
        with self.app.change(SYSTEM) as work:
            for row in work.session.scalars(
                select(Assignment).where(
                    Assignment.position_id == self.posts[label], Assignment.kind == DEFINITIF
                )
            ):
                row.valid_to = work.today
            work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))

    def revokes(self, label: str) -> None:
        """Let the roles that were granted to somebody end today."""
        with self.app.change(SYSTEM) as work:
            account_id = self.who[label].account_id
            for row in work.session.scalars(select(Grant).where(Grant.account_id == account_id)):
                row.valid_to = work.today
            work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))

    def many_posts(self, number: int) -> dict[str, UUID]:
        """Further posts of BID by title, each held by somebody."""
        with self.app.change(SYSTEM) as work:
            made = {}
            for place in range(number):
                title = f"Pelaksana Lapangan {place:02}"
                made[title] = _post(work, self.units["BID"], title, head=False)
                _person(work, f"lapangan{place:02}", made[title])
            work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
        return made

    def rules(self, rules: DispositionRules, since: dt.date = SINCE) -> None:
        """Put rules of dispositions in force from a day on."""
        with self.app.change(SYSTEM) as work:
            put = Draft(
                f"Disposisi {since}", "Contoh", "unverified", since, KIND.unstructure(rules)
            )
            seed_edition(work, REGULATION, put)

    def acts(self, letter_id: UUID | None = None) -> list[str]:
        """The audit log's actions of archives, of a letter or of all, oldest first."""
        query = select(AuditEntry).where(AuditEntry.action.startswith("archives."))
        with self.app.read(SYSTEM) as view:
            rows = view.session.scalars(query.order_by(AuditEntry.id)).all()
            wanted = None if letter_id is None else str(letter_id)
            return [row.action for row in rows if wanted is None or row.ref_id == wanted]

    def file(self, data: bytes = b"%PDF-1.7 uji", name: str = "surat.pdf") -> StoredFile:
        """A file in the store, as a form leaves it there."""
        return store_file(self.app, data, "application/pdf", name)


def letter_office(app: Leuit, rules: DispositionRules | None = EXAMPLE) -> LetterOffice:
    """Let everybody in, with editions of secrecy, urgency, kinds and (if any) dispositions."""
    bringing = keepers(app)
    bringing.in_force("secrecy", sample("keamanan_akses.csv"), SINCE)
    bringing.in_force("urgency", sample("kecepatan.csv"), SINCE)
    bringing.in_force("letter_kinds", sample("jenis_naskah.csv"), SINCE)
    who: dict[str, Identity] = {}
    posts: dict[str, UUID] = {}
    with app.change(SYSTEM) as work:
        units = _units(work)
        for label, (unit, title) in POSTS.items():
            posts[label] = _post(work, units[unit], title, head=label in HEADS)
            who[label] = _person(work, label, posts[label])
        for label, role in GRANTS.items():
            work.session.add(
                Grant(
                    role=role,
                    unit_id=units["DIN"],
                    account_id=who[label].account_id,
                    valid_from=SINCE,
                )
            )
        vacant = _post(work, units["BID"], "Jabatan Kosong", head=False)
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    office = LetterOffice(app, who, posts, units, vacant)
    if rules is not None:
        office.rules(rules)
    return office


def _units(work: Work) -> dict[str, UUID]:
    made: dict[str, UUID] = {}
    for code, above in UNITS.items():
        unit = Unit(code=code, name=f"Unit {code}", short=code, kind="dinas", valid_from=SINCE)
        work.session.add(unit)
        work.session.flush()
        made[code] = unit.id
        if above is not None:
            work.session.add(UnitLink(unit_id=unit.id, parent_id=made[above], valid_from=SINCE))
    rebuild_closure(work.session)
    return made


def _post(work: Work, unit_id: UUID, title: str, *, head: bool) -> UUID:
    post = Position(unit_id=unit_id, title=title, is_head=head)
    work.session.add(post)
    work.session.flush()
    return post.id


def _person(work: Work, label: str, post_id: UUID) -> Identity:
    person = Person(name=f"{label.title()} Contoh")
    work.session.add(person)
    work.session.flush()
    work.session.add(
        Assignment(person_id=person.id, position_id=post_id, kind=DEFINITIF, valid_from=SINCE)
    )
    account = Account(login=label, person_id=person.id, created_at=work.now)
    work.session.add(account)
    work.session.flush()
    return Identity("person", person.name, account_id=account.id, person_id=person.id, login=label)
