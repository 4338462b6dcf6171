"""A small regency for the tests of this room: made by its own imports and services."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.core import first_administrator
from leuit.builtin.organisation import Report, apply_import, receive
from leuit.identity import SYSTEM, Account, Identity, Person, Position, Unit
from leuit.work import Leuit

UNITS = """code;name;short;kind;parent_code;effective
DIN;Dinas Contoh;Dinas;dinas;;2020-01-01
DIN.A;Bidang A;Bidang A;bidang;DIN;2020-01-01
DIN.B;Bidang B;Bidang B;bidang;DIN;2020-01-01
KEC;Kecamatan Contoh;Kecamatan;kecamatan;;2020-01-01
"""
STAFF = """nip,name,unit_code,position,is_head,kind,pin,effective,account
198001012005011001,Kepala Dinas,DIN,Kepala Dinas,ya,,1,2024-01-01,ya
198001012005011002,Kepala A,DIN.A,Kepala Bidang A,ya,,2,2024-01-01,ya
198001012005011003,Kepala B,DIN.B,Kepala Bidang B,ya,,3,2024-01-01,ya
198001012005011004,Staf A,DIN.A,Pelaksana,,,4,2024-01-01,ya
198001012005011005,Staf B,DIN.B,Pelaksana,,,5,2024-01-01,ya
198001012005011006,Petugas,KEC,Petugas Kepegawaian,,,6,2024-01-01,ya
"""
DAY = dt.date(2026, 10, 5)


@attrs.frozen
class Office:
    """The installation and what its people are called: `nip` ends in the number of the row."""

    app: Leuit

    def nip(self, number: int) -> str:
        return f"1980010120050110{number:02}"

    def person(self, number: int) -> UUID:
        return self._one(select(Person.id).where(Person.nip == self.nip(number)))

    def unit(self, code: str) -> UUID:
        return self._one(select(Unit.id).where(Unit.code == code))

    def post(self, code: str, title: str) -> UUID:
        return self._one(
            select(Position.id)
            .join(Unit, Unit.id == Position.unit_id)
            .where(Unit.code == code, Position.title == title)
        )

    def account(self, login: str) -> UUID:
        return self._one(select(Account.id).where(Account.login == login))

    def identity(self, login: str) -> Identity:
        with self.app.read(SYSTEM) as view:
            row = view.session.execute(select(Account).where(Account.login == login)).scalar_one()
        return Identity(
            kind="person", name=login, account_id=row.id, person_id=row.person_id, login=login
        )

    def staff(self, number: int) -> Identity:
        return self.identity(self.nip(number))

    def bring_in(self, kind: str, text: str | bytes, **options: object) -> Report:
        data = text.encode() if isinstance(text, str) else text
        who = options.pop("who", SYSTEM)
        assert isinstance(who, Identity)
        import_id = receive(self.app, who, kind, "berkas.csv", data)  # type: ignore[arg-type]  # a literal in each call
        return apply_import(self.app, who, import_id, **options)  # type: ignore[arg-type]  # named options of apply_import

    def _one(self, query: object) -> UUID:
        with self.app.read(SYSTEM) as view:
            found: UUID = view.session.execute(query).scalar_one()  # type: ignore[call-overload]  # a SELECT of one id
        return found


def open_office(app: Leuit) -> Office:
    """A regency with a dinas of two bidang, a kecamatan, six people and an administrator."""
    first_administrator(app, "admin", "kata-sandi-uji")
    office = Office(app)
    office.bring_in("units", UNITS)
    office.bring_in("staff", STAFF)
    return office
