"""Units and staff of the demonstration, brought in by the same imports that a regency uses."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from importlib.resources import files

from sqlalchemy import select

from leuit.identity import Account, Grant, Unit, UnitLink
from leuit.plugins import CommandContext, DemoAccount, DemoPlan
from leuit.values import ConflictError, _, local_day
from leuit.work import View

from .accounts import set_password
from .demo_cast import CAST, PASSWORD
from .demo_staff import COLUMNS, DemoUnit, staff_rows
from .grants import grant_role
from .importing import Kind, apply_import, receive
from .units import unit_by_code

UNITS_SINCE = dt.date(2020, 1, 1)
_STEPS = 4


def fill(context: CommandContext, plan: DemoPlan) -> Iterable[DemoAccount]:
    """Units, people, posts, PINs, accounts and roles; returns the accounts."""
    app = context.app
    text = _("Pegawai dan unit")
    with app.read(context.identity) as view:
        root = _root(view)
        done = _missing_accounts(view)
    context.progress(0, _STEPS, text)
    units = files(__package__).joinpath("data", "units.csv").read_bytes()
    known = [
        DemoUnit(row["code"], row["name"], row["kind"])
        for row in csv.DictReader(io.StringIO(units.decode()))
    ]
    if done == set(CAST):
        _bring(context, "units", "units.csv", units, UNITS_SINCE)
    context.progress(1, _STEPS, text)
    if done == set(CAST):
        today = local_day(app.clock.now(), app.zone)
        away = (today - dt.timedelta(days=4), today + dt.timedelta(days=3))
        rows = staff_rows([root, *known], plan.people, plan.seed, away)
        _bring(context, "staff", "staff.csv", _written(rows), today)
    context.progress(2, _STEPS, text)
    _open_accounts(context, sorted(_without_password(context)))
    context.progress(3, _STEPS, text)
    _grant(context)
    context.progress(_STEPS, _STEPS, text)
    return [DemoAccount(member.title, member.nip, PASSWORD) for member in CAST.values()]


def _root(view: View) -> DemoUnit:
    unit = view.session.scalars(
        select(Unit)
        .where(~select(UnitLink.id).where(UnitLink.unit_id == Unit.id).exists())
        .order_by(Unit.valid_from, Unit.code)
        .limit(1)
    ).one_or_none()
    if unit is None:
        raise ConflictError(
            _("Belum ada kabupaten sebagai akar pohon unit."),
            advice=_("Jalankan leuit init dahulu."),
        )
    return DemoUnit(unit.code, unit.name, unit.kind)


def _missing_accounts(view: View) -> set[str]:
    logins = set(view.session.scalars(select(Account.login)))
    return {key for key, member in CAST.items() if member.nip not in logins}


def _without_password(context: CommandContext) -> set[str]:
    with context.app.read(context.identity) as view:
        empty = set(
            view.session.scalars(select(Account.login).where(Account.password_hash.is_(None)))
        )
    return {key for key, member in CAST.items() if member.nip in empty}


def _bring(context: CommandContext, kind: Kind, name: str, data: bytes, day: dt.date) -> None:
    import_id = receive(context.app, context.identity, kind, name, data)
    apply_import(context.app, context.identity, import_id, day=day)


def _written(rows: Sequence[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _open_accounts(context: CommandContext, keys: Sequence[str]) -> None:
    logins = [CAST[key].nip for key in keys]
    with context.app.read(context.identity) as view:
        ids = view.session.scalars(select(Account.id).where(Account.login.in_(logins))).all()
    for account_id in ids:
        set_password(context.app, context.identity, account_id, PASSWORD)


def _grant(context: CommandContext) -> None:
    with context.app.change(context.identity) as work:
        root = unit_by_code(work, _root(work).code)
        accounts = {
            row.login: row.id for row in work.session.execute(select(Account.login, Account.id))
        }
        given = {
            (row.account_id, row.role)
            for row in work.session.execute(select(Grant.account_id, Grant.role))
        }
        for member in CAST.values():
            over = unit_by_code(work, member.over) if member.over else root
            account_id = accounts[member.nip]
            for role in member.roles:
                if over is not None and (account_id, role) not in given:
                    grant_role(work, role, over.id, account_id=account_id, valid_from=work.today)
