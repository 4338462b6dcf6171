"""Several SP2D in one request by program: each its own, all under one password."""

from typing import Any

import pytest

from leuit.identity import SYSTEM
from leuit.values import new_id
from leuit.work import Leuit
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.chain import BANK, SP2D, TEST
from leuit_sp2d.service.papers import papers_of
from tests.sp2d.programs import PASSWORD, Programs, with_passwords
from tests.sp2d.treasury import Treasury, claim, pockets, state_of, treasury, walked
from tests.support.client import Client

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury, with passwords where they are asked for."""
    made = treasury(app)
    with_passwords(made)
    return made


@pytest.fixture
def programs(office: Treasury, client: Client) -> Programs:
    """Everybody's programs."""
    return Programs(client, office)


def test_each_sp2d_is_issued_or_refused_by_itself(office: Treasury, programs: Programs) -> None:
    """An early and an unknown one hold up none; the same list again issues nothing more."""
    ready = [
        walked(office, SP2D, claim(office, 1_000_000 + number, invoice=f"INV/{number}"))
        for number in range(2)
    ]
    early = walked(office, TEST, claim(office, 7_000_000, invoice="INV/7"))
    chosen = [(ready[0], version(office, ready[0])), (early, version(office, early))]
    chosen += [(new_id(), 1), (ready[1], version(office, ready[1]))]
    sent = body(chosen)
    delegate = office.people[SP2D]
    told = programs.done(delegate, "POST", "/release", json=sent, key="sp2d-1")
    assert (told["issued"], told["refused"], told["total"]) == (2, 2, 2_000_001)
    outcomes = [(one["outcome"], one["code"]) for one in told["items"]]
    assert outcomes == [
        ("issued", ""),
        ("refused", "wrong_turn"),
        ("refused", "not_found"),
        ("issued", ""),
    ]
    assert [one["number"].split("/")[2] for one in told["items"] if one["number"]] == [
        "000001",
        "000002",
    ]
    assert {state_of(office, one) for one in ready} == {BANK}
    again = programs.call(delegate, "POST", "/release", json=sent, key="sp2d-1")
    assert (again.json(), again.headers["idempotency-replayed"]) == (told, "true")
    assert programs.done(delegate, "POST", "/release", json=sent) == told
    with office.app.read(SYSTEM) as view:
        assert [len(papers_of(view, one)) for one in ready] == [3, 3]
    assert pockets(office, office.line)[3] == 2_000_001


def test_a_token_alone_issues_nothing(office: Treasury, programs: Programs) -> None:
    """Without the password, twice the same, none, or too many: nothing moves."""
    payment_id = walked(office, SP2D, claim(office))
    one = (payment_id, version(office, payment_id))
    delegate = office.people[SP2D]
    for sent, path in (
        (body([one], password="salah"), "password"),
        (body([one], password=""), "password"),
        (body([one, one]), "payments[1].payment"),
        (body([]), "payments"),
        (body([(new_id(), 1) for _ in range(101)]), "payments"),
    ):
        answer = programs.call(delegate, "POST", "/release", json=sent)
        assert answer.status_code == 422
        assert [fault["path"] for fault in answer.json()["errors"]] == [path]
    refused = programs.call(office.people[TEST], "POST", "/release", json=body([one]))
    assert refused.status_code == 403
    assert state_of(office, payment_id) == SP2D


def body(chosen: list[tuple[Any, int]], password: str = PASSWORD) -> dict[str, Any]:
    """Payments with the versions that were read."""
    payments = [{"payment": str(name), "version": number} for name, number in chosen]
    return {"payments": payments, "password": password}


def version(office: Treasury, payment_id: Any) -> int:
    """The version of a payment as it is stored."""
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(Payment, payment_id).version
