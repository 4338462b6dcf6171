"""Pages of people: the list, one person, oneself, and the changes of details, PIN and posts."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.identity import DEFINITIF, Assignment, Person, Position, superior_of
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
    version_of,
)
from leuit.work import Work

from .forms import day_field, unit_choices
from .people import change_person, create_person, get_person, set_pin
from .posts import KINDS, assign, create_position, end_assignment, get_position
from .rights import EDIT, GRANT, MANAGE, READ
from .shown import (
    PeopleFilter,
    account_of,
    clean_filter,
    count_of,
    hold_on,
    people_query,
    pins_of,
    posts_of,
    visible_person,
)

PEOPLE = "/organisation/people"
SEXES = (Choice("L", _("Laki-laki")), Choice("P", _("Perempuan")))


def show_people(request: Request) -> Response:
    """The people whom the reader may see, by name, 50 a page."""
    text = clean_filter(request.query.get("q", ""))
    unit = request.query.get("unit", "")
    without_post = request.query.get("post") == "none"
    with request.read() as view:
        wanted = PeopleFilter(text, parse_id(unit) if unit else None, without_post)
        query = people_query(view, wanted)
        total = count_of(view, query)
        start = (page_number(request) - 1) * PAGE_SIZE
        rows = view.session.execute(
            query.order_by(Person.name, Person.id).offset(start).limit(PAGE_SIZE)
        ).all()
        units = unit_choices(view, READ)
        may_see_all = view.allows_on_root(READ)
    return page(
        request,
        "organisation/people.html",
        listing=Listing.of(request, rows, total),
        text=text,
        unit=unit,
        units=units,
        without_post=without_post,
        may_see_all=may_see_all,
        may_edit=request.may(EDIT),
    )


def show_person(request: Request) -> Response:
    """One person: posts with their history, PINs, account, superior of today."""
    return _shown(request, parse_id(request.params["person_id"]))


def show_me(request: Request) -> Response:
    """What is stored about oneself (UU PDP art. 7: everybody may see his own data)."""
    if request.identity.person_id is None:
        raise NotFoundError(_("Akun ini bukan akun seorang pegawai."))
    return _shown(request, request.identity.person_id)


def _shown(request: Request, person_id: UUID) -> Response:
    with request.read() as view:
        person = visible_person(view, person_id)
        posts = posts_of(view, person_id)
        superior_id = superior_of(view.session, person_id, view.today)
        superior = get_person(view, superior_id) if superior_id else None
        units = {row.unit_id for row in posts if row.valid_to is None or row.valid_to > view.today}
        context: dict[str, Any] = {
            "may_edit": any(view.allows(EDIT, unit) for unit in units)
            or (not units and view.allows_on_root(EDIT)),
            "may_manage": any(view.allows(MANAGE, unit) for unit in units)
            or (not units and view.allows_on_root(MANAGE)),
            "may_grant": request.may(GRANT),
            "today": view.today,
            "account": account_of(view, person_id),
            "pins": pins_of(view, person_id),
        }
    own = person_id == request.identity.person_id
    return page(
        request,
        "organisation/person.html",
        person=person,
        own=own,
        posts=posts,
        current=[row for row in posts if hold_on(row, context["today"])],
        superior=superior,
        hold_on=hold_on,
        **context,
    )


def add_person(request: Request) -> Response:
    """A new person with a first post."""
    with request.read() as view:
        view.require_anywhere(EDIT)
        units = unit_choices(view, EDIT)
    form = FormPage(
        title=_("Tambah pegawai"),
        fields=[
            Field("name", _("Nama lengkap"), hint=_("Seperti pada surat keputusan.")),
            Field("nip", _("NIP"), hint=_("18 angka"), width="medium"),
            Field("unit", _("Unit"), "select", choices=units),
            Field("title", _("Jabatan")),
            day_field(_("Mulai tanggal")),
        ],
        submit=_("Tambah pegawai"),
        back=PEOPLE,
        back_label=_("Pegawai"),
    ).fill({"on": format_date(request.now.date()), "unit": request.query.get("unit", "")})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            person = create_person(work, name=values["name"], nip=values["nip"])
            _give_post(work, person.id, values, DEFINITIF, None)
        return f"{PEOPLE}/{person.id}", _("Pegawai ditambahkan.")

    return run_form(request, form, act)


def edit_person(request: Request) -> Response:
    """Correct a person's details."""
    person_id, name = _person(request)
    with request.read() as view:
        person = get_person(view, person_id)
    form = FormPage(
        title=_("Ubah data %s") % name,
        fields=[
            Field("name", _("Nama lengkap")),
            Field("nip", _("NIP"), hint=_("18 angka"), required=False, width="medium"),
            Field("nik", _("NIK"), hint=_("16 angka"), required=False, width="medium"),
            Field("sex", _("Jenis kelamin"), "radio", choices=SEXES, required=False),
            Field("email", _("Surel"), required=False),
            Field("version", "", "hidden"),
        ],
        submit=_("Simpan data"),
        back=f"{PEOPLE}/{person_id}",
        back_label=name,
    ).fill(
        {
            field: getattr(person, field)
            for field in ("name", "nip", "nik", "sex", "email", "version")
        }
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            change_person(
                work,
                person_id,
                name=values["name"],
                nip=values["nip"] or "",
                nik=values["nik"] or "",
                sex=values["sex"] or "",
                email=values["email"] or "",
                version=version_of(values),
            )
        return f"{PEOPLE}/{person_id}", _("Data pegawai disimpan.")

    return run_form(request, form, act)


def change_pin(request: Request) -> Response:
    """Another PIN from a day on, or none."""
    person_id, name = _person(request)
    form = FormPage(
        title=_("PIN mesin %s") % name,
        fields=[
            Field(
                "pin",
                _("PIN"),
                hint=_("Kosongkan untuk mencabut PIN."),
                required=False,
                width="short",
            ),
            day_field(_("Mulai tanggal"), _("Absen sebelum tanggal itu tetap memakai PIN lama.")),
        ],
        submit=_("Simpan PIN"),
        back=f"{PEOPLE}/{person_id}",
        back_label=name,
    ).fill({"on": format_date(request.now.date())})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            set_pin(work, person_id, values["pin"], values["on"])
        return f"{PEOPLE}/{person_id}", _("PIN disimpan.")

    return run_form(request, form, act)


def give_post(request: Request) -> Response:
    """A post from a day on: the person's own, or Plt. or Plh. on top of it."""
    person_id, name = _person(request)
    with request.read() as view:
        units = unit_choices(view, EDIT)
    form = FormPage(
        title=_("Tempatkan %s") % name,
        fields=[
            Field("unit", _("Unit"), "select", choices=units),
            Field("title", _("Jabatan"), hint=_("Seperti pada daftar jabatan unit itu.")),
            Field(
                "kind",
                _("Jenis"),
                "radio",
                choices=[Choice(kind, kind.capitalize()) for kind in KINDS],
                hint=_("Definitif mengakhiri jabatan definitif sebelumnya."),
            ),
            day_field(_("Mulai tanggal")),
            day_field(
                _("Hari terakhir"),
                _("Kosongkan bila belum ditentukan."),
                required=False,
                name="last",
            ),
        ],
        submit=_("Tempatkan pegawai"),
        back=f"{PEOPLE}/{person_id}",
        back_label=name,
    ).fill({"on": format_date(request.now.date()), "kind": DEFINITIF})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            _give_post(work, person_id, values, values["kind"], values["last"])
        return f"{PEOPLE}/{person_id}", _("Penempatan disimpan.")

    return run_form(request, form, act)


def end_post(request: Request) -> Response:
    """The last day of a post."""
    assignment_id = parse_id(request.params["assignment_id"])
    with request.read() as view:
        row = view.session.get(Assignment, assignment_id)
        if row is None:
            raise NotFoundError(_("Penempatan itu tidak ada."))
        position = get_position(view, row.position_id)
        view.require(EDIT, position.unit_id)
        name = get_person(view, row.person_id).name
        person_id = row.person_id
    form = FormPage(
        title=_("Akhiri jabatan %s") % name,
        lead=position.title,
        fields=[day_field(_("Hari terakhir"))],
        submit=_("Akhiri jabatan"),
        back=f"{PEOPLE}/{person_id}",
        back_label=name,
        danger=True,
    ).fill({"on": format_date(request.now.date())})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            end_assignment(work, assignment_id, values["on"] + dt.timedelta(days=1))
        return f"{PEOPLE}/{person_id}", _("Jabatan diakhiri.")

    return run_form(request, form, act)


def mark_head(request: Request) -> Response:
    """Make a post the head's post of its unit, or no longer."""
    position_id = parse_id(request.params["position_id"])
    with request.change() as work:
        position = get_position(work, position_id)
        head = request.form.get("head") == "ya"
        create_position(work, position.unit_id, position.title, is_head=head)
        unit_id = position.unit_id
    return redirect(f"/organisation/units/{unit_id}", _("Jabatan kepala disimpan."))


def _give_post(
    work: Work, person_id: UUID, values: dict[str, Any], kind: str, last: dt.date | None
) -> None:
    unit_id = UUID(values["unit"])
    title = " ".join(values["title"].split())
    known = work.session.execute(
        select(Position).where(Position.unit_id == unit_id, Position.title == title)
    ).scalar_one_or_none()
    position = known or create_position(work, unit_id, title)
    until = last + dt.timedelta(days=1) if last else None
    assign(work, person_id, position.id, kind, values["on"], until)


def _person(request: Request) -> tuple[UUID, str]:
    """The person of the address, whom the reader must be allowed to see."""
    person_id = parse_id(request.params["person_id"])
    with request.read() as view:
        person = visible_person(view, person_id)
    return person_id, person.name
