"""A TPP claim whose place a newer one took closes by itself, and opens again without the newer."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from leuit.contracts import PAYMENT_REPLACED, PaymentProgressed, PaymentRefused
from leuit.identity import SYSTEM
from leuit.values import ConflictError, LeuitError, ManualClock
from leuit.work import AuditEntry
from leuit_sp2d.models import OPEN, REFUSED, REPLACED, TAKEN, PaymentClaim
from leuit_sp2d.rules.chain import DRAFT, SPP, VERIFY
from leuit_sp2d.service import replacing
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision
from leuit_sp2d.service.claim_desk import refuse_claim
from leuit_sp2d.service.payments import cancel
from leuit_sp2d.service.refusing import refuse
from leuit_sp2d.service.tasks import count_open_claims
from tests.sp2d.programs import HOME
from tests.sp2d.test_claims import Caller, caller, office
from tests.sp2d.test_races import at_once
from tests.sp2d.test_tpp import NIPS, ask, bring_in, people, row, take, wanted
from tests.sp2d.treasury import Treasury, step
from tests.support.client import Client

pytestmark = pytest.mark.ci

__all__ = ["caller", "office", "people"]  # the fixtures of those tests


@pytest.fixture
def versions(
    office: Treasury, people: tuple[UUID, ...], caller: Caller, clock: ManualClock
) -> tuple[UUID, UUID, UUID]:
    """Three claims of one month, the newest last; base amounts are there."""
    bring_in(office, row(NIPS[0]))
    made = [ask(office, {people[0]: cut}, key=f"rekap-{cut}") for cut in (0, 100, 200)]
    return made[0], made[1], made[2]


def test_taking_the_newest_up_closes_the_older(
    office: Treasury, caller: Caller, versions: tuple[UUID, UUID, UUID]
) -> None:
    """Each with reason and link; its claimant hears it; nothing of them waits on the desk."""
    oldest, older, newest = versions
    assert states(office, versions) == [OPEN, OPEN, OPEN]
    take(office, newest, wanted(office, 3_920_000))
    assert states(office, versions) == [REPLACED, REPLACED, TAKEN]
    with office.app.read(SYSTEM) as view:
        for one in (oldest, older):
            kept = view.session.get_one(PaymentClaim, one)
            assert (kept.replaced_by, kept.reason_code) == (newest, PAYMENT_REPLACED)
            assert kept.reason == "Klaim yang lebih baru sudah diambil: Rekap September"
            assert kept.decided_by == office.people[DRAFT].person_id
    with office.app.read(office.people[DRAFT]) as view:
        assert count_open_claims(view) == 0
    told = [one for one in caller.hear() if isinstance(one, PaymentRefused)]
    assert {(one.key, one.code) for one in told} == {
        ("rekap-0", "replaced"),
        ("rekap-100", "replaced"),
    }
    assert audited(office, "sp2d.claim.replaced") == 2


def test_until_then_nothing_is_lost(office: Treasury, versions: tuple[UUID, UUID, UUID]) -> None:
    """A newer claim that is refused on the desk leaves the older ones as they were."""
    _oldest, older, newest = versions
    refused(office, newest)
    take(office, older, wanted(office, 3_960_000))
    assert states(office, versions) == [REPLACED, TAKEN, REFUSED]


@pytest.mark.parametrize("ended", ["cancelled", "refused"])
def test_the_older_come_back_when_the_newer_is_refused(
    office: Treasury, caller: Caller, versions: tuple[UUID, UUID, UUID], ended: str
) -> None:
    """Not when its payment ends: the newer one lies on the desk then. Refused there, it leaves the
    older ones to be decided about, and the next newest may be paid.
    """
    _oldest, older, newest = versions
    payment = take(office, newest, wanted(office, 3_920_000))
    if ended == "cancelled":
        with office.app.change(office.people[DRAFT]) as work:
            cancel(work, payment.id, payment.version, "keliru")
    else:
        sent(office, payment.id)
    assert states(office, versions) == [REPLACED, REPLACED, OPEN]
    caller.hear()
    refused(office, newest)
    assert states(office, versions) == [OPEN, OPEN, REFUSED]
    told = caller.hear()
    assert {(one.key, one.state) for one in told if isinstance(one, PaymentProgressed)} == {
        ("rekap-0", OPEN),
        ("rekap-100", OPEN),
    }
    with office.app.read(SYSTEM) as view:
        kept = view.session.get_one(PaymentClaim, older)
        assert (kept.replaced_by, kept.reason_code, kept.reason) == (None, "", "")
        assert (kept.decided_by, kept.decided_at) == (None, None)
    assert audited(office, "sp2d.claim.reopened") == 2
    take(office, older, wanted(office, 3_960_000))
    assert states(office, versions) == [REPLACED, TAKEN, REFUSED]


def test_a_chain_of_replacements_comes_back_link_by_link(
    office: Treasury, people: tuple[UUID, ...], versions: tuple[UUID, UUID, UUID]
) -> None:
    """What a later one replaced comes back with the refusal of that one, not of another."""
    oldest, _older, newest = versions
    payment = take(office, newest, wanted(office, 3_920_000))
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, payment.id, payment.version, "keliru")
    last = ask(office, {people[0]: 300}, key="rekap-300")
    payment = take(office, last, wanted(office, 3_880_000))
    assert states(office, (*versions, last)) == [REPLACED, REPLACED, REPLACED, TAKEN]
    assert replaced_by(office, newest) == last
    assert replaced_by(office, oldest) == newest
    with office.app.change(office.people[DRAFT]) as work:
        cancel(work, payment.id, payment.version, "keliru")
    refused(office, last)
    assert states(office, (*versions, last)) == [REPLACED, REPLACED, OPEN, REFUSED]


def test_what_is_replaced_is_neither_taken_nor_refused(
    office: Treasury, versions: tuple[UUID, UUID, UUID]
) -> None:
    """Whoever has its page still open is told that it does not wait any more."""
    oldest, _older, newest = versions
    take(office, newest, wanted(office, 3_920_000))
    with pytest.raises(ConflictError, match="digantikan"):
        take(office, oldest, wanted(office, 4_000_000))
    with pytest.raises(ConflictError, match="digantikan"):
        refused(office, oldest)


def test_claims_of_other_months_and_bills_stay(
    office: Treasury, caller: Caller, versions: tuple[UUID, UUID, UUID]
) -> None:
    """A claim for goods, taken up or waiting, has nothing to do with it."""
    goods = caller.ask()
    take(office, versions[2], wanted(office, 3_920_000))
    assert states(office, [goods]) == [OPEN]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_one_that_comes_in_the_same_moment_stays_open(
    office: Treasury,
    people: tuple[UUID, ...],
    versions: tuple[UUID, UUID, UUID],
    clock: ManualClock,
    monkeypatch: pytest.MonkeyPatch,
    engine: str,
) -> None:
    """A still newer claim that nobody could see when another was taken up is not closed by it."""
    close, came = replacing._held, []

    def meanwhile(*wanted_rows: Any) -> Any:
        monkeypatch.setattr(replacing, "_held", close)
        came.extend(at_once([lambda: ask(office, {people[0]: 300}, key="rekap-300")]))
        return close(*wanted_rows)

    monkeypatch.setattr(replacing, "_held", meanwhile)
    take(office, versions[2], wanted(office, 3_920_000))
    assert states(office, (*versions, *came)) == [REPLACED, REPLACED, TAKEN, OPEN]


def test_page_and_program_show_what_replaced_it(
    office: Treasury, client: Client, versions: tuple[UUID, UUID, UUID]
) -> None:
    """Reason and link on the page of the older one, the link back on that of the newer."""
    oldest, older, newest = versions
    take(office, newest, wanted(office, 3_920_000))
    with client.as_(office.people[DRAFT]):
        page = client.get(f"/sp2d/claims/{oldest}").text
        assert "Klaim yang lebih baru sudah diambil: Rekap September" in page
        assert f"/sp2d/claims/{newest}" in page
        assert "Ambil klaim" not in page
        assert "Tolak klaim" not in page
        other = client.get(f"/sp2d/claims/{newest}").text
        assert "Klaim TPP yang lebih lama sudah ditutup" in other
        assert f"/sp2d/claims/{older}" in other
        assert "tolak yang keliru" not in other
        listed = client.get("/sp2d/claims?state=replaced").text
        assert (str(oldest) in listed, str(newest) in listed) == (True, False)
        found = client.get(f"{HOME}/claims/{oldest}").json()
        assert (found["state"], found["replaced_by"]) == ("replaced", str(newest))
        items = client.get(f"{HOME}/claims?state=replaced").json()["items"]
        assert {one["id"] for one in items} == {str(oldest), str(older)}
        late = client.post(
            f"{HOME}/claims/{oldest}/refuse",
            json={"version": 2, "code": "lain"},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert late.status_code == 409


def test_the_database_keeps_state_and_link_together(
    office: Treasury, versions: tuple[UUID, UUID, UUID]
) -> None:
    """No claim is replaced by nothing, and none that is not replaced has a link."""
    for values in ({"state": REPLACED}, {"replaced_by": versions[2]}):
        with pytest.raises((IntegrityError, LeuitError)), office.app.change(SYSTEM) as work:
            work.connection.execute(
                update(PaymentClaim).where(PaymentClaim.id == versions[0]).values(**values)
            )


def sent(office: Treasury, payment_id: UUID) -> None:
    """PPTK and treasurer send it on, and who verifies it refuses it for good."""
    for key in (DRAFT, SPP):
        step(office, payment_id, key)
    with office.app.change(office.people[VERIFY]) as work:
        refuse(work, payment_id, Decision(VERIFY, 3), [Reason("lain", "")])


def refused(office: Treasury, claim_id: UUID) -> None:
    """The treasurer refuses a claim on the desk as it is."""
    with office.app.change(office.people[SPP]) as work:
        version = work.session.get_one(PaymentClaim, claim_id).version
        refuse_claim(work, claim_id, version, "lain", "")


def states(office: Treasury, ids: Any) -> list[str]:
    """How claims stand."""
    with office.app.read(SYSTEM) as view:
        return [view.session.get_one(PaymentClaim, one).state for one in ids]


def replaced_by(office: Treasury, claim_id: UUID) -> UUID | None:
    """The claim that took its place."""
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(PaymentClaim, claim_id).replaced_by


def audited(office: Treasury, action: str) -> int:
    """How often the audit log tells an action."""
    with office.app.read(SYSTEM) as view:
        rows = view.session.scalars(select(AuditEntry.id).where(AuditEntry.action == action))
        return len(rows.all())
