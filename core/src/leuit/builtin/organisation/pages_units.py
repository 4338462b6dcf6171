"""Pages of units: the tree, one unit, and its changes."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.identity import Grant, Position, Unit, UnitLink, holds_on
from leuit.values import _, format_date
from leuit.web import (
    PAGE_SIZE,
    Field,
    FormPage,
    Listing,
    Request,
    Response,
    page,
    page_number,
    parse_id,
    run_form,
    version_of,
)

from .forms import day_field, kind_choices, unit_choices
from .rights import EDIT, GRANT
from .shown import (
    PeopleFilter,
    clean_filter,
    count_of,
    heads_of,
    people_counts,
    people_query,
    unit_tree,
    visible_unit,
)
from .units import close_unit, create_unit, move_unit, rename_unit

UNITS = "/organisation/units"


def show_units(request: Request) -> Response:
    """The tree of units, filtered by a word or a kind."""
    text, kind = clean_filter(request.query.get("q", "")), request.query.get("kind", "")
    with request.read() as view:
        lines = unit_tree(view, text, kind)
        start = (page_number(request) - 1) * PAGE_SIZE
        shown = lines[start : start + PAGE_SIZE]
        heads = heads_of(view, [line.id for line in shown])
        counts = people_counts(view, [line.id for line in shown])
    return page(
        request,
        "organisation/units.html",
        listing=Listing.of(request, shown, len(lines)),
        heads=heads,
        counts=counts,
        text=text,
        kind=kind,
        kinds=kind_choices(),
        may_edit=request.may(EDIT),
    )


def show_unit(request: Request) -> Response:
    """One unit: where it belongs, who heads it, its posts, sub-units and people."""
    unit_id = parse_id(request.params["unit_id"])
    with request.read() as view:
        unit = visible_unit(view, unit_id)
        parent = view.session.execute(
            select(Unit)
            .join(UnitLink, UnitLink.parent_id == Unit.id)
            .where(
                UnitLink.unit_id == unit_id,
                holds_on(UnitLink.valid_from, UnitLink.valid_to, view.today),
            )
        ).scalar_one_or_none()
        children = [line for line in unit_tree(view) if line.parent_id == unit_id]
        query = people_query(view, PeopleFilter()).where(Unit.id == unit_id)
        total = count_of(view, query)
        start = (page_number(request) - 1) * PAGE_SIZE
        people = view.session.execute(
            query.order_by(Position.is_head.desc(), "name", "id").offset(start).limit(PAGE_SIZE)
        ).all()
        posts = (
            view.session.execute(
                select(Position).where(Position.unit_id == unit_id).order_by(Position.title)
            )
            .scalars()
            .all()
        )
        grants = (
            view.session.execute(
                select(Grant).where(
                    Grant.position_id.in_([post.id for post in posts]),
                    holds_on(Grant.valid_from, Grant.valid_to, view.today),
                )
            )
            .scalars()
            .all()
        )
        context: dict[str, Any] = {
            "heads": heads_of(view, [unit_id, *(line.id for line in children)]),
            "counts": people_counts(view, [line.id for line in children]),
            "may_edit": view.allows(EDIT, unit_id),
            "may_grant": view.allows(GRANT, unit_id),
        }
    roles = request.app.vocabulary.rights.roles
    return page(
        request,
        "organisation/unit.html",
        unit=unit,
        parent=parent,
        children=children,
        listing=Listing.of(request, people, total),
        posts=posts,
        post_roles={
            post.id: [
                roles[grant.role].title
                for grant in grants
                if grant.position_id == post.id and grant.role in roles
            ]
            for post in posts
        },
        **context,
    )


def add_unit(request: Request) -> Response:
    """A new sub-unit."""
    parent_id, name = _unit(request)
    form = FormPage(
        title=_("Tambah unit di bawah %s") % name,
        fields=[
            Field(
                "code",
                _("Kode"),
                hint=_("Tetap untuk selamanya, misalnya 36.02.14"),
                width="medium",
            ),
            Field("name", _("Nama unit")),
            Field("short", _("Singkatan"), required=False, width="medium"),
            Field("kind", _("Jenis"), "select", choices=kind_choices(), width="medium"),
            day_field(_("Ada mulai tanggal")),
        ],
        submit=_("Tambah unit"),
        back=f"{UNITS}/{parent_id}",
        back_label=name,
    ).fill({"on": _today(request)})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            unit = create_unit(
                work,
                code=values["code"],
                name=values["name"],
                short=values["short"] or "",
                kind=values["kind"],
                parent_id=parent_id,
                on=values["on"],
            )
        return f"{UNITS}/{unit.id}", _("Unit ditambahkan.")

    return run_form(request, form, act)


def edit_unit(request: Request) -> Response:
    """Another name or abbreviation."""
    unit_id, name = _unit(request)
    with request.read() as view:
        unit = visible_unit(view, unit_id)
    form = FormPage(
        title=_("Ubah nama %s") % name,
        fields=[
            Field("name", _("Nama unit")),
            Field("short", _("Singkatan"), width="medium"),
            Field("version", "", "hidden"),
        ],
        submit=_("Simpan nama"),
        back=f"{UNITS}/{unit_id}",
        back_label=name,
    ).fill({"name": unit.name, "short": unit.short, "version": unit.version})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            rename_unit(
                work,
                unit_id,
                name=values["name"],
                short=values["short"],
                version=version_of(values),
            )
        return f"{UNITS}/{unit_id}", _("Nama unit disimpan.")

    return run_form(request, form, act)


def change_parent(request: Request) -> Response:
    """Another parent from a day on."""
    unit_id, name = _unit(request)
    with request.read() as view:
        choices = [choice for choice in unit_choices(view, EDIT) if choice.value != str(unit_id)]
    form = FormPage(
        title=_("Pindahkan %s") % name,
        fields=[
            Field("parent", _("Unit induk yang baru"), "select", choices=choices),
            day_field(_("Mulai tanggal"), _("Sebelum tanggal itu susunan lama tetap berlaku.")),
        ],
        submit=_("Pindahkan unit"),
        back=f"{UNITS}/{unit_id}",
        back_label=name,
    ).fill({"on": _today(request)})

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            move_unit(work, unit_id, UUID(values["parent"]), values["on"])
        return f"{UNITS}/{unit_id}", _("Unit dipindahkan.")

    return run_form(request, form, act)


def end_unit(request: Request) -> Response:
    """The unit is no more from a day on."""
    unit_id, name = _unit(request)
    form = FormPage(
        title=_("Tutup %s") % name,
        lead=_("Unit yang ditutup tetap ada dalam riwayat."),
        fields=[day_field(_("Tidak ada lagi mulai tanggal"))],
        submit=_("Tutup unit"),
        back=f"{UNITS}/{unit_id}",
        back_label=name,
        danger=True,
    )

    def act(values: dict[str, Any]) -> tuple[str, str]:
        with request.change() as work:
            close_unit(work, unit_id, values["on"])
        return f"{UNITS}/{unit_id}", _("Unit ditutup.")

    return run_form(request, form, act)


def _unit(request: Request) -> tuple[UUID, str]:
    """The unit of the address, which the reader must be allowed to change."""
    unit_id = parse_id(request.params["unit_id"])
    with request.read() as view:
        unit = visible_unit(view, unit_id)
        view.require(EDIT, unit_id)
    return unit_id, unit.short


def _today(request: Request) -> str:
    return format_date(request.now.date())
