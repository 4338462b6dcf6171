"""The treasury of the demonstration: invented people by the step at which they act.

Their NIPs are fixed and their password is that of every demonstration account, known to everybody.
"""

import datetime as dt
from collections.abc import Mapping

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import (
    CAST,
    assign,
    create_account,
    create_person,
    create_position,
    grant_role,
    set_password,
    unit_by_code,
)
from leuit.identity import DEFINITIF, Account, Identity, Person, Unit, UnitLink
from leuit.plugins import CommandContext, DemoAccount
from leuit.values import ConflictError, Text, _
from leuit.work import View, Work
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP, TEST, VERIFY

SKPD, TREASURY = "DISKOMINFO-SP", "BKAD"
PASSWORD = "padi-di-leuit"  # noqa: S105 -- of demonstration accounts, printed for everybody
BUDGET = "budget"


@attrs.frozen
class TreasuryMember:
    """Somebody of the chain; `over` is the unit on which the role is held, empty for the region."""

    title: Text
    nip: str
    nik: str
    name: str
    unit: str
    position: str
    role: str
    over: str


MEMBERS: Mapping[str, TreasuryMember] = {
    DRAFT: TreasuryMember(
        _("PPTK Diskominfo SP"),
        "198703142010012011",
        "3602995403870011",
        "Nenden Cisimeut",
        SKPD,
        "Pejabat Pelaksana Teknis Kegiatan",
        "sp2d.pptk",
        SKPD,
    ),
    SPP: TreasuryMember(
        _("Bendahara Pengeluaran Diskominfo SP"),
        "199001202014021012",
        "3602992001900012",
        "Asep Bojongmanik",
        SKPD,
        "Bendahara Pengeluaran",
        "sp2d.treasurer",
        SKPD,
    ),
    VERIFY: TreasuryMember(
        _("PPK-SKPD Diskominfo SP"),
        "198209052006042013",
        "3602994509820013",
        "Iis Leuwidamar",
        SKPD,
        "Pejabat Penatausahaan Keuangan",
        "sp2d.verifier",
        SKPD,
    ),
    SPM: TreasuryMember(
        _("Pengguna Anggaran Diskominfo SP"),
        "197511112000031014",
        "3602991111750014",
        "Tatang Wirasana",
        SKPD,
        "Pengguna Anggaran",
        "sp2d.budget_user",
        SKPD,
    ),
    TEST: TreasuryMember(
        _("Verifikator BUD (BKAD)"),
        "198812302012011015",
        "3602993012880015",
        "Dadan Sukmawiguna",
        TREASURY,
        "Verifikator BUD",
        "sp2d.bud_verifier",
        "",
    ),
    SP2D: TreasuryMember(
        _("Kuasa BUD (BKAD)"),
        "197306072002122016",
        "3602994706730016",
        "Euis Gunungkencana",
        TREASURY,
        "Kuasa Bendahara Umum Daerah",
        "sp2d.bud_delegate",
        "",
    ),
    BUDGET: TreasuryMember(
        _("Petugas anggaran (BKAD)"),
        "199405252019031017",
        "3602992505940017",
        "Ujang Cibeber",
        TREASURY,
        "Analis Perencanaan Anggaran",
        "sp2d.budget_keeper",
        "",
    ),
}
SINCE = dt.date(2020, 1, 1)


def hire(context: CommandContext) -> Mapping[str, Identity]:
    """Every member with post, account, role and password; returns them as askers, by step."""
    with context.app.read(context.identity) as view:
        missing = [key for key, member in MEMBERS.items() if _account(view, member) is None]
    for key in missing:
        with context.app.change(context.identity) as work:
            account_id = _hire(work, MEMBERS[key]).id
        set_password(context.app, context.identity, account_id, PASSWORD)
    with context.app.read(context.identity) as view:
        return {key: _identity(view, member) for key, member in MEMBERS.items()}


def accounts() -> list[DemoAccount]:
    """How to sign in as each of them."""
    return [DemoAccount(member.title, member.nip, PASSWORD) for member in MEMBERS.values()]


def cast_member(view: View, key: str) -> Identity:
    """Somebody of the core's own cast."""
    member = CAST[key]
    account = view.session.scalars(select(Account).where(Account.login == member.nip)).one()
    return Identity("person", member.name, account.id, account.person_id, login=member.nip)


def _hire(work: Work, member: TreasuryMember) -> Account:
    unit = unit_by_code(work, member.unit)
    if unit is None:
        raise ConflictError(_("Unit %(code)s tidak ada di data contoh."), code=member.unit)
    known = work.session.scalars(select(Person).where(Person.nip == member.nip)).one_or_none()
    person = known or create_person(work, name=member.name, nip=member.nip, nik=member.nik)
    if known is None:
        position = create_position(work, unit.id, member.position)
        assign(work, person.id, position.id, DEFINITIF, SINCE)
    account = create_account(work, person.id)
    over = unit_by_code(work, member.over) if member.over else _root(work)
    assert over is not None
    grant_role(work, member.role, over.id, account_id=account.id, valid_from=SINCE)
    return account


def _root(view: View) -> Unit:
    return view.session.scalars(
        select(Unit)
        .where(~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists())
        .order_by(Unit.valid_from, Unit.code)
        .limit(1)
    ).one()


def _account(view: View, member: TreasuryMember) -> Account | None:
    return view.session.scalars(select(Account).where(Account.login == member.nip)).one_or_none()


def _identity(view: View, member: TreasuryMember) -> Identity:
    account = _account(view, member)
    assert account is not None
    return Identity("person", member.name, account.id, account.person_id, login=member.nip)
