"""Who buys in the demonstration: an invented Pejabat Pengadaan, a PPK and a treasurer."""

import datetime as dt
from collections.abc import Mapping

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
from leuit.identity import DEFINITIF, Account, Identity, Person
from leuit.plugins import CommandContext, DemoAccount
from leuit.values import ConflictError, Text, _
from leuit.work import View, Work
from leuit_ecatalog.rules.buying_rules import PP, PPK
from leuit_ecatalog.rules.purchase_duties import TREASURER

OFFICE = "DISKOMINFO-SP"
PASSWORD = "padi-di-leuit"  # noqa: S105 -- of demonstration accounts, printed for everybody
SINCE = dt.date(2020, 1, 1)


@attrs.frozen
class Buyer:
    """Somebody who buys for the office."""

    title: Text
    nip: str
    nik: str
    name: str
    position: str
    role: str


BUYERS: Mapping[str, Buyer] = {
    PP: Buyer(
        _("Pejabat Pengadaan Diskominfo SP"),
        "199103142015022018",
        "3602995403910018",
        "Lilis Cirinten",
        "Pejabat Pengadaan",
        "ecatalog.buyer",
    ),
    PPK: Buyer(
        _("Pejabat Pembuat Komitmen Diskominfo SP"),
        "198307212008011019",
        "3602992107830019",
        "Yayat Panggarangan",
        "Pejabat Pembuat Komitmen",
        "ecatalog.committer",
    ),
    TREASURER: Buyer(
        _("Bendahara pesanan katalog Diskominfo SP"),
        "199011252016032020",
        "3602996511900020",
        "Euis Cikulur",
        "Bendahara Pengeluaran Pembantu",
        "ecatalog.treasurer",
    ),
}


def hire(context: CommandContext) -> Mapping[str, Identity]:
    """All of them with post, account, role and password; returns them as askers, by role."""
    with context.app.read(context.identity) as view:
        missing = [key for key, one in BUYERS.items() if _account(view, one) is None]
    for key in missing:
        with context.app.change(context.identity) as work:
            account_id = _hire(work, BUYERS[key]).id
        set_password(context.app, context.identity, account_id, PASSWORD)
    with context.app.read(context.identity) as view:
        return {key: _identity(view, one) for key, one in BUYERS.items()}


def accounts() -> list[DemoAccount]:
    """How to sign in as each of them."""
    return [DemoAccount(one.title, one.nip, PASSWORD) for one in BUYERS.values()]


def _hire(work: Work, buyer: Buyer) -> Account:
    unit = unit_by_code(work, OFFICE)
    if unit is None:
        raise ConflictError(_("Unit %(code)s tidak ada di data contoh."), code=OFFICE)
    known = work.session.scalars(select(Person).where(Person.nip == buyer.nip)).one_or_none()
    person = known or create_person(work, name=buyer.name, nip=buyer.nip, nik=buyer.nik)
    if known is None:
        position = create_position(work, unit.id, buyer.position)
        assign(work, person.id, position.id, DEFINITIF, SINCE)
    account = create_account(work, person.id)
    grant_role(work, buyer.role, unit.id, account_id=account.id, valid_from=SINCE)
    return account


def _account(view: View, buyer: Buyer) -> Account | None:
    return view.session.scalars(select(Account).where(Account.login == buyer.nip)).one_or_none()


def _identity(view: View, buyer: Buyer) -> Identity:
    account = _account(view, buyer)
    assert account is not None
    return Identity("person", buyer.name, account.id, account.person_id, login=buyer.nip)
