"""Who works with letters and records in the demonstration: invented people, hired once."""

import datetime as dt

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import (
    assign,
    create_account,
    create_person,
    create_position,
    grant_role,
    set_password,
    unit_by_code,
)
from leuit.identity import DEFINITIF, SYSTEM, Account, Identity, Unit, UnitLink
from leuit.plugins import CommandContext, DemoAccount
from leuit.values import ConflictError, Text, _
from leuit.work import View, Work

PASSWORD = "padi-di-leuit"  # noqa: S105 -- of demonstration accounts, printed for everybody
SINCE = dt.date(2020, 1, 1)


@attrs.frozen
class Member:
    """One of them; the role is held on the unit of `over`, the whole regency where it is empty."""

    title: Text
    nip: str
    nik: str
    name: str
    unit: str
    position: str
    role: str
    over: str = ""

    @property
    def account(self) -> DemoAccount:
        """How to sign in as him."""
        return DemoAccount(self.title, self.nip, PASSWORD)


CLERK = Member(
    _("Pencatat surat Dinas Kesehatan"),
    "199207072016032021",
    "3602994707920021",
    "Neneng Sajiramukti",
    "DINKES",
    "Pengadministrasi Persuratan",
    "archives.registrar",
    "DINKES",
)
ARCHIVIST = Member(
    _("Arsiparis (Dispusip)"),
    "198905062014032018",
    "3602994605890018",
    "Rukmini Ciboleger",
    "DISPUSIP",
    "Arsiparis Ahli Muda",
    "archives.archivist",
)
MEMBERS = (CLERK, ARCHIVIST)


def hired(context: CommandContext, member: Member) -> Identity:
    """The member as an asker, with post, account, role and password; made where he is missing."""
    app = context.app
    with app.read(SYSTEM) as view:
        known = _account(view, member)
    if known is None:
        with app.change(context.identity) as work:
            account_id = _hire(work, member).id
        set_password(app, context.identity, account_id, PASSWORD)
    with app.read(SYSTEM) as view:
        account = _account(view, member)
    assert account is not None
    return Identity("person", member.name, account.id, account.person_id, login=member.nip)


def _hire(work: Work, member: Member) -> Account:
    unit = unit_by_code(work, member.unit)
    if unit is None:
        raise ConflictError(_("Unit %(code)s tidak ada di data contoh."), code=member.unit)
    person = create_person(work, name=member.name, nip=member.nip, nik=member.nik)
    position = create_position(work, unit.id, member.position)
    assign(work, person.id, position.id, DEFINITIF, SINCE)
    account = create_account(work, person.id)
    over = unit_by_code(work, member.over) if member.over else _root(work)
    assert over is not None
    grant_role(work, member.role, over.id, account_id=account.id, valid_from=SINCE)
    return account


def _root(view: View) -> Unit:
    above = select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists()
    return view.session.scalars(select(Unit).where(~above)).one()


def _account(view: View, member: Member) -> Account | None:
    return view.session.scalars(select(Account).where(Account.login == member.nip)).one_or_none()
