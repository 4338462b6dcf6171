"""Vendors for programs: the same as the public pages, a page at a time."""

import pytest

from leuit.values import new_id
from leuit.work import Leuit
from tests.ecatalog.shop_office import AREN, BATIK, KERTAS, ShopOffice, shop_office
from tests.support.client import Client

pytestmark = pytest.mark.ci
VENDORS = "/api/ecatalog/v1/vendors"


@pytest.fixture
def office(app: Leuit) -> ShopOffice:
    """The regency."""
    return shop_office(app)


def test_the_active_ones_page_by_page(office: ShopOffice, client: Client) -> None:
    """By name, each once, with a cursor to the next page; drafts are not there."""
    for login, answers in (("a@contoh.id", AREN), ("b@contoh.id", BATIK), ("p@contoh.id", KERTAS)):
        office.active(login, answers)
    office.open("draf@contoh.id", "Draf Contoh")
    seen, cursor = [], ""
    for _page in range(3):
        answer = client.get(f"{VENDORS}?limit=1&cursor={cursor}").json()
        seen += [item["name"] for item in answer["items"]]
        cursor = answer["next"] or ""
    assert seen == sorted([AREN["name"], BATIK["name"], KERTAS["name"]])
    assert cursor == ""


def test_nothing_personal_is_told(office: ShopOffice, client: Client) -> None:
    """EC-60: of a natural person neither NIB nor NPWP, of nobody telephone, address or account."""
    person, firm = office.active("b@contoh.id", BATIK), office.active("p@contoh.id", KERTAS)
    text = client.get(VENDORS).text
    for who in (person, firm):
        vendor = office.vendor(who)
        for name in ("npwp", "address", "phone", "email", "account_number", "account_holder"):
            assert str(getattr(vendor, name)) not in text
    told = client.get(f"{VENDORS}/{office.vendor(person).id}").json()
    assert (told["nib"], told["legal_form"], told["district"]) == ("", "perorangan", "Sobang")
    assert (told["verified_on"], told["selling"]) == ("2026-10-05", True)
    assert client.get(f"{VENDORS}/{office.vendor(firm).id}").json()["nib"] == KERTAS["nib"]


def test_what_is_asked_wrongly_is_refused(office: ShopOffice, client: Client) -> None:
    """A cursor that no page gave, a limit out of range, a vendor that is not active."""
    assert client.get(f"{VENDORS}?cursor=x").status_code == 422
    assert client.get(f"{VENDORS}?cursor=WyJhIiwgImIiXQ==").status_code == 422
    assert client.get(f"{VENDORS}?limit=0").status_code == 422
    draft = office.vendor(office.open("draf@contoh.id"))
    assert client.get(f"{VENDORS}/{draft.id}").status_code == 404
    assert client.get(f"{VENDORS}/{new_id()}").status_code == 404
