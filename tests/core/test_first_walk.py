"""The first walk: from nothing to a signed-in administrator."""

from leuit.builtin.core import first_administrator
from leuit.work import Leuit
from tests.support.client import Client


def test_the_first_administrator_signs_in_and_sees_home(app: Leuit, client: Client) -> None:
    """A password made at the first start opens the site; a wrong one does not."""
    password = first_administrator(app, "admin")
    assert password
    assert client.get("/").headers["location"] == "/sign-in?next=/"
    assert client.post_form("/sign-in", {"login": "admin", "password": "salah"}).status_code == 422
    answer = client.post_form("/sign-in", {"login": "admin", "password": password, "next": "/"})
    assert answer.status_code == 303
    home = client.get("/")
    assert home.status_code == 200
    assert "Keadaan sistem" in home.text
