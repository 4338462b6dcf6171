"""Papers, movements of a budget line and receipts of taxes by program."""

from typing import Any

import pytest

from leuit.work import Leuit
from leuit_sp2d.rules.chain import BANK, DRAFT, SP2D, SPP, TEST, VERIFY
from leuit_sp2d.service.budget_view import movements_of
from leuit_sp2d.service.return_letters import return_letter_pdf
from tests.sp2d.paper_office import paper_office, returned, two_lines
from tests.sp2d.programs import Programs, with_passwords
from tests.sp2d.treasury import Treasury, pockets, walked
from tests.support.client import Client

pytestmark = pytest.mark.ci
BILLING, NTPN = "012345678901234", "0123456789ABCDEF"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """A treasury that issues papers."""
    made = paper_office(app)
    with_passwords(made)
    return made


@pytest.fixture
def programs(office: Treasury, client: Client) -> Programs:
    """Everybody's programs."""
    return Programs(client, office)


def test_papers_and_letters_are_downloaded(office: Treasury, programs: Programs) -> None:
    """The same bytes as people get, under a name; a paper of another payment is not there."""
    payment_id = walked(office, TEST, two_lines(office))
    act_id = returned(office, payment_id, TEST)
    other = walked(office, VERIFY, two_lines(office, invoice="INV/2", purpose="Lain"))
    keeper = office.people[TEST]
    seen = programs.done(keeper, "GET", f"/payments/{payment_id}")
    assert [paper["kind"] for paper in seen["papers"]] == ["SPP", "SPM"]
    for paper in seen["papers"]:
        answer = programs.call(keeper, "GET", f"/payments/{payment_id}/papers/{paper['id']}")
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        astray = programs.call(keeper, "GET", f"/payments/{other}/papers/{paper['id']}")
        assert astray.status_code == 404
    assert seen["acts"][-1]["id"] == str(act_id)
    letter = programs.call(keeper, "GET", f"/payments/{payment_id}/returns/{act_id}")
    assert letter.content == return_letter_pdf(office.app, keeper, payment_id, act_id)[0]
    assert programs.call(keeper, "GET", f"/payments/{other}/returns/{act_id}").status_code == 404
    for path in (f"papers/{seen['papers'][0]['id']}", f"returns/{act_id}"):
        refused = programs.call(office.stranger, "GET", f"/payments/{payment_id}/{path}")
        assert refused.status_code in (403, 404)


def test_movements_are_told_page_by_page(office: Treasury, programs: Programs) -> None:
    """Each entry once, the oldest first, with the pockets after it wherever a page begins."""
    walked(office, BANK, two_lines(office))
    keeper = office.people[TEST]
    path = f"/budget/lines/{office.line}/movements"
    whole = programs.done(keeper, "GET", path)
    assert [one["cause"] for one in whole["items"]] == ["dpa", "spd", "spm", "sp2d"]
    assert whole["next"] is None
    parts: list[dict[str, Any]] = []
    cursor = ""
    while True:
        page = programs.done(keeper, "GET", f"{path}?limit=1&cursor={cursor}")
        parts += page["items"]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert parts == whole["items"]
    last = whole["items"][-1]
    assert (last["from_pocket"], last["to_pocket"]) == ("reserved", "spent")
    names = ("unreleased", "free", "reserved", "spent")
    assert tuple(last["after"][name] for name in names) == pockets(office, office.line)
    assert last["after"]["ceiling"] == 100_000_000
    with office.app.read(keeper) as view:
        assert len(movements_of(view, office.line)) == len(parts)
    assert programs.call(office.stranger, "GET", path).status_code in (403, 404)
    assert programs.call(keeper, "GET", f"{path}?cursor=x").status_code == 422


def test_a_tax_is_told_to_have_reached_the_state(office: Treasury, programs: Programs) -> None:
    """Billing id before the SP2D, NTPN after it; a number that is none is told at its field."""
    payment_id = walked(office, SP2D, two_lines(office))
    treasurer = office.people[SPP]
    path = f"/payments/{payment_id}"
    [cut] = programs.done(treasurer, "GET", path)["deductions"]
    receipt = f"{path}/deductions/{cut['id']}/receipt"
    bill = {"billing_id": BILLING, "billing_date": "2026-10-01"}
    told = programs.done(treasurer, "PUT", receipt, json=bill)["deductions"]
    assert (told[0]["billing_id"], told[0]["billing_date"]) == (BILLING, "2026-10-01")
    early = programs.call(treasurer, "PUT", receipt, json=bill | {"ntpn": NTPN})
    assert (early.status_code, early.json()["code"]) == (409, "wrong_turn")
    assert programs.step(payment_id, SP2D).status_code == 200
    proved = programs.done(treasurer, "PUT", receipt, json=bill | {"ntpn": NTPN}, key="setor-1")
    assert proved["deductions"][0]["ntpn"] == NTPN
    wrong = {"billing_id": "12", "billing_date": "2027-01-01", "ntpn": "x"}
    answer = programs.call(treasurer, "PUT", receipt, json=wrong)
    paths = {one["path"] for one in answer.json()["errors"]}
    assert paths == {"billing_id", "billing_date", "ntpn"}
    assert programs.call(office.people[DRAFT], "PUT", receipt, json=bill).status_code == 403
