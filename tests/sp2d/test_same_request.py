"""The same request a second time, without any key: a double tap, a post after a lost answer.

It gets the first answer and changes nothing; other content, or another person, on what has changed
meanwhile is refused as before.
"""

import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.values import ConflictError, ManualClock, NotFoundError, StaleEditError
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Batch, Evidence, Instruction, Lpj, LpjEvidence, Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, RETUR, SP2D, SPP, VERIFY
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision
from leuit_sp2d.service.evidence import remove_evidence
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.payments import cancel, revise
from leuit_sp2d.service.refusing import refuse
from leuit_sp2d.service.statements import read_bank_statement
from tests.sp2d.course_people import everybody
from tests.sp2d.float_office import SPENT_ON, float_claim, paid, receipt, written
from tests.sp2d.programs import HOME, PASSWORD, Programs, body, with_passwords
from tests.sp2d.test_pages import fields
from tests.sp2d.treasury import Treasury, claim, drafted, pockets, state_of, treasury, walked
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


def test_a_revision_is_known_again(office: Treasury) -> None:
    """The same by the same person is answered; other words, another person, a later one are not."""
    payment = drafted(office)
    people, wanted = everybody(office), claim(office, purpose="Kertas")
    assert mended(office, people["draft"], payment.id, wanted, 1).version == 2
    assert mended(office, people["draft"], payment.id, wanted, 1).version == 2
    for who, other in (
        ("second", wanted),
        ("draft", claim(office, purpose="Tinta")),
        ("draft", claim(office, 11_100_001, purpose="Kertas")),
    ):
        with pytest.raises(StaleEditError):
            mended(office, people[who], payment.id, other, 1)
    assert mended(office, people["second"], payment.id, claim(office), 2).version == 3
    with pytest.raises(StaleEditError):
        mended(office, people["draft"], payment.id, wanted, 1)
    assert told(office, "sp2d.payment.revised") == 2


def test_programs_mend_a_payment_twice(office: Treasury, programs: Programs) -> None:
    """The second PUT of the same bytes gives the first answer; another purpose is stale."""
    pptk = office.people[DRAFT]
    made = programs.done(pptk, "POST", "/payments", json=body(office))
    sent = body(office, version=made["version"], purpose="Laptop kecamatan")
    first = programs.done(pptk, "PUT", f"/payments/{made['id']}", json=sent)
    assert (first["version"], first["purpose"]) == (2, "Laptop kecamatan")
    assert programs.done(pptk, "PUT", f"/payments/{made['id']}", json=sent) == first
    other = programs.call(pptk, "PUT", f"/payments/{made['id']}", json=sent | {"purpose": "x"})
    assert (other.status_code, other.json()["code"]) == (409, "stale_edit")


def test_the_form_of_a_payment_is_sent_twice(office: Treasury, client: Client) -> None:
    """Both taps lead to the payment, which was changed once."""
    payment = drafted(office)
    sent = fields(office) | {"version": "1"}
    with client.as_(office.people[DRAFT]):
        for _tap in range(2):
            answer = client.post_form(f"/sp2d/payments/{payment.id}/edit", sent)
            assert answer.status_code == 303, answer.text
        other = client.post_form(
            f"/sp2d/payments/{payment.id}/edit", sent | {"purpose": "Lain sama sekali"}
        )
        assert other.status_code == 422
        assert "baru saja diubah" in other.text
    with office.app.read(SYSTEM) as view:
        assert view.session.get_one(Payment, payment.id).version == 2


def test_giving_up_is_known_again_by_who_did_it(office: Treasury, client: Client) -> None:
    """Another person is told that it is over, and so is whoever meant to give up what was refused
    by others.
    """
    people, payment = everybody(office), drafted(office)
    with client.as_(people["draft"]):
        for _tap in range(2):
            sent = {"version": "1", "note": "keliru"}
            answer = client.post_form(f"/sp2d/payments/{payment.id}/cancel", sent)
            assert answer.status_code == 303
    with pytest.raises(ConflictError), office.app.change(people["second"]) as work:
        cancel(work, payment.id, 1, "keliru")
    ended = walked(office, VERIFY, claim(office, invoice="INV/2"))
    with office.app.change(people["verify"]) as work:
        refuse(work, ended, Decision(VERIFY, 3), [Reason("lain", "")])
    with pytest.raises(ConflictError), office.app.change(people["draft"]) as work:
        cancel(work, ended, 3, "keliru")
    assert told(office, "sp2d.payment.cancelled") == 1


def test_a_file_is_taken_off_twice(office: Treasury, programs: Programs, client: Client) -> None:
    """By page and by program; nobody else is told that he did it, nor is it of another file."""
    people, payment = everybody(office), drafted(office)
    with office.app.read(SYSTEM) as view:
        first, second, *_rest = view.session.scalars(select(Evidence.id).order_by(Evidence.id))
    path = f"/payments/{payment.id}/evidence"
    gone = programs.done(people["draft"], "DELETE", f"{path}/{first}")
    assert str(first) not in {one["id"] for one in gone["evidence"]}
    assert programs.done(people["draft"], "DELETE", f"{path}/{first}") == gone
    with client.as_(people["draft"]):
        for _tap in range(2):
            answer = client.post_form(f"/sp2d{path}/{second}/remove", {})
            assert answer.status_code == 303
        assert client.post_form(f"/sp2d{path}/{payment.id}/remove", {}).status_code == 404
    for who in ("second", "stranger"):
        with pytest.raises(NotFoundError), office.app.change(people[who]) as work:
            remove_evidence(work, payment.id, first)
    assert told(office, "sp2d.evidence.removed") == 2


def test_programs_mend_and_drop_an_account_twice(office: Treasury, programs: Programs) -> None:
    """LPJ revised, a file taken off, given up: each second sending gives the first answer."""
    paid(office, float_claim(office))
    who = office.people[SPP]
    lpj = written(office, receipt(office.line, 7_000))
    path = f"/accounts/{lpj.id}"
    one = {"line": str(office.line), "amount": 6_000, "number": "KW-1", "dated": f"{SPENT_ON}"}
    sent: dict[str, Any] = {"version": 1, "purpose": "Belanja", "receipts": [one]}
    first = programs.done(who, "PUT", path, json=sent)
    assert (first["version"], first["total"]) == (2, 6_000)
    assert programs.done(who, "PUT", path, json=sent) == first
    for change in ({"purpose": "Lain"}, {"receipts": [one | {"amount": 7_000}]}):
        other = programs.call(who, "PUT", path, json=sent | change)
        assert (other.status_code, other.json()["code"]) == (409, "stale_edit")
    file = f"{path}/evidence/{first['evidence'][0]['id']}?version=2"
    bare = programs.done(who, "DELETE", file)
    assert bare["evidence"] == []
    assert programs.done(who, "DELETE", file) == bare
    unknown = f"{path}/evidence/{office.unit}?version=2"
    assert programs.call(who, "DELETE", unknown).status_code == 404
    dropped = programs.done(who, "POST", f"{path}/drop", json={"version": 2})
    assert programs.done(who, "POST", f"{path}/drop", json={"version": 2}) == dropped
    for version in (1, 3):
        stale = programs.call(who, "POST", f"{path}/drop", json={"version": version})
        assert stale.status_code == 409
    assert [told(office, f"sp2d.lpj.{what}") for what in ("revised", "dropped")] == [1, 1]
    assert told(office, "sp2d.lpj.evidence_removed") == 1


def test_the_pages_of_an_account_are_sent_twice(office: Treasury, client: Client) -> None:
    """The form, the button beside the file and that which gives up lead on both times."""
    paid(office, float_claim(office))
    lpj = written(office, receipt(office.line, 7_000))
    with office.app.read(SYSTEM) as view:
        file = view.session.scalars(select(LpjEvidence.id)).one()
    path = f"/sp2d/accounts/{lpj.id}"
    form = {
        "version": "1",
        "purpose": "Belanja",
        "line-0": str(office.line),
        "amount-0": "6.000",
        "number-0": "KW-1",
        "dated-0": "05/10/2026",
    }
    version = {"version": "2"}
    posts = ((f"{path}/edit", form), (f"{path}/evidence/{file}/remove", version))
    with client.as_(office.people[SPP]):
        for address, sent in (*posts, (f"{path}/drop", version)):
            for _tap in range(2):
                assert client.post_form(address, sent).status_code == 303, address
    with office.app.read(SYSTEM) as view:
        kept = view.session.get_one(Lpj, lpj.id)
        assert (kept.state, kept.version, kept.total) == ("dropped", 3, 6_000)


def test_a_revision_that_was_sent_out_since_is_stale(office: Treasury, programs: Programs) -> None:
    """An LPJ sent back with what it said before is not taken for a revision that never was."""
    paid(office, float_claim(office))
    who, lpj = office.people[SPP], written(office, receipt(office.line, 7_000))
    path = f"/accounts/{lpj.id}"
    programs.done(who, "POST", f"{path}/submit", json={"version": 1})
    back = {"version": 2, "reasons": [{"code": "salah_hitung"}]}
    seen = programs.done(office.people[VERIFY], "POST", f"{path}/return", json=back)
    same = {"purpose": seen["purpose"], "receipts": seen["receipts"], "version": 2}
    assert programs.call(who, "PUT", path, json=same).status_code == 409


def test_a_file_of_orders_is_told_again_to_who_made_it(
    office: Treasury, programs: Programs, client: Client
) -> None:
    """Just those orders of the same person; one of them, one more or another person is refused."""
    people = everybody(office)
    for number in range(3):
        walked(office, BANK, claim(office, 1_000_000, invoice=f"INV/{number}"))
    with office.app.read(SYSTEM) as view:
        ids = [str(one) for one in view.session.scalars(select(Instruction.id))]
    sent = {"orders": ids[:2], "password": PASSWORD}
    first = programs.done(people["sp2d"], "POST", "/bank/orders", json=sent)
    again = sent | {"orders": ids[1::-1]}
    assert programs.done(people["sp2d"], "POST", "/bank/orders", json=again) == first
    with client.as_(people["sp2d"]):
        answer = client.post_form("/sp2d/bank/send", {"order": ids[:2], "password": PASSWORD})
        assert answer.status_code == 303
        assert first["message_id"] in client.get(answer.headers["location"]).text
    for orders in (ids[:1], ids):
        refused = programs.call(
            people["sp2d"], "POST", "/bank/orders", json=sent | {"orders": orders}
        )
        assert refused.status_code == 409
    chosen = [UUID(one) for one in ids[:2]]
    with pytest.raises(ConflictError):
        send_orders(office.app, people["bud"], chosen)
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Batch.count)).all() == [2]
    assert told(office, "sp2d.orders.sent") == 1


def test_a_second_account_is_not_the_first_request(
    office: Treasury, programs: Programs, client: Client, clock: ManualClock
) -> None:
    """After a retur the same account again is answered by page and program, another is refused:
    nobody is told that the money goes where it does not.
    """
    payment_id = returned(office, clock)
    who = office.people[SP2D]
    version = programs.done(who, "GET", f"/payments/{payment_id}")["version"]
    sent = {"version": version, "bank": "110", "account": "777", "holder": "CV CONTOH"}
    sent["password"] = PASSWORD
    first = programs.done(who, "POST", f"/payments/{payment_id}/repeat", json=sent)
    assert programs.done(who, "POST", f"/payments/{payment_id}/repeat", json=sent) == first
    with client.as_(who):
        page = client.post_form(f"/sp2d/payments/{payment_id}/repeat", sent)
        assert page.status_code == 303, page.text
        other = client.post_form(f"/sp2d/payments/{payment_id}/repeat", sent | {"account": "778"})
        assert other.status_code in (409, 422)
        assert client.get(f"/sp2d/payments/{payment_id}/repeat").status_code == 409
    wrong = programs.call(
        who, "POST", f"/payments/{payment_id}/repeat", json=sent | {"account": "778"}
    )
    assert (wrong.status_code, wrong.json()["code"]) == (409, "wrong_turn")
    with office.app.read(SYSTEM) as view:
        accounts = view.session.scalars(select(Instruction.account).order_by(Instruction.id))
        assert list(accounts)[1:] == ["777"]


def test_a_whole_refund_is_sent_twice_by_its_page(office: Treasury, client: Client) -> None:
    """Though nothing is left to pay back on the line, its form is known again."""
    payment_id = paid(office, claim(office))
    sent = {"number": "STS/1", "dated": "05/10/2026", f"lines.{office.line}": "11.100.000"}
    with client.as_(office.people[SP2D]):
        for _tap in range(2):
            answer = client.post_form(f"/sp2d/payments/{payment_id}/refund", sent)
            assert answer.status_code == 303, answer.text
        other = client.post_form(
            f"/sp2d/payments/{payment_id}/refund", sent | {f"lines.{office.line}": "1"}
        )
        assert "dengan isi lain" in other.text
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)


def test_programs_take_a_claim_up_twice(office: Treasury, client: Client) -> None:
    """Without a key the second taking up is told of the first payment, another payee is not."""
    home, same_site = f"{HOME}/claims", {"Sec-Fetch-Site": "same-origin"}
    asked = body(office)
    taxable = asked.pop("taxable")
    lines = asked.pop("lines")
    handed = {k: v for k, v in asked.items() if not re.match("year|invoice", k)}
    with client.as_(office.people[SPP]):
        made = client.post(home, json=handed | {"amount": 11_100_000}, headers=same_site)
        assert made.status_code == 201, made.text
    path = f"{home}/{made.json()['id']}/take"
    sent = asked | {"version": 1, "taxable": taxable, "lines": lines}
    with client.as_(office.people[DRAFT]):
        first = client.post(path, json=sent, headers=same_site)
        assert first.status_code == 200, first.text
        again = client.post(path, json=sent, headers=same_site)
        assert (again.status_code, again.json()) == (200, first.json())
        other = client.post(path, json=sent | {"payee": "CV Lain"}, headers=same_site)
        assert other.status_code == 409
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Payment.id)).all() == [UUID(first.json()["id"])]


def mended(office: Treasury, who: Identity, payment_id: UUID, wanted: Any, version: int) -> Payment:
    """What a person is answered who revises a payment."""
    with office.app.change(who) as work:
        return revise(work, payment_id, wanted, version)


def returned(office: Treasury, clock: ManualClock) -> UUID:
    """A payment whose money the bank has sent back."""
    payment_id = walked(office, BANK)
    batch = send_orders(office.app, office.people[SP2D])
    orders = office.app.blobs.get(batch.sha256)
    name = f"SP2D{SPENT_ON:%Y}-000001"
    file = answer_orders(orders, clock.now(), returned={name: "AC04"}, opening=10**9)
    read_bank_statement(office.app, office.people[SP2D], "rk.xml", file)
    assert state_of(office, payment_id) == RETUR
    return payment_id


def told(office: Treasury, action: str) -> int:
    """How often the audit log tells an action."""
    with office.app.read(SYSTEM) as view:
        rows = view.session.scalars(select(AuditEntry.id).where(AuditEntry.action == action))
        return len(rows.all())
