"""Pages of roles and accounts: who holds what where, giving and taking it, and the way in."""

import datetime as dt
import secrets
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select

from leuit.identity import Account, Grant, Person, Position, Unit
from leuit.values import NotFoundError, _, format_date
from leuit.web import (
    PAGE_SIZE,
    Choice,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    parse_id,
    redirect,
    run_form,
)
from leuit.work import View

from .accounts import create_account, disable_account, enable_account, set_password
from .forms import day_field, unit_choices
from .grants import ADMINISTRATOR, grant_role, revoke_grant
from .people import get_person
from .posts import get_position
from .rights import GRANT
from .shown import clean_filter, count_of

ROLES = "/organisation/roles"
PEOPLE = "/organisation/people"

_GIVEN = {
    "head": _("otomatis untuk kepala unit"),
    "everyone": _("otomatis untuk diri sendiri"),
    "external": _("otomatis untuk akun dari luar"),
}


def show_roles(request: Request) -> Response:
    """Every grant on units where the reader may give roles, and what each role may do."""
    text = clean_filter(request.query.get("q", ""))
    role, ended = request.query.get("role", ""), request.query.get("ended") == "ya"
    rights = request.app.vocabulary.rights
    with request.read() as view:
        query: Select[*tuple[Any, ...]] = (
            select(
                Grant.id,
                Grant.role,
                Grant.valid_from,
                Grant.valid_to,
                Unit.short.label("unit"),
                Account.login,
                Person.id.label("person_id"),
                Person.name,
                Position.title,
            )
            .join(Unit, Unit.id == Grant.unit_id)
            .outerjoin(Account, Account.id == Grant.account_id)
            .outerjoin(Person, Person.id == Account.person_id)
            .outerjoin(Position, Position.id == Grant.position_id)
            .where(Grant.unit_id.in_(view.units(GRANT)))
        )
        if text:
            query = query.where(
                or_(
                    *(
                        column.icontains(text, autoescape=True)
                        for column in (Person.name, Account.login, Position.title)
                    )
                )
            )
        if role:
            query = query.where(Grant.role == role[:80].replace("\x00", ""))
        if not ended:
            query = query.where(or_(Grant.valid_to.is_(None), Grant.valid_to > view.today))
        total = count_of(view, query)
        start = (page_number(request) - 1) * PAGE_SIZE
        rows = view.session.execute(
            query.order_by(Grant.role, Unit.short, Grant.id).offset(start).limit(PAGE_SIZE)
        ).all()
        today = view.today
    return page(
        request,
        "organisation/roles.html",
        everything=ADMINISTRATOR,
        given=_GIVEN,
        listing=Listing.of(request, rows, total),
        roles=sorted(rights.roles.values(), key=lambda item: item.title),
        titles={name: item.title for name, item in rights.roles.items()},
        permissions={name: item.title for name, item in rights.permissions.items()},
        text=text,
        role=role,
        ended=ended,
        today=today,
    )


def give_role(request: Request) -> Response:
    """A role for the account or the post that the address names."""
    account_id, position_id = _holder_ids(request)
    with request.read() as view:
        view.require_anywhere(GRANT)
        name, back = _holder(view, account_id, position_id)
        units = unit_choices(view, GRANT)
    rights = request.app.vocabulary.rights
    roles = sorted(
        (role for role in rights.roles.values() if role.given_to is None),
        key=lambda role: role.title,
    )
    form = FormPage(
        title=_("Beri peran kepada %s") % name,
        fields=[
            Field("role", _("Peran"), "select", choices=[Choice(r.name, r.title) for r in roles]),
            Field(
                "unit", _("Di unit"), "select", choices=units, hint=_("Berlaku juga di bawahnya.")
            ),
            day_field(_("Mulai tanggal")),
            day_field(
                _("Hari terakhir"),
                _("Kosongkan bila belum ditentukan."),
                required=False,
                name="last",
            ),
        ],
        submit=_("Beri peran"),
        back=back,
        back_label=name,
    ).fill({"on": format_date(request.now.date())})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            grant_role(
                work,
                values["role"],
                UUID(values["unit"]),
                account_id=account_id,
                position_id=position_id,
                valid_from=values["on"],
                valid_to=values["last"] + dt.timedelta(days=1) if values["last"] else None,
            )
        return ROLES, _("Peran diberikan.")

    return run_form(request, form, act)


def take_role(request: Request) -> Response:
    """End a grant, today or on a later day."""
    grant_id = parse_id(request.params["grant_id"])
    with request.read() as view:
        grant = view.session.get(Grant, grant_id)
        if grant is None:
            raise NotFoundError(_("Pemberian peran itu tidak ada."))
        view.require(GRANT, grant.unit_id)
        name, _back = _holder(view, grant.account_id, grant.position_id)
    known = request.app.vocabulary.rights.roles.get(grant.role)
    form = FormPage(
        title=_("Cabut peran %s") % (known.title if known else grant.role),
        lead=name,
        fields=[day_field(_("Tidak berlaku lagi mulai tanggal"))],
        submit=_("Cabut peran"),
        back=ROLES,
        back_label=_("Peran"),
        danger=True,
    ).fill({"on": format_date(request.now.date())})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            revoke_grant(work, grant_id, values["on"])
        return ROLES, _("Peran dicabut.")

    return run_form(request, form, act)


def open_account(request: Request) -> Response:
    """An account for a person; the password is set next."""
    person_id = parse_id(request.params["person_id"])
    with request.change() as work:
        create_account(work, person_id)
    return redirect(f"{PEOPLE}/{person_id}", _("Akun dibuat. Buat kata sandinya sekarang."))


def new_password(request: Request) -> Response:
    """A fresh password, shown this once to whoever hands it over."""
    account_id, person_id = _account(request)
    password = secrets.token_urlsafe(12)
    set_password(request.app, request.identity, account_id, password, request_id=request.request_id)
    with request.read() as view:
        name = get_person(view, person_id).name if person_id else ""
    return page(
        request,
        "organisation/password.html",
        name=name,
        password=password,
        back=f"{PEOPLE}/{person_id}" if person_id else ROLES,
    )


def close_account(request: Request) -> Response:
    """Nobody gets in by the account from now on."""
    account_id, person_id = _account(request)
    with request.change() as work:
        disable_account(work, account_id)
    return redirect(f"{PEOPLE}/{person_id}" if person_id else ROLES, _("Akun dinonaktifkan."))


def reopen_account(request: Request) -> Response:
    """The account may be used again."""
    account_id, person_id = _account(request)
    with request.change() as work:
        enable_account(work, account_id)
    return redirect(f"{PEOPLE}/{person_id}" if person_id else ROLES, _("Akun diaktifkan lagi."))


def _account(request: Request) -> tuple[UUID, UUID | None]:
    account_id = parse_id(request.params["account_id"])
    with request.read() as view:
        account = view.session.get(Account, account_id)
        if account is None:
            raise NotFoundError(_("Akun itu tidak ada."))
        return account_id, account.person_id


def _holder_ids(request: Request) -> tuple[UUID | None, UUID | None]:
    account, position = request.query.get("account", ""), request.query.get("position", "")
    if bool(account) == bool(position):
        raise NotFoundError(_("Pilih pegawai atau jabatan yang diberi peran."))
    return (parse_id(account), None) if account else (None, parse_id(position))


def _holder(view: View, account_id: UUID | None, position_id: UUID | None) -> tuple[str, str]:
    """The name of who gets a role, and the page it was asked from."""
    if position_id is not None:
        position = get_position(view, position_id)
        return position.title, f"/organisation/units/{position.unit_id}"
    account = view.session.get(Account, account_id)
    if account is None:
        raise NotFoundError(_("Akun itu tidak ada."))
    if account.person_id is None:
        return account.login, ROLES
    return get_person(view, account.person_id).name, f"{PEOPLE}/{account.person_id}"
