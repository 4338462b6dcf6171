"""How somebody from outside registers: account, vendor, and that he acts for it, in one unit.

The password is hashed before the unit begins. `key` is made by the page: the same registration sent
twice is one, and whoever sends it again must know its address and, for the page, its password.
"""

from uuid import UUID

import attrs
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from leuit.builtin.checks import TextChecker
from leuit.builtin.organisation import check_outsider, hashed_password, open_outside_account
from leuit.identity import Account, Identity
from leuit.values import ConflictError, FieldError, InvalidInputError, _, new_id, one_line
from leuit.work import Leuit, Work
from leuit_ecatalog.models import Vendor, VendorMember
from leuit_ecatalog.models.vendors import NAME

from .vendors import note_step, ref_of


@attrs.frozen
class Registration:
    """What a stranger types: `login` is his e-mail address."""

    vendor: str
    name: str
    login: str
    password: str = attrs.field(repr=False)
    key: UUID


@attrs.frozen
class Registered:
    """The account of a registration; `again` when it was made by an earlier sending."""

    account: Account
    again: bool


def register(
    app: Leuit, asker: Identity, registration: Registration, request_id: str
) -> Registered:
    """Open the account and its vendor, as a draft; call it outside of any unit.

    Raises InvalidInputError with every fault at `vendor`, `name`, `login` or `password`, also for
    an address that is taken, ConflictError for a key that another address has used.
    """
    login, name, vendor = _checked(registration)
    hashed = hashed_password(registration.password)
    for last in (False, True):
        try:
            with app.change(asker, request_id=request_id) as work:
                known = _known(work, registration.key)
                if known is None:
                    account = _opened(work, login, name, hashed)
                    if account is not None:
                        begin_vendor(work, account, vendor, registration.key)
                        return Registered(account, again=False)
                    known = _known(work, registration.key)  # it may have come in between
                return _again(known, login)
        except IntegrityError:  # the same form, or the same address, came twice at once
            if last:
                raise
    raise AssertionError("the second try returns or raises")


def begin_vendor(work: Work, account: Account, name: str, key: UUID | None = None) -> Vendor:
    """A draft for which a fresh account from outside acts."""
    vendor = Vendor(
        key=key or new_id(),
        name=name,
        pending={"name": name},
        email=account.login,
        created_at=work.now,
    )
    work.session.add(vendor)
    work.session.flush()
    work.session.add(VendorMember(account_id=account.id, vendor_id=vendor.id, since=work.now))
    note_step(work, vendor, "registered")
    work.audit("ecatalog.vendor.registered", ref_of(vendor), account=account.id)
    return vendor


def _checked(registration: Registration) -> tuple[str, str, str]:
    checker = TextChecker()
    vendor = one_line(registration.vendor)
    if not vendor:
        checker.fault("vendor", _("Tulis nama usaha Anda."), "required")
    else:
        vendor = checker.read("vendor", vendor, most=NAME)
    login, name = "", ""
    try:
        login, name = check_outsider(registration.login, registration.name, registration.password)
    except InvalidInputError as error:
        checker.faults += error.fields
    if checker.faults:
        raise InvalidInputError(_("Periksa isian pendaftaran."), fields=checker.faults)
    return login, name, vendor


def _again(known: Account | None, login: str) -> Registered:
    if known is None:
        sentence = _("Alamat email itu sudah punya akun.")
        raise InvalidInputError(sentence, fields=[FieldError("login", sentence, "taken")])
    if known.login != login:
        raise ConflictError(
            _("Pendaftaran ini sudah dikirim dengan alamat lain."),
            advice=_("Muat ulang halaman, lalu isi lagi."),
        )
    return Registered(known, again=True)


def _opened(work: Work, login: str, name: str, hashed: str) -> Account | None:
    """The account, or None for an address that has one."""
    try:
        return open_outside_account(work, login, name, hashed)
    except ConflictError:
        return None


def _known(work: Work, key: UUID) -> Account | None:
    return work.session.scalars(
        select(Account)
        .join(VendorMember, VendorMember.account_id == Account.id)
        .join(Vendor, Vendor.id == VendorMember.vendor_id)
        .where(Vendor.key == key)
    ).one_or_none()
