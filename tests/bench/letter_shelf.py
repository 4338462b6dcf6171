"""Letters and records in the tables of a real archive, and somebody who may read some of them.

Thirty units, each with a head; every second document is a letter in that its head got, the others
are records that wait. The reader is a registrar and archivist of twenty units, without secret
papers, and one of the heads.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import insert, select

from leuit.builtin.organisation import grant_role
from leuit.builtin.search import Document
from leuit.identity import SYSTEM, Identity, Position
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_archives.models import Addressee, Letter, Record
from tests.core.organisation.office import Office, open_office

UNITS, READABLE = 30, 20
NOW = dt.datetime(2026, 10, 5, 1, 0, tzinfo=dt.UTC)


@attrs.frozen
class Shelf:
    """Where documents go: the units with their heads' posts, and who reads."""

    app: Leuit
    units: tuple[UUID, ...]
    heads: tuple[UUID, ...]
    clerk: UUID
    reader: Identity


def shelf(app: Leuit) -> Shelf:
    """The units, their heads and the reader; no document yet."""
    office = open_office(app)
    codes = [f"U{number:02}" for number in range(UNITS)]
    lines = [f"{code};Unit {code};{code};dinas;;2020-01-01" for code in codes]
    office.bring_in("units", "code;name;short;kind;parent_code;effective\n" + "\n".join(lines))
    people = [
        f"1980010120050110{at + 20},Kepala {code},{code},Kepala,ya,,{at + 20},2024-01-01,ya"
        for at, code in enumerate(codes)
    ]
    head = "nip,name,unit_code,position,is_head,kind,pin,effective,account"
    office.bring_in("staff", "\n".join([head, *people]) + "\n")
    units = tuple(office.unit(code) for code in codes)
    _let_read(office, units[:READABLE])
    with app.read(SYSTEM) as view:
        posts = dict(
            view.connection.execute(select(Position.unit_id, Position.id).where(Position.is_head))
            .tuples()
            .all()
        )
    reader = office.staff(20)
    return Shelf(app, units, tuple(posts[one] for one in units), office.person(6), reader)


def put_rows(where: Shelf, documents: Sequence[Document], first: int) -> list[Document]:
    """The rows that documents are of; the documents under their kinds and units."""
    ready = [
        attrs.evolve(
            one,
            kind="record" if number % 2 else "letter",
            unit_id=where.units[number % UNITS],
        )
        for number, one in enumerate(documents, first)
    ]
    letters = [one for one in ready if one.kind == "letter"]
    records = [one for one in ready if one.kind == "record"]
    with where.app.change(SYSTEM) as work:
        work.connection.execute(
            insert(Letter), [_letter(where, one, first + at) for at, one in enumerate(letters)]
        )
        work.connection.execute(insert(Addressee), [_addressee(where, one) for one in letters])
        work.connection.execute(insert(Record), [_record(one) for one in records])
        work.audit("archives.letter.registered", RecordRef("bench.shelf", str(first)))
    return ready


def _let_read(office: Office, units: Sequence[UUID]) -> None:
    with office.app.change(SYSTEM) as work:
        account = office.account(office.nip(20))
        for unit in units:
            for role in ("archives.registrar", "archives.archivist"):
                grant_role(work, role, unit, account_id=account, valid_from=work.today)


def _letter(where: Shelf, one: Document, agenda: int) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": one.id,
        "direction": "in",
        "state": "sent",
        "unit_id": one.unit_id,
        "year": one.day.year,
        "agenda": agenda,
        "number": one.keys,
        "subject": one.title,
        "sender": "Kantor Contoh",
        "secrecy": one.grade,
        "secrecy_code": "B",
        "urgency": "biasa",
        "created_by": where.clerk,
        "created_at": NOW,
        "sent_at": NOW,
        "version": 1,
    }


def _addressee(where: Shelf, one: Document) -> dict[str, Any]:
    return {
        "id": one.id,
        "letter_id": one.id,
        "part": "to",
        "place": 1,
        "position_id": where.heads[where.units.index(one.unit_id)],
        "name": "Kepala",
        "delivered_at": NOW,
        "outcome": "",
    }


def _record(one: Document) -> dict[str, Any]:
    return {
        "id": one.id,
        "key": str(one.id),
        "ref_kind": "bench.record",
        "ref_id": str(one.id),
        "ref_label": "",
        "kind": "",
        "unit_id": one.unit_id,
        "title": one.title,
        "number": one.keys,
        "date": one.day,
        "signed": True,
        "secrecy": one.grade,
        "taken_at": NOW,
        "state": "waiting",
        "version": 1,
    }
