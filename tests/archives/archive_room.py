"""A small regency whose units hand records over, and the people who file and read them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import grant_role
from leuit.builtin.regulations import Draft, seed_edition
from leuit.contracts import ArchiveRequest
from leuit.identity import SYSTEM, Identity
from leuit.values import RecordRef
from leuit.work import AuditEntry, Leuit, StoredFile, Work, register_file, store_file
from leuit_archives.models import Dossier, Record
from leuit_archives.service.filing import ChosenRecord, NewDossier, file_records
from leuit_archives.service.instrument_import import receive
from leuit_archives.service.instruments import INSTRUMENTS
from leuit_archives.service.records import archive_record
from tests.archives.keepers import SINCE, table
from tests.core.organisation.office import DAY, Office, open_office

CLASSES = table(
    "000,Umum,,1",
    "000.1,Ketatausahaan,000,2",
    '000.1.2,"Perjalanan Dinas, antara lain: surat tugas",000.1,3',
    "000.1.3,Rapat,000.1,3",
    "900,Keuangan,,1",
    "900.1,Anggaran,900,2",
)
RULES = table(
    "000.1.2,Perjalanan Dinas,2 Tahun setelah tahun anggaran berakhir,3 Tahun,Musnah",
    "900.1,Anggaran,1 Tahun Selama Berlaku,9 Tahun,Permanen",
    heading="code,title,raw_active,raw_inactive,raw_final_action",
)
FILING = table(
    "uji.nota,900.1,Nota {bulan} {tahun},limited,ya",
    "uji.surat,000.1.2,Perjalanan {tahun},,tidak",
    "uji.rahasia,000.1.2,Penyelidikan {tahun},secret,ya",
    "uji.tanpa_kode,999.9,Lain {tahun},,ya",
    heading="source,code,title,secrecy,automatic",
)
TABLES = {"classification": CLASSES, "retention": RULES, "filing": FILING}
PDF = b"%PDF-1.7 surat uji "


def put_in_force(app: Leuit, name: str, data: bytes, since: dt.date = SINCE) -> None:
    """An edition of an instrument out of a file."""
    instrument = INSTRUMENTS[name]
    received = receive(app, instrument, data, f"{name}.csv")
    with app.change(SYSTEM) as work:
        body = instrument.body(work, [read.row for read in received.rows], received.file)
        draft = Draft("Contoh", "Perbup contoh", "unverified", since, body, "Data contoh")
        seed_edition(work, instrument.regulation, draft)


@attrs.frozen
class Room:
    """The regency: `archivist` and `second` file for Bidang A, `trusted` reads its secrets too,
    `neighbour` files for Bidang B, `stranger` has no right at all.
    """

    app: Leuit
    office: Office
    archivist: Identity
    second: Identity
    trusted: Identity
    neighbour: Identity
    stranger: Identity

    @property
    def unit(self) -> UUID:
        return self.office.unit("DIN.A")

    @property
    def other_unit(self) -> UUID:
        return self.office.unit("DIN.B")

    def stored(self, data: bytes = PDF) -> StoredFile:
        """A file in the register of files."""
        file = store_file(self.app, data, "application/pdf", "surat.pdf")
        with self.app.change(SYSTEM) as work:
            register_file(work, file)
            work.audit("core.token.created", RecordRef("uji.berkas", file.sha256[:20]))
        return file

    def request(self, key: str, source: str = "uji.surat", **changes: Any) -> ArchiveRequest:
        """A record of Bidang A as another service hands it over."""
        values: dict[str, Any] = {
            "key": f"{source}:{key}",
            "ref": RecordRef(source, key, f"Surat {key}"),
            "title": f"Surat {key}",
            "sha256": "",
            "date": DAY,
            "unit_id": self.unit,
            "signed": True,
            "number": f"{key}/2026",
        }
        values |= changes
        if not values["sha256"]:
            values["sha256"] = self.stored(PDF + key.encode()).sha256
        return ArchiveRequest(**values)

    def handed(self, key: str, source: str = "uji.surat", **changes: Any) -> Record:
        """The record that the archive made of it."""
        request = self.request(key, source, **changes)
        with self.app.change(SYSTEM) as work:
            ref = archive_record(work, request)
            work.audit("core.token.created", request.ref)
        return self.record(UUID(ref.id))

    def record(self, record_id: UUID) -> Record:
        with self.app.read(SYSTEM) as view:
            return view.session.get_one(Record, record_id)

    def records(self) -> Sequence[Record]:
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(select(Record).order_by(Record.id)).all()

    def dossiers(self) -> Sequence[Dossier]:
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(select(Dossier).order_by(Dossier.id)).all()

    def filed(
        self, *found: Record, code: str = "000.1.2", title: str = "Perjalanan 2026"
    ) -> Dossier:
        """File records into the dossier of a name."""
        with self.app.change(self.archivist) as work:
            return file_records(work, chosen(*found), NewDossier(code, title))

    def actions(self) -> list[str]:
        """What the audit log says of the archive, in order."""
        with self.app.read(SYSTEM) as view:
            return list(
                view.session.scalars(
                    select(AuditEntry.action)
                    .where(AuditEntry.action.startswith("archives."))
                    .where(~AuditEntry.action.startswith("archives.table"))
                    .order_by(AuditEntry.id)
                )
            )


def chosen(*found: Record) -> list[ChosenRecord]:
    """Records as the archivist saw them."""
    return [ChosenRecord(one.id, one.version) for one in found]


def archive_room(app: Leuit, *, tables: bool = True) -> Room:
    """Let them in; with `tables` the instruments hold since the beginning of the year."""
    office = open_office(app)
    if tables:
        for name, data in TABLES.items():
            put_in_force(app, name, data)
    roles = {
        4: [("archives.archivist", "DIN.A")],
        6: [("archives.archivist", "DIN.A")],
        1: [("archives.archivist", "DIN.A"), ("archives.secret", "DIN.A")],
        5: [("archives.archivist", "DIN.B")],
    }
    with app.change(SYSTEM) as work:
        for number, held in roles.items():
            for role, unit in held:
                _grant(work, office, number, role, unit)
    office.bring_in(
        "staff",
        "nip,name,unit_code,position,is_head,kind,pin,effective,account\n"
        "198001012005011012,Orang Lain,KEC,Pelaksana,,,12,2024-01-01,ya\n",
    )
    return Room(
        app=app,
        office=office,
        archivist=office.staff(4),
        second=office.staff(6),
        trusted=office.staff(1),
        neighbour=office.staff(5),
        stranger=office.staff(12),
    )


def _grant(work: Work, office: Office, number: int, role: str, unit: str) -> None:
    grant_role(
        work,
        role,
        office.unit(unit),
        account_id=office.account(office.nip(number)),
        valid_from=work.today,
    )
