"""A regency with old dossiers, and the people who hold, transfer, propose, appraise and execute."""

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import grant_role, revoke_grant
from leuit.builtin.regulations import edition, store_document
from leuit.identity import SYSTEM, Grant, Identity
from leuit.values import ManualClock
from leuit.work import Leuit, StoredFile, Worker
from leuit_archives.models import (
    Disposal,
    DisposalItem,
    Dossier,
    Hold,
    Record,
    Retention,
    Tombstone,
    TombstoneFile,
)
from leuit_archives.service.appraising import Decision, appraise
from leuit_archives.service.committee import GivenOpinion, give_opinions, name_committee
from leuit_archives.service.disposal_steps import Minutes, take_step
from leuit_archives.service.disposals import items_of, propose
from leuit_archives.service.dossiers import close_dossier, reopen_dossier
from leuit_archives.service.executing import confirm_execution
from leuit_archives.service.filing import file_records
from leuit_archives.service.holds import begin_hold, hold_things
from leuit_archives.service.papers import Paper
from leuit_archives.service.reckoning import reckon
from leuit_archives.service.record_access import dossier_ref
from leuit_archives.service.transfers import (
    due_for_transfer,
    prepare_transfer,
    sign_transfer,
    take_back,
)
from tests.archives.archive_room import CLASSES, FILING, Room, archive_room, chosen, put_in_force
from tests.archives.keepers import table

SCHEDULE = table(
    "000.1.2,Perjalanan Dinas,2 Tahun setelah tahun anggaran berakhir,3 Tahun,Musnah",
    "000.1.3,Rapat,2 Tahun,3 Tahun,Musnah",
    '000.1,Ketatausahaan,1 Tahun,1 Tahun,"Musnah, kecuali laporan"',
    "900,Keuangan,5 Tahun,5 Tahun,Musnah",
    "900.1,Anggaran,2 Tahun,3 Tahun,Permanen",
    heading="code,title,raw_active,raw_inactive,raw_final_action",
)
CLOSED = dt.date(2012, 5, 17)
_PLACES = {
    "proposer": ("archives.records_unit", 20),
    "first_member": ("archives.appraiser", 21),
    "second_member": ("archives.appraiser", 22),
    "third_member": ("archives.appraiser", 23),
    "keeper": ("archives.disposal_keeper", 24),
    "executor": ("archives.executor", 25),
    "witness": ("archives.executor", 26),
    "legal": ("archives.legal", 27),
}


@attrs.frozen
class Ending:
    """The regency: `room` has its records, `who` its people by their duty."""

    room: Room
    who: dict[str, Identity]
    _numbers: Iterator[int] = attrs.field(factory=lambda: itertools.count(1))

    @property
    def app(self) -> Leuit:
        return self.room.app

    @property
    def root(self) -> UUID:
        return self.room.office.unit("DIN")

    @property
    def committee(self) -> list[Identity]:
        return [self.who[f"{name}_member"] for name in ("first", "second", "third")]

    def paper(self, text: str = "Dicacah; saksi dua orang", dated: dt.date | None = None) -> Paper:
        """A scan with its number."""
        number = next(self._numbers)
        data = b"%PDF-1.7 naskah " + str(number).encode()
        file: StoredFile = store_document(self.app, "naskah.pdf", data)
        with self.app.read(SYSTEM) as view:
            today = view.today
        return Paper(f"N-{number}", dated or today, file, text)

    def dossier(
        self,
        code: str = "000.1.3",
        *,
        records: int = 2,
        closed: dt.date | None = CLOSED,
        inactive: bool = True,
        unit: UUID | None = None,
        **changes: Any,
    ) -> UUID:
        """An old dossier with records, closed on a day and transferred unless told otherwise."""
        number = next(self._numbers)
        unit_id = unit or self.room.unit
        with self.app.change(SYSTEM) as work:
            held = edition(work, "archives.retention", work.today)
            classes = edition(work, "archives.classification", work.today)
            assert classes is not None
            dossier = Dossier(
                unit_id=unit_id,
                class_code=code,
                class_title="Uji",
                year=2010,
                serial=number,
                title=f"Berkas {number}",
                opened_on=dt.date(2010, 1, 4),
                classification_edition=classes.id,
                retention_edition=held.id if held else None,
            )
            work.session.add(dossier)
            work.session.flush()
            reckon(work, [dossier.id])
            work.audit("archives.dossier.opened", dossier_ref(dossier))
        made = [
            self.room.handed(
                f"{number}-{one}", date=dt.date(2011, 1, one), unit_id=unit_id, **changes
            )
            for one in range(1, records + 1)
        ]
        with self.app.change(SYSTEM) as work:
            if made:
                file_records(work, chosen(*made), dossier.id)
            if closed is not None:
                version = work.session.get_one(Dossier, dossier.id).version
                close_dossier(work, dossier.id, version, closed)
        if closed is not None and inactive:
            self.transferred(dossier.id)
        return dossier.id

    def cleared(self, name: str, *, no_longer: bool = False) -> None:
        """Give somebody the right to secret papers everywhere, or take it away as of today."""
        number = _PLACES[name][1]
        account = self.room.office.account(self.room.office.nip(number))
        with self.app.change(SYSTEM) as work:
            if no_longer:
                held = select(Grant).where(
                    Grant.account_id == account, Grant.role == "archives.secret"
                )
                revoke_grant(work, work.session.scalars(held).one().id, work.today)
                return
            grant_role(
                work, "archives.secret", self.root, account_id=account, valid_from=work.today
            )

    def filed_into(self, dossier_id: UUID, **changes: Any) -> None:
        """One more record into a dossier that is open."""
        number = next(self._numbers)
        with self.app.read(SYSTEM) as view:
            unit_id = view.session.get_one(Dossier, dossier_id).unit_id
        record = self.room.handed(
            f"{number}-x", date=dt.date(2011, 1, 9), unit_id=unit_id, **changes
        )
        with self.app.change(SYSTEM) as work:
            file_records(work, chosen(record), dossier_id)

    def closed(self, dossier_id: UUID, on: dt.date = CLOSED) -> None:
        """Closed as of a day."""
        with self.app.change(SYSTEM) as work:
            version = work.session.get_one(Dossier, dossier_id).version
            close_dossier(work, dossier_id, version, on)

    def transferred(self, *dossiers: UUID) -> None:
        """Through a transfer with its minutes."""
        with self.app.read(SYSTEM) as view:
            unit = view.session.get_one(Dossier, dossiers[0]).unit_id
        paper = self.paper()
        with self.app.change(self.who["proposer"]) as work:
            assert set(dossiers) <= {one.id for one in due_for_transfer(work, unit)}
            transfer = prepare_transfer(work, unit, dossiers)
            sign_transfer(work, transfer.id, transfer.version, paper)

    def closed_later(self, dossier: UUID, on: dt.date = dt.date(2019, 3, 1)) -> None:
        """Taken back into use, opened again, closed on a later day and transferred again."""
        with self.app.change(self.who["proposer"]) as work:
            take_back(work, dossier, "Masih dipakai")
        with self.app.change(self.room.archivist) as work:
            version = work.session.get_one(Dossier, dossier).version
            found = reopen_dossier(work, dossier, version, "Bertambah")
            close_dossier(work, dossier, found.version, on)
        self.transferred(dossier)

    def proposed(self, *dossiers: UUID, **options: Any) -> list[UUID]:
        """Lists of dossiers, one for each authority."""
        kind = options.pop("kind", "destroy")
        with self.app.change(self.who["proposer"]) as work:
            made = propose(
                work, self.root, kind, dossiers, "Retensi habis", confirmed=True, **options
            )
            return [one.id for one in made]

    def appraised(
        self,
        *dossiers: UUID,
        decision: str = "musnah",
        years: int | None = None,
        who: str = "first_member",
        dated: dt.date | None = None,
    ) -> UUID:
        """A decision on dossiers, with its paper."""
        paper = self.paper(dated=dated)
        with self.app.change(self.who[who]) as work:
            return appraise(work, dossiers, Decision(decision, "Nilai guna", years), paper).id

    def disposal(self, disposal_id: UUID) -> Disposal:
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(Disposal, disposal_id)

    def version(self, disposal_id: UUID) -> int:
        return self.disposal(disposal_id).version

    def committee_named(self, disposal_id: UUID) -> None:
        members = [one.person_id for one in self.committee if one.person_id]
        paper = self.paper()
        with self.app.change(self.who["keeper"]) as work:
            name_committee(work, disposal_id, self.version(disposal_id), members, paper)

    def opined(self, disposal_id: UUID, opinions: dict[int, Sequence[str]] | None = None) -> None:
        """All members on all items; `opinions` are those by place, else they agree."""
        for index, member in enumerate(self.committee):
            said = {
                item.place: GivenOpinion(
                    (opinions or {}).get(item.place, ["agree"] * 3)[index], "Alasan uji"
                )
                for item in self.items(disposal_id)
            }
            with self.app.change(member) as work:
                give_opinions(work, disposal_id, said)

    def step(self, disposal_id: UUID, step: str, **options: Any) -> Disposal:
        """A step with its paper, by whoever keeps the papers."""
        paper = options.pop("paper", None) or self.paper()
        who = options.pop("who", self.who["keeper"])
        if step == "approve":
            options.setdefault("authority", self.disposal(disposal_id).authority)
        if step == "sign":
            options.setdefault("minutes", Minutes(dt.date(2027, 12, 31), statement=True))
        with self.app.change(who) as work:
            return take_step(work, disposal_id, self.version(disposal_id), step, paper, **options)

    def confirmed(self, disposal_id: UUID, who: str) -> None:
        with self.app.change(self.who[who]) as work:
            confirm_execution(work, disposal_id, self.version(disposal_id))

    def through(self, disposal_id: UUID, last: str = "execute") -> None:
        """Every step up to and with the last one."""
        self.committee_named(disposal_id)
        self.opined(disposal_id)
        for step in ("appraise", "approve", "determine", "sign"):
            self.step(disposal_id, step)
            if step == last:
                return
        self.confirmed(disposal_id, "executor")
        self.confirmed(disposal_id, "witness")

    def work_off(self, *, faults: bool = False, bytes_too: bool = True) -> None:
        """Do what is due, then what is due after the time of grace, unless bytes shall stay."""
        worker = Worker(self.app, name="uji")
        worker.run_pending(raise_errors=not faults)
        if not bytes_too:
            return
        self.later()
        worker.run_pending(raise_errors=not faults)

    def later(self) -> None:
        """Let the time of grace pass."""
        clock = self.app.clock
        assert isinstance(clock, ManualClock)
        clock.advance(dt.timedelta(minutes=2))

    def items(self, disposal_id: UUID) -> Sequence[DisposalItem]:
        with self.app.read(SYSTEM) as view:
            return items_of(view, view.session.get_one(Disposal, disposal_id))

    def retention(self, dossier_id: UUID) -> Retention:
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(Retention, dossier_id)

    def state(self, dossier_id: UUID) -> str:
        return self.retention(dossier_id).state

    def records_of(self, dossier_id: UUID) -> Sequence[Record]:
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(
                select(Record).where(Record.dossier_id == dossier_id).order_by(Record.place)
            ).all()

    def tombstones(self) -> Sequence[Tombstone]:
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(select(Tombstone)).all()

    def files(self) -> Sequence[TombstoneFile]:
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(select(TombstoneFile)).all()

    def hold(self, case: str, *dossiers: UUID, records: Sequence[UUID] = ()) -> Hold:
        with self.app.change(self.who["legal"]) as work:
            hold = begin_hold(work, case, "Perkara berjalan")
            return hold_things(work, hold.id, dossiers, records)


def ending(app: Leuit) -> Ending:
    """Let them in, with the instruments in force."""
    room = archive_room(app, tables=False)
    for name, data in (
        ("classification", CLASSES),
        ("retention", SCHEDULE),
        ("filing", FILING),
    ):
        put_in_force(app, name, data)
    lines = ["nip,name,unit_code,position,is_head,kind,pin,effective,account"]
    lines += [
        f"1980010120050110{number},Orang {name.title()},KEC,Pelaksana,,,{number},2024-01-01,ya"
        for name, (_role, number) in _PLACES.items()
    ]
    room.office.bring_in("staff", "\n".join(lines) + "\n")
    with app.change(SYSTEM) as work:
        for role, number in _PLACES.values():
            grant_role(
                work,
                role,
                room.office.unit("DIN"),
                account_id=room.office.account(room.office.nip(number)),
                valid_from=work.today,
            )
    return Ending(room, {name: room.office.staff(number) for name, (_r, number) in _PLACES.items()})
