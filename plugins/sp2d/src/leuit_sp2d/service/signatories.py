"""Who stands below a paper: name, NIP, and the office in which he signs.

The post is the person's own followed by the office of the step (`Kepala Dinas selaku Pengguna
Anggaran`). The head of the SKPD orders as Pengguna Anggaran, anybody else as Kuasa Pengguna
Anggaran (PP 12/2019 Pasal 10 and 11). These words are printed and never translated.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, Date, and_, bindparam, select

from leuit.identity import DEFINITIF, Assignment, Person, Position, holds_on
from leuit.storage import Prepared
from leuit.work import View
from leuit_sp2d.documents import Signer
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP, TEST, VERIFY

_OFFICES = {
    DRAFT: "Pejabat Pelaksana Teknis Kegiatan",
    SPP: "Bendahara Pengeluaran",
    VERIFY: "Pejabat Penatausahaan Keuangan SKPD",
    SPM: "Kuasa Pengguna Anggaran",
    TEST: "Verifikator Bendahara Umum Daerah",
    SP2D: "Kuasa Bendahara Umum Daerah",
}
_HEAD = "Pengguna Anggaran"


@attrs.frozen
class Signatory:
    """A signer and his position at the time, whose unit lends its letterhead; None without one."""

    person_id: UUID
    post: str
    name: str
    nip: str
    position_id: UUID | None
    unit_id: UUID | None

    @property
    def signer(self) -> Signer:
        """As he is printed."""
        return Signer(self.post, self.name, self.nip)


@attrs.frozen
class Holder:
    """A person and the position in which he is known on a day."""

    person_id: UUID
    name: str
    nip: str
    title: str
    is_head: bool
    position_id: UUID | None
    unit_id: UUID | None

    def at_step(self, step: str, payer: UUID) -> Signatory:
        """How he signs at a step of a payment of the unit `payer`."""
        office = _OFFICES[step]
        if step == SPM and self.is_head and self.unit_id == payer:
            office = _HEAD
        post = self.title or office
        if office.casefold() not in post.casefold():
            post = f"{post} selaku {office}"
        return Signatory(self.person_id, post, self.name, self.nip, self.position_id, self.unit_id)


def holders(view: View, people: ColumnElement[bool], on: dt.date) -> dict[UUID, Holder]:
    """The people of a condition on `Person`, in the posts in which they act on a day, by id."""
    return _read(view.connection.execute(_POSTS.where(people), {"on": on}))


def reader(view: View) -> Holder | None:
    """The person who asks, as `holders` tells him today; asked once in a view."""
    if _READER not in view.kept:
        asked = {"person": view.identity.person_id, "on": view.today}
        found = _read(_ONE.rows(view.connection, asked))
        view.kept[_READER] = next(iter(found.values()), None)
    known: Holder | None = view.kept[_READER]
    return known


def _read(rows: Iterable[Any]) -> dict[UUID, Holder]:
    found: dict[UUID, Holder] = {}
    for row in rows:
        title = row.title or ""
        if title and row.kind != DEFINITIF:
            title = f"{row.kind} {title}"
        found.setdefault(
            row.id,
            Holder(
                row.id,
                row.name,
                row.nip or "",
                title,
                bool(row.is_head),
                row.position_id,
                row.unit_id,
            ),
        )
    return found


_READER = "sp2d.reader"
_ON: Any = bindparam("on", type_=Date())
# Built once: who acts is asked at every step.
_POSTS = (
    select(
        Person.id,
        Person.name,
        Person.nip,
        Position.id.label("position_id"),
        Position.unit_id,
        Position.title,
        Position.is_head,
        Assignment.kind,
    )
    .outerjoin(
        Assignment,
        and_(
            Assignment.person_id == Person.id,
            holds_on(Assignment.valid_from, Assignment.valid_to, _ON),
        ),
    )
    .outerjoin(Position, Position.id == Assignment.position_id)
    .order_by(Assignment.kind == DEFINITIF, Assignment.valid_from.desc())
)
_ONE = Prepared(_POSTS.where(Person.id == bindparam("person")))
