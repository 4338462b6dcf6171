"""Who signs in the name of another: by mandates that go down the tree, day by day."""

import datetime as dt

import pytest

from leuit.identity import SYSTEM, Assignment, Position, Unit, UnitLink, rebuild_closure
from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    PermissionDeniedError,
    RecordRef,
)
from leuit_esign.service.acting import readable
from leuit_esign.service.mandates import end_mandate, give_mandate, mandates_seen
from leuit_esign.service.sending import SendOptions
from tests.esign.conftest import Judge
from tests.esign.course import WEEK, mandate, sent
from tests.esign.letters import seen_text
from tests.esign.test_chain import SINCE, Office, office

__all__ = ["office"]  # the fixture of the chain's tests


def test_who_has_a_mandate_signs_in_the_name_of_another(
    office: Office, clock: ManualClock, verdict_of: Judge
) -> None:
    """a.n. from its first day to its last, with the own key; the principal may sign as well."""
    with office.app.change(office.who["bupati"]) as work:
        first = work.today
        since, until = first + dt.timedelta(days=1), first + dt.timedelta(days=2)
        give_mandate(work, mandate(office, since=since, until=until))
    one, two = sent(office, SendOptions()), sent(office, SendOptions())
    assert office.waits_for("sekda") == []
    clock.advance(dt.timedelta(days=1))
    assert sorted(office.waits_for("sekda")) == sorted([one, two])
    assert sorted(office.waits_for("bupati")) == sorted([one, two])
    step = office.sign("sekda", one)
    assert step.acted_as == "a.n. Bupati, Sekretaris Daerah"
    pdf = office.pdf(one)
    seen = seen_text(pdf)
    assert "a.n. Bupati" in seen
    assert "Sekretaris Daerah" in seen
    verdict = verdict_of(pdf)
    assert [found.finding.signer for found in verdict.signatures] == ["BUDI CONTOH, S.H."]
    clock.advance(dt.timedelta(days=2))
    assert office.waits_for("sekda") == []
    with pytest.raises(PermissionDeniedError):
        office.sign("sekda", two)


def test_under_a_mandate_no_paraf_is_given(office: Office, clock: ManualClock) -> None:
    """A mandate is for signing."""
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=work.today))
    letter_id = office.send(("bupati", "paraf", 1), ("bupati", "sign", 2))
    assert office.waits_for("sekda") == []
    with pytest.raises(PermissionDeniedError):
        office.paraf("sekda", letter_id)
    office.paraf("bupati", letter_id)
    assert office.waits_for("sekda") == [letter_id]


def test_two_levels_below_is_ub_and_ends_with_the_an(office: Office) -> None:
    """u.b. names the position in between, and holds only while that one's a.n. holds."""
    app = office.app
    with app.change(office.who["bupati"]) as work:
        today = work.today
    through = mandate(office, delegate="Kepala Dinas", through="Sekretaris Daerah", since=today)
    with pytest.raises(InvalidInputError), app.change(office.who["bupati"]) as work:
        give_mandate(work, through)
    with app.change(office.who["bupati"]) as work:
        first = give_mandate(work, mandate(office, since=today)).id
    with app.change(office.who["bupati"]) as work:
        give_mandate(work, through)
    one, two = sent(office, SendOptions()), sent(office, SendOptions())
    step = office.sign("kadis", one)
    assert step.acted_as == "a.n. Bupati, Sekretaris Daerah, u.b. Kepala Dinas"
    with pytest.raises(PermissionDeniedError), app.change(office.who["kadis"]) as work:
        end_mandate(work, first)
    with app.change(office.who["bupati"]) as work:
        end_mandate(work, first)
    for label in ("kadis", "sekda"):
        with pytest.raises(PermissionDeniedError):
            office.sign(label, two)
    with app.read(office.who["bupati"]) as view:
        assert [one.ended for one in mandates_seen(view, 10)].count(True) == 1
    with app.read(office.maker) as view:
        assert mandates_seen(view, 10) == []


def test_nobody_gives_what_is_not_his(office: Office) -> None:
    """Only who decides for the principal gives one; not to itself, twice, or backdated."""
    app = office.app
    with app.change(office.who["bupati"]) as work:
        today = work.today
    for label in ("sekda", "kadis"):
        with pytest.raises(PermissionDeniedError), app.change(office.who[label]) as work:
            give_mandate(work, mandate(office, since=today))
    for changes in (
        {"delegate": "Bupati"},
        {"basis": " "},
        {"since": today - dt.timedelta(days=1)},
        {"since": today, "until": today - dt.timedelta(days=1)},
        {"delegate": "Tidak Ada"},
    ):
        with pytest.raises(InvalidInputError), app.change(office.who["bupati"]) as work:
            give_mandate(work, mandate(office, **changes))
    with app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=today))
    with pytest.raises(ConflictError), app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=today + WEEK))


def test_a_stand_in_does_not_keep_the_mandate_of_the_holder(office: Office) -> None:
    """While the sekda is stood in for, his Plh. signs a.n. the bupati, and he does not."""
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=work.today))
    deputy = office.who["kadis"]
    with office.app.change(SYSTEM) as work:
        position = work.session.query(Position).filter_by(title="Sekretaris Daerah").one()
        work.session.add(
            Assignment(
                person_id=deputy.person_id,
                position_id=position.id,
                kind="Plh.",
                valid_from=work.today,
            )
        )
        work.audit("core.assignment.started", RecordRef("core.person", str(deputy.person_id), "x"))
    letter_id = sent(office, SendOptions())
    with pytest.raises(PermissionDeniedError):
        office.sign("sekda", letter_id)
    step = office.sign("kadis", letter_id)
    assert step.acted_as == "a.n. Bupati, Plh. Sekretaris Daerah"


def test_under_a_mandate_the_past_stays_closed(office: Office) -> None:
    """A delegate reads what waits for his signature, not what the principal signed before."""
    before, now = sent(office, SendOptions()), sent(office, SendOptions())
    office.sign("bupati", before)
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=work.today))
    with office.app.read(office.who["sekda"]) as view:
        assert readable(view, now).id == now
    with pytest.raises(PermissionDeniedError), office.app.read(office.who["sekda"]) as view:
        readable(view, before)


def test_a_mandate_goes_down(office: Office) -> None:
    """From a head to a post of his unit or below; a cancelled one is in nobody's way."""
    app = office.app
    with app.change(SYSTEM) as work:
        above = work.session.query(Unit).one()
        unit = Unit(code="DIN", name="Dinas", short="Din", kind="dinas", valid_from=SINCE)
        work.session.add(unit)
        work.session.flush()
        work.session.add(UnitLink(unit_id=unit.id, parent_id=above.id, valid_from=SINCE))
        post = Position(unit_id=unit.id, title="Kepala Kantor", is_head=True)
        work.session.add(post)
        work.session.flush()
        person = office.who["kadis"].person_id
        work.session.add(
            Assignment(person_id=person, position_id=post.id, kind="Plt.", valid_from=SINCE)
        )
        rebuild_closure(work.session)
        work.audit("core.unit.created", RecordRef("core.unit", str(unit.id)))
        today = work.today
    up = mandate(office, principal="Kepala Kantor", delegate="Bupati", since=today)
    with pytest.raises(InvalidInputError), app.change(office.who["kadis"]) as work:
        give_mandate(work, up)
    with app.change(office.who["bupati"]) as work:
        down = mandate(office, delegate="Kepala Kantor", since=today + WEEK)
        cancelled = give_mandate(work, down).id
    with app.change(office.who["bupati"]) as work:
        end_mandate(work, cancelled)
    with app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, delegate="Kepala Kantor", since=today))
