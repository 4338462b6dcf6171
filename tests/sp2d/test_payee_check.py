"""The payee beside what was paid before: asked about what differs, held by what cannot be paid."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from leuit.identity import SYSTEM
from leuit.values import ConflictError, InvalidInputError
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.chain import BANK, SPM, TEST, VERIFY
from leuit_sp2d.service.checks import machine_checks, warnings
from leuit_sp2d.service.machine_check import MachineCheck
from leuit_sp2d.service.moving import ref_of
from tests.sp2d.float_office import paid
from tests.sp2d.test_reversing import read, sent
from tests.sp2d.treasury import Treasury, claim, decided, state_of, step, treasury, walked
from tests.support.client import Client

pytestmark = pytest.mark.ci
OTHER = "0077001122"
NPWP = "012345674901000"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def later(office: Treasury, until: str = VERIFY, **changes: Any) -> UUID:
    """Another bill, that waits for a step."""
    return walked(office, until, claim(office, invoice="INV/2", purpose="Tinta", **changes))


def checks(office: Treasury, payment_id: UUID, who: str = VERIFY) -> dict[str, MachineCheck]:
    """What the machine tells somebody of a payment, by its code."""
    with office.app.read(office.people[who]) as view:
        found = machine_checks(view, view.session.get_one(Payment, payment_id))
    return {one.code: one for one in found}


def warned(office: Treasury, payment_id: UUID, who: str = VERIFY) -> dict[str, str]:
    """What it asks him about."""
    return {one.code: one.detail for one in warnings(checks(office, payment_id, who).values())}


def change(office: Treasury, payment_id: UUID, **values: Any) -> None:
    """Change a stored payment past its services."""
    with office.app.change(SYSTEM) as work:
        work.connection.execute(update(Payment).where(Payment.id == payment_id).values(**values))
        work.audit("sp2d.payment.revised", ref_of(work.session.get_one(Payment, payment_id)))


def test_who_was_paid_so_before_is_known(office: Treasury) -> None:
    """The first time he is new, then he fits; his name may be spelled with other signs."""
    first = walked(office, VERIFY)
    assert (checks(office, first)["payee"].told, warned(office, first)) == ("penerima baru", {})
    paid(office, claim(office, invoice="INV/0"))
    again = later(office, holder="Contoh Rangkas, CV.", npwp=f"0{NPWP}")
    assert checks(office, again)["payee"].title == "Rekening dan NPWP cocok"
    assert warned(office, again) == {}


def test_another_account_of_a_tax_number_is_asked_about(office: Treasury) -> None:
    """Both are named, with the payment in which the older was paid, until the newer was paid."""
    before = paid(office, claim(office))
    payment_id = later(office, account=OTHER)
    told = checks(office, payment_id)["account"]
    assert all(word in told.detail for word in ("0012345678", OTHER, "Belanja alat tulis kantor"))
    assert (told.about, told.ok, told.warning) == (before, False, True)
    assert set(warned(office, payment_id)) == {"account"}
    paid(office, claim(office, invoice="INV/3", account=OTHER))
    assert warned(office, payment_id) == {}


@pytest.mark.parametrize(
    "changes, said",
    [({"holder": "BUDI CONTOH"}, "BUDI CONTOH"), ({"npwp": "023456783401000"}, "023456783401000")],
    ids=["holder", "npwp"],
)
def test_another_owner_of_an_account_is_asked_about(
    office: Treasury, changes: dict[str, str], said: str
) -> None:
    """Whoever is named for an account now is named beside whoever was paid on it."""
    paid(office, claim(office))
    told = warned(office, later(office, **changes))
    assert set(told) == {"owner"}
    assert all(word in told["owner"] for word in (said, "CV CONTOH RANGKAS", NPWP))


def test_who_had_no_tax_number_may_have_one(office: Treasury) -> None:
    """What is missing differs from nothing."""
    paid(office, claim(office, npwp=""))
    assert warned(office, later(office)) == {}


def test_an_account_that_the_bank_returned_is_asked_about(office: Treasury) -> None:
    """By the bank's own reason, until a transfer to it arrived."""
    walked(office, BANK)
    read(office, sent(office), returned={"SP2D2026-000001": "AC04"})
    payment_id = later(office)
    assert "Rekening sudah ditutup" in warned(office, payment_id)["retur"]
    paid(office, claim(office, invoice="INV/3"))
    assert warned(office, payment_id) == {}


def test_an_unusual_count_of_digits_is_asked_about(office: Treasury) -> None:
    """Where the bank's usual count is known, and nowhere else."""
    short = later(office, bank="002", account="123456789012")
    assert "lazimnya 15 angka; yang ini 12" in warned(office, short)["digits"]
    change(office, short, account="123456789012345")
    assert warned(office, short) == {}
    change(office, short, bank="110", account="1234")
    assert warned(office, short) == {}


def test_payments_of_units_of_others_are_not_named(office: Treasury) -> None:
    """The PPK-SKPD learns that there is one and how its account ends; the BUD reads all units."""
    before = paid(office, claim(office))
    change(office, before, unit_id=office.sibling)
    payment_id = later(office, account=OTHER)
    own = checks(office, payment_id)["account"]
    assert "•••• 5678 (pembayaran unit lain" in own.detail
    assert "0012345678" not in own.detail
    assert own.about is None
    step(office, payment_id, VERIFY)
    step(office, payment_id, SPM)
    told = checks(office, payment_id, TEST)["account"]
    assert "0012345678 (Belanja alat tulis kantor" in told.detail
    assert told.about == before


@pytest.mark.parametrize("key", [VERIFY, TEST])
def test_a_warning_is_answered_before_the_step(office: Treasury, key: str) -> None:
    """Unanswered, or answered as wrong, it holds whoever compares; found right, it holds nobody."""
    paid(office, claim(office))
    payment_id = later(office, key, account=OTHER)
    answers = dict(decided(key, 1).answers)
    for wrong in (None, "wrong"):
        given = {name: word for name, word in answers.items() if name != "warning.account"}
        given |= {} if wrong is None else {"warning.account": wrong}
        with pytest.raises(InvalidInputError) as refused:
            step(office, payment_id, key, answers=given)
        assert [fault.path for fault in refused.value.fields] == ["answers.warning.account"]
    step(office, payment_id, key, answers=answers)
    assert state_of(office, payment_id) == {VERIFY: SPM, TEST: "sp2d"}[key]


@pytest.mark.parametrize(
    "changes", [{"bank": "999"}, {"npwp": "1234"}, {"account": "12;34"}], ids=["bank", "npwp", "no"]
)
def test_what_cannot_be_paid_holds_the_step(office: Treasury, changes: dict[str, str]) -> None:
    """No answer helps against an unknown bank, or what is no account or no tax number."""
    payment_id = walked(office, VERIFY)
    change(office, payment_id, **changes)
    assert not checks(office, payment_id)["payee"].ok
    with pytest.raises(ConflictError):
        step(office, payment_id, VERIFY)


def test_nothing_is_asked_about_money_on_its_way(office: Treasury) -> None:
    """Once it was transferred there is nothing to decide, whatever is paid later."""
    first = paid(office, claim(office))
    paid(office, claim(office, invoice="INV/3", account=OTHER))
    assert warned(office, first) == {}


def test_the_verifier_sees_it_answers_it_and_sums_up(office: Treasury, client: Client) -> None:
    """The page asks; the summary comes before the step, and back from there keeps what was said."""
    paid(office, claim(office))
    payment_id = later(office, account=OTHER)
    path = f"/sp2d/payments/{payment_id}"
    with client.as_(office.people[VERIFY]):
        shown = client.get(path).text
        assert "Buka pembayaran itu" in shown
        assert "Lanjut ke ringkasan" in shown
        form = {"step": VERIFY, "version": str(_version(office, payment_id)), "note": "dilihat"}
        form |= {f"answer-{name}": word for name, word in decided(VERIFY, 1).answers.items()}
        without = {name: word for name, word in form.items() if name != "answer-warning.account"}
        refused = client.post_form(f"{path}/steps", without | {"do": "sum"})
        assert refused.status_code == 422
        assert 'id="e-answers.warning.account"' in refused.text
        summed = client.post_form(f"{path}/steps", form | {"do": "sum"})
        assert summed.status_code == 200
        assert all(word in summed.text for word in ("Ringkasan pemeriksaan", "Wajar", "dilihat"))
        assert state_of(office, payment_id) == VERIFY
        back = client.post_form(f"{path}/steps", form | {"do": "back"})
        assert 'name="answer-warning.account" value="ok" checked' in back.text
        wrong = form | {"answer-warning.account": "wrong", "do": "return"}
        asked = client.post_form(f"{path}/steps", wrong)
        assert 'name="item-warning.account"' in asked.text
        client.post_form(f"{path}/steps", form | {"do": "step"})
    assert state_of(office, payment_id) == SPM


def test_looking_at_the_older_payment_is_noted(office: Treasury, client: Client) -> None:
    """Its payee is personal data too: who was shown the account stands in the log."""
    before = paid(office, claim(office))
    payment_id = later(office, account=OTHER)
    with client.as_(office.people[VERIFY]):
        client.get(f"/sp2d/payments/{payment_id}")
    assert str(before) in _read_by_people(office)


def _version(office: Treasury, payment_id: UUID) -> int:
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(Payment, payment_id).version


def _read_by_people(office: Treasury) -> set[str]:
    with office.app.read(SYSTEM) as view:
        return set(
            view.session.scalars(
                select(AuditEntry.ref_id).where(AuditEntry.action == "core.personal_data.read")
            )
        )
