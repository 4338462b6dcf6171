"""The addresses of this part, each with the permission it asks for."""

from leuit.plugins import SIGNED_IN, MenuItem, Route
from leuit.values import _

from . import api, pages_access, pages_import, pages_people, pages_units
from .rights import EDIT, GRANT, MANAGE, READ
from .tables import MAX_BYTES

BOTH = ("GET", "POST")
IMPORT_BODY = MAX_BYTES + 64 * 1024

ROUTES = [
    Route("/units", pages_units.show_units, READ, name="units"),
    Route("/units/{unit_id}", pages_units.show_unit, READ, name="unit"),
    Route("/units/{unit_id}/add", pages_units.add_unit, EDIT, BOTH, name="unit_add"),
    Route("/units/{unit_id}/edit", pages_units.edit_unit, EDIT, BOTH, name="unit_edit"),
    Route("/units/{unit_id}/move", pages_units.change_parent, EDIT, BOTH, name="unit_move"),
    Route("/units/{unit_id}/close", pages_units.end_unit, EDIT, BOTH, name="unit_close"),
    Route("/posts/{position_id}/head", pages_people.mark_head, EDIT, ("POST",), name="post_head"),
    Route("/me", pages_people.show_me, SIGNED_IN, name="me"),
    Route("/people", pages_people.show_people, READ, name="people"),
    Route("/people/new", pages_people.add_person, EDIT, BOTH, name="person_add"),
    Route("/people/{person_id}", pages_people.show_person, READ, name="person"),
    Route("/people/{person_id}/edit", pages_people.edit_person, EDIT, BOTH, name="person_edit"),
    Route("/people/{person_id}/pin", pages_people.change_pin, EDIT, BOTH, name="person_pin"),
    Route("/people/{person_id}/assign", pages_people.give_post, EDIT, BOTH, name="person_assign"),
    Route(
        "/people/{person_id}/account",
        pages_access.open_account,
        MANAGE,
        ("POST",),
        name="account_create",
    ),
    Route(
        "/assignments/{assignment_id}/end",
        pages_people.end_post,
        EDIT,
        BOTH,
        name="assignment_end",
    ),
    Route(
        "/accounts/{account_id}/password",
        pages_access.new_password,
        MANAGE,
        ("POST",),
        name="account_password",
    ),
    Route(
        "/accounts/{account_id}/disable",
        pages_access.close_account,
        MANAGE,
        ("POST",),
        name="account_disable",
    ),
    Route(
        "/accounts/{account_id}/enable",
        pages_access.reopen_account,
        MANAGE,
        ("POST",),
        name="account_enable",
    ),
    Route("/roles", pages_access.show_roles, GRANT, name="roles"),
    Route("/roles/new", pages_access.give_role, GRANT, BOTH, name="role_give"),
    Route("/roles/{grant_id}/revoke", pages_access.take_role, GRANT, BOTH, name="role_take"),
    Route("/import", pages_import.send_file, EDIT, BOTH, name="import", max_body=IMPORT_BODY),
    Route("/import/{import_id}", pages_import.show_report, EDIT, name="import_report"),
    Route(
        "/import/{import_id}/apply", pages_import.apply_file, EDIT, ("POST",), name="import_apply"
    ),
    Route(
        "/units",
        api.units,
        READ,
        kind="api",
        name="api_units",
        query=api.PageQuery,
        answer=api.UnitsAnswer,
        summary=_("Unit yang ada hari ini"),
    ),
    Route(
        "/people",
        api.people,
        READ,
        kind="api",
        name="api_people",
        query=api.PeopleQuery,
        answer=api.PeopleAnswer,
        summary=_("Pegawai menurut nama"),
    ),
    Route(
        "/people/{person}",
        api.person,
        READ,
        kind="api",
        name="api_person",
        answer=api.PersonDetailAnswer,
        summary=_("Seorang pegawai, menurut id atau NIP"),
    ),
]

MENU = [
    MenuItem(
        "people",
        _("Pegawai"),
        "users-round",
        "/organisation/people",
        READ,
        order=200,
        section="administration",
    ),
    MenuItem(
        "units",
        _("Unit"),
        "building-2",
        "/organisation/units",
        READ,
        order=210,
        section="administration",
    ),
    MenuItem(
        "roles",
        _("Peran"),
        "key-round",
        "/organisation/roles",
        GRANT,
        order=220,
        section="administration",
    ),
]
