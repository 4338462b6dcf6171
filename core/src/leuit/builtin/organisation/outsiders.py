"""Accounts of people from outside, such as vendors: opened by themselves, with an e-mail address.

Such an account holds no post and is granted no role: it may do what is given to accounts from
outside, for what it keeps itself (`Role.given_to` "external").
"""

import re

from sqlalchemy import select

from leuit.identity import (
    EXTERNAL,
    LONGEST_LOGIN,
    Account,
    Identity,
    check_new_password,
    hash_password,
    plain_login,
)
from leuit.values import ConflictError, FieldError, InvalidInputError, RecordRef, _, one_line
from leuit.work import Work

LONGEST_NAME = 120
_EMAIL = re.compile(r"[^@\s,;<>\"]{1,64}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}", re.ASCII)


def check_outsider(login: str, name: str, password: str) -> tuple[str, str]:
    """Login and name as they are kept.

    Raises InvalidInputError with every fault at `login`, `name` or `password`.
    """
    faults: list[FieldError] = []
    email, called = plain_login(login), one_line(name)[:LONGEST_NAME]
    if not _EMAIL.fullmatch(email):
        faults.append(
            FieldError("login", _("Tulis alamat email, misalnya nama@contoh.id."), "email")
        )
    if not called:
        faults.append(FieldError("name", _("Tulis nama Anda."), "required"))
    try:
        check_new_password(password)
    except InvalidInputError as error:
        faults += error.fields
    if faults:
        raise InvalidInputError(_("Periksa isian akun."), fields=faults)
    return email[:LONGEST_LOGIN], called


def hashed_password(password: str) -> str:
    """What is kept of a password: made before the unit of work, as it takes its time."""
    return hash_password(password)


def open_outside_account(work: Work, login: str, name: str, hashed: str) -> Account:
    """An account from outside; login and name are those of `check_outsider`.

    Raises ConflictError for a login that is taken. Who asks is nobody yet: the route is open, and
    counts how often it is used.
    """
    if work.session.scalar(select(Account.id).where(Account.login == login)) is not None:
        raise ConflictError(
            _("Alamat email itu sudah punya akun."), advice=_("Masuk dengan alamat itu.")
        )
    account = Account(
        login=login, name=name, kind=EXTERNAL, password_hash=hashed, created_at=work.now
    )
    work.session.add(account)
    work.session.flush()
    work.audit("core.account.created", RecordRef("core.account", str(account.id)), kind=EXTERNAL)
    return account


def outsider(account: Account) -> Identity:
    """The identity of an account that was just opened, to go on as it."""
    return Identity(
        kind="external",
        name=account.name or account.login,
        account_id=account.id,
        login=account.login,
    )
