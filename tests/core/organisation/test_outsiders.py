"""Accounts from outside: opened by themselves, and shut out of what is for the region's own."""

from collections.abc import Iterator

import attrs
import pytest

from leuit.builtin.organisation import (
    check_outsider,
    hashed_password,
    open_outside_account,
    outsider,
)
from leuit.identity import ANONYMOUS, Identity, Permission, Rights, Role, is_given_outside
from leuit.plugins import ANY_ACCOUNT, SIGNED_IN, Host, Route
from leuit.values import ConflictError, InvalidInputError
from leuit.web import text_answer
from leuit.work import Leuit
from tests.support.client import Client

PASSWORD = "gula aren dari Sobang"
OWN = "core.job.read"
ROUTES = {
    "GET /staff": Route("/staff", lambda _request: text_answer("staff"), SIGNED_IN),
    "GET /both": Route("/both", lambda request: text_answer(request.identity.name), ANY_ACCOUNT),
    "GET /own": Route("/own", lambda _request: text_answer("own"), OWN),
}


def opened(app: Leuit, login: str = "Aren@Contoh.id ", name: str = "Ibu Contoh") -> Identity:
    """Somebody from outside with an account."""
    email, called = check_outsider(login, name, PASSWORD)
    hashed = hashed_password(PASSWORD)
    with app.change(ANONYMOUS) as work:
        return outsider(open_outside_account(work, email, called, hashed))


@pytest.fixture
def more(host: Host) -> Iterator[Host]:
    """The installed plugins, three routes, and a role that is given to everybody from outside."""
    role = Role("core.guest", "Tamu", {OWN}, given_to="external")
    host.vocabulary.rights.roles[role.name] = role
    routes = {**host.merged.routes, **{key: ("core", route) for key, route in ROUTES.items()}}
    yield attrs.evolve(host, merged=attrs.evolve(host.merged, routes=routes))
    del host.vocabulary.rights.roles[role.name]


@pytest.fixture
def client(app: Leuit, more: Host) -> Iterator[Client]:
    """A client of all of them."""
    with Client(app, more) as made:
        yield made


def test_somebody_from_outside_signs_in_by_his_address(app: Leuit, client: Client) -> None:
    """He goes by his name, gets what is given to those from outside, and not what staff get."""
    opened(app)
    fields = {"login": "aren@contoh.ID", "password": PASSWORD}
    assert client.post_form("/sign-in", fields).status_code == 303
    assert client.get("/both").text == "Ibu Contoh"
    assert client.get("/own").text == "own"
    assert client.get("/staff").status_code == 403
    home = client.get("/")
    assert home.status_code == 200
    assert "/organisation/me" not in home.text


def test_an_address_has_one_account(app: Leuit) -> None:
    """The same address in other letters is taken, and told so."""
    opened(app)
    with pytest.raises(ConflictError):
        opened(app, "AREN@contoh.id")


def test_what_is_wrong_is_told_at_once() -> None:
    """An address without a place, no name and a weak password are three faults of one answer."""
    with pytest.raises(InvalidInputError) as caught:
        check_outsider("bukan alamat", "  ", "pendek")
    assert [fault.path for fault in caught.value.fields] == ["login", "name", "password"]


def test_what_is_given_outside_is_nobody_elses() -> None:
    """A role for those from outside reaches neither staff nor a token narrowed otherwise."""
    permission = Permission("core.guest.read", "Membaca")
    role = Role("core.guest", "Tamu", {permission.name}, given_to="external")
    rights = Rights({permission.name: permission}, {role.name: role})
    outside = Identity(kind="external", name="Tamu")
    assert is_given_outside(outside, permission.name, rights)
    narrowed = attrs.evolve(outside, only=frozenset({"core.job.read"}))
    assert not is_given_outside(narrowed, permission.name, rights)
    assert not is_given_outside(Identity(kind="person", name="Staf"), permission.name, rights)


def test_what_is_given_outside_is_not_the_administrators(host: Host) -> None:
    """The role that holds everything does not hold what only those from outside are given, since
    there is nothing of his own that an administrator could do by it.
    """
    rights = host.vocabulary.rights
    assert rights.roles_with("ecatalog.shop.keep") == ()
    assert rights.roles_with("ecatalog.shop.keep", "external") == ("ecatalog.vendor",)
    assert rights.roles_with("ecatalog.vendor.verify") == ("core.administrator", "ecatalog.manager")
