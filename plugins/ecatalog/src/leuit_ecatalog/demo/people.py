"""Who runs the catalogue in the demonstration: an invented person, hired once."""

import datetime as dt

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
from leuit.values import ConflictError, _
from leuit.work import View, Work

PASSWORD = "padi-di-leuit"  # noqa: S105 -- of demonstration accounts, printed for everybody
SINCE = dt.date(2020, 1, 1)
UNIT = "SETDA"
NIP, NIK, NAME = "199108082015031024", "3602990808910024", "Yayan Panggarangan"
ACCOUNT = DemoAccount(_("Pengelola katalog (Bagian PBJ Setda)"), NIP, PASSWORD)


def manager_of(context: CommandContext) -> Identity:
    """The manager of the catalogue as an asker, with post, role and password."""
    app = context.app
    with app.read(SYSTEM) as view:
        known = _account(view)
    if known is None:
        with app.change(context.identity) as work:
            account_id = _hire(work).id
        set_password(app, context.identity, account_id, PASSWORD)
    with app.read(SYSTEM) as view:
        account = _account(view)
    assert account is not None
    return Identity("person", NAME, account.id, account.person_id, login=NIP)


def _hire(work: Work) -> Account:
    unit = unit_by_code(work, UNIT)
    if unit is None:
        raise ConflictError(_("Unit %(code)s tidak ada di data contoh."), code=UNIT)
    person = create_person(work, name=NAME, nip=NIP, nik=NIK)
    position = create_position(work, unit.id, "Pengelola Pengadaan Barang/Jasa Ahli Muda")
    assign(work, person.id, position.id, DEFINITIF, SINCE)
    account = create_account(work, person.id)
    above = select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists()
    root = work.session.scalars(select(Unit).where(~above)).one()
    grant_role(work, "ecatalog.manager", root.id, account_id=account.id, valid_from=SINCE)
    return account


def _account(view: View) -> Account | None:
    return view.session.scalars(select(Account).where(Account.login == NIP)).one_or_none()
