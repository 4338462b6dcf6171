"""What a new installation needs before anybody can sign in: the regency and one administrator."""

import secrets
from uuid import UUID

from sqlalchemy import select

from leuit.identity import SYSTEM, Account, Grant, Unit, hash_password, rebuild_closure
from leuit.settings import Region
from leuit.values import RecordRef, local_day
from leuit.work import Leuit, Work

ADMINISTRATOR = "core.administrator"


def create_root(work: Work, region: Region) -> UUID:
    """The regency itself as the root of the tree of units; kept when it exists already."""
    code = region.code or "ROOT"
    known: UUID | None = work.session.execute(select(Unit.id).where(Unit.code == code)).scalar()
    if known is not None:
        return known
    unit = Unit(
        code=code,
        name=region.name,
        short=region.name,
        kind="kabupaten",
        valid_from=work.today.replace(year=2000, month=1, day=1),
    )
    work.session.add(unit)
    rebuild_closure(work.session)
    work.audit("core.unit.created", RecordRef("core.unit", str(unit.id), unit.name), code=code)
    return unit.id


def first_administrator(app: Leuit, login: str, password: str | None = None) -> str | None:
    """Make the first account with every right; returns its password, None when accounts exist.

    The password is shown once by the caller and stored as argon2id only.
    """
    with app.read(SYSTEM) as view:
        if view.session.execute(select(Account.id).limit(1)).first() is not None:
            return None
    password = password or secrets.token_urlsafe(12)
    hashed = hash_password(password)
    with app.change(SYSTEM) as work:
        root = create_root(work, app.settings.region)
        account = Account(login=login, kind="person", password_hash=hashed, created_at=work.now)
        work.session.add(account)
        work.session.flush()
        work.session.add(
            Grant(
                role=ADMINISTRATOR,
                unit_id=root,
                account_id=account.id,
                valid_from=local_day(work.now, app.zone),
            )
        )
        ref = RecordRef("core.account", str(account.id), login)
        work.audit("core.account.created", ref, role=ADMINISTRATOR)
    return password
